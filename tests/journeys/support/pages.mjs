// What a person does on the pages, in their own words and by what they can see.
import assert from "node:assert/strict";
import { PASSPHRASE } from "./host.mjs";

/** Waits for the page's one heading. */
export async function heading(page, name) {
  await page.getByRole("heading", { level: 1, name, exact: typeof name === "string" }).waitFor();
}

/** The first run from its first page to home. Gives the groups of the recovery key. */
export async function firstRun(page, t, { passphrase = PASSPHRASE, sample = true } = {}) {
  await heading(page, t("vault_welcome_title"));
  await page.getByRole("button", { name: t("vault_begin") }).click();
  await heading(page, t("vault_first_folder_title"));
  await page.getByRole("button", { name: t("shared_next") }).click();
  await heading(page, t("vault_first_passphrase_title"));
  await page.getByLabel(t("vault_passphrase_new"), { exact: true }).fill(passphrase);
  await page.getByLabel(t("vault_passphrase_again"), { exact: true }).fill(passphrase);
  await page.getByRole("button", { name: t("vault_make") }).click();
  await heading(page, t("vault_key_title"));
  const groups = await readKey(page, t);
  await confirmKey(page, t, groups);
  await heading(page, t("vault_place_title"));
  await page.getByRole("button", { name: t("shared_next") }).click();
  await heading(page, t("vault_sample_title"));
  await page.getByRole("button", { name: sample ? t("vault_sample_yes") : t("vault_sample_no") }).click();
  await page.getByRole("navigation", { name: t("shared_navigation") }).waitFor();
  return groups;
}

/** The recovery key as it stands on the page. */
export async function readKey(page, t) {
  const key = page.getByRole("list", { name: t("vault_recovery_key") });
  await key.waitFor();
  const groups = await key.locator("code").allTextContents();
  assert.equal(groups.length, 9, "the key has nine groups");
  return groups;
}

/** Types the key back. */
export async function confirmKey(page, t, groups) {
  await page.getByRole("button", { name: t("vault_key_have") }).click();
  await page.getByLabel(t("vault_key_typed"), { exact: true }).fill(groups.join("-"));
  await page.getByRole("button", { name: t("shared_next") }).click();
}

/** Types the passphrase on the unlock page. */
export async function unlock(page, t, passphrase = PASSPHRASE) {
  await page.getByLabel(t("vault_passphrase"), { exact: true }).fill(passphrase);
  await page.getByRole("button", { name: t("vault_unlock"), exact: true }).click();
}

/** Unlocks and waits for the page behind. */
export async function unlockAndEnter(page, t, passphrase) {
  await unlock(page, t, passphrase);
  await page.getByRole("navigation", { name: t("shared_navigation") }).waitFor();
}

/** Begins a meeting on the student's page; there is a PIN already. */
export async function beginMeeting(page, t) {
  await page.getByRole("button", { name: t("shared_begin_meeting") }).click();
  await page.getByRole("button", { name: t("meeting_leave") }).waitFor();
}

/** Leaves it by the PIN. */
export async function leaveMeeting(page, t, pin) {
  await page
    .getByRole("button", { name: t("meeting_leave") })
    .first()
    .click();
  const dialog = page.getByRole("dialog", { name: t("meeting_leave_title") });
  await dialog.getByLabel(t("meeting_pin"), { exact: true }).fill(pin);
  await dialog.getByRole("button", { name: t("meeting_leave"), exact: true }).click();
}

/** Adds a student on the students' page. */
export async function addStudent(page, t, { name, year = "", schoolId = "" }) {
  await page
    .getByRole("button", { name: t("students_add"), exact: true })
    .first()
    .click();
  const dialog = page.getByRole("dialog", { name: t("students_add_title") });
  await dialog.getByLabel(t("students_name"), { exact: true }).fill(name);
  await dialog.getByLabel(t("students_year")).fill(year);
  await dialog.getByLabel(t("students_school_id")).fill(schoolId);
  await dialog.getByRole("button", { name: t("students_add"), exact: true }).click();
}

/** The line that says whether what is typed is kept. */
export const saved = (page, t) => page.locator(".line", { hasText: t.like("shared_saved_at") });

/** Waits until the editor says that all of it is saved. */
export async function waitForSaved(page) {
  await page.locator('[data-saving="saved"]').waitFor();
}

/** The notice at the foot of the page with these words. */
export const notice = (page, t, text) =>
  page.getByRole("status", { name: t("shared_notices") }).locator(".toast", { hasText: text });

/** Presses Undo in a notice. */
export const undo = (page, t, text) =>
  notice(page, t, text)
    .getByRole("button", { name: t("shared_undo"), exact: true })
    .click();

/** The control of a question, by its place in the form: `statement`, or a place within a group. */
export const answer = (page, place) =>
  page.locator(`[data-place="${place}"] :is(input, textarea, select)`).first();

/** Opens a section of the draft. */
export async function openSection(page, id, title) {
  const draft = page.url().split("#/")[1].split("?")[0];
  await page.evaluate((to) => void (location.hash = to), `#/${draft}?section=${id}`);
  await heading(page, title);
}

/** The words of the save state that were on the page one after the other, each once, since `watch`. */
export async function watchSaveState(page) {
  await page.evaluate(() => {
    window.seenStates = [];
    const look = () => {
      const state = document.querySelector("[data-saving]")?.textContent.trim() ?? "";
      if (state && window.seenStates.at(-1)?.state !== state)
        window.seenStates.push({ state, at: performance.now() });
    };
    look();
    new MutationObserver(look).observe(document.body, {
      subtree: true,
      childList: true,
      characterData: true,
      attributes: true,
    });
  });
  return { seen: () => page.evaluate(() => window.seenStates.map((one) => one.state)) };
}
