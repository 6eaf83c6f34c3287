// The log of disclosures: what leaves is logged and asked about, one key answers, and the log page holds all of it.
import assert from "node:assert/strict";
import { beginDraft } from "../support/host.mjs";
import { accessible } from "../support/axe.mjs";
import { journey, withBrowser } from "../support/journey.mjs";
import { answer, heading, notice } from "../support/pages.mjs";
import { languages } from "../support/words.mjs";

withBrowser();

const question = (page, t) => page.getByRole("group").filter({ hasText: t("log_for_whom") });
const table = (page, t) => page.getByRole("table", { name: t("log_title") });
const row = (page, t, what) => table(page, t).getByRole("row").filter({ hasText: what });

/** Saves the open draft as PDF and waits for the file. */
async function print(page, t) {
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: t("applications_save_pdf") }).click();
  await download;
}

for (const language of languages) {
  journey(
    `log (${language}): a printed application is asked about, one key answers, and the log holds it`,
    { sample: true, language },
    async ({ page, t, host, go }) => {
      const { name } = (await host.call("students.list", { text: "", graduation_year: null }))[0];
      const draft = await beginDraft(host, { student: host.student, language });
      await go(`applications/${draft}`);
      await page.locator("h1").waitFor();
      await print(page, t);
      const bar = question(page, t);
      await bar.waitFor();
      assert.match(await bar.innerText(), new RegExp(name));
      await accessible(page, "the question for whom");
      await page.keyboard.press("2");
      await bar.waitFor({ state: "detached" });
      await notice(page, t, t("log_short_parent")).waitFor();

      await go(`students/${host.student}`);
      await page.getByRole("link", { name: t("log_student_link"), exact: true }).click();
      await heading(page, t("log_title_student", { name }));
      const line = row(page, t, t("log_output_applications_pdf"));
      await line.getByText(t("log_audience_parent")).waitFor();
      // The student's own changes are part of it.
      await row(page, t, t("log_act_applications_start")).first().waitFor();
      await accessible(page, "the log");
    },
  );
}

journey(
  "log: only somebody else is asked who and why; what nobody said waits in the log and can be corrected",
  { sample: true },
  async ({ page, t, host, go }) => {
    const draft = await beginDraft(host, { student: host.student });
    await go(`applications/${draft}`);
    await page.locator("h1").waitFor();
    await print(page, t);
    await question(page, t).waitFor();
    await page.keyboard.press("5");
    await page.getByLabel(t("log_party")).fill("Example College");
    await page.keyboard.press("Enter");
    await page.getByText(t("error_log_interest_missing")).waitFor();
    await page.getByLabel(t("log_interest")).fill("Decides on admission");
    await page.keyboard.press("Enter");
    await question(page, t).waitFor({ state: "detached" });
    await print(page, t);
    await question(page, t).waitFor();
    await page.keyboard.press("Escape");
    await question(page, t).waitFor({ state: "detached" });

    await go("log");
    await heading(page, t("log_title"));
    await page.getByText("Example College: Decides on admission").waitFor();
    await page.getByRole("link", { name: t("log_unsaid_show") }).click();
    await page.getByText("Example College: Decides on admission").waitFor({ state: "detached" });
    await page.getByRole("button", { name: t("log_say"), exact: true }).click();
    const dialog = page.getByRole("dialog", { name: t("log_answer_title") });
    await dialog.getByLabel(t("log_audience_school_official")).check();
    await dialog.getByRole("button", { name: t("shared_save"), exact: true }).click();
    await page.getByText(t("log_none_fits")).waitFor();

    await go("log?kind=disclosure");
    const told = row(page, t, t("log_audience_school_official"));
    await told.getByRole("button", { name: t("log_correct") }).click();
    await dialog.getByLabel(t("log_audience_student"), { exact: true }).check();
    await dialog.getByRole("button", { name: t("shared_save"), exact: true }).click();
    await told.waitFor({ state: "detached" });
    await go("log?kind=change");
    await row(page, t, t("log_act_disclosures_correct")).waitFor();
  },
);

journey(
  "log: a question never takes the focus from somebody who writes, and Alt W goes to it",
  { sample: true },
  async ({ page, t, host, go }) => {
    const draft = await beginDraft(host, { student: host.student });
    await go(`applications/${draft}?section=statement`);
    const statement = answer(page, "statement");
    await statement.waitFor();
    // The document is slow to come: by then somebody writes.
    let release;
    const held = new Promise((resolve) => (release = resolve));
    await page.route("**/document/applications.pdf", async (route) => {
      await held;
      await route.continue();
    });
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: t("applications_save_pdf") }).click();
    await statement.focus();
    release();
    await download;
    await question(page, t).waitFor();
    await page.keyboard.type("In 2026");
    assert.equal(await statement.inputValue(), "In 2026");
    await page.keyboard.press("Alt+w");
    await page.keyboard.press("1");
    await question(page, t).waitFor({ state: "detached" });
    assert.equal(
      await statement.evaluate((field) => field === document.activeElement),
      true,
      "back to the text",
    );
    const { rows } = await host.call("log.list", {
      filter: {
        student: null,
        kind: "disclosure",
        audience: "student",
        from: null,
        until: null,
      },
      after: null,
      most: null,
    });
    assert.equal(rows.length, 1);
  },
);

journey(
  "log: what could not be made is not logged; the log itself leaves as a table and on paper, logged as well, and is whole",
  { sample: true, at: "log" },
  async ({ page, t, host, go }) => {
    await heading(page, t("log_title"));
    await page.getByRole("button", { name: t("log_check") }).click();
    await page.getByText(t.like("log_check_whole")).waitFor();

    const table = page.waitForEvent("download");
    await page.getByRole("button", { name: t("log_save_csv") }).click();
    assert.match((await table).suggestedFilename(), /^Log \d{4}-\d\d-\d\d\.csv$/);
    await page.keyboard.press("3");
    await row(page, t, t("log_output_log_csv")).getByText(t("log_audience_school_official")).waitFor();

    await go(`log?student=${host.student}`);
    const paper = page.waitForEvent("download");
    await page.getByRole("button", { name: t("log_save_pdf") }).click();
    assert.match((await paper).suggestedFilename(), /^Record of disclosures .*\.pdf$/);
    await row(page, t, t("log_output_log_pdf")).waitFor();

    await assert.rejects(
      host.call("log.answer", {
        batch: "none",
        audience: "student",
        party: null,
        interest: null,
        correcting: false,
      }),
    );
    await page.getByLabel(t("log_from")).fill("2001-01-01");
    await page.getByLabel(t("log_until")).fill("2001-01-02");
    await page.getByText(t("log_none_fits")).waitFor();
    await page.getByRole("button", { name: t("log_clear_filters") }).click();
    await row(page, t, t("log_output_log_pdf")).waitFor();
  },
);
