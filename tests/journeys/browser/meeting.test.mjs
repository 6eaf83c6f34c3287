// In a meeting nobody else is shown: not by address, search, Back, reload, the menu, the palette, print, undo, the
// title or a notice. Each way is tried.
import assert from "node:assert/strict";
import { beginDraft, PIN, PASSPHRASE, setPin } from "../support/host.mjs";
import { journey, withBrowser } from "../support/journey.mjs";
import {
  answer,
  beginMeeting,
  heading,
  leaveMeeting,
  notice,
  unlockAndEnter,
  waitForSaved,
} from "../support/pages.mjs";
import { label, languages } from "../support/words.mjs";

withBrowser();

const OTHER = "Plantedother Person";
const OTHERS = /Planted|372/;
const OWN = "Ownwordzq about this career";

/** The student to meet, another one, and 370 more; each with a draft. */
async function fill(host, language) {
  const add = async (name) =>
    (await host.call("students.add", { name, graduation_year: 2027, school_id: null })).id;
  const student = await add("Sample Student");
  const other = await add(OTHER);
  const text = Array.from({ length: 370 }, (_, at) => `Plantedmany ${at}`).join("\n");
  await host.call("students.import_roster", { text, columns: null });
  const draft = await beginDraft(host, { student, career: "backend-architect", language });
  const hidden = await beginDraft(host, { student, career: "3d-animator", language });
  await host.call("applications.between_us", { id: hidden, on: true });
  const otherDraft = await beginDraft(host, {
    student: other,
    career: "ai-researcher",
    language,
    answers: { statement: "Plantedstatement" },
  });
  await host.call("careers.save_note", { slug: "backend-architect", text: OWN });
  await host.call("careers.save_search", { id: null, name: "Plantedsearch", query: "q=a" });
  return { student, other, draft, hidden, otherDraft };
}

/** Everything that a page says: its words, what stands in its fields, its title. */
const said = (page) =>
  page.evaluate(() => {
    const fields = [...document.querySelectorAll("input, textarea, select")].map((field) => field.value);
    const names = [...document.querySelectorAll("[aria-label], [title], [placeholder]")].flatMap((one) =>
      ["aria-label", "title", "placeholder"].map((name) => one.getAttribute(name)),
    );
    return [document.title, document.body.innerText, ...fields, ...names].join("\n");
  });

async function saysNobodyElse(page, where) {
  await page.waitForLoadState("networkidle");
  const words = await said(page);
  assert.doesNotMatch(words, OTHERS, where);
  assert.ok(!words.includes(OWN), `${where}: the counselor's own note`);
  assert.equal(await page.title(), "Waymark", where);
}

