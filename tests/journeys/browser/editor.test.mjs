// Writing an application: what is asked, what is counted, and what "Saved" means.
import assert from "node:assert/strict";
import { beginDraft, PASSPHRASE, startHost } from "../support/host.mjs";
import { journey, withBrowser } from "../support/journey.mjs";
import {
  answer,
  heading,
  notice,
  openSection,
  undo,
  unlockAndEnter,
  waitForSaved,
  watchSaveState,
} from "../support/pages.mjs";
import { itemLabel, label, languages, wordsOf } from "../support/words.mjs";

withBrowser();

const draft = (name, options, body) =>
  journey(`editor: ${name}`, { sample: true, ...options }, async (own) => {
    const id = await beginDraft(own.host, { student: own.host.student, language: options.language });
    const section = options.section ?? "statement";
    await own.go(`applications/${id}?section=${section}`);
    await heading(own.page, label(options.language ?? "en", section));
    const answers = async () => (await own.host.call("applications.open", { id })).answers;
    await body({ ...own, id, answers });
  });

draft(
  "a question comes with the answer that it depends on, goes with it, and keeps what was written",
  { section: "personal_details" },
  async ({ page, t, answers }) => {
    const asked = page.getByLabel(label("en", "other_name_which"), { exact: true });
    assert.equal(await asked.count(), 0);
    const group = page.getByRole("radiogroup", { name: label("en", "other_name") });
    await group.getByLabel(t("shared_yes")).check();
    await asked.fill("Former Name");
    await waitForSaved(page);
    await group.getByLabel(t("shared_no")).check();
    await asked.waitFor({ state: "detached" });
    await group.getByLabel(t("shared_yes")).check();
    await asked.waitFor();
    assert.equal(await asked.inputValue(), "Former Name");
    await waitForSaved(page);
    assert.equal((await answers()).other_name_which, "Former Name");
  },
);

draft(
  "items of a list are added, moved, taken away and put back, and a reload finds them so",
  { section: "education" },
  async ({ page, t }) => {
    const what = itemLabel("en", "schools");
    const add = page.getByRole("button", { name: t("applications_add_item", { what }) });
    const item = (n) => page.getByRole("group", { name: new RegExp(`^${what} ${n}\\b`) });
    const schoolName = (n) => item(n).getByLabel(label("en", "schools.name"), { exact: true });
    for (const [at, name] of [
      "First Example School",
      "Second Example School",
      "Third Example School",
    ].entries()) {
      await add.click();
      await schoolName(at + 1).fill(name);
    }
    await page.getByRole("button", { name: t("applications_move_up", { what: `${what} 3` }) }).click();
    assert.equal(await schoolName(2).inputValue(), "Third Example School");
    await page.getByRole("button", { name: t("shared_remove", { what: `${what} 1` }) }).click();
    await undo(page, t, t("applications_item_removed", { what: `${what} 1` }));
    assert.equal(await schoolName(1).inputValue(), "First Example School");
    const attending = item(1).getByRole("radiogroup", { name: label("en", "schools.attending") });
    assert.equal(
      await item(1)
        .getByRole("group", { name: label("en", "schools.to") })
        .count(),
      0,
    );
    await attending.getByLabel(t("shared_no")).check();
    await item(1)
      .getByRole("group", { name: label("en", "schools.to") })
      .waitFor();
    await waitForSaved(page);
    await page.reload();
    await heading(page, label("en", "education"));
    const names = [];
    for (const n of [1, 2, 3]) names.push(await schoolName(n).inputValue());
    assert.deepEqual(names, ["First Example School", "Third Example School", "Second Example School"]);
    await item(1)
      .getByRole("group", { name: label("en", "schools.to") })
      .waitFor();
  },
);

for (const language of languages) {
  draft(
    `words are counted as they are typed, and too many are named and never cut (${language})`,
    { language },
    async ({ page, t, answers }) => {
      const statement = answer(page, "statement");
      const counter = page.locator('[data-place="statement"] .counter');
      await statement.pressSequentially("One two three – four.");
      await counter.getByText(t("applications_count_words_between", { n: 4, min: 50, max: 500 })).waitFor();
      const long = Array.from({ length: 538 }, (_, at) => `word${at}`).join(" ");
      await statement.fill(long);
      const over = t("applications_over", { what: t("applications_n_words", { n: 38 }) });
      await counter.getByText(over).waitFor();
      await waitForSaved(page);
      await page.locator("section").getByText(over).first().waitFor();
      assert.equal((await answers()).statement, long);
      assert.equal(await statement.inputValue(), long);
    },
  );
}

