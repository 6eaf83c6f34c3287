// Every page: axe-core finds nothing in light, dark and high contrast, in both languages and at twice the size of text,
// nothing is wider than its page, and a picture of it lies in target/pictures.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe } from "node:test";
import { violations } from "../support/axe.mjs";
import { beginDraft, PASSPHRASE, setPin, startHost, startWithRecords } from "../support/host.mjs";
import { journey, withBrowser } from "../support/journey.mjs";
import { answer, beginMeeting, heading, readKey, unlock, waitForSaved } from "../support/pages.mjs";
import { pictures } from "../support/places.mjs";
import { wordsOf } from "../support/words.mjs";

withBrowser();
mkdirSync(pictures, { recursive: true });

const light = { colorScheme: "light", contrast: "no-preference" };
const dark = { colorScheme: "dark", contrast: "no-preference" };
const plain = { width: 1360, height: 860 };
const small = { width: 1024, height: 768 };

/** How a page is looked at. Colours differ by theme alone, the rest by language and size alone. */
const variants = [
  { name: "English", language: "en", percent: 100, size: plain, mark: "", themes: true },
  { name: "Spanish", language: "es", percent: 100, size: plain, mark: "-es" },
  { name: "English at 200 % and 1024 pixels", language: "en", percent: 200, size: small, mark: "-200" },
  { name: "Spanish at 200 % and 1024 pixels", language: "es", percent: 200, size: small, mark: "-es-200" },
];

/** Looks at the page as it stands; gives what is wrong with it. */
async function look(page, name, { mark, themes }) {
  const wrong = [];
  const check = async (how, options) => {
    for (const line of await violations(page, options)) wrong.push(`${name}${mark}, ${how}: ${line}`);
  };
  const picture = (theme) =>
    page.screenshot({ path: join(pictures, `${name}${mark}-${theme}.png`), caret: "hide" });
  await page.emulateMedia(light);
  // Nothing is under the pointer: a picture shows a page at rest.
  await page.mouse.move(0, 0);
  await settle(page);
  await picture("light");
  await check("light");
  const wide = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  if (wide > 0) wrong.push(`${name}${mark}: ${wide} pixels too wide`);
  const headings = await page.locator("h1").count();
  if (headings !== 1) wrong.push(`${name}${mark}: ${headings} headings of the first rank`);
  if (themes) {
    await page.emulateMedia(dark);
    await settle(page);
    await picture("dark");
    await check("dark", { colours: true });
    await page.emulateMedia({ ...dark, contrast: "more" });
    await settle(page);
    await check("dark, high contrast", { colours: true });
    await page.emulateMedia({ ...light, contrast: "more" });
    await settle(page);
    await check("light, high contrast", { colours: true });
    await page.emulateMedia(light);
  }
  return wrong;
}

/** Fonts are there, and two frames have been drawn since. */
const settle = (page) =>
  page.evaluate(async () => {
    await document.fonts.ready;
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  });

/** Settings of the variant, on a host that has no page yet. */
async function dress(host, { language, percent }) {
  const settings = await host.call("settings.get");
  await host.call("settings.save", {
    ...settings,
    language,
    text_percent: percent,
    theme: "system",
    place: "US",
  });
}

const FAULTY = "Name\tYear\tNumber\nDemo Learner\t2027\t001\n\t2027\t002\nTrial Person\tsoon\t003\n";
const GOOD = "Name\tYear\tNumber\nExample Pupil\t2027\t001\nTrial Person\t2028\t002\n";
const STATEMENT = Array.from(
  { length: 60 },
  (_, at) => `Sentence ${at + 1} of a statement that says why, and what I bring to it.`,
).join(" ");

/** Careers that stand side by side; one of them is paid by the hour. */
const COMPARED = "registered-nurses,electricians,actors";

