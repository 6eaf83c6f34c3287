// The roster: adding, changing, deleting, bringing in a list; each with a way back.
import assert from "node:assert/strict";
import { beginDraft } from "../support/host.mjs";
import { journey, withBrowser } from "../support/journey.mjs";
import { addStudent, heading, notice, undo } from "../support/pages.mjs";
import { languages } from "../support/words.mjs";

withBrowser();

const roster = async (host) =>
  (await host.call("students.list", { text: "", graduation_year: null })).map((one) => one.name);

for (const language of languages) {
  journey(
    `students (${language}): one is added, changed, deleted and brought back`,
    { language, at: "students" },
    async ({ page, host, t }) => {
      await page.getByRole("heading", { name: t("students_none") }).waitFor();
      await addStudent(page, t, { name: "Demo Learner", year: "2027", schoolId: "0042" });
      await heading(page, "Demo Learner");
      await page.getByRole("button", { name: t("students_edit"), exact: true }).click();
      const dialog = page.getByRole("dialog", { name: t("students_edit_title") });
      await dialog.getByLabel(t("students_name"), { exact: true }).fill("Demo Léarner-Ñandú");
      await dialog.getByRole("button", { name: t("shared_save"), exact: true }).click();
      await heading(page, "Demo Léarner-Ñandú");
      await undo(page, t, t("students_edited", { name: "Demo Léarner-Ñandú" }));
      await heading(page, "Demo Learner");
      await page.getByRole("button", { name: t("students_remove"), exact: true }).click();
      await page
        .getByRole("dialog")
        .getByRole("button", { name: t("students_remove"), exact: true })
        .click();
      await heading(page, t("shared_students"));
      assert.deepEqual(await roster(host), []);
      await undo(page, t, t("students_removed", { name: "Demo Learner" }));
      await page.getByRole("link", { name: /Demo Learner/ }).waitFor();
      const [back] = await host.call("students.list", { text: "", graduation_year: null });
      assert.deepEqual([back.name, back.graduation_year, back.school_id], ["Demo Learner", 2027, "0042"]);
    },
  );
}

journey(
  "students: an empty name and an impossible year are refused at their fields, and what was typed stays",
  { at: "students" },
  async ({ page, host, t }) => {
    await addStudent(page, t, { name: "   ", year: "2999" });
    const dialog = page.getByRole("dialog", { name: t("students_add_title") });
    await dialog.getByText(t("error_students_name_empty")).waitFor();
    await dialog.getByLabel(t("students_name"), { exact: true }).fill("Demo Learner");
    const add = dialog.getByRole("button", { name: t("students_add"), exact: true });
    await add.click();
    await dialog.getByText(t.like("error_students_year_out_of_range")).waitFor();
    assert.equal(await dialog.getByLabel(t("students_year")).inputValue(), "2999");
    await dialog.getByLabel(t("students_year")).fill("next year");
    await add.click();
    await dialog.getByText(t("students_year_not_a_year")).waitFor();
    assert.deepEqual(await roster(host), []);
  },
);

journey(
  "students: a name of 300 letters is kept whole, and no page is wider for it",
  { at: "students" },
  async ({ page, host, t, go }) => {
    const name = `Demo ${"Ñ".repeat(290)} End!`;
    assert.equal(name.length, 300);
    await addStudent(page, t, { name });
    await heading(page, name);
    const [{ id }] = await host.call("students.list", { text: "", graduation_year: null });
    const application = await beginDraft(host, { student: id });
    for (const at of [
      "students",
      `students/${id}`,
      "home",
      "applications",
      `applications/${application}?section=personal_details`,
    ]) {
      await go(at);
      await page
        .getByText(name)
        .or(page.locator(`input[value="${name}"]`))
        .first()
        .waitFor({ state: "attached" });
      const wide = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      assert.ok(wide <= 0, `${at} is ${wide} pixels too wide`);
    }
    assert.deepEqual(await roster(host), [name]);
  },
);

