// What is known of a student: written, put in order, changed, taken away and back, in both languages and in a meeting.
import assert from "node:assert/strict";
import { accessible } from "../support/axe.mjs";
import { setPin } from "../support/host.mjs";
import { journey, withBrowser } from "../support/journey.mjs";
import { beginMeeting, heading, unlock } from "../support/pages.mjs";
import { languages } from "../support/words.mjs";

withBrowser();

const button = (place, words) => place.getByRole("button", { name: words, exact: true });

for (const language of languages) {
  journey(
    `details (${language}): a guardian, a test and activities are written once, ordered, changed and taken back`,
    { language, at: "students" },
    async ({ page, host, t }) => {
      const add = { name: "Demo Learner", graduation_year: 2027, school_id: null };
      const { id } = await host.call("students.add", add);
      await page.evaluate((to) => void (location.hash = to), `#/students/${id}`);
      await page.getByRole("link", { name: t("details_open"), exact: true }).click();
      await heading(page, t("details_title", { name: "Demo Learner" }));
      const card = (kind) => page.getByRole("region", { name: t(`details_kind_${kind}`), exact: true });
      const add_to = (kind) =>
        button(card(kind), `${t("details_add")}: ${t(`details_kind_${kind}`)}`).click();
      const dialog = (kind) => page.getByRole("dialog", { name: t(`details_one_${kind}`) });
      const field = (kind, name) => dialog(kind).getByLabel(t(`details_${kind}_${name}`), { exact: true });
      const save = async (kind) => {
        await button(dialog(kind), t("shared_save")).click();
        await dialog(kind).waitFor({ state: "hidden" });
      };

      await add_to("guardian");
      await button(dialog("guardian"), t("shared_save")).click();
      await dialog("guardian").getByText(t("error_students_detail_empty")).waitFor();
      await field("guardian", "name").fill("Demo Guardian");
      await field("guardian", "lives_with").check();
      await accessible(page, "a detail's dialog");
      await save("guardian");
      await card("guardian").getByText("Demo Guardian").waitFor();

      await add_to("test");
      await field("test", "name").fill("ACT");
      await field("test", "date").fill("soon");
      await button(dialog("test"), t("details_score_add")).click();
      await dialog("test").getByLabel(t("details_score_part"), { exact: true }).fill("total");
      await dialog("test").getByLabel(t("details_score_score"), { exact: true }).fill("27");
      await button(dialog("test"), t("shared_save")).click();
      await dialog("test").getByText(t("error_students_detail_date")).waitFor();
      await field("test", "date").fill("2026-10");
      await save("test");
      await card("test").getByText("total: 27").waitFor();

      for (const role of ["captain", "cashier"]) {
        await add_to("activity");
        await field("activity", "role").fill(role);
        await field("activity", "hours_a_week").fill("a few");
        await button(dialog("activity"), t("shared_save")).click();
        await dialog("activity").getByText(t("details_no_numeral")).waitFor();
        await field("activity", "hours_a_week").fill("2,5");
        await save("activity");
        await card("activity").getByText(role).waitFor();
      }
      await button(card("activity"), `${t("details_up")}: cashier`).click();
      await page.waitForFunction(
        () => document.body.textContent.search("cashier") < document.body.textContent.search("captain"),
      );
      const kept = (await host.call("students.details", { id })).filter(
        (row) => row.detail.kind === "activity",
      );
      assert.deepEqual(
        kept.map(({ detail }) => [detail.role, detail.hours_a_week]),
        [
          ["cashier", 2.5],
          ["captain", 2.5],
        ],
      );

      await button(card("guardian"), `${t("details_remove")}: Demo Guardian`).click();
      await card("guardian").getByText(t("details_none")).waitFor();
      await page.keyboard.press("Control+z");
      await card("guardian").getByText("Demo Guardian").waitFor();
      await accessible(page, "details");
    },
  );
}

journey(
  "details: in a meeting the student's own are there, and who holds the rights is not",
  { at: "students" },
  async ({ page, host, t }) => {
    const add = { name: "Demo Learner", graduation_year: 2027, school_id: null };
    const { id } = await host.call("students.add", add);
    const detail = { kind: "rights_holder", holder: "student", note: "since her birthday" };
    await host.call("students.save_detail", { student_id: id, id: null, detail });
    await page.evaluate((to) => void (location.hash = to), `#/students/${id}/details`);
    await page.getByText("since her birthday").waitFor();
    await setPin(host);
    await page.getByRole("link", { name: t("rights_back"), exact: true }).click();
    await beginMeeting(page, t);
    await page.getByRole("link", { name: t("details_open"), exact: true }).click();
    await page.getByRole("heading", { name: t("details_kind_activity") }).waitFor();
    assert.equal(await page.getByText("since her birthday").count(), 0);
    assert.equal(await page.getByRole("heading", { name: t("details_kind_rights_holder") }).count(), 0);
  },
);

journey(
  "details: what was being changed is there again after a lock, and belongs to the same one",
  { at: "students" },
  async ({ page, host, t }) => {
    const add = { name: "Demo Learner", graduation_year: 2027, school_id: null };
    const { id } = await host.call("students.add", add);
    for (const name of ["First Guardian", "Second Guardian"]) {
      const detail = { kind: "guardian", name };
      await host.call("students.save_detail", { student_id: id, id: null, detail });
    }
    await page.evaluate((to) => void (location.hash = to), `#/students/${id}/details`);
    await button(page, `${t("details_edit")}: First Guardian`).click();
    const dialog = page.getByRole("dialog", { name: t("details_one_guardian") });
    const occupation = dialog.getByLabel(t("details_guardian_occupation"), { exact: true });
    await occupation.fill("Baker");
    await page.keyboard.press("Control+l");
    await unlock(page, t);
    await occupation.waitFor();
    assert.equal(await occupation.inputValue(), "Baker");
    await button(dialog, t("shared_save")).click();
    await dialog.waitFor({ state: "hidden" });
    const rows = await host.call("students.details", { id });
    assert.deepEqual(
      rows.map(({ detail }) => [detail.name, detail.occupation]),
      [
        ["First Guardian", "Baker"],
        ["Second Guardian", null],
      ],
    );
  },
);
