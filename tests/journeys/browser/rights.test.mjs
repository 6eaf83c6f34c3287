// A student's rights: holds, erasing for good, and taking steps back, as a counselor does it.
import assert from "node:assert/strict";
import { beginDraft } from "../support/host.mjs";
import { journey, withBrowser } from "../support/journey.mjs";
import { heading, notice } from "../support/pages.mjs";
import { languages } from "../support/words.mjs";

withBrowser();

const roster = async (host) =>
  (await host.call("students.list", { text: "", graduation_year: null })).map((one) => one.name);
const student = async (host, name, year = 2027) =>
  (await host.call("students.add", { name, graduation_year: year, school_id: null })).id;
const button = (place, words) => place.getByRole("button", { name: words, exact: true });

for (const language of languages) {
  journey(
    `rights (${language}): a hold keeps a record; without it the record is erased once the name is typed`,
    { language, at: "students" },
    async ({ page, host, t }) => {
      const id = await student(host, "Demo Learner");
      await student(host, "Other Learner");
      await beginDraft(host, { student: id });
      await page.evaluate((to) => void (location.hash = to), `#/students/${id}/record`);
      await heading(page, t("rights_title_of", { name: "Demo Learner" }));
      await button(page, t("rights_hold_add")).click();
      const asking = page.getByRole("dialog", { name: t("rights_hold_add") });
      await button(asking, t("rights_hold_add")).click();
      await asking.getByText(t("error_rights_reason_empty")).waitFor();
      await asking.getByLabel(t("rights_hold_reason")).fill("asked on Monday");
      await button(asking, t("rights_hold_add")).click();
      await page.getByText("asked on Monday").waitFor();

      await button(page, t("rights_erase_preview")).click();
      const erasing = page.getByRole("dialog", { name: t("rights_erase_title", { name: "Demo Learner" }) });
      await erasing.getByText(t("error_rights_held")).waitFor();
      assert.equal(await button(erasing, t("rights_erase_now")).count(), 0);
      await button(erasing, t("shared_cancel")).click();

      await button(page, t("rights_hold_close")).click();
      await page.getByText(t("rights_hold_closed"), { exact: true }).waitFor();
      await button(page, t("rights_erase_preview")).click();
      const now = button(erasing, t("rights_erase_now"));
      await now.waitFor();
      assert.equal(await now.isDisabled(), true, "not before the name is typed");
      await erasing.getByLabel(t("rights_erase_type_name", { name: "Demo Learner" })).fill("Demo Learner");
      await now.click();
      await heading(page, t("shared_students"));
      assert.deepEqual(await roster(host), ["Other Learner"]);

      // What is erased is no step: the last one left is the other student's.
      await page.keyboard.press("Control+z");
      await page.getByRole("heading", { name: t("students_none") }).waitFor();
      assert.deepEqual(await roster(host), []);
    },
  );
}

journey(
  "rights: who is due is erased together, those on hold stay",
  { at: "students/retention" },
  async ({ page, host, t }) => {
    const ids = [];
    for (const name of ["Demo Learner", "Kept Learner", "Other Learner"])
      ids.push(await student(host, name, 2001));
    await host.call("rights.open_hold", { student_id: ids[1], kind: "legal", reason: "court" });
    const rule = page.getByRole("region", { name: t("rights_retention_records") });
    await rule.getByText(t("rights_due_no_rule")).waitFor();
    await rule.getByLabel(t("rights_retention_keep")).selectOption("3");
    await rule.getByText(t("rights_due_n", { n: 3 })).waitFor();
    await rule.getByText(t("rights_due_held")).waitFor();
    await button(rule, t("rights_due_erase", { n: 2 })).click();
    await button(page.getByRole("dialog"), t("rights_erase_now")).click();
    await notice(page, t, t("rights_due_erased", { n: 2 })).waitFor();
    assert.deepEqual(await roster(host), ["Kept Learner"]);
    assert.equal((await host.call("rights.certificates", {})).length, 2);
  },
);

journey(
  "undo: steps are taken back and done again by keys, also after a restart of the pages",
  { at: "students" },
  async ({ page, host, t }) => {
    await student(host, "Demo Learner");
    await student(host, "Other Learner");
    await page.reload();
    await page.getByRole("link", { name: /Other Learner/ }).waitFor();
    const undone = async (expected) => {
      await page.keyboard.press("Control+z");
      await page.getByText(t("log_act_students_add")).first().waitFor();
      await until(host, expected);
    };
    await undone(["Demo Learner"]);
    await undone([]);
    await page.keyboard.press("Control+Shift+z");
    await until(host, ["Demo Learner"]);
    await page.getByRole("link", { name: /Demo Learner/ }).waitFor();
  },
);

/** Waits until the roster has these names. */
async function until(host, names) {
  for (let tries = 0; tries < 100; tries++) {
    if (JSON.stringify(await roster(host)) === JSON.stringify(names)) return;
    await new Promise((wait) => setTimeout(wait, 50));
  }
  assert.deepEqual(await roster(host), names);
}
