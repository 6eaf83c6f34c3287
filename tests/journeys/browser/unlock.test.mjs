// Opening the records again: the passphrase, wrong ones, and the recovery key.
import assert from "node:assert/strict";
import { PASSPHRASE, setPin } from "../support/host.mjs";
import { journey, withBrowser } from "../support/journey.mjs";
import { beginMeeting, heading, notice, unlock, unlockAndEnter } from "../support/pages.mjs";
import { languages } from "../support/words.mjs";

withBrowser();

/** A whole key of records that are no more. */
const OTHER_KEY = "QK1V-NPG2-6377-ASJ8-XZRD-9VYC-5V9V-BAQ6-ENGW";

/** Locks by its keys, once there is a page that hears them. */
async function lock(page, t) {
  await page.getByRole("navigation", { name: t("shared_navigation") }).waitFor();
  await page.keyboard.press("Control+l");
}

for (const language of languages) {
  journey(
    `unlock (${language}): a wrong passphrase is named, waits after several, and the right one opens`,
    { language },
    async ({ page, t }) => {
      await lock(page, t);
      await heading(page, t("vault_unlock_title"));
      const field = page.getByLabel(t("vault_passphrase"), { exact: true });
      assert.ok(await field.evaluate((input) => input === document.activeElement), "the field has the focus");
      for (let wrong = 0; wrong < 4; wrong++) {
        await unlock(page, t, `not the passphrase ${wrong}`);
        await page.locator(".error", { hasText: t("error_vault_wrong_passphrase") }).waitFor();
        if (wrong < 3) await field.fill("");
      }
      await page.getByText(t.like("vault_wait")).waitFor();
      assert.ok(await page.getByRole("button", { name: t("vault_unlock"), exact: true }).isDisabled());
      await page.getByText(t.like("vault_wait")).waitFor({ state: "detached" });
      await unlockAndEnter(page, t);
    },
  );

  journey(
    `unlock (${language}): the recovery key opens the records and sets a new passphrase`,
    { language },
    async ({ page, host, t }) => {
      await lock(page, t);
      await page.getByRole("button", { name: t("vault_forgotten") }).click();
      await heading(page, t("vault_recover_title"));
      const key = page.getByLabel(t("vault_recovery_key"), { exact: true });
      const open = page.getByRole("button", { name: t("vault_recover") });
      const next = "five new words stand here";
      await page.getByLabel(t("vault_passphrase_new"), { exact: true }).fill(next);
      await page.getByLabel(t("vault_passphrase_again"), { exact: true }).fill(next);
      await open.click();
      await page.getByText(t("vault_key_needed")).waitFor();
      await key.fill(host.groups.toReversed().join(" "));
      await open.click();
      await page.locator(".error", { hasText: t("error_vault_recovery_key_mistyped") }).waitFor();
      await key.fill(host.groups.join(" ").toLowerCase());
      await open.click();
      await page.getByRole("navigation", { name: t("shared_navigation") }).waitFor();
      await lock(page, t);
      await unlock(page, t, PASSPHRASE);
      await page.locator(".error", { hasText: t("error_vault_wrong_passphrase") }).waitFor();
      await unlockAndEnter(page, t, next);
    },
  );
}

journey("unlock: a key of other records is told from a slip of the pen", {}, async ({ page, t }) => {
  await lock(page, t);
  await page.getByRole("button", { name: t("vault_forgotten") }).click();
  // A key that is whole, but was made for records that are no more.
  await page.getByLabel(t("vault_recovery_key"), { exact: true }).fill(OTHER_KEY);
  await page.getByLabel(t("vault_passphrase_new"), { exact: true }).fill(PASSPHRASE);
  await page.getByLabel(t("vault_passphrase_again"), { exact: true }).fill(PASSPHRASE);
  await page.getByRole("button", { name: t("vault_recover") }).click();
  await page.locator(".error", { hasText: t("error_vault_wrong_recovery_key") }).waitFor();
});

journey(
  "lock: returns to the page that was open, and leaves nothing of the records on the screen",
  { sample: true },
  async ({ page, host, t }) => {
    const { student } = host;
    await setPin(host);
    await page.evaluate((id) => void (location.hash = `#/students/${id}`), student);
    await beginMeeting(page, t);
    const { name } = (await host.call("students.show", { id: student, language: "en" })).student;
    await page
      .locator("header", { hasText: t("shared_with") })
      .getByText(name)
      .first()
      .waitFor();
    await lock(page, t);
    await heading(page, t("vault_unlock_title"));
    assert.doesNotMatch(await page.locator("body").innerText(), new RegExp(name));
    assert.doesNotMatch(await page.title(), new RegExp(name));
    await assert.rejects(host.call("students.list", { text: "", graduation_year: null }), {
      code: "vault.locked",
    });
    await unlockAndEnter(page, t);
    await heading(page, name);
    await page.getByRole("button", { name: t("meeting_leave") }).waitFor();
    await lock(page, t);
    await page.getByRole("checkbox", { name: t("meeting_end_by_passphrase") }).check();
    await unlockAndEnter(page, t);
    await page.getByRole("button", { name: t("shared_begin_meeting") }).waitFor();
  },
);

journey("lock: notices that name a student do not stay", { sample: true }, async ({ page, go, t }) => {
  await go("home");
  await page.getByRole("button", { name: t("home_sample_delete") }).click();
  await notice(page, t, t("home_sample_deleted")).waitFor();
  await lock(page, t);
  await heading(page, t("vault_unlock_title"));
  assert.equal(await page.locator(".toast").count(), 0);
});