draft(
  "“Saved” stands there only after the records answered, and a wait is named as one",
  {},
  async ({ page, t, answers }) => {
    let release;
    const held = new Promise((resolve) => (release = resolve));
    let asked = 0;
    await page.route("**/call/applications.save", async (route) => {
      asked++;
      const answered = await route.fetch(); // the records have it …
      await held; // … and the page has not heard of it yet
      await route.fulfill({ response: answered });
    });
    const states = await watchSaveState(page);
    await answer(page, "statement").pressSequentially("Every letter counts.");
    await page.locator('[data-saving="saving"]').waitFor();
    await new Promise((resolve) => setTimeout(resolve, 700));
    assert.equal(asked, 1, "one save is under way, and the next waits for its answer");
    assert.deepEqual(
      await states.seen(),
      [t("shared_saving")],
      "nothing says saved while the answer is on its way",
    );
    release();
    await waitForSaved(page);
    const seen = await states.seen();
    assert.match(seen.at(-1), t.like("shared_saved_at"));
    assert.equal((await answers()).statement, "Every letter counts.");
  },
);

draft("typing on does not postpone the save", {}, async ({ page }) => {
  const times = [];
  page.on("request", (request) => request.url().endsWith("applications.save") && times.push(Date.now()));
  const began = Date.now();
  const statement = answer(page, "statement");
  for (let at = 0; at < 30; at++) {
    await statement.press("x");
    await page.waitForTimeout(40);
  }
  const end = Date.now();
  assert.ok(times.length >= 2, `${times.length} saves in ${end - began} ms of typing without a pause`);
  assert.ok(
    times.some((time) => time < end),
    "the first began while typing went on",
  );
});

for (const language of languages) {
  draft(
    `a full disk keeps the text, says so, and the next try saves all of it (${language})`,
    { language },
    async ({ page, t, answers }) => {
      const full = (route) => route.fulfill({ status: 422, json: { code: "storage.disk_full", params: {} } });
      await page.route("**/call/applications.save", full);
      const statement = answer(page, "statement");
      await statement.pressSequentially("Kept although the disk is full.");
      const alert = page
        .getByRole("alert")
        .filter({ hasText: t("shared_not_saved", { why: t("error_storage_disk_full") }) });
      await alert.waitFor();
      await page.getByText(t("applications_kept_here")).waitFor();
      await statement.press("End");
      await statement.pressSequentially(" And more.");
      assert.equal(await statement.inputValue(), "Kept although the disk is full. And more.");
      await page.unroute("**/call/applications.save", full);
      await page.getByRole("button", { name: t("shared_try_again") }).click();
      await waitForSaved(page);
      assert.equal((await answers()).statement, "Kept although the disk is full. And more.");
    },
  );
}

draft(
  "a host that does not answer loses nothing: the save is tried again by itself",
  {},
  async ({ page, t, answers, expectFault }) => {
    expectFault(/ERR_FAILED|status of 500/);
    let failures = 2;
    await page.route("**/call/applications.save", (route) =>
      failures-- > 0 ? route.abort() : route.continue(),
    );
    await answer(page, "statement").pressSequentially("Tried again.");
    await page
      .getByRole("alert")
      .filter({ hasText: t("error_host_no_answer") })
      .waitFor();
    await waitForSaved(page);
    assert.equal((await answers()).statement, "Tried again.");
  },
);

draft(
  "text that can't be saved outlives its page and is there when the draft is opened again",
  {},
  async ({ page, t, id, go, answers }) => {
    const full = (route) => route.fulfill({ status: 422, json: { code: "storage.io", params: {} } });
    await page.route("**/call/applications.save", full);
    await answer(page, "statement").pressSequentially("Not lost by leaving.");
    await page.getByRole("alert").first().waitFor();
    await go("applications");
    await page.getByText(t("applications_unsaved_elsewhere")).waitFor();
    await go(`applications/${id}?section=statement`);
    await heading(page, label("en", "statement"));
    assert.equal(await answer(page, "statement").inputValue(), "Not lost by leaving.");
    await page.unroute("**/call/applications.save", full);
    await page.getByRole("button", { name: t("shared_try_again") }).click();
    await waitForSaved(page);
    assert.equal((await answers()).statement, "Not lost by leaving.");
  },
);

