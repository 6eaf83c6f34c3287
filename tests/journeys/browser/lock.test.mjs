// Locking: by hand from anywhere, after idle time with a warning before it, and with text that could not be saved.
import assert from "node:assert/strict";
import { accessible } from "../support/axe.mjs";
import { beginDraft } from "../support/host.mjs";
import { journey, withBrowser } from "../support/journey.mjs";
import { answer, heading, notice, unlock, unlockAndEnter, waitForSaved } from "../support/pages.mjs";
import { until } from "../support/programs.mjs";
import { label, languages } from "../support/words.mjs";

withBrowser();

const STATEMENT = "Typed while the disk was full.";
const full = (route) => route.fulfill({ status: 422, json: { code: "storage.disk_full", params: {} } });

const draft = (name, options, body) =>
  journey(`lock: ${name}`, { sample: true, ...options }, async (own) => {
    const language = options.language ?? "en";
    const id = await beginDraft(own.host, { student: own.host.student, language });
    await own.go(`applications/${id}?section=statement`);
    await heading(own.page, label(language, "statement"));
    const answers = async () => (await own.host.call("applications.open", { id })).answers;
    await body({ ...own, id, answers, language });
  });

/** Gives how long after the key the page held nothing of the records any more, in milliseconds. */
async function lockMeasured(page) {
  await page.evaluate(() => {
    window.emptied = new Promise((resolve) => {
      let pressed = 0;
      window.addEventListener("keydown", () => (pressed ||= performance.now()), { capture: true });
      new MutationObserver((_, watch) => {
        if (document.querySelector("nav, textarea")) return;
        watch.disconnect();
        resolve(performance.now() - pressed);
      }).observe(document.body, { childList: true, subtree: true });
    });
  });
  await page.keyboard.press("Control+l");
  return page.evaluate(() => window.emptied);
}

/** A clock that the test moves. It has to be there before the time begins to run, which is when the records open. */
async function withOwnClock(page, t) {
  await page.getByRole("navigation", { name: t("shared_navigation") }).waitFor();
  await page.keyboard.press("Control+l");
  await heading(page, t("vault_unlock_title"));
  await page.clock.install();
  await unlockAndEnter(page, t);
}

for (const language of languages) {
  draft(
    `text that can't be saved is sealed, comes back after unlocking and is saved then (${language})`,
    { language },
    async ({ page, t, answers }) => {
      await page.route("**/call/applications.save", full);
      await answer(page, "statement").pressSequentially(STATEMENT);
      await page.getByRole("alert").first().waitFor();
      const emptied = await lockMeasured(page);
      console.log(`the page was empty ${emptied.toFixed(1)} ms after the key`);
      await heading(page, t("vault_unlock_title"));
      assert.doesNotMatch(await page.content(), new RegExp(STATEMENT));
      await page.unroute("**/call/applications.save", full);
      await unlockAndEnter(page, t);
      await notice(page, t, t("shared_unsaved_saved")).waitFor();
      await heading(page, label(language, "statement"));
      assert.equal(await answer(page, "statement").inputValue(), STATEMENT);
      assert.equal((await answers()).statement, STATEMENT);
    },
  );
}

draft(
  "text that still can't be saved after unlocking stands in its field, unsaved, and newer letters go with it",
  {},
  async ({ page, t, answers }) => {
    await page.route("**/call/applications.save", full);
    await answer(page, "statement").pressSequentially(STATEMENT);
    await page.getByRole("alert").first().waitFor();
    await page.keyboard.press("Control+l");
    await heading(page, t("vault_unlock_title"));
    await unlockAndEnter(page, t);
    await notice(page, t, t("shared_unsaved_shown")).waitFor();
    const statement = answer(page, "statement");
    assert.equal(await statement.inputValue(), STATEMENT);
    await page
      .getByRole("alert")
      .filter({ hasText: t("error_storage_disk_full") })
      .waitFor();
    await statement.press("End");
    await statement.pressSequentially(" And more.");
    // Once more, now with both.
    await page.keyboard.press("Control+l");
    await heading(page, t("vault_unlock_title"));
    await page.unroute("**/call/applications.save", full);
    await unlockAndEnter(page, t);
    await notice(page, t, t("shared_unsaved_saved")).waitFor();
    assert.equal((await answers()).statement, `${STATEMENT} And more.`);
  },
);

journey("lock: a note that can't be saved comes back on its career", {}, async ({ page, t, go, host }) => {
  await go("careers/backend-architect");
  const note = page.getByLabel(t("careers_notes_label"), { exact: true });
  await page.route("**/call/careers.save_note", full);
  await note.fill("Ask about night shifts.");
  await page.getByRole("alert").first().waitFor();
  await page.keyboard.press("Control+l");
  await heading(page, t("vault_unlock_title"));
  await page.unroute("**/call/careers.save_note", full);
  await unlockAndEnter(page, t);
  await notice(page, t, t("shared_unsaved_saved")).waitFor();
  await until(
    async () => (await note.inputValue()) === "Ask about night shifts.",
    "the note as it was typed",
  );
  assert.equal(
    (await host.call("careers.note", { slug: "backend-architect" })).text,
    "Ask about night shifts.",
  );
});

