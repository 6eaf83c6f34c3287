// Every page: axe-core finds nothing in light, dark and high contrast, in both languages and at twice the size of text,
// nothing is wider than its page, and a picture of it lies in target/pictures.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe } from "node:test";
import { violations } from "../support/axe.mjs";
import { PASSPHRASE, startHost, startWithRecords } from "../support/host.mjs";
import { journey, withBrowser } from "../support/journey.mjs";
import { fill, pagesOf } from "../support/looks.mjs";
import { heading, readKey, unlock } from "../support/pages.mjs";
import { pictures } from "../support/places.mjs";
import { wordsOf } from "../support/words.mjs";

withBrowser();
mkdirSync(pictures, { recursive: true });

const light = { colorScheme: "light", contrast: "no-preference" };
const dark = { colorScheme: "dark", contrast: "no-preference" };
const plain = { width: 1360, height: 860 };
const small = { width: 1024, height: 768 };

/** How a page is looked at. Colours differ by theme alone, the rest by language and size alone. */
const variants = [
  { name: "English", language: "en", percent: 100, size: plain, mark: "", themes: true },
  { name: "Spanish", language: "es", percent: 100, size: plain, mark: "-es" },
  { name: "English at 200 % and 1024 pixels", language: "en", percent: 200, size: small, mark: "-200" },
  { name: "Spanish at 200 % and 1024 pixels", language: "es", percent: 200, size: small, mark: "-es-200" },
];

/** Looks at the page as it stands; gives what is wrong with it. */
async function look(page, name, { mark, themes }) {
  const wrong = [];
  const check = async (how, options) => {
    for (const line of await violations(page, options)) wrong.push(`${name}${mark}, ${how}: ${line}`);
  };
  const picture = (theme) =>
    page.screenshot({ path: join(pictures, `${name}${mark}-${theme}.png`), caret: "hide" });
  await page.emulateMedia(light);
  // Nothing is under the pointer: a picture shows a page at rest.
  await page.mouse.move(0, 0);
  await settle(page);
  await picture("light");
  await check("light");
  const wide = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  if (wide > 0) wrong.push(`${name}${mark}: ${wide} pixels too wide`);
  const headings = await page.locator("h1").count();
  if (headings !== 1) wrong.push(`${name}${mark}: ${headings} headings of the first rank`);
  if (themes) {
    await page.emulateMedia(dark);
    await settle(page);
    await picture("dark");
    await check("dark", { colours: true });
    await page.emulateMedia({ ...dark, contrast: "more" });
    await settle(page);
    await check("dark, high contrast", { colours: true });
    await page.emulateMedia({ ...light, contrast: "more" });
    await settle(page);
    await check("light, high contrast", { colours: true });
    await page.emulateMedia(light);
  }
  return wrong;
}

/** Fonts are there, and two frames have been drawn since. */
const settle = (page) =>
  page.evaluate(async () => {
    await document.fonts.ready;
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  });

/** Settings of the variant, on a host that has no page yet. */
async function dress(host, { language, percent }) {
  const settings = await host.call("settings.get");
  await host.call("settings.save", {
    ...settings,
    language,
    text_percent: percent,
    theme: "system",
    place: "US",
  });
}

// Two at a time: most of it is one browser process at work, and the machine has two cores.
describe("looks", { concurrency: 2 }, () => {
  for (const variant of variants) {
    const t = wordsOf(variant.language);
    const options = { records: false, timeout: 240_000 };

    journey(`every page of open records (${variant.name})`, options, async ({ own, open }) => {
      const host = await startWithRecords({ language: variant.language });
      own(host.kill);
      await dress(host, variant);
      const filled = await fill(host, variant.language);
      const { page, go } = await open({ ...variant.size, at: "home" }, host);
      await page.locator("h1").first().waitFor({ state: "attached" });
      const wrong = [];
      for (const [name, at, prepare] of pagesOf(filled, t)) {
        await go(at);
        await page.locator("h1").first().waitFor({ state: "attached" });
        await page.waitForLoadState("networkidle");
        await prepare?.(page);
        wrong.push(...(await look(page, name, variant)));
        // Whatever is open on top is closed, and the next page begins anew.
        await page.keyboard.press("Escape");
      }
      assert.deepEqual(wrong, []);
    });

    journey(`pages of records with nothing in them (${variant.name})`, options, async ({ own, open }) => {
      const host = await startWithRecords({ language: variant.language });
      own(host.kill);
      await dress(host, variant);
      const { page, go } = await open({ ...variant.size, at: "home" }, host);
      const wrong = [];
      for (const at of ["home", "students", "applications"]) {
        await go(at);
        await page.locator("h1").waitFor();
        await page.waitForLoadState("networkidle");
        wrong.push(...(await look(page, `${at}-empty`, variant)));
      }
      assert.deepEqual(wrong, []);
    });

    journey(
      `every step of the first run, unlock, recovery and a problem (${variant.name})`,
      options,
      async ({ own, open }) => {
        const host = await startHost();
        own(host.kill);
        await dress(host, variant);
        const { page } = await open(variant.size, host);
        const wrong = [];
        const step = async (name, title) => {
          await heading(page, t(title));
          wrong.push(...(await look(page, name, variant)));
        };
        const press = (name) => page.getByRole("button", { name: t(name), exact: true }).click();
        await step("first-1-welcome", "vault_welcome_title");
        await press("vault_begin");
        await step("first-2-folder", "vault_first_folder_title");
        await press("shared_next");
        await page.getByLabel(t("vault_passphrase_new"), { exact: true }).fill("too short");
        await press("vault_make");
        await step("first-3-passphrase-short", "vault_first_passphrase_title");
        for (const field of ["vault_passphrase_new", "vault_passphrase_again"])
          await page.getByLabel(t(field), { exact: true }).fill(PASSPHRASE);
        await step("first-3-passphrase", "vault_first_passphrase_title");
        await press("vault_make");
        await step("first-4-key", "vault_key_title");
        const groups = await readKey(page, t);
        await press("vault_key_have");
        const typed = page.getByLabel(t("vault_key_typed"), { exact: true });
        await typed.waitFor();
        wrong.push(...(await look(page, "first-4-key-typed", variant)));
        await typed.fill(groups.join(" "));
        await press("shared_next");
        await step("first-5-place", "vault_place_title");
        await press("shared_next");
        await step("first-6-sample", "vault_sample_title");
        await press("vault_sample_no");
        await page.getByRole("navigation", { name: t("shared_navigation") }).waitFor();
        await page.keyboard.press("Control+l");
        await step("unlock", "vault_unlock_title");
        await unlock(page, t, "not the passphrase");
        await page.locator(".error").waitFor();
        await step("unlock-wrong", "vault_unlock_title");
        await press("vault_forgotten");
        await step("recover", "vault_recover_title");
        const second = await startHost({ home: host.home });
        own(second.kill);
        const locked = await open(variant.size, second);
        await heading(locked.page, t("vault_problem_in_use"));
        wrong.push(...(await look(locked.page, "problem", variant)));
        assert.deepEqual(wrong, []);
      },
    );
  }
});
