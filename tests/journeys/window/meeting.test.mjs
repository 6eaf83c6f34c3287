// A meeting in the real window: begun on a student's page, tried by address, Back, reload, the menu and the palette, and
// left by the PIN. The window's own title names nobody at any time.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { beginDraft, PASSPHRASE, PIN, setPin, startWithRecords } from "../support/host.mjs";
import { pictures, temporaryFolder } from "../support/places.mjs";
import { folders, openWindow } from "../support/webdriver.mjs";
import { languages, wordsOf } from "../support/words.mjs";

const OTHER = "Plantedother Person";

/** Records with the student to meet and another one, as an earlier day left them. */
async function prepared(home, language) {
  const host = await startWithRecords({ home, language, args: [] });
  const add = async (name) =>
    (await host.call("students.add", { name, graduation_year: 2027, school_id: null })).id;
  const [student, other] = [await add("Sample Student"), await add(OTHER)];
  const draft = await beginDraft(host, { student: other, language });
  await setPin(host);
  await host.stop();
  return { student, other, draft };
}

/** Titles of all windows on the screen, as the system shows them. */
const titles = (env) =>
  execFileSync("xdotool", ["search", "--name", "Waymark|Planted|Sample", "getwindowname", "%@"], {
    env,
    encoding: "utf8",
  });

for (const language of languages) {
  test(
    `window (${language}): in a meeting nobody else is shown, until the PIN ends it`,
    { timeout: 120_000 },
    async () => {
      const t = wordsOf(language);
      const home = temporaryFolder("waymark-meeting-");
      const env = folders(home);
      mkdirSync(env.TMPDIR, { recursive: true });
      const { student, other, draft } = await prepared(join(env.XDG_DATA_HOME, "waymark"), language);
      const window = await openWindow(env);
      const go = (to) => window.script(`(to) => { location.hash = to; }`, `#/${to}`);
      const said = () =>
        window.script(
          `() => [document.title, document.body.innerText, ...[...document.querySelectorAll("input, textarea")].map((one) => one.value)].join(" ")`,
        );
      const saysNobodyElse = async (where) => {
        assert.doesNotMatch(await said(), /Planted/, where);
        assert.doesNotMatch(titles(env), /Planted|Sample/, where);
      };
      try {
        await window.heading(t("vault_unlock_title"));
        await window.type(await window.control(t("vault_passphrase")), PASSPHRASE);
        await window.click(await window.button(t("vault_unlock")));
        await window.found(`() => document.querySelector("nav a[aria-current=page]") !== null`, "home");
        await go(`students/${other}`);
        await window.heading(OTHER);
        await go("applications?q=Plantedother");
        await window.heading(t("shared_applications"));
        await go(`students/${student}`);
        await window.heading("Sample Student");
        await window.click(await window.button(t("shared_begin_meeting")));
        await window.button(t("meeting_leave"));
        await window.heading("Sample Student");
        await saysNobodyElse("the student's page");
        mkdirSync(pictures, { recursive: true });
        const picture = join(pictures, `window-meeting-${language}.png`);
        execFileSync("import", ["-window", "root", picture], { env, timeout: 20_000 });

        for (const at of [`students/${other}`, "students", "home", "settings"]) {
          await go(at);
          await window.heading(t("meeting_not_here_title"));
          await saysNobodyElse(at);
        }
        await go(`applications/${draft}`);
        await window.found(
          `(words) => document.body.textContent.includes(words)`,
          "that the draft is not in the meeting",
          t("error_meeting_not_here"),
        );
        await saysNobodyElse("another student's draft");
        for (let step = 0; step < 10; step++) {
          await window.script(`() => { history.back(); }`);
          await new Promise((waited) => setTimeout(waited, 150));
          await saysNobodyElse(`${step} back`);
        }
        await go(`students/${student}`);
        await window.heading("Sample Student");
        await window.script(`() => { location.reload(); }`);
        await window.button(t("meeting_leave"));
        await window.heading("Sample Student");
        await saysNobodyElse("after a reload");
        const kept = await window.script(
          `() => document.querySelector("h1").dispatchEvent(new MouseEvent("contextmenu", { bubbles: true, cancelable: true }))`,
        );
        assert.equal(kept, false, "the web view's menu was kept away");

        await window.click(await window.button(t("meeting_leave")));
        await window.type(await window.control(t("meeting_pin")), `${PIN}\uE007`);
        await window.button(t("shared_begin_meeting"));
        await go(`students/${other}`);
        await window.heading(OTHER);
      } finally {
        await window.kill();
      }
    },
  );
}