for (const language of languages) {
  journey(
    `meeting (${language}): nobody else is shown, whatever is tried`,
    { language, timeout: 120_000 },
    async ({ page, host, go, t }) => {
      const { student, other, draft, hidden, otherDraft } = await fill(host, language);
      await setPin(host);
      const title = (await host.call("careers.show", { slug: "backend-architect", place: "US", language }))
        .title;

      // What a counselor leaves behind on the way here: pages, a search, a notice that names somebody.
      await go(`students/${other}`);
      await heading(page, OTHER);
      await go("applications?q=Plantedother");
      await heading(page, t("shared_applications"));
      await go(`applications/${otherDraft}?section=statement`);
      await heading(page, label(language, "statement"));
      await go("careers/ai-researcher");
      await page.getByRole("button", { name: t("careers_shortlist_add") }).click();
      await page.getByLabel(t("careers_shortlist_find"), { exact: true }).fill("plantedother");
      await page
        .getByRole("dialog")
        .getByRole("button", { name: new RegExp(OTHER) })
        .click();
      await page.locator(".toast", { hasText: OTHER }).waitFor();
      await go(`students/${student}`);
      await heading(page, "Sample Student");
      await beginMeeting(page, t);

      await heading(page, "Sample Student");
      await saysNobodyElse(page, "the student's page");
      assert.equal(await page.locator(".toast").count(), 0, "a notice from before");
      await page.getByText(t("meeting_hidden", { n: 1 })).waitFor();
      await page.getByText(t("meeting_parent_right")).waitFor();

      // By address.
      for (const at of [
        `students/${other}`,
        "students",
        "students?q=Planted",
        "students/import",
        "home",
        "settings",
        `students/${student}x`,
      ]) {
        await go(at);
        await heading(page, t("meeting_not_here_title"));
        await saysNobodyElse(page, at);
      }
      for (const id of [otherDraft, hidden, "no-such-draft"]) {
        for (const at of [`applications/${id}`, `applications/${id}/versions`]) {
          await go(at);
          await page.getByText(t("error_meeting_not_here")).first().waitFor();
          await saysNobodyElse(page, at);
        }
      }
      await go(`applications/new?student=${other}`);
      await heading(page, t("applications_new_title"));
      assert.equal(await page.getByRole("combobox", { name: t("applications_student") }).count(), 0);
      await saysNobodyElse(page, "a new application");

      // By search, in the list and in the palette.
      await go("applications");
      await page
        .getByRole("link", { name: new RegExp(title) })
        .first()
        .waitFor();
      await saysNobodyElse(page, "the applications");
      for (const text of ["planted", "plantedother", "3d anim", "s"]) {
        await page.keyboard.press("Control+k");
        await page.getByRole("combobox", { name: t("meeting_find_placeholder") }).fill(text);
        await page.waitForLoadState("networkidle");
        const found = await page.getByRole("dialog").innerText();
        assert.doesNotMatch(found, /Plantedo|Plantedm|Plantedse/, text);
        assert.ok(!found.includes(t("shared_settings")) && !found.includes(t("shared_action_roster")));
        await page.keyboard.press("Escape");
      }

      // By the keys of other areas.
      for (const key of ["Alt+1", "Alt+5"]) {
        await page.keyboard.press(key);
        assert.match(page.url(), /#\/applications$/, key);
      }

      // By reloading, also while a career with a note of the counselor's is open.
      await go("careers/backend-architect");
      await heading(page, title);
      await page.reload();
      await heading(page, title);
      await saysNobodyElse(page, "a career");
      assert.equal(await page.getByRole("heading", { name: t("careers_part_notes") }).count(), 0);
      await go("careers");
      await page.getByRole("heading", { name: t("careers_recent") }).waitFor();
      await saysNobodyElse(page, "the careers");
      assert.equal(await page.getByRole("heading", { name: t("searches_title") }).count(), 0);

      // By the web view's own menu.
      for (const place of ["main h1", "main"]) {
        const shown = await page
          .locator(place)
          .first()
          .evaluate((one) =>
            one.dispatchEvent(new MouseEvent("contextmenu", { bubbles: true, cancelable: true })),
          );
        assert.equal(shown, false, "the menu was kept away");
      }

      // By undo: only what was done here.
      await go(`applications/${draft}?section=statement`);
      await heading(page, label(language, "statement"));
      await answer(page, "statement").pressSequentially("Mine.");
      await waitForSaved(page);
      for (let change = 1; change <= 12; change++)
        await assert.rejects(host.call("changes.undo", { change }), { code: "meeting.not_here" });
      // By print.
      await assert.rejects(host.call("students.show", { id: other, language }), { code: "meeting.not_here" });
      await saysNobodyElse(page, "the draft");

      // By Back, all the way.
      for (let step = 0; step < 24; step++) {
        const before = page.url();
        await page.evaluate(() => history.back());
        await page.waitForTimeout(150);
        await saysNobodyElse(page, `${step} back from ${before}`);
      }

      // By locking and coming back.
      await go(`students/${student}`);
      await heading(page, "Sample Student");
      await page.keyboard.press("Control+l");
      await heading(page, t("vault_unlock_title"));
      await saysNobodyElseLocked(page);
      await unlockAndEnter(page, t);
      await heading(page, "Sample Student");
      await saysNobodyElse(page, "after the lock");

      // A wrong PIN leaves nothing; the right one brings everything back.
      await leaveMeeting(page, t, "0000");
      await page.locator(".error", { hasText: t("error_meeting_wrong_pin") }).waitFor();
      await page.keyboard.press("Escape");
      await saysNobodyElse(page, "after a wrong PIN");
      await leaveMeeting(page, t, PIN);
      await page.getByRole("button", { name: t("shared_begin_meeting") }).waitFor();
      await go(`students/${other}`);
      await heading(page, OTHER);
    },
  );
}

async function saysNobodyElseLocked(page) {
  assert.doesNotMatch(await said(page), /Planted|Sample Student/);
}

journey(
  "meeting: the first one asks for a PIN, with the passphrase, and begins then",
  { sample: true },
  async ({ page, host, go, t }) => {
    await go(`students/${host.student}`);
    await page.getByRole("button", { name: t("shared_begin_meeting") }).click();
    const dialog = page.getByRole("dialog", { name: t("meeting_pin_title") });
    const set = async (pin, again, passphrase) => {
      await dialog.getByLabel(t("meeting_pin_new"), { exact: true }).fill(pin);
      await dialog.getByLabel(t("meeting_pin_again"), { exact: true }).fill(again);
      await dialog.getByLabel(t("meeting_passphrase"), { exact: true }).fill(passphrase);
      await dialog.getByRole("button", { name: t("meeting_pin_and_begin") }).click();
    };
    await set("258", "2580", PASSPHRASE);
    await dialog.getByText(t("meeting_pin_differs")).waitFor();
    await set("25a0", "25a0", PASSPHRASE);
    await dialog.getByText(t("error_meeting_pin_shape", { least: 4, most: 12 })).waitFor();
    await set("2580", "2580", "another long passphrase");
    await dialog.getByText(t("error_vault_wrong_passphrase")).waitFor();
    assert.equal((await host.call("meeting.status")).under_way, false);
    await set("2580", "2580", PASSPHRASE);
    await page.getByRole("button", { name: t("meeting_leave") }).waitFor();
    await leaveMeeting(page, t, "2580");
    await page.getByRole("button", { name: t("shared_begin_meeting") }).waitFor();
    assert.equal((await host.call("meeting.status")).under_way, false);
  },
);

journey(
  "meeting: a draft that is marked “between us” while it is open is saved, and gone until the meeting is over",
  { sample: true },
  async ({ page, host, go, t }) => {
    await setPin(host);
    const draft = await beginDraft(host, { student: host.student });
    await go(`students/${host.student}`);
    await beginMeeting(page, t);
    await go(`applications/${draft}?section=statement`);
    await answer(page, "statement").pressSequentially("Only for you.");
    await page.getByRole("checkbox", { name: t("meeting_between_us") }).click();
    await page.getByText(t("meeting_hidden", { n: 1 })).waitFor();
    const told = notice(page, t, t("meeting_between_us_on"));
    await told.waitFor();
    assert.equal(await told.getByRole("button", { name: t("shared_undo"), exact: true }).count(), 0);
    await leaveMeeting(page, t, PIN);
    await page.getByRole("button", { name: t("shared_begin_meeting") }).waitFor();
    assert.equal((await host.call("applications.open", { id: draft })).answers.statement, "Only for you.");
    await page.getByRole("checkbox", { name: t("meeting_between_us"), checked: true }).click();
    await notice(page, t, t("meeting_between_us_off")).waitFor();
    assert.equal((await host.call("applications.open", { id: draft })).application.between_us, false);
  },
);
