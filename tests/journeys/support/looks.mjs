// What the pages are looked at with: records with something on every page, and what is done on each before it is looked at.
import { beginDraft, PASSPHRASE, setPin } from "./host.mjs";
import { answer, beginMeeting, waitForSaved } from "./pages.mjs";

const FAULTY = "Name\tYear\tNumber\nDemo Learner\t2027\t001\n\t2027\t002\nTrial Person\tsoon\t003\n";
const GOOD = "Name\tYear\tNumber\nExample Pupil\t2027\t001\nTrial Person\t2028\t002\n";
const STATEMENT = Array.from(
  { length: 60 },
  (_, at) => `Sentence ${at + 1} of a statement that says why, and what I bring to it.`,
).join(" ");

/** Careers that stand side by side; one of them is paid by the hour. */
const COMPARED = "registered-nurses,electricians,actors";

/** Records with something on every page. */
export async function fill(host, language) {
  const { id: student } = await host.call("students.add_sample", { language });
  await host.call("students.import_roster", { text: GOOD, columns: null });
  await host.call("students.shortlist", { student_id: student, career: "ai-researcher", on: true });
  const answers = {
    other_name: "yes",
    email: "no address",
    schools: ["s1"],
    "schools/s1/name": "Example High School",
    "schools/s1/attending": "yes",
    statement: STATEMENT,
  };
  const draft = await beginDraft(host, { student, career: "backend-architect", language, answers });
  await host.call("vault.lock");
  await host.call("vault.unlock", { passphrase: PASSPHRASE });
  await host.call("applications.save", {
    id: draft,
    answers: { statement: "Another beginning altogether." },
  });
  await beginDraft(host, { language });
  const between = await beginDraft(host, { student, career: "3d-animator", language });
  await host.call("applications.between_us", { id: between, on: true });
  await setPin(host);
  await host.call("careers.save_search", {
    id: null,
    name: "Two years, good pay",
    query: "education=associates_degree&sort=pay",
  });
  for (const slug of ["3d-animator", "backend-architect"])
    await host.call("careers.show", { slug, place: "US", language });
  for (const detail of [
    { kind: "names", given: "Sample", family: "Student", preferred: "Sam" },
    { kind: "guardian", name: "Sample Guardian", relation: "Aunt", lives_with: true, phone: "555 0100" },
    { kind: "activity", role: "Captain", organization: "Chess club", grades: [10, 11], hours_a_week: 3 },
    { kind: "activity", category: "Care at home", description: "Looks after two brothers.", goes_on: true },
  ])
    await host.call("students.save_detail", { student_id: student, id: null, detail });
  await host.call("rights.open_hold", { student_id: student, kind: "legal", reason: "asked on Monday" });
  const [hold] = await host.call("rights.holds", { id: student });
  await host.call("rights.close_hold", { id: hold.id });
  // One who left long ago is due, and one is erased already.
  const [, erased] = await Promise.all(
    ["Trial Learner", "Sample Pupil"].map((name) =>
      host.call("students.add", { name, graduation_year: 2001, school_id: null }),
    ),
  );
  const whole = { student_id: erased.id, scope: "record" };
  const { certificate } = await host.call("rights.preview_erase", whole);
  await host.call("rights.erase", { ...whole, certificate, backups: false });
  await host.call("rights.set_retention", { category: "records", years: 3 });
  return { student, draft };
}