/** Records with something on every page. */
async function fill(host, language) {
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
const pagesOf = ({ student, draft }, t) => [
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

// Two at a time: most of it is one browser process at work, and the machine has two cores.
describe("looks", { concurrency: 2 }, () => {
  for (const variant of variants) {
    const t = wordsOf(variant.language);
    const options = { records: false, timeout: 240_000 };

    journey(`every page of open records (${variant.name})`, options, async ({ own, open }) => {
      const host = await startWithRecords({ language: variant.language });
      own(host.kill);
      await dress(host, variant);
      const filled = await fill(host, variant.language);
      const { page, go } = await open({ ...variant.size, at: "home" }, host);
      await page.locator("h1").first().waitFor({ state: "attached" });
      const wrong = [];
      for (const [name, at, prepare] of pagesOf(filled, t)) {
        await go(at);
        await page.locator("h1").first().waitFor({ state: "attached" });
        await page.waitForLoadState("networkidle");
        await prepare?.(page);
        wrong.push(...(await look(page, name, variant)));
        // Whatever is open on top is closed, and the next page begins anew.
        await page.keyboard.press("Escape");
      }
      assert.deepEqual(wrong, []);
    });

    journey(`pages of records with nothing in them (${variant.name})`, options, async ({ own, open }) => {
      const host = await startWithRecords({ language: variant.language });
      own(host.kill);
      await dress(host, variant);
      const { page, go } = await open({ ...variant.size, at: "home" }, host);
      const wrong = [];
      for (const at of ["home", "students", "applications"]) {
        await go(at);
        await page.locator("h1").waitFor();
        await page.waitForLoadState("networkidle");
        wrong.push(...(await look(page, `${at}-empty`, variant)));
      }
      assert.deepEqual(wrong, []);
    });

    journey(
      `every step of the first run, unlock, recovery and a problem (${variant.name})`,
      options,
      async ({ own, open }) => {
        const host = await startHost();
        own(host.kill);
        await dress(host, variant);
        const { page } = await open(variant.size, host);
        const wrong = [];
        const step = async (name, title) => {
          await heading(page, t(title));
          wrong.push(...(await look(page, name, variant)));
        };
        const press = (name) => page.getByRole("button", { name: t(name), exact: true }).click();
        await step("first-1-welcome", "vault_welcome_title");
        await press("vault_begin");
        await step("first-2-folder", "vault_first_folder_title");
        await press("shared_next");
        await page.getByLabel(t("vault_passphrase_new"), { exact: true }).fill("too short");
        await press("vault_make");
        await step("first-3-passphrase-short", "vault_first_passphrase_title");
        for (const field of ["vault_passphrase_new", "vault_passphrase_again"])
          await page.getByLabel(t(field), { exact: true }).fill(PASSPHRASE);
        await step("first-3-passphrase", "vault_first_passphrase_title");
        await press("vault_make");
        await step("first-4-key", "vault_key_title");
        const groups = await readKey(page, t);
        await press("vault_key_have");
        const typed = page.getByLabel(t("vault_key_typed"), { exact: true });
        await typed.waitFor();
        wrong.push(...(await look(page, "first-4-key-typed", variant)));
        await typed.fill(groups.join(" "));
        await press("shared_next");
        await step("first-5-place", "vault_place_title");
        await press("shared_next");
        await step("first-6-sample", "vault_sample_title");
        await press("vault_sample_no");
        await page.getByRole("navigation", { name: t("shared_navigation") }).waitFor();
        await page.keyboard.press("Control+l");
        await step("unlock", "vault_unlock_title");
        await unlock(page, t, "not the passphrase");
        await page.locator(".error").waitFor();
        await step("unlock-wrong", "vault_unlock_title");
        await press("vault_forgotten");
        await step("recover", "vault_recover_title");
        const second = await startHost({ home: host.home });
        own(second.kill);
        const locked = await open(variant.size, second);
        await heading(locked.page, t("vault_problem_in_use"));
        wrong.push(...(await look(locked.page, "problem", variant)));
        assert.deepEqual(wrong, []);
      },
    );
  }
});
