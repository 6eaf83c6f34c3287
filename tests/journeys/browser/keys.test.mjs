// The keys of the records: another passphrase, another recovery key, a key for the school, everything encrypted anew.
import assert from "node:assert/strict";
import { PASSPHRASE } from "../support/host.mjs";
import { journey, withBrowser } from "../support/journey.mjs";
import { heading, readKey, unlock, unlockAndEnter } from "../support/pages.mjs";
import { languages } from "../support/words.mjs";

withBrowser();

const NEXT = "five new words stand here";

async function lock(page, t) {
  await page.getByRole("navigation", { name: t("shared_navigation") }).waitFor();
  await page.keyboard.press("Control+l");
  await heading(page, t("vault_unlock_title"));
}

/** Goes to one of the pages of keys from the settings, as a person does. */
async function open(page, go, t, name, title) {
  await go("settings");
  await page
    .getByRole("region", { name: t("keys_title") })
    .getByRole("link", { name, exact: true })
    .first()
    .click();
  await heading(page, title);
}

/** Draws a key, reads it from the page, types it back with the passphrase. Gives its groups. */
async function makeKey(page, t, draw) {
  await page.getByRole("button", { name: draw, exact: true }).click();
  const groups = await readKey(page, t);
  await page.getByRole("button", { name: t("vault_key_have") }).click();
  const typed = page.getByLabel(t("vault_key_typed"), { exact: true });
  await typed.fill(groups.toReversed().join(" "));
  await page.getByLabel(t("vault_passphrase"), { exact: true }).fill(PASSPHRASE);
  await page.getByRole("button", { name: t("keys_set") }).click();
  await page.getByText(t.like("vault_key_group_wrong")).waitFor();
  await typed.fill(groups.join(" ").toLowerCase());
  await page.getByRole("button", { name: t("keys_set") }).click();
  return groups;
}

async function recover(page, t, groups, passphrase) {
  await page.getByRole("button", { name: t("vault_forgotten") }).click();
  await page.getByLabel(t("vault_recovery_key"), { exact: true }).fill(groups.join(" "));
  await page.getByLabel(t("vault_passphrase_new"), { exact: true }).fill(passphrase);
  await page.getByLabel(t("vault_passphrase_again"), { exact: true }).fill(passphrase);
  await page.getByRole("button", { name: t("vault_recover") }).click();
}

for (const language of languages) {
  journey(
    `keys (${language}): the passphrase changes, the old one is refused and the new one opens`,
    { language },
    async ({ page, go, t }) => {
      await open(page, go, t, t("keys_change"), t("keys_passphrase_title"));
      const now = page.getByLabel(t("keys_passphrase_now"), { exact: true });
      const change = page.getByRole("button", {
        name: t("keys_passphrase_title"),
      });
      await now.fill("not the present one");
      await page.getByLabel(t("vault_passphrase_new"), { exact: true }).fill(NEXT);
      await page.getByLabel(t("vault_passphrase_again"), { exact: true }).fill(NEXT);
      await change.click();
      await page.locator(".error", { hasText: t("error_vault_wrong_passphrase") }).waitFor();
      await now.fill(PASSPHRASE);
      await change.click();
      await page.getByText(t("keys_passphrase_done")).waitFor();
      await lock(page, t);
      await unlock(page, t, PASSPHRASE);
      await page.locator(".error", { hasText: t("error_vault_wrong_passphrase") }).waitFor();
      await unlockAndEnter(page, t, NEXT);
    },
  );
}

journey("keys: a new recovery key opens, and the old one no more", {}, async ({ page, host, go, t }) => {
  await open(page, go, t, t("keys_recovery_make"), t("keys_recovery_title"));
  const groups = await makeKey(page, t, t("keys_recovery_title"));
  await page.getByText(t("keys_recovery_done")).waitFor();
  await lock(page, t);
  await recover(page, t, host.groups, NEXT);
  await page.locator(".error", { hasText: t("error_vault_wrong_recovery_key") }).waitFor();
  await page.getByLabel(t("vault_recovery_key"), { exact: true }).fill(groups.join("-"));
  await page.getByRole("button", { name: t("vault_recover") }).click();
  await page.getByRole("navigation", { name: t("shared_navigation") }).waitFor();
});

journey(
  "keys: the school's key opens the records, and memory aids stay closed to it",
  { sample: true },
  async ({ page, host, go, t }) => {
    await go(`students/${host.student}`);
    const aid = page.getByLabel(t("keys_aid"), { exact: true });
    await aid.and(page.locator("textarea")).fill("asks about nursing");
    await page.getByText(t.like("shared_saved_at")).first().waitFor();
    await open(page, go, t, t("keys_school_make"), t("keys_school_title"));
    const groups = await makeKey(page, t, t("keys_school_make"));
    await page.getByText(t("keys_school_done")).waitFor();
    await lock(page, t);
    await recover(page, t, groups, NEXT);
    await page.getByRole("navigation", { name: t("shared_navigation") }).waitFor();
    await go(`students/${host.student}`);
    await page.getByText(t("keys_aid_school")).waitFor();
    assert.doesNotMatch(await page.locator("body").innerText(), /asks about nursing/);
    await go("settings");
    await page.getByText(t("keys_opened_by_school")).waitFor();
    await lock(page, t);
    await recover(page, t, host.groups, PASSPHRASE);
    await page.getByRole("navigation", { name: t("shared_navigation") }).waitFor();
    await go(`students/${host.student}`);
    await page.waitForFunction(() =>
      [...document.querySelectorAll("textarea")].some((field) => field.value === "asks about nursing"),
    );
  },
);

journey(
  "keys: everything is encrypted anew, and opens as before",
  { sample: true },
  async ({ page, host, go, t }) => {
    await open(page, go, t, t("keys_new_open"), t("keys_new_title"));
    await page.getByLabel(t("vault_passphrase"), { exact: true }).fill(PASSPHRASE);
    await page.getByRole("button", { name: t("keys_new_begin") }).click();
    await page.getByText(t("keys_new_done")).waitFor();
    await lock(page, t);
    await unlockAndEnter(page, t);
    assert.equal((await host.call("students.list", { text: "", graduation_year: null })).length, 1);
  },
);

journey(
  "keys: a lost file of keys comes back from the backup place, and that is said",
  {},
  async ({ page, host, t }) => {
    const { mkdirSync, rmSync } = await import("node:fs");
    mkdirSync(`${host.records}/backups`, { recursive: true });
    await host.call("vault.change_passphrase", {
      passphrase: PASSPHRASE,
      new_passphrase: PASSPHRASE,
    });
    await lock(page, t);
    rmSync(`${host.records}/records.keys`);
    await unlockAndEnter(page, t);
    await page.getByText(t.like("keys_restored")).first().waitFor();
  },
);