draft(
  "locking in the middle of a word saves it first, and unlocking comes back to it",
  {},
  async ({ page, t, answers }) => {
    await answer(page, "statement").pressSequentially("Half a wor");
    await page.keyboard.press("Control+l");
    await heading(page, t("vault_unlock_title"));
    assert.doesNotMatch(await page.content(), /Half a wor/);
    await unlockAndEnter(page, t);
    await heading(page, label("en", "statement"));
    assert.equal(await answer(page, "statement").inputValue(), "Half a wor");
    assert.equal((await answers()).statement, "Half a wor");
  },
);

draft("another language is shown at once and takes no letter away", {}, async ({ page, go, id, answers }) => {
  await answer(page, "statement").pressSequentially("The same in both.");
  await go("settings");
  await page.getByRole("radio", { name: "Español" }).check();
  await heading(page, wordsOf("es")("shared_settings"));
  await go(`applications/${id}?section=statement`);
  await heading(page, label("es", "statement"));
  assert.equal(await answer(page, "statement").inputValue(), "The same in both.");
  assert.equal((await answers()).statement, "The same in both.");
});

draft(
  "every session of typing is a version, which can be compared and brought back",
  {},
  async ({ page, t, id, host, go, answers }) => {
    const statement = answer(page, "statement");
    await statement.pressSequentially("The first wording.");
    await waitForSaved(page);
    await page.keyboard.press("Control+l");
    await unlockAndEnter(page, t);
    await statement.fill("The second wording, much better.");
    await waitForSaved(page);
    const versions = await host.call("applications.versions", { id });
    const old = Math.max(...versions.map((one) => one.number)) - 1;
    await page.getByRole("link", { name: t.like("applications_versions_n", { n: versions.length }) }).click();
    await page.getByRole("link", { name: new RegExp(t("applications_version_n", { n: old })) }).click();
    await heading(page, t("applications_version_n", { n: old }));
    await page.locator("del", { hasText: "first" }).first().waitFor();
    await page.locator("ins", { hasText: "second" }).first().waitFor();
    await page.getByRole("button", { name: t("applications_restore") }).click();
    await page
      .getByRole("dialog")
      .getByRole("button", { name: t("applications_restore") })
      .click();
    await notice(page, t, t("applications_restored", { n: old })).waitFor();
    assert.equal((await answers()).statement, "The first wording.");
    await undo(page, t, t("applications_restored", { n: old }));
    await notice(page, t, t("shared_undone")).waitFor();
    assert.equal((await answers()).statement, "The second wording, much better.");
    await go(`applications/${id}?section=statement`);
    await page.waitForFunction(
      (text) => document.querySelector('[data-place="statement"] textarea')?.value === text,
      "The second wording, much better.",
    );
  },
);

draft("a PDF of the draft is saved under a name of its own", {}, async ({ page, t }) => {
  await answer(page, "statement").pressSequentially("For the printed sheet.");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: t("applications_save_pdf") }).click(),
  ]);
  assert.match(download.suggestedFilename(), /\.pdf$/);
  const chunks = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk);
  assert.equal(Buffer.concat(chunks).subarray(0, 5).toString(), "%PDF-");
  await notice(page, t, t("shared_saved_to", { file: download.suggestedFilename() })).waitFor();
});

draft(
  "killed in the middle of typing: everything that was acknowledged is there again",
  {},
  async ({ page, host, own, open, id, expectFault }) => {
    expectFault(/ERR_|status of 5/);
    const acknowledged = [];
    page.on("response", async (response) => {
      if (!response.url().endsWith("applications.save") || !response.ok()) return;
      const sent = JSON.parse(response.request().postData()).answers;
      await response.finished();
      acknowledged.push(sent.statement);
    });
    const typing = answer(page, "statement")
      .pressSequentially("The quick brown fox jumps over the lazy dog, again and again. ".repeat(3), {
        delay: 5,
      })
      .catch(() => undefined);
    await page.waitForTimeout(900);
    await host.kill();
    await typing;
    const last = acknowledged.at(-1);
    assert.ok(last?.length > 0, "something was acknowledged before the kill");
    const again = await startHost({ home: host.home });
    own(again.kill);
    const second = await open({ at: `applications/${id}?section=statement` }, again);
    await unlockAndEnter(second.page, wordsOf("en"), PASSPHRASE);
    await heading(second.page, label("en", "statement"));
    const found = await answer(second.page, "statement").inputValue();
    assert.ok(found.startsWith(last), `${found.length} letters are there, ${last.length} were acknowledged`);
  },
);
