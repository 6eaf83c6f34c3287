// The one whole path: make the records, find a career, read its page, plan an application from it, type, come back.
import assert from "node:assert/strict";
import { journey, withBrowser } from "../support/journey.mjs";
import { answer, firstRun, heading, openSection, unlockAndEnter, waitForSaved } from "../support/pages.mjs";
import { label, languages } from "../support/words.mjs";

withBrowser();

const STATEMENT =
  "I like to take things apart – and to put them together again.\nMañana será otro día; “quoted”, 100 %.";

for (const language of languages) {
  journey(
    `main path (${language}): from the first run over a career to a draft that keeps every letter`,
    { records: false, language },
    async ({ page, t, host }) => {
      await firstRun(page, t);
      await page
        .getByRole("navigation", { name: t("shared_navigation") })
        .getByRole("link", { name: t("shared_careers") })
        .click();
      const search = page.getByRole("searchbox", { name: t("careers_search") });
      // Spanish titles follow the pages; a slip of the pen is forgiven in either.
      const { title } = await host.call("careers.show", { slug: "backend-architect", place: "US", language });
      await search.fill("backend archtect");
      const list = page.getByRole("list", { name: t("careers_title") });
      await list.getByRole("link").first().waitFor();
      await list.getByRole("link", { name: title }).first().click();
      await heading(page, title);
      await page
        .getByRole("heading", { name: t("careers_pay_where") })
        .first()
        .waitFor();

      await page.getByRole("link", { name: t("careers_plan_full") }).click();
      await heading(page, t("applications_new_title"));
      const career = page.getByRole("combobox", { name: t("applications_career") });
      assert.equal(await career.inputValue(), title);
      const student = page.getByRole("combobox", { name: t("applications_student") });
      await student.click();
      await page.getByRole("option").nth(1).click();
      const name = await student.inputValue();
      assert.match(name, /\S/);
      await page.getByRole("button", { name: t("applications_begin") }).click();
      await heading(page, label(language, "personal_details"));
      assert.equal(
        await page.getByLabel(label(language, "full_name"), { exact: true }).inputValue(),
        name,
        "prefilled",
      );

      await openSection(page, "statement", label(language, "statement"));
      const statement = answer(page, "statement");
      await statement.pressSequentially(STATEMENT, { delay: 1 });
      await waitForSaved(page);
      await page.reload();
      await heading(page, label(language, "statement"));
      assert.equal(await statement.inputValue(), STATEMENT);

      await page.keyboard.press("Control+l");
      await heading(page, t("vault_unlock_title"));
      await unlockAndEnter(page, t);
      await heading(page, label(language, "statement"));
      assert.equal(await statement.inputValue(), STATEMENT);

      await page
        .getByRole("navigation", { name: t("shared_navigation") })
        .getByRole("link", { name: t("shared_applications") })
        .click();
      await heading(page, t("shared_applications"));
      await page
        .getByRole("link", { name: new RegExp(name) })
        .last()
        .waitFor();
      assert.ok(
        (await host.call("home.show", { language })).recent.some((one) => one.slug === "backend-architect"),
      );
    },
  );
}

journey(
  "plan: nothing has to be decided to begin a draft, and it can be decided later",
  { sample: true, at: "applications/new" },
  async ({ page, t, host }) => {
    await heading(page, t("applications_new_title"));
    await page.getByRole("button", { name: t("applications_begin") }).click();
    await heading(page, label("en", "personal_details"));
    const side = page.getByRole("region", { name: t("applications_what_for") });
    assert.equal(await side.getByText(t("shared_not_decided"), { exact: true }).count(), 4);
    await side.getByRole("button", { name: t("applications_change_plan") }).click();
    const dialog = page.getByRole("dialog", { name: t("applications_change_plan_title") });
    await dialog.getByRole("combobox", { name: t("applications_career") }).fill("animator");
    await page.getByRole("option", { name: /3D Animator/ }).click();
    await dialog.getByLabel(t("applications_institution")).fill("Example State University");
    await dialog.getByRole("button", { name: t("shared_save"), exact: true }).click();
    await side.getByText("Example State University").waitFor();
    await side.getByRole("link", { name: "3D Animator" }).waitFor();
    const id = page.url().match(/applications\/([^?]+)/)[1];
    const { application } = await host.call("applications.open", { id });
    assert.deepEqual(application.plan, {
      student_id: null,
      career: "3d-animator",
      programme: null,
      institution: "Example State University",
    });
  },
);

journey(
  "an address that names nothing says so, in the page, and home is one press away",
  { sample: true, at: "no/such/page" },
  async ({ page, t, go }) => {
    await heading(page, t("shared_no_page_title"));
    await go("careers/no-such-career");
    await page.getByRole("heading", { name: t("careers_page_gone") }).waitFor();
    await go("students/no-such-student");
    await page.getByText(t("error_students_not_found")).waitFor();
    await go("applications/no-such-draft");
    await page.getByText(t("error_applications_not_found")).waitFor();
    await go("%E0%A4%A/%00?x=%");
    await heading(page, t("shared_no_page_title"));
    await page.getByRole("link", { name: t("shared_to_home") }).click();
    await page.getByRole("heading", { name: t("home_sample"), exact: true }).waitFor();
  },
);
