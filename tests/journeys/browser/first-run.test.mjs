// The first run: everything that stands between a new computer and the first page.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { launch, openPage } from "../support/browser.mjs";
import { PASSPHRASE, startHost } from "../support/host.mjs";
import { confirmKey, firstRun, heading, readKey } from "../support/pages.mjs";
import { temporaryFolder } from "../support/places.mjs";
import { languages, wordsOf } from "../support/words.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

for (const language of languages) {
  const t = wordsOf(language);
  describe(`first run (${language})`, () => {
    test("leads through its six steps to home, in the language chosen on the first", async () => {
      const host = await startHost();
      const { page, close } = await openPage(browser, host);
      await heading(page, wordsOf("en")("vault_welcome_title"));
      await page.getByRole("radio", { name: language === "es" ? "Español" : "English" }).check();
      await firstRun(page, t);
      await page.getByRole("heading", { name: t("home_sample") }).waitFor();
      assert.equal(await page.evaluate(() => document.documentElement.lang), language);
      assert.equal((await host.call("settings.get")).language, language);
      assert.deepEqual(readdirSync(host.records).includes("records.db"), true);
      const file = readFileSync(join(host.records, "records.db"));
      assert.notEqual(file.subarray(0, 15).toString(), "SQLite format 3", "the file is encrypted");
      await close();
      await host.stop();
    });

    test("takes no passphrase that is too short or not the same twice, and keeps what was typed", async () => {
      const host = await startHost();
      const settings = await host.call("settings.get");
      await host.call("settings.save", { ...settings, language });
      const { page, close } = await openPage(browser, host);
      await page.getByRole("button", { name: t("vault_begin") }).click();
      await page.getByRole("button", { name: t("shared_next") }).click();
      const first = page.getByLabel(t("vault_passphrase_new"), { exact: true });
      const second = page.getByLabel(t("vault_passphrase_again"), { exact: true });
      const make = page.getByRole("button", { name: t("vault_make") });
      await first.fill("eleven lett");
      await second.fill("eleven lett");
      await make.click();
      await page.locator(".error", { hasText: t("vault_reason_too_short", { n: 1 }) }).waitFor();
      assert.ok(await first.evaluate((input) => input === document.activeElement), "the focus is at the fault");
      await first.fill(PASSPHRASE);
      await second.fill(`${PASSPHRASE}!`);
      await make.click();
      await page.getByText(t("vault_different")).waitFor();
      assert.equal(await second.inputValue(), `${PASSPHRASE}!`);
      assert.equal(existsSync(join(host.records, "records.db")), false, "nothing is made yet");
      await second.fill(PASSPHRASE);
      await make.click();
      await heading(page, t("vault_key_title"));
      await close();
      await host.stop();
    });

    test("goes on only when two groups of the recovery key are right", async () => {
      const host = await startHost();
      const settings = await host.call("settings.get");
      await host.call("settings.save", { ...settings, language });
      const { page, close } = await openPage(browser, host);
      await page.getByRole("button", { name: t("vault_begin") }).click();
      await page.getByRole("button", { name: t("shared_next") }).click();
      await page.getByLabel(t("vault_passphrase_new"), { exact: true }).fill(PASSPHRASE);
      await page.getByLabel(t("vault_passphrase_again"), { exact: true }).fill(PASSPHRASE);
      await page.getByRole("button", { name: t("vault_make") }).click();
      const groups = await readKey(page, t);
      await confirmKey(page, t, groups.map(() => "ZZZZ"));
      await page.getByText(t("vault_key_group_wrong")).first().waitFor();
      await page.getByRole("button", { name: t("vault_key_show_again") }).click();
      await confirmKey(page, t, groups.map((group) => group.toLowerCase()));
      await heading(page, t("vault_place_title"));
      await close();
      await host.stop();
    });
  });
}

test("a place that is chosen in the first run is the one whose pay is shown", async () => {
  const t = wordsOf("en");
  const host = await startHost();
  const { page, close } = await openPage(browser, host);
  await page.getByRole("button", { name: t("vault_begin") }).click();
  await page.getByRole("button", { name: t("shared_next") }).click();
  await page.getByLabel(t("vault_passphrase_new"), { exact: true }).fill(PASSPHRASE);
  await page.getByLabel(t("vault_passphrase_again"), { exact: true }).fill(PASSPHRASE);
  await page.getByRole("button", { name: t("vault_make") }).click();
  await confirmKey(page, t, await readKey(page, t));
  await heading(page, t("vault_place_title"));
  const place = page.getByRole("combobox", { name: t("shared_place") });
  await place.fill("columbus, oh");
  await page.getByRole("option", { name: "Columbus, OH" }).first().click();
  await page.getByRole("button", { name: t("shared_next") }).click();
  await page.getByRole("button", { name: t("vault_sample_no") }).click();
  await page.getByRole("navigation", { name: t("shared_navigation") }).waitFor();
  const { place: kept } = await host.call("settings.get");
  const [found] = await host.call("careers.places", { text: kept });
  assert.match(found.name, /^Columbus, OH/);
  await close();
  await host.stop();
});

test("a folder that can't be used is refused with the reason, and another can be named", async () => {
  const t = wordsOf("en");
  const host = await startHost();
  const { page, close } = await openPage(browser, host);
  await page.getByRole("button", { name: t("vault_begin") }).click();
  const folder = page.getByLabel(t("vault_folder"), { exact: true });
  await folder.fill("");
  await page.getByRole("button", { name: t("shared_next") }).click();
  await page.getByText(t("vault_folder_needed")).waitFor();
  for (const unusable of ["not/absolute", "/proc/no such place"]) {
    await folder.fill(unusable);
    await page.getByRole("button", { name: t("shared_next") }).click();
    await page.locator(".error", { hasText: t("error_vault_folder_unusable") }).waitFor();
    await folder.press("End");
    await folder.pressSequentially("x");
    await page.locator(".error").waitFor({ state: "detached" });
  }
  const other = temporaryFolder();
  await folder.fill(other);
  await page.getByRole("button", { name: t("shared_next") }).click();
  await heading(page, t("vault_first_passphrase_title"));
  assert.equal((await host.call("vault.status")).folder, other);
  await close();
  await host.stop();
});
