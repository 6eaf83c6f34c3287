// Backups: made, looked into, gone back to, and brought to another computer with nothing but their folder.
import assert from "node:assert/strict";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { violations } from "../support/axe.mjs";
import { PASSPHRASE, startHost } from "../support/host.mjs";
import { journey, withBrowser } from "../support/journey.mjs";
import { heading, notice, unlockAndEnter } from "../support/pages.mjs";
import { pictures, temporaryFolder } from "../support/places.mjs";
import { languages } from "../support/words.mjs";

withBrowser();
mkdirSync(pictures, { recursive: true });

const picture = (page, name) => page.screenshot({ path: join(pictures, `${name}.png`), caret: "hide" });
const add = (host, name) => host.call("students.add", { name, graduation_year: 2027, school_id: null });

/** Presses "Back up now" and waits for the word that it is done. */
async function backUp(page, t) {
  await page.getByRole("button", { name: t("backups_make"), exact: true }).click();
  await notice(page, t, t("backups_made_now")).waitFor();
}

async function lookInside(page, t) {
  await page
    .getByRole("button", { name: t.like("backups_look_inside_of") })
    .first()
    .click();
  const dialog = page.getByRole("dialog", { name: t("backups_inside") });
  await dialog.getByText(t("backups_would_change")).waitFor();
  return dialog;
}

for (const language of languages) {
  journey(
    `backups (${language}): one is made, shows whom going back would change, and is gone back to`,
    { language, sample: true, at: "settings" },
    async ({ page, host, t }) => {
      await page.getByRole("link", { name: t("backups_settings_open") }).click();
      await heading(page, t("backups_title"));
      await page.getByText(t("backups_empty"), { exact: true }).waitFor();
      await backUp(page, t);
      const rows = page.getByRole("table", { name: t("backups_list") }).locator("tbody tr");
      await rows.getByText(t("backups_state_whole")).waitFor();
      assert.equal(await rows.count(), 1);
      await page.getByRole("button", { name: t("backups_check"), exact: true }).click();
      await notice(page, t, t("backups_checked_now")).waitFor();

      await add(host, "Since Then");
      let dialog = await lookInside(page, t);
      await dialog.getByText(t("backups_would_go", { n: "1" })).waitFor();
      await dialog.getByText("Since Then").waitFor();
      const restore = dialog.getByRole("button", { name: t("backups_restore_now") });
      assert.ok(await restore.isDisabled(), "not before the person has said so");
      assert.deepEqual(await violations(page), []);
      await picture(page, `backups-inside-${language}`);
      await page.keyboard.press("Escape");
      await dialog.waitFor({ state: "hidden" });
      dialog = await lookInside(page, t);
      await dialog.getByLabel(t("backups_restore_sure")).check();
      await restore.click();
      await page.getByText(t("backups_restored_text")).waitFor();
      assert.deepEqual(await violations(page), []);
      await picture(page, `backups-restored-${language}`);
      const students = await host.call("students.list", { text: "", graduation_year: null });
      assert.equal(students.length, 1, "the sample student alone");
      assert.ok(existsSync(join(host.records, "set-aside")), "what was there is set aside");
      await page.keyboard.press("Control+l");
      await unlockAndEnter(page, t);
    },
  );
}

journey(
  "backups: a second place is set, goes away and catches up",
  { at: "backups" },
  async ({ page, host, t }) => {
    await add(host, "Sample Student");
    const stick = temporaryFolder("waymark-stick-");
    await page.getByRole("button", { name: t("backups_second_set") }).click();
    const field = page.getByLabel(t("backups_second_folder"));
    await field.fill(join(stick, "not there"));
    await page.getByRole("button", { name: t("backups_second_use") }).click();
    await page.locator(".error", { hasText: t("error_backups_place_not_there") }).waitFor();
    await field.fill(stick);
    await page.keyboard.press("Enter");
    await page.getByText(t("backups_second_there"), { exact: true }).waitFor();
    await backUp(page, t);
    const row = page
      .getByRole("table", { name: t("backups_list") })
      .locator("tbody tr")
      .first();
    await row.getByText(t("backups_both_places")).waitFor();
    await picture(page, "backups-light");
    await page.emulateMedia({ colorScheme: "dark" });
    await picture(page, "backups-dark");
    assert.deepEqual(await violations(page, { colours: true }), []);
    await page.emulateMedia({ colorScheme: "light" });
    await page.setViewportSize({ width: 700, height: 800 });
    await picture(page, "backups-narrow");
    const wide = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    assert.ok(wide <= 0, `${wide} pixels too wide`);
  },
);

journey(
  "backups: another computer has the records again from the folder and the passphrase alone",
  { sample: true, at: "backups" },
  async ({ page, host, open, own, t }) => {
    await add(host, "Comes Along");
    await backUp(page, t);
    const folder = join(host.records, "backups");

    const other = await startHost();
    own(other.kill);
    const second = (await open({}, other)).page;
    await heading(second, t("vault_welcome_title"));
    await second.getByRole("button", { name: t("backups_elsewhere"), exact: true }).click();
    await heading(second, t("backups_elsewhere_title"));
    const field = second.getByLabel(t("backups_elsewhere_folder"));
    await field.fill(other.home);
    await second.getByRole("button", { name: t("backups_elsewhere_look") }).click();
    await second.getByText(t("backups_elsewhere_none")).waitFor();
    await field.fill(folder);
    await second.getByRole("button", { name: t("backups_elsewhere_look") }).click();
    const secret = second.getByLabel(t("backups_passphrase_then"));
    await secret.fill("not the passphrase");
    const inside = second.getByRole("button", { name: t("backups_open"), exact: true });
    await inside.click();
    await second.locator(".error", { hasText: t("error_vault_wrong_passphrase") }).waitFor();
    assert.deepEqual(await violations(second), []);
    await picture(second, "backups-elsewhere");
    await secret.fill(PASSPHRASE);
    await inside.click();
    await second.getByText(t("backups_elsewhere_into")).waitFor();
    await picture(second, "backups-elsewhere-inside");
    await second.getByRole("button", { name: t("backups_restore_now") }).click();
    await second.getByRole("navigation", { name: t("shared_navigation") }).waitFor();
    const students = await other.call("students.list", { text: "", graduation_year: null });
    assert.equal(students.length, 2);
    assert.ok(students.some(({ name }) => name === "Comes Along"));
    await second.keyboard.press("Control+l");
    await unlockAndEnter(second, t);
  },
);