journey("lock: the keys lock from an open dialog and from the palette", {}, async ({ page, t, go }) => {
  await go("students");
  await page
    .getByRole("button", { name: t("students_add"), exact: true })
    .first()
    .click();
  await page.getByRole("dialog", { name: t("students_add_title") }).waitFor();
  await page.keyboard.press("Control+l");
  await heading(page, t("vault_unlock_title"));
  assert.equal(await page.getByRole("dialog").count(), 0);
  await unlockAndEnter(page, t);
  await heading(page, t("shared_students"));
  assert.equal(await page.getByRole("dialog").count(), 0, "nothing was typed in it");
  await page.keyboard.press("Control+k");
  await page.keyboard.press("Control+l");
  await heading(page, t("vault_unlock_title"));
});

journey("lock: a dialog that was being filled in opens again with what stood in it", {}, async (given) => {
  const { page, t, go, host } = given;
  await go("students");
  await page
    .getByRole("button", { name: t("students_add"), exact: true })
    .first()
    .click();
  const dialog = page.getByRole("dialog", { name: t("students_add_title") });
  await dialog.getByLabel(t("students_name"), { exact: true }).fill("Example Pupil");
  await page.keyboard.press("Control+l");
  await heading(page, t("vault_unlock_title"));
  assert.doesNotMatch(await page.content(), /Example Pupil/);
  await unlockAndEnter(page, t);
  await dialog.waitFor();
  assert.equal(await dialog.getByLabel(t("students_name"), { exact: true }).inputValue(), "Example Pupil");
  assert.deepEqual(await host.call("students.list", { text: "", graduation_year: null }), []);
  await dialog.getByRole("button", { name: t("students_add"), exact: true }).click();
  await page.getByRole("heading", { level: 1, name: "Example Pupil" }).waitFor();
});

journey("lock: a roster that was pasted is there again, and is brought in then", {}, async (given) => {
  const { page, t, go, host } = given;
  await go("students/import");
  const box = page.getByLabel(t("students_paste"));
  await box.fill("Name,Year\nSample Student,2031\nExample Pupil,2032");
  await page.keyboard.press("Control+l");
  await heading(page, t("vault_unlock_title"));
  assert.doesNotMatch(await page.content(), /Example Pupil/);
  await unlockAndEnter(page, t);
  await heading(page, t("students_import_title"));
  assert.match(await box.inputValue(), /Example Pupil,2032$/);
  await page.getByRole("button", { name: t("students_bring_in", { n: 2 }) }).click();
  await page.getByRole("heading", { name: t("students_imported", { n: 2 }) }).waitFor();
  assert.equal((await host.call("students.list", { text: "", graduation_year: null })).length, 2);
});

draft(
  "after idle time it warns, a key goes on, and locking comes back to the same place",
  {},
  async ({ page, t, answers, id }) => {
    await withOwnClock(page, t);
    const statement = answer(page, "statement");
    await statement.pressSequentially("Left alone in the middle of a");
    await waitForSaved(page);
    const warning = page.getByText(t("shared_idle_warning"));
    await page.clock.fastForward("09:00");
    assert.equal(await warning.count(), 0);
    await page.clock.fastForward("00:45");
    await warning.waitFor();
    await accessible(page, "the warning");
    await page.keyboard.press("Shift");
    await warning.waitFor({ state: "detached" });
    await page.clock.fastForward("09:40");
    await warning.waitFor();
    await page.clock.fastForward("00:30");
    await heading(page, t("vault_unlock_title"));
    assert.doesNotMatch(await page.content(), /Left alone/);
    assert.match(page.url(), new RegExp(`applications/${id}\\?section=statement`));
    assert.doesNotMatch(await page.title(), new RegExp(label("en", "statement")));
    await unlock(page, t);
    await heading(page, label("en", "statement"));
    assert.equal(await statement.inputValue(), "Left alone in the middle of a");
    assert.equal((await answers()).statement, "Left alone in the middle of a");
  },
);

journey(
  "lock: the idle time is chosen in the settings and holds at once",
  {},
  async ({ page, t, go, host }) => {
    // A page that is not there yet hears no key.
    await page.getByRole("navigation", { name: t("shared_navigation") }).waitFor();
    await page.keyboard.press("Control+l");
    await heading(page, t("vault_unlock_title"));
    await page.clock.install();
    await unlockAndEnter(page, t);
    await go("settings");
    await page.getByRole("radio", { name: t("settings_idle_minutes", { n: 1 }), exact: true }).check();
    await page.clock.fastForward("00:35");
    await page.getByText(t("shared_idle_warning")).waitFor();
    await page.clock.fastForward("00:30");
    await heading(page, t("vault_unlock_title"));
    assert.equal((await host.call("settings.get")).idle_minutes, 1);
  },
);
