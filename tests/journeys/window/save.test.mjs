// A document is saved through the system's own dialog: where the person says, nowhere when they change their mind, and
// in no list of recent files, which lies outside the encrypted records.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { cancel, saveAs } from "../support/dialogs.mjs";
import { PASSPHRASE, startWithRecords } from "../support/host.mjs";
import { temporaryFolder } from "../support/places.mjs";
import { pause, until } from "../support/programs.mjs";
import { folders, openWindow } from "../support/webdriver.mjs";
import { languages, wordsOf } from "../support/words.mjs";

/** Every file below a folder. */
const files = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => join(one.parentPath, one.name));

for (const language of languages) {
  test(
    `window (${language}): a career is saved as PDF through the system's dialog, or not at all`,
    { timeout: 90_000 },
    async () => {
      const t = wordsOf(language);
      const home = temporaryFolder("waymark-save-");
      const env = folders(home);
      const papers = join(home, "papers");
      for (const folder of [env.TMPDIR, papers]) mkdirSync(folder, { recursive: true });
      const data = join(env.XDG_DATA_HOME, "waymark");
      const host = await startWithRecords({ home: data, language, args: [] });
      await host.stop();
      const window = await openWindow(env);
      try {
        await window.heading(t("vault_unlock_title"));
        await window.type(await window.control(t("vault_passphrase")), PASSPHRASE);
        await window.click(await window.button(t("vault_unlock")));
        await window.found(`() => document.querySelector("nav a[aria-current=page]") !== null`, "home");
        await window.script(`() => { location.hash = "#/careers/backend-architect"; }`);
        await window.click(await window.button(t("careers_pdf")));
        await window.click(await window.button(t("shared_save")));
        await cancel(env, t("save_pdf"));
        assert.deepEqual(readdirSync(papers), [], "nothing was saved");
        // The question is still open and says nothing of a file or of a fault.
        const save = await window.button(t("shared_save"));
        assert.equal(
          await window.script(
            `() => [...document.querySelectorAll(".toast, [role=alert]")].map((one) => one.textContent.trim()).filter(Boolean).join()`,
          ),
          "",
        );

        const file = join(papers, "Planted career.pdf");
        await window.click(save);
        await saveAs(env, t("save_pdf"), file);
        await until(() => existsSync(file), "the document");
        await window.found(
          `(words) => document.body.textContent.includes(words)`,
          "the word that it is saved",
          t("shared_saved_to", { file: "Planted career.pdf" }),
        );
        const bytes = readFileSync(file);
        assert.equal(bytes.subarray(0, 5).toString(), "%PDF-");
        assert.ok(bytes.subarray(-16).toString().includes("%%EOF"), "all of it is there");
        assert.deepEqual(readdirSync(papers), ["Planted career.pdf"], "and nothing beside it");
        await pause(1_000); // a list of recent files is written a moment later
      } finally {
        await window.kill();
      }
      const naming = files(home).filter(
        (path) => !path.startsWith(papers) && readFileSync(path).includes("Planted"),
      );
      assert.deepEqual(naming, [], "no list of recent files, and nothing else, names the document");
    },
  );
}