/** Every page of records that are open: its name, its address, and what is done on it before it is looked at. */
export const pagesOf = ({ student, draft }, t) => [
  ["home", "home"],
  ["careers", "careers", (page) => page.getByRole("link", { name: "Two years, good pay" }).waitFor()],
  [
    "careers-filtered",
    "careers?field=health_science&letter=P&sort=pay",
    (page) => page.getByRole("button", { name: t("searches_save"), exact: true }).waitFor(),
  ],
  [
    "compare",
    `careers/compare?with=${COMPARED}`,
    (page) => page.getByRole("table", { name: t("compare_facts") }).waitFor(),
  ],
  ["compare-nothing", "careers/compare", (page) => page.getByText(t("compare_too_few_text")).waitFor()],
  [
    "compare-profiles",
    `careers/compare?with=${COMPARED}`,
    (page) => page.getByRole("heading", { name: t("compare_interests_title") }).scrollIntoViewIfNeeded(),
  ],
  [
    "career-short",
    "careers/registered-nurses",
    (page) =>
      page
        .getByRole("heading", { name: t("careers_pay_where") })
        .first()
        .waitFor(),
  ],
  [
    "career-guide",
    "careers/actors?at=about",
    (page) => page.getByRole("heading", { name: t("careers_section_does") }).waitFor(),
  ],
  [
    "career-map",
    "careers/registered-nurses?at=where",
    (page) => page.getByRole("img", { name: t.like("map_spoken") }).scrollIntoViewIfNeeded(),
  ],
  [
    "careers-nothing",
    "careers?q=zzzzqqqq",
    (page) => page.getByText(t("careers_nothing_try_word")).waitFor(),
  ],
  [
    "career",
    "careers/backend-architect",
    (page) =>
      page
        .getByRole("heading", { name: t("careers_pay_where") })
        .first()
        .waitFor(),
  ],
  [
    "career-animator",
    "careers/3d-animator",
    (page) =>
      page
        .getByRole("heading", { name: t("careers_pay_where") })
        .first()
        .waitFor(),
  ],
  ["students", "students", (page) => page.getByRole("link", { name: /Example Pupil/ }).waitFor()],
  [
    "student",
    `students/${student}`,
    (page) => page.getByRole("heading", { name: t("students_shortlist") }).waitFor(),
  ],
  [
    "student-edit",
    `students/${student}`,
    (page) => page.getByRole("button", { name: t("students_edit"), exact: true }).click(),
  ],
  ["details", `students/${student}/details`, (page) => page.getByText("Sample Guardian").first().waitFor()],
  [
    "details-activity",
    `students/${student}/details`,
    (page) =>
      page.getByRole("button", { name: `${t("details_add")}: ${t("details_kind_activity")}` }).click(),
  ],
  [
    "record",
    `students/${student}/record`,
    (page) => page.getByText(t("rights_hold_closed"), { exact: true }).waitFor(),
  ],
  ["record-erase", `students/${student}/record`, (page) => previewErasing(page, t)],
  [
    "retention",
    "students/retention",
    (page) =>
      page
        .getByText(t("rights_due_n", { n: 1 }))
        .first()
        .waitFor(),
  ],
  ["log", "log", (page) => page.getByText(t("log_act_students_add_sample")).first().waitFor()],
  ["import", "students/import"],
  ["import-faults", "students/import", (page) => pasteRoster(page, t, FAULTY)],
  [
    "import-ready",
    "students/import",
    (page) => pasteRoster(page, t, GOOD.replaceAll("00", "10").replace("Example", "Other")),
  ],
  [
    "applications",
    "applications",
    (page) => page.getByRole("list", { name: t("shared_applications") }).waitFor(),
  ],
  [
    "application-new",
    "applications/new?career=backend-architect",
    (page) => page.getByRole("button", { name: t("applications_begin") }).waitFor(),
  ],
  ["editor-person", `applications/${draft}?section=personal_details`],
  ["editor-contacts", `applications/${draft}?section=contacts`, (page) => answer(page, "email").waitFor()],
  [
    "editor-education",
    `applications/${draft}?section=education`,
    (page) => answer(page, "schools/s1/name").waitFor(),
  ],
  ["editor-choice", `applications/${draft}?section=choice_of_programme`],
  ["editor-statement", `applications/${draft}?section=statement`, (page) => writeTooMuch(page)],
  ["editor-declarations", `applications/${draft}?section=declarations`],
  ["versions", `applications/${draft}/versions`, (page) => page.locator("ins").first().waitFor()],
  ["settings", "settings", (page) => page.getByRole("heading", { name: t("settings_sources") }).waitFor()],
  ["backups-page", "backups", (page) => page.getByRole("table").first().waitFor()],
  ...["passphrase", "recovery", "school", "keychain", "new"].map((what) => [
    `keys-${what}`,
    `settings/keys/${what}`,
  ]),
  ["no-such-page", "no/such/page"],
  ["palette", "home", (page) => openPalette(page, t)],
  [
    "help",
    "careers/backend-architect",
    (page) => page.getByRole("button", { name: t("shared_help") }).click(),
  ],
  ["shortcuts", "home", (page) => page.keyboard.press("Control+/")],
  [
    "meeting-pin",
    "settings",
    (page) =>
      page
        .getByRole("button", { name: t("meeting_pin_change") })
        .first()
        .click(),
  ],
  // From here on there is one student.
  ["meeting", `students/${student}`, (page) => beginMeeting(page, t)],
  ["meeting-applications", "applications"],
  [
    "meeting-leave",
    `students/${student}`,
    (page) => page.getByRole("button", { name: t("meeting_leave") }).click(),
  ],
  ["meeting-not-here", "home"],
];

async function pasteRoster(page, t, text) {
  await page.getByLabel(t("students_paste"), { exact: true }).fill(text);
  await page.getByRole("heading", { name: t("students_check") }).waitFor();
}

async function previewErasing(page, t) {
  await page.getByRole("button", { name: t("rights_erase_preview"), exact: true }).click();
  await page.getByRole("dialog").getByLabel(t.like("rights_erase_type_name")).waitFor();
}

async function writeTooMuch(page) {
  await answer(page, "statement").fill(`Now it begins otherwise. ${STATEMENT}`);
  await waitForSaved(page);
}

async function openPalette(page, t) {
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: t("shared_find_placeholder") }).fill("a");
  await page.getByRole("option").nth(3).waitFor();
}
