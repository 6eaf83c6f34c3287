// What nobody means to type and somebody does: scripts, marks that turn the writing round, emoji, a text of ten
// megabytes, nothing at all. None of it is lost, none of it runs.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { beginDraft } from "../support/host.mjs";
import { journey, withBrowser } from "../support/journey.mjs";
import {
  addStudent,
  answer,
  heading,
  notice,
  undo,
  unlockAndEnter,
  waitForSaved,
} from "../support/pages.mjs";
import { until } from "../support/programs.mjs";
import { form, label } from "../support/words.mjs";

withBrowser();

const HOSTILE = [
  `<script>window.hurt = 1</script><img src=x onerror="window.hurt = 2">`,
  `"><svg onload=alert(1)>{{7*7}}\${7*7}{@html "<b>x</b>"}</textarea>`,
  `javascript:alert(1)//'; DROP TABLE application; --`,
  "\u202Egnp.eman\u202C \u2066left\u2069 \u200Fright\u200E zero\u200Bwidth\u200D\uFEFF",
  "👩🏽‍🎓🏳️‍🌈 e\u0301 n\u0303 z\u0351\u036B\u0343\u036A\u0302\u036B ﷽ 𝕿 \u{10FFFD}",
  '=HYPERLINK("http://example.invalid") +1 -1 @SUM(A1)',
  "../../etc/passwd C:\\con\\aux %00 %n%s \\u0000 NULL undefined NaN 1e999",
];
const WHOLE = HOSTILE.join(" ");

async function hurt(page) {
  const found = await page.evaluate(() => ({
    ran: window.hurt,
    made: document.querySelectorAll("main script, main iframe, main img[src='x'], main svg[onload]").length,
  }));
  assert.deepEqual(found, { ran: undefined, made: 0 }, "nothing that was typed became part of the page");
}

const statementOf = async (host, id) => (await host.call("applications.open", { id })).answers.statement;

journey(
  "bad input: an empty statement is no fault of the program: it is missing, and emptied again it is gone",
  { sample: true },
  async ({ page, host, go, t }) => {
    const id = await beginDraft(host);
    await go(`applications/${id}?section=statement`);
    const statement = answer(page, "statement");
    await statement.fill("   \n ");
    await waitForSaved(page);
    assert.equal(await statementOf(host, id), "   \n ");
    const { review } = await host.call("applications.open", { id });
    assert.ok(
      review.faults.some(
        ({ key, fault }) => key === "statement" && ["missing", "too_short"].includes(fault.code),
      ),
    );
    await statement.fill("");
    await page.waitForFunction(() => document.querySelector('[data-saving="saved"]'));
    await page.waitForTimeout(400);
    assert.equal(await statementOf(host, id), undefined);
    await page
      .getByRole("link", { name: label("en", "statement"), exact: false })
      .first()
      .waitFor();
    await page.getByText(t("applications_count_words_between", { n: 0, min: 50, max: 500 })).waitFor();
  },
);

journey(
  "bad input: scripts, marks, emoji and CR LF in a statement come back letter for letter",
  { sample: true },
  async ({ page, host, go, t }) => {
    const id = await beginDraft(host);
    await go(`applications/${id}?section=statement`);
    const pasted = HOSTILE.join("\r\n");
    await paste(answer(page, "statement"), pasted);
    const shown = await answer(page, "statement").inputValue();
    assert.equal(shown.replace(/\r\n/g, "\n"), pasted.replace(/\r\n/g, "\n"), "the field shows every letter");
    await waitForSaved(page);
    const kept = await statementOf(host, id);
    assert.equal(kept.replace(/\r\n/g, "\n"), pasted.replace(/\r\n/g, "\n"), "the records have every letter");
    await page.reload();
    await heading(page, label("en", "statement"));
    assert.equal(
      (await answer(page, "statement").inputValue()).replace(/\r\n/g, "\n"),
      pasted.replace(/\r\n/g, "\n"),
    );
    await page.keyboard.press("Control+l");
    await unlockAndEnter(page, t);
    await hurt(page);
  },
);

