// The ways back in the real window: a student that was added is taken back and brought again by keys, also after a
// lock, and an older backup takes the place of the records.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { PASSPHRASE, startHost, startWithRecords } from "../support/host.mjs";
import { focus, press } from "../support/keys.mjs";
import { temporaryFolder } from "../support/places.mjs";
import { until } from "../support/programs.mjs";
import { folders, openWindow } from "../support/webdriver.mjs";
import { languages, wordsOf } from "../support/words.mjs";

const add = (host, name) => host.call("students.add", { name, graduation_year: 2027, school_id: null });

/** Records with a backup, and a student who came after it. */
async function prepared(data, language) {
  const host = await startWithRecords({ home: data, language, args: [] });
  await add(host, "Sample Student");
  const { id } = await host.call("backups.make", {});
  const job = async () => (await host.call("jobs.list", {})).find((one) => one.id === id);
  await until(async () => (await job()).state === "done", "the backup");
  await add(host, "Since Then");
  await host.stop();
}

for (const language of languages) {
  const t = wordsOf(language);
  test(
    `window (${language}): an undo outlives a lock, and a backup is gone back to`,
    { timeout: 180_000 },
    async () => {
      const home = temporaryFolder("waymark-back-");
      const env = folders(home);
      mkdirSync(env.TMPDIR, { recursive: true });
      const data = join(env.XDG_DATA_HOME, "waymark");
      await prepared(data, language);
      const window = await openWindow(env);
      const unlock = async () => {
        await window.heading(t("vault_unlock_title"));
        await window.type(await window.control(t("vault_passphrase")), PASSPHRASE);
        await window.click(await window.button(t("vault_unlock")));
        await window.found(`() => document.querySelector("nav a[aria-current=page]")`, "the pages");
      };
      const go = (to) => window.script(`(to) => { location.hash = to; }`, `#/${to}`);
      const says = (text, not = false) =>
        window.found(
          `(text, not) => document.querySelector("main").innerText.includes(text) !== not`,
          `${not ? "no " : ""}"${text}"`,
          text,
          not,
        );
      try {
        await unlock();
        await go("students");
        await window.heading(t("shared_students"));
        await says("Since Then");
        await focus(env);
        press(env, "ctrl+z");
        await says("Since Then", true);
        press(env, "ctrl+l");
        await unlock();
        await window.heading(t("shared_students"));
        await focus(env);
        press(env, "ctrl+shift+z");
        await says("Since Then");

        await go("backups");
        await window.heading(t("backups_title"));
        // By its reason, because several were made within a second; by script, because the page may still be moving.
        await window.found(
          `(reason) => {
            const rows = [...document.querySelectorAll("tbody tr")];
            const button = rows.find((row) => row.innerText.includes(reason))?.querySelector("button");
            button?.click();
            return Boolean(button);
          }`,
          "the backup that was asked for",
          t("backups_reason_by_hand"),
        );
        await window.found(
          `(text) => document.querySelector("dialog[open]")?.innerText.includes(text)`,
          "who would go",
          "Since Then",
        );
        await window.click(await window.control(t("backups_restore_sure")));
        await window.click(await window.button(t("backups_restore_now")));
        await says(t("backups_restored_text"));
        await go("students");
        await says("Sample Student");
        await says("Since Then", true);
      } finally {
        await window.kill();
      }
      const host = await startHost({ home: data });
      await host.call("vault.unlock", { passphrase: PASSPHRASE });
      const students = await host.call("students.list", { text: "", graduation_year: null });
      assert.deepEqual(
        students.map((one) => one.name),
        ["Sample Student"],
      );
      assert.equal((await host.call("log.verify", {})).broken, null);
      await host.stop();
    },
  );
}