journey(
  "students: deleting one takes their drafts along, and Undo brings back both with every letter",
  { sample: true },
  async ({ page, host, t, go }) => {
    const statement = "Words of the student.";
    const id = await beginDraft(host, { student: host.student, answers: { statement } });
    const drafts = (await host.call("applications.list")).length;
    await go(`students/${host.student}`);
    await page.getByRole("button", { name: t("students_remove"), exact: true }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText(t("students_remove_applications", { n: drafts })).waitFor();
    await dialog.getByRole("button", { name: t("students_remove"), exact: true }).click();
    await heading(page, t("shared_students"));
    assert.deepEqual(await host.call("applications.list"), []);
    await page.getByRole("button", { name: t("shared_undo"), exact: true }).click();
    await notice(page, t, t("shared_undone")).waitFor();
    assert.equal((await host.call("applications.list")).length, drafts);
    assert.equal((await host.call("applications.open", { id })).answers.statement, statement);
  },
);

const GOOD =
  'Name\tYear\tNumber\nDemo Learner\t2027\t001\nSample Pupil Ñ\t2028\t002\n"Trial, Person"\t\t003\n';
const BAD =
  "Name,Year,Number\nDemo Learner,2027,001\n,2027,002\nTrial Person,soon,003\nExample Pupil,2028,001\n";

for (const language of languages) {
  journey(
    `roster (${language}): one with faults brings in nobody and names each with its line`,
    { language, at: "students/import" },
    async ({ page, host, t }) => {
      await page.getByLabel(t("students_paste"), { exact: true }).fill(BAD);
      await page.getByText(t("students_check_faults", { n: 3 }).trim()).waitFor();
      for (const [line, fault] of [
        [3, "students_fault_name_missing"],
        [4, "students_fault_year_not_a_year"],
        [5, "students_fault_school_id_twice"],
      ]) {
        const place = page.getByText(new RegExp(`^${t("students_fault_line", { line })}(,|$)`));
        await page
          .getByRole("listitem")
          .filter({ has: place })
          .filter({ hasText: t(fault) })
          .waitFor();
      }
      const bringIn = page.getByRole("button", { name: t.like("students_bring_in") });
      if (await bringIn.count()) assert.ok(await bringIn.isDisabled(), "nothing can be brought in");
      assert.deepEqual(await roster(host), []);
      await assert.rejects(host.call("students.import_roster", { text: BAD, columns: null }), {
        code: "students.roster_has_faults",
      });
      assert.deepEqual(await roster(host), []);
    },
  );

  journey(
    `roster (${language}): a good one brings in everybody, and Undo takes everybody back`,
    { language, at: "students/import" },
    async ({ page, host, t }) => {
      await page.getByLabel(t("students_paste"), { exact: true }).fill(GOOD);
      await page.getByRole("button", { name: t("students_bring_in", { n: 3 }) }).click();
      await page.getByRole("heading", { name: t("students_imported", { n: 3 }) }).waitFor();
      assert.deepEqual((await roster(host)).toSorted(), ["Demo Learner", "Sample Pupil Ñ", "Trial, Person"]);
      await page.getByRole("button", { name: t("students_import_undo") }).click();
      await notice(page, t, t("shared_undone")).waitFor();
      assert.deepEqual(await roster(host), []);
    },
  );
}

journey(
  "roster: a file in the old Windows code page is read with its accents, and who is known stays as they are",
  { at: "students/import" },
  async ({ page, host, t }) => {
    await host.call("students.add", { name: "Demo Learner", graduation_year: 2027, school_id: "001" });
    const buffer = Buffer.from(
      "Name;Year;Number\r\nDemo Learner;2027;001\r\nTrial Se\u00f1or;2028;002\r\n",
      "latin1",
    );
    await page
      .getByLabel(t("students_open_file"))
      .and(page.locator("input"))
      .setInputFiles({ name: "roster.csv", mimeType: "text/csv", buffer });
    await page.getByText(t("students_check_known", { n: 1 }).trim()).waitFor();
    await page.getByRole("button", { name: t("students_bring_in", { n: 1 }) }).click();
    await page.getByRole("heading", { name: t("students_imported", { n: 1 }) }).waitFor();
    assert.deepEqual((await roster(host)).toSorted(), ["Demo Learner", "Trial Señor"]);
  },
);

journey(
  "roster: a paste that is no roster at all does no harm",
  { at: "students/import" },
  async ({ page, host, t }) => {
    const paste = page.getByLabel(t("students_paste"), { exact: true });
    for (const text of [
      "\u0000\u0001\u0002",
      '"an open quotation mark,2027',
      "=cmd|' /C calc'!A0",
      "<script>alert(1)</script>\t2027",
      "\u202egnp.exe\t2027",
    ]) {
      await paste.fill(text);
      await page.getByRole("heading", { name: t("students_check") }).waitFor();
    }
    await paste.fill("   \n \n");
    assert.deepEqual(await roster(host), []);
  },
);