journey(
  "bad input: CR LF that came another way is kept as it is",
  { sample: true },
  async ({ page, host, go }) => {
    const text = "one\r\ntwo\rthree\nfour\u2028five\u0085six";
    const id = await beginDraft(host, { answers: { statement: text } });
    await go(`applications/${id}?section=statement`);
    await heading(page, label("en", "statement"));
    await answer(page, "statement").waitFor();
    await go("home");
    await page.getByRole("heading", { level: 1 }).waitFor();
    assert.equal(await statementOf(host, id), text, "looking at it changes nothing");
  },
);

/** Pastes a text into a field: the event that a page can answer by itself, and the browser's own insertion else. */
const paste = (field, text) =>
  field.evaluate((element, value) => {
    element.focus();
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", value);
    const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
    if (element.dispatchEvent(event)) document.execCommand("insertText", false, value);
  }, text);

const digest = (of) => createHash("sha256").update(of).digest("hex");

journey(
  "bad input: a statement of ten megabytes is saved whole and counted, comes back, can be copied out, and emptied with a way back",
  { sample: true, timeout: 120_000, page: { permissions: ["clipboard-read", "clipboard-write"] } },
  async ({ page, host, go, t }) => {
    page.setDefaultTimeout(40_000);
    const id = await beginDraft(host);
    await go(`applications/${id}?section=statement`);
    const line = "Ten megabytes of café, one line after the other. 👍\n";
    const text = line.repeat(Math.ceil((10 * 1024 * 1024) / Buffer.byteLength(line)));
    await paste(answer(page, "statement"), text);
    await waitForSaved(page);
    assert.equal(digest(await statementOf(host, id)), digest(text));
    const question = page.locator('[data-place="statement"]');
    await question.getByText(t.like("applications_over")).first().waitFor();
    await page.reload();
    await question.getByText(t.like("applications_very_long")).waitFor();
    await question.getByRole("button", { name: t("applications_very_long_copy") }).click();
    await notice(page, t, t("shared_copied")).waitFor();
    assert.equal(digest(await page.evaluate(() => navigator.clipboard.readText())), digest(text));
    await question.getByRole("button", { name: t("applications_very_long_empty") }).click();
    await question.locator("textarea").waitFor();
    await undo(page, t, t.like("applications_very_long_emptied"));
    await question.getByText(t.like("applications_very_long")).waitFor();
    await waitForSaved(page);
    assert.equal(digest(await statementOf(host, id)), digest(text));
  },
);

journey(
  "bad input: an answer beyond what is kept is refused by name, stays on the page, and keeps no other from being saved",
  { sample: true, timeout: 120_000 },
  async ({ page, host, go, t }) => {
    page.setDefaultTimeout(40_000);
    const id = await beginDraft(host);
    await go(`applications/${id}?section=statement`);
    await paste(answer(page, "statement"), "x".repeat(33 * 1024 * 1024));
    await page
      .getByRole("alert")
      .filter({ hasText: t("error_applications_too_large", { megabytes: 32 }) })
      .waitFor();
    const question = page.locator('[data-place="statement"]');
    await question.getByText(t.like("applications_very_long")).waitFor();
    await page
      .getByRole("radiogroup", { name: label("en", "more") })
      .getByLabel(t("shared_yes"))
      .check();
    await until(
      async () => (await host.call("applications.open", { id })).answers.more === "yes",
      "the other answer is saved",
    );
    await page
      .getByRole("alert")
      .filter({ hasText: t("error_applications_too_large", { megabytes: 32 }) })
      .waitFor();
    await question.getByRole("button", { name: t("applications_very_long_empty") }).click();
    await question.locator("textarea").fill("Short enough now.");
    await waitForSaved(page);
    assert.equal(await statementOf(host, id), "Short enough now.");
  },
);

/** Answers that show every question of the form, so that every field can be typed into. */
const EVERYTHING = {
  other_name: "yes",
  citizenship: "another_country",
  mailing_differs: "yes",
  other_contact: "yes",
  contact_relation: "other",
  contact_by: ["email", "phone"],
  qualification: "another_country",
  tests_taken: "yes",
  schools: ["s1"],
  "schools/s1/attending": "no",
  tests: ["t1", "t2"],
  "tests/t1/test": "other",
  "tests/t2/test": "ap",
  level: "other",
  start_term: form.sections
    .find((one) => one.id === "choice_of_programme")
    .parts.find((one) => one.id === "start_term").answer.choices[0].id,
  second_choice: "yes",
  more: "yes",
  helped: "yes",
};

