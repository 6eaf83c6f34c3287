// The first run: everything that stands between a new computer and the first page.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PASSPHRASE } from "../support/host.mjs";
import { journey, withBrowser } from "../support/journey.mjs";
import { confirmKey, firstRun, heading, readKey } from "../support/pages.mjs";
import { temporaryFolder } from "../support/places.mjs";
import { languages, wordsOf } from "../support/words.mjs";

withBrowser();

/** From the first page to that of the passphrase. */
async function toPassphrase(page, t) {
  await page.getByRole("button", { name: t("vault_begin") }).click();
  await page.getByRole("button", { name: t("shared_next") }).click();
  await heading(page, t("vault_first_passphrase_title"));
  return {
    first: page.getByLabel(t("vault_passphrase_new"), { exact: true }),
    second: page.getByLabel(t("vault_passphrase_again"), { exact: true }),
    make: page.getByRole("button", { name: t("vault_make") }),
  };
}

async function toKey(page, t) {
  const { first, second, make } = await toPassphrase(page, t);
  await first.fill(PASSPHRASE);
  await second.fill(PASSPHRASE);
  await make.click();
  await heading(page, t("vault_key_title"));
  return readKey(page, t);
}

for (const language of languages) {
  journey(
    `first run (${language}): leads through its six steps to home, in the language chosen on the first`,
    { records: false },
    async ({ page, host }) => {
      await heading(page, wordsOf("en")("vault_welcome_title"));
      await page.getByRole("radio", { name: language === "es" ? "Español" : "English" }).check();
      const t = wordsOf(language);
      await firstRun(page, t);
      await page.getByRole("heading", { name: t("home_sample"), exact: true }).waitFor();
      assert.equal(await page.evaluate(() => document.documentElement.lang), language);
      assert.equal((await host.call("settings.get")).language, language);
      const file = readFileSync(join(host.records, "records.db"));
      assert.notEqual(file.subarray(0, 15).toString(), "SQLite format 3", "the file is encrypted");
    },
  );

  journey(
    `first run (${language}): takes no passphrase that is too short or not the same twice, and keeps what was typed`,
    { records: false, language },
    async ({ page, host, t }) => {
      const { first, second, make } = await toPassphrase(page, t);
      await first.fill("eleven lett");
      await second.fill("eleven lett");
      await make.click();
      await page.locator(".error", { hasText: t("vault_reason_too_short", { n: 1 }) }).waitFor();
      assert.ok(
        await first.evaluate((input) => input === document.activeElement),
        "the focus is at the fault",
      );
      await first.fill(PASSPHRASE);
      await second.fill(`${PASSPHRASE}!`);
      await make.click();
      await page.getByText(t("vault_different")).waitFor();
      assert.equal(await second.inputValue(), `${PASSPHRASE}!`);
      assert.equal(existsSync(join(host.records, "records.db")), false, "nothing is made yet");
      await second.fill(PASSPHRASE);
      await make.click();
      await heading(page, t("vault_key_title"));
    },
  );

  journey(
    `first run (${language}): goes on only when the recovery key is typed back right`,
    { records: false, language },
    async ({ page, t }) => {
      const groups = await toKey(page, t);
      await confirmKey(
        page,
        t,
        groups.map(() => "ZZZZ"),
      );
      await page
        .getByText(t("vault_key_group_wrong", { n: 1 }))
        .first()
        .waitFor();
      await page.getByRole("button", { name: t("vault_key_show_again") }).click();
      await confirmKey(
        page,
        t,
        groups.map((group) => group.toLowerCase()),
      );
      await heading(page, t("vault_place_title"));
    },
  );
}

journey(
  "first run: a place that is chosen is the one whose pay is shown",
  { records: false },
  async ({ page, host, t }) => {
    await confirmKey(page, t, await toKey(page, t));
    await heading(page, t("vault_place_title"));
    await page.getByRole("combobox", { name: t("shared_place") }).fill("columbus, oh");
    await page.getByRole("option", { name: "Columbus, OH" }).first().click();
    await page.getByRole("button", { name: t("shared_next") }).click();
    await page.getByRole("button", { name: t("vault_sample_no") }).click();
    await page.getByRole("navigation", { name: t("shared_navigation") }).waitFor();
    const { place } = await host.call("settings.get");
    const found = await host.call("careers.places", { text: place, language: "en" });
    assert.match(found.find((one) => one.id === place).name, /^Columbus, OH/);
  },
);

journey(
  "first run: a folder that can't be used is refused with the reason, and another can be named",
  { records: false },
  async ({ page, host, t }) => {
    await page.getByRole("button", { name: t("vault_begin") }).click();
    const folder = page.getByLabel(t("vault_folder"), { exact: true });
    const next = page.getByRole("button", { name: t("shared_next") });
    await folder.fill("");
    await next.click();
    await page.getByText(t("vault_folder_needed")).waitFor();
    for (const unusable of ["not/absolute", "/proc/no such place"]) {
      await folder.fill(unusable);
      await page.locator(".error").waitFor({ state: "detached" });
      await next.click();
      await page.locator(".error", { hasText: t("error_vault_folder_unusable") }).waitFor();
    }
    const other = temporaryFolder();
    await folder.fill(other);
    await next.click();
    await heading(page, t("vault_first_passphrase_title"));
    assert.equal((await host.call("vault.status")).folder, other);
  },
);
