// Damaged records, and folders in which none can be kept: what is said, and each way on.
import assert from "node:assert/strict";
import { cpSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { accessible } from "../support/axe.mjs";
import { beginDraft, PASSPHRASE, startHost, startWithRecords } from "../support/host.mjs";
import { journey, withBrowser } from "../support/journey.mjs";
import { answer, heading, unlock, waitForSaved } from "../support/pages.mjs";
import { temporaryFolder } from "../support/places.mjs";
import { languages, wordsOf } from "../support/words.mjs";

withBrowser();

const PAGE = 4096;
const WORDS = "Words that must not be lost.";
const database = (folder) => join(folder, "records.db");

/** Records with a student and a draft, closed in order. */
async function closedRecords({ students = 0 } = {}) {
  const host = await startWithRecords({ sample: true });
  if (students) {
    const lines = Array.from({ length: students }, (_, number) => `Sample Student ${number}`);
    await host.call("students.import_roster", { text: ["Name", ...lines].join("\n"), columns: null });
  }
  const draft = await beginDraft(host, { student: host.student, answers: { statement: WORDS } });
  await host.stop();
  return { ...host, draft };
}

function flip(file, at) {
  const bytes = readFileSync(file);
  bytes[at] ^= 0x10;
  writeFileSync(file, bytes);
}

const backupsIn = (folder) => readdirSync(join(folder, "backups")).filter((name) => name.endsWith(".backup"));

const setAside = (records) =>
  readdirSync(join(records, "set-aside")).map((name) => join(records, "set-aside", name));

/** A page on records that were damaged while they were closed, and a look at it in one language after the other. */
async function openedDamaged(own, open, records = {}) {
  const made = await closedRecords(records);
  flip(database(made.records), 40);
  const damaged = readFileSync(database(made.records));
  const host = await startHost({ home: made.home });
  own(host.kill);
  const opened = await open({}, host);
  const { page } = opened;
  const inEachLanguage = async (look) => {
    for (const language of languages) {
      const words = wordsOf(language);
      await page.getByRole("button", { name: language === "es" ? "Español" : "English" }).click();
      if (language === languages[0]) await unlock(page, words);
      await heading(page, words("vault_problem_damaged"));
      await look(words, language);
    }
  };
  return { ...opened, made, damaged, host, inEachLanguage };
}

journey(
  "damaged records: three ways are offered in plain words, and salvage gives the draft back",
  { records: false },
  async ({ own, open }) => {
    const { made, damaged, host, page, go, close, inEachLanguage } = await openedDamaged(own, open);
    await inEachLanguage(async (words) => {
      await page.getByRole("heading", { level: 2, name: words("damage_salvage_title") }).waitFor();
      await page.getByRole("heading", { level: 2, name: words("damage_leave_title") }).waitFor();
      await page.getByText(words.like("damage_set_aside")).waitFor();
      await accessible(page, "damage");
    });
    const words = wordsOf(languages.at(-1));

    // Leaving changes nothing.
    await page.getByRole("button", { name: words("damage_leave"), exact: true }).click();
    await heading(page, words("vault_unlock_title"));
    assert.deepEqual(readFileSync(database(made.records)), damaged);
    await unlock(page, words);
    await page.getByRole("button", { name: words("damage_salvage"), exact: true }).click();
    await heading(page, words("damage_salvage_title"));

    // A wrong passphrase is said, the right one saves what can be read.
    const field = page.locator('input[type="password"]');
    const begin = page.getByRole("button", { name: words("damage_salvage"), exact: true });
    await field.fill("not this one at all");
    await begin.click();
    await page.getByText(words("error_vault_wrong_passphrase")).waitFor();
    await field.fill(PASSPHRASE);
    await begin.click();
    await heading(page, words("damage_report_title"));
    await page.getByRole("row", { name: words.like("damage_rows_students") }).waitFor();
    await accessible(page, "damage");
    await page.getByRole("button", { name: words("damage_go_on") }).click();
    await page.getByRole("navigation", { name: words("shared_navigation") }).waitFor();
    await go(`applications/${made.draft}`);
    await page.getByRole("navigation", { name: words("applications_sections") }).waitFor();
    await close();

    const [aside] = setAside(made.records);
    assert.deepEqual(readFileSync(database(aside)), damaged, "the damaged file is kept as it was");
    await host.stop();
    const again = await startHost({ home: made.home });
    own(again.kill);
    assert.equal((await again.call("vault.unlock", { passphrase: PASSPHRASE })).state, "unlocked");
    const { answers } = await again.call("applications.open", { id: made.draft });
    assert.equal(answers.statement, WORDS);
  },
);

journey(
  "damaged records: the newest good backup takes their place, and the damaged file is kept byte for byte",
  { records: false },
  async ({ own, open }) => {
    const { made, damaged, host, page, go, inEachLanguage } = await openedDamaged(own, open);
    await inEachLanguage(async (words, language) => {
      await page.getByText(words.like("damage_backup_newest")).waitFor();
      await page.getByRole("button", { name: words("damage_backup"), exact: true }).click();
      await heading(page, words("damage_backup_title"));
      await page.getByLabel(words("backups_elsewhere_which")).waitFor();
      await accessible(page, "damage");
      if (language !== languages.at(-1))
        await page.getByRole("button", { name: words("shared_back"), exact: true }).click();
    });
    const words = wordsOf(languages.at(-1));
    const field = page.getByLabel(words("backups_passphrase_then"), { exact: true });
    const look = page.getByRole("button", { name: words("backups_open"), exact: true });
    await field.fill("not this one at all");
    await look.click();
    await page.getByText(words("error_vault_wrong_passphrase")).waitFor();
    await field.fill(PASSPHRASE);
    await look.click();

    // What it holds, what will be missing and where the damaged file goes are said before anything is done.
    await page.getByText(words.like("damage_backup_lost")).waitFor();
    await page.getByText(words("damage_backup_kept", { folder: join(made.records, "set-aside") })).waitFor();
    await accessible(page, "damage");
    assert.deepEqual(readFileSync(database(made.records)), damaged, "nothing is done yet");
    await page.getByRole("button", { name: words("backups_restore_now"), exact: true }).click();
    await heading(page, words("damage_backup_done_title"));
    await page.getByText(words.like("damage_backup_done_aside")).waitFor();
    await accessible(page, "damage");
    await page.getByRole("button", { name: words("damage_go_on") }).click();
    await page.getByRole("navigation", { name: words("shared_navigation") }).waitFor();
    await go(`applications/${made.draft}`);
    await page.getByRole("navigation", { name: words("applications_sections") }).waitFor();
    const { answers } = await host.call("applications.open", { id: made.draft });
    assert.equal(answers.statement, WORDS);
    const kept = setAside(made.records).map((folder) => readFileSync(database(folder)));
    assert.ok(kept.length > 0 && kept.every((bytes) => bytes.equals(damaged)), "kept byte for byte");
  },
);

journey(
  "damaged records: a salvage that takes long says how far it is, and Cancel leaves the file as it was",
  { records: false },
  async ({ own, open }) => {
    // So many that it takes more than the second after which it is told how far it is.
    const { made, damaged, page } = await openedDamaged(own, open, { students: 40_000 });
    const words = wordsOf("en");
    await unlock(page, words);
    await heading(page, words("vault_problem_damaged"));
    const before = readdirSync(made.records).sort();
    await page.getByRole("button", { name: words("damage_salvage"), exact: true }).click();
    await heading(page, words("damage_salvage_title"));
    const field = page.locator('input[type="password"]');
    await field.fill(PASSPHRASE);
    await page.getByRole("button", { name: words("damage_salvage"), exact: true }).click();
    await page.getByRole("progressbar", { name: words("jobs_salvage") }).waitFor();
    await page.getByRole("button", { name: words("shared_cancel"), exact: true }).press("Enter");
    await page.getByText(words("damage_stopped")).waitFor();
    await accessible(page, "damage");
    assert.ok(await field.evaluate((element) => element === document.activeElement));
    assert.deepEqual(readFileSync(database(made.records)), damaged);
    assert.deepEqual(readdirSync(made.records).sort(), before, "nothing is left beside it");
  },
);

journey(
  "damaged records without a backup: no way back is offered, and it is said that there is none",
  { records: false },
  async ({ own, open }) => {
    const made = await closedRecords();
    rmSync(join(made.records, "backups"), { recursive: true });
    flip(database(made.records), 40);
    const host = await startHost({ home: made.home });
    own(host.kill);
    const { page } = await open({}, host);
    const words = wordsOf("en");
    await unlock(page, words);
    await heading(page, words("vault_problem_damaged"));
    await page.getByText(words("damage_backup_none")).waitFor();
    assert.equal(await page.getByRole("button", { name: words("damage_backup"), exact: true }).count(), 0);
  },
);

journey(
  "changes that SQLite would drop without a word: the person is told which may be missing, and where the files lie",
  { records: false },
  async ({ own, open }) => {
    const made = await startWithRecords({ sample: true });
    const draft = await beginDraft(made, { student: made.student, answers: { statement: WORDS } });
    for (const more of ["one", "two", "three"])
      await made.call("applications.save", { id: draft, answers: { statement: `${WORDS} ${more}` } });
    await made.kill();
    const log = `${database(made.records)}-wal`;
    // In the content of a page in the middle of the log.
    const frames = Math.floor((readFileSync(log).length - 32) / (PAGE + 24));
    flip(log, 32 + Math.floor(frames / 2) * (PAGE + 24) + 1000);
    const host = await startHost({ home: made.home });
    own(host.kill);
    const { page, t } = { ...(await open({}, host)), t: wordsOf("en") };
    await unlock(page, t);
    await page.getByRole("navigation", { name: t("shared_navigation") }).waitFor();
    const notice = page.getByRole("alert").filter({ hasText: t("damage_lost_certain") });
    await notice.waitFor();
    await notice.getByText(setAside(made.records)[0]).waitFor();
    await notice.getByRole("button", { name: t("damage_lost_read") }).click();
    await notice.waitFor({ state: "detached" });
  },
);

journey(
  "a synchronized folder: no records are made in it, and records in it are copied to this computer's own disk",
  { records: false },
  async ({ own, open }) => {
    const made = await closedRecords();
    const cloud = join(temporaryFolder(), "OneDrive - Northside School", "records");
    mkdirSync(cloud, { recursive: true });
    const host = await startHost();
    own(host.kill);
    const refused = await host.call("vault.choose_folder", { folder: cloud }).catch(({ code }) => code);
    assert.equal(refused, "vault.synchronized");
    assert.deepEqual(readdirSync(cloud), [], "nothing was written there");

    cpSync(made.records, cloud, { recursive: true });
    const before = readdirSync(cloud);
    await host.call("vault.choose_folder", { folder: cloud });
    const { page, go, close } = await open({}, host);
    for (const language of languages) {
      const words = wordsOf(language);
      await page.getByRole("button", { name: language === "es" ? "Español" : "English" }).click();
      await heading(page, words("vault_problem_synchronized"));
      await page.getByText(words("damage_local_client", { client: "OneDrive" })).waitFor();
      await page.getByText(words("damage_local_second", { folder: join(cloud, "backups") })).waitFor();
      await accessible(page, "damage");
    }
    const words = wordsOf(languages.at(-1));
    await page.getByRole("button", { name: words("damage_local_copy") }).click();
    await heading(page, words("vault_unlock_title"));
    await unlock(page, words);
    await page.getByRole("navigation", { name: words("shared_navigation") }).waitFor();
    const { answers } = await host.call("applications.open", { id: made.draft });
    assert.equal(answers.statement, WORDS);
    assert.deepEqual(readdirSync(cloud), before, "what lies in the folder stays as it was");

    // That folder is the second place for backups now: what is changed goes there too.
    const there = backupsIn(cloud);
    await go("backups");
    await page.getByText(join(cloud, "backups"), { exact: true }).waitFor();
    await page.getByText(words("backups_second_there"), { exact: true }).waitFor();
    await host.call("applications.save", { id: made.draft, answers: { statement: `${WORDS} More.` } });
    await close();
    await host.stop();
    assert.equal(backupsIn(cloud).length, there.length + 1);
  },
);

journey(
  "a folder that is moved away while somebody types: the text is kept, and is there when the folder is back",
  { sample: true },
  async ({ page, host, go, own }) => {
    const draft = await beginDraft(host, { student: host.student, answers: { statement: WORDS } });
    await go(`applications/${draft}?section=statement`);
    const field = answer(page, "statement");
    await field.fill(`${WORDS} And`);
    await waitForSaved(page);
    const away = `${host.records}-away`;
    renameSync(host.records, away);
    await field.fill(`${WORDS} And more.`);
    renameSync(away, host.records);
    await waitForSaved(page);
    await host.stop();
    const again = await startHost({ home: host.home });
    own(again.kill);
    await again.call("vault.unlock", { passphrase: PASSPHRASE });
    const { answers } = await again.call("applications.open", { id: draft });
    assert.equal(answers.statement, `${WORDS} And more.`);
  },
);