journey(
  "bad input: hostile text in every field of the form is kept, printed, and never part of the page",
  { sample: true, timeout: 120_000 },
  async ({ page, host, go }) => {
    const id = await beginDraft(host, { student: host.student, answers: EVERYTHING });
    const oneLine = WHOLE.replaceAll("\n", " ");
    let fields = 0;
    for (const section of form.sections) {
      await go(`applications/${id}?section=${section.id}`);
      await heading(page, section.title.en);
      const inputs = page.locator(
        "[data-place] :is(textarea, input:not([type='radio'], [type='checkbox'], [role='combobox']))",
      );
      for (const field of await inputs.all()) {
        await field.fill(oneLine);
        fields++;
      }
      await waitForSaved(page);
      for (const field of await inputs.all()) assert.equal(await field.inputValue(), oneLine);
      await hurt(page);
    }
    assert.ok(fields >= 40, `${fields} fields were typed into`);
    const { answers } = await host.call("applications.open", { id });
    const texts = Object.entries(answers).filter(
      ([key, value]) => typeof value === "string" && !(key in EVERYTHING),
    );
    assert.ok(texts.length >= 36);
    const same = texts.filter(([, value]) => value === oneLine);
    assert.ok(
      same.length >= 33,
      `${texts.length - same.length} were changed: ${texts.filter(([, value]) => value !== oneLine).map(([key]) => key)}`,
    );
    for (const at of ["applications", "home", `students/${host.student}`, `applications/${id}/versions`]) {
      await go(at);
      await page.waitForTimeout(150);
      await hurt(page);
    }
    const pdf = await fetch(`${host.origin}/document/applications.pdf`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "x-waymark-token": new URL(host.address).searchParams.get("token"),
      },
      body: JSON.stringify({ id, language: "en", today: "2026-11-23" }),
    });
    assert.equal(pdf.status, 200, "it can be printed");
  },
);

journey(
  "bad input: hostile text in every other field of the program does no harm",
  { sample: true },
  async ({ page, host, go, t }) => {
    const oneLine = WHOLE.replaceAll("\n", " ");
    await go("students");
    await addStudent(page, t, { name: oneLine, schoolId: oneLine });
    await page.waitForTimeout(300);
    const added = (await host.call("students.list", { text: "", graduation_year: null })).find((one) =>
      one.name.includes("<script>"),
    );
    assert.ok(added, "the student is on the roster");
    await hurt(page);
    for (const [at, role, name] of [
      ["students", "searchbox", t("students_find")],
      ["careers", "searchbox", t("careers_search")],
      ["applications", "searchbox", t("applications_find")],
    ]) {
      await go(at);
      const field = page.getByRole(role, { name });
      if (!(await field.count())) continue;
      await field.fill(oneLine);
      await page.waitForTimeout(200);
      await hurt(page);
      await page.reload();
      await page.locator("h1").first().waitFor({ state: "attached" });
      await hurt(page);
    }
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: t("shared_find_placeholder") }).fill(oneLine);
    await page.waitForTimeout(200);
    await hurt(page);
    await page.keyboard.press("Escape");
    await go(
      `careers/backend-architect?q=${encodeURIComponent(oneLine)}&at=${encodeURIComponent('"><script>')}`,
    );
    await page.getByRole("heading", { level: 1, name: "Backend Architect" }).waitFor();
    const note = page.getByLabel(t("careers_notes_label"));
    await note.fill(oneLine);
    await page.waitForTimeout(600);
    assert.equal((await host.call("careers.note", { slug: "backend-architect" })).text, oneLine);
    await go("applications/new");
    await page.getByLabel(t("applications_institution")).fill(oneLine);
    await page.getByRole("combobox", { name: t("applications_programme") }).fill(oneLine);
    await page.getByRole("button", { name: t("applications_begin") }).click();
    await heading(page, label("en", "personal_details"));
    await hurt(page);
  },
);
