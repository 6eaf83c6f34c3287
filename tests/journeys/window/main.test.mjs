// The one whole path in the real window, ending in `kill -9`: every letter is there again, and nothing of it can be
// read in the person's folders.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { PASSPHRASE } from "../support/host.mjs";
import { pictures, temporaryFolder } from "../support/places.mjs";
import { folders, openWindow } from "../support/webdriver.mjs";
import { label, languages, wordsOf } from "../support/words.mjs";

const STATEMENT = "Plantedword: I take things apart, and put them together again. Mañana será otro día.";

/** Keeps a picture of the screen. ImageMagick takes it: the driver's own screenshot never comes back from this window. */
function picture(name, env) {
  mkdirSync(pictures, { recursive: true });
  execFileSync("import", ["-window", "root", join(pictures, `window-${name}.png`)], { env, timeout: 20_000 });
}

async function firstRun(window, t, language) {
  await window.heading(wordsOf("en")("vault_welcome_title"));
  if (language === "es") {
    await window.click(await window.control("Español"));
    await window.heading(t("vault_welcome_title"));
  }
  await window.click(await window.button(t("vault_begin")));
  await window.heading(t("vault_first_folder_title"));
  await window.click(await window.button(t("shared_next")));
  await window.heading(t("vault_first_passphrase_title"));
  await window.type(await window.control(t("vault_passphrase_new")), PASSPHRASE);
  await window.type(await window.control(t("vault_passphrase_again")), PASSPHRASE);
  await window.click(await window.button(t("vault_make")));
  await window.heading(t("vault_key_title"));
  const groups = await window.script(
    `() => [...document.querySelectorAll("code")].map((one) => one.textContent.trim())`,
  );
  assert.equal(groups.length, 9);
  await window.click(await window.button(t("vault_key_have")));
  await window.type(await window.control(t("vault_key_typed")), groups.join(" "));
  await window.click(await window.button(t("shared_next")));
  await window.heading(t("vault_place_title"));
  await window.click(await window.button(t("shared_next")));
  await window.heading(t("vault_sample_title"));
  await window.click(await window.button(t("vault_sample_yes")));
  await window.found(`() => document.querySelector("nav a[aria-current=page]") !== null`, "home");
}

/** What stands in the person's folders, but for the program's own unchanged parts. */
function written(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => join(one.parentPath, one.name));
}

for (const language of languages) {
  test(
    `window (${language}): a draft that was being typed is whole after kill -9`,
    { timeout: 150_000 },
    async () => {
      const home = temporaryFolder("waymark-window-");
      const env = folders(home);
      mkdirSync(env.TMPDIR, { recursive: true });
      const t = wordsOf(language);
      let window = await openWindow(env);
      try {
        await firstRun(window, t, language);
        picture(`home-${language}`, env);
        await window.script(`() => { location.hash = "#/careers"; }`);
        const search = await window.found(
          `() => document.querySelector("main input[type=search]")`,
          "the search box",
        );
        await window.type(search, "backend archtect");
        const career = await window.found(
          `() => { const found = [...document.querySelectorAll('main a[href*="backend-architect"]')]; return found.length === 1 && found[0]; }`,
          "the career that was meant",
        );
        await window.click(career);
        await window.found(
          `() => document.querySelector("main figure svg, main svg text") !== null`,
          "the pay chart",
        );
        picture(`career-${language}`, env);
        await window.click(
          await window.found(
            `() => document.querySelector('main a[href*="applications/new"]')`,
            "the way to an application",
          ),
        );
        await window.heading(t("applications_new_title"));
        await window.click(await window.button(t("applications_begin")));
        await window.heading(label(language, "personal_details"));
        const draft = await window.script(`() => location.hash.split("?")[0]`);
        await window.script(`(to) => { location.hash = to; }`, `${draft}?section=statement`);
        await window.heading(label(language, "statement"));
        const statement = await window.found(
          `() => document.querySelector('[data-place="statement"] textarea')`,
          "the statement",
        );
        await window.type(statement, STATEMENT);
        await window.found(
          `(text) => document.querySelector('[data-saving="saved"]') !== null && document.querySelector('[data-place="statement"] textarea').value === text`,
          "the word that it is saved",
          STATEMENT,
        );
        picture(`editor-${language}`, env);
        await window.kill();

        for (const file of written(home)) {
          const bytes = readFileSync(file);
          for (const word of ["Plantedword", PASSPHRASE])
            assert.ok(!bytes.includes(word), `${word} can be read in ${file}`);
        }

        window = await openWindow(env);
        await window.heading(t("vault_unlock_title"));
        picture(`unlock-${language}`, env);
        await window.type(await window.control(t("vault_passphrase")), PASSPHRASE);
        await window.click(await window.button(t("vault_unlock")));
        await window.found(`() => document.querySelector("nav a[aria-current=page]") !== null`, "home");
        await window.script(`(to) => { location.hash = to; }`, `${draft}?section=statement`);
        await window.found(
          `(text) => document.querySelector('[data-place="statement"] textarea')?.value === text`,
          "every letter of the statement",
          STATEMENT,
        );
      } finally {
        await window.kill();
      }
    },
  );
}
