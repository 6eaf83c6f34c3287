// Files of records that can't be opened: each is named for what it is, in both languages, and left as it was.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { statSync } from "node:fs";
import { join } from "node:path";
import { root } from "../support/places.mjs";
import { beginDraft, PASSPHRASE, startHost, startWithRecords } from "../support/host.mjs";
import { journey, withBrowser } from "../support/journey.mjs";
import { heading, unlock } from "../support/pages.mjs";
import { languages, wordsOf } from "../support/words.mjs";

withBrowser();

const database = (folder) => join(folder, "records.db");
const keys = (folder) => join(folder, "records.keys");

/** What is done to the files, what is said of it, and whether only the passphrase brings it to light. */
const cases = [
  {
    name: "a records file that is no database",
    spoil: (folder) => writeFileSync(database(folder), "This is a letter, and no database.\n".repeat(400)),
    title: "vault_problem_damaged",
    text: "error_vault_damaged",
    unlocks: true,
  },
  {
    name: "a records file that was cut short",
    spoil: (folder) => truncateSync(database(folder), Math.floor(statSync(database(folder)).size / 2) + 100),
    title: "vault_problem_damaged",
    text: "error_vault_damaged",
    unlocks: true,
  },
  {
    name: "a records file with nothing in it",
    spoil: (folder) => truncateSync(database(folder), 0),
    title: "vault_problem_damaged",
    text: "error_vault_damaged",
    unlocks: true,
  },
  {
    name: "a records file that is gone",
    spoil: (folder) => rmSync(database(folder)),
    title: "vault_problem_missing",
    text: "error_vault_file_missing",
  },
  {
    name: "a file of keys that is gone",
    spoil: (folder) => rmSync(keys(folder)),
    title: "vault_problem_keys_missing",
    text: "error_vault_keys_missing",
  },
  {
    name: "a file of keys that was changed",
    spoil: (folder) =>
      writeFileSync(keys(folder), readFileSync(keys(folder), "utf8").replace(/"salt": "../, '"salt": "zz')),
    title: "vault_problem_keys_damaged",
    text: "error_vault_keys_damaged",
    unlocks: true,
  },
  {
    name: "records from a newer version of the program",
    spoil: (folder) => {
      const kept = join(root, "crates", "records", "tests", "fixtures", "newer");
      for (const name of ["records.db", "records.keys"]) copyFileSync(join(kept, name), join(folder, name));
    },
    title: "vault_problem_newer",
    text: "error_vault_newer",
    unlocks: true,
  },
  {
    name: "a file of keys from a newer version of the program",
    spoil: makeNewer,
    title: "vault_problem_newer",
    text: "error_vault_newer",
    unlocks: true,
  },
];

/** The file of keys as a much later version would write it: another version number, and whole. */
function makeNewer(folder) {
  const envelope = JSON.parse(readFileSync(keys(folder), "utf8"));
  envelope.body.version = 1_000_000;
  const { nonce, bytes } = envelope.seal;
  envelope.check = createHash("sha256")
    .update(JSON.stringify(envelope.body))
    .update(nonce)
    .update(bytes)
    .digest("hex");
  writeFileSync(keys(folder), JSON.stringify(envelope, null, 2));
}

const digest = (folder) =>
  ["records.db", "records.keys"]
    .filter((name) => existsSync(join(folder, name)))
    .map(
      (name) =>
        `${name} ${createHash("sha256")
          .update(readFileSync(join(folder, name)))
          .digest("hex")}`,
    );

/** Records that were made, used and closed in order. */
async function closedRecords() {
  const host = await startWithRecords({ sample: true });
  await beginDraft(host, { student: host.student, answers: { statement: "Words that must not be lost." } });
  await host.stop();
  assert.deepEqual(
    readdirSync(host.records).filter((name) => /-wal$/.test(name)),
    [],
    "closed in order",
  );
  // Without the copy of the keys that lies with the backups: from there they would come back by themselves.
  rmSync(join(host.records, "backups"), { recursive: true, force: true });
  return host;
}

for (const { name, spoil, title, text, unlocks } of cases) {
  journey(
    `${name}: is named in both languages, left as it was, and can be tried again`,
    { records: false },
    async ({ own, open }) => {
      const made = await closedRecords();
      spoil(made.records);
      const before = digest(made.records);
      const host = await startHost({ home: made.home });
      own(host.kill);
      const { page } = await open({}, host);
      const t = wordsOf("en");
      if (unlocks) await unlock(page, t);
      for (const language of languages) {
        const words = wordsOf(language);
        await page.getByRole("button", { name: language === "es" ? "Español" : "English" }).click();
        await heading(page, words(title));
        await page.getByRole("alert").getByText(words(text), { exact: true }).waitFor();
        await page.getByText(words("vault_problem_untouched")).waitFor();
      }
      await page.getByRole("button", { name: wordsOf("es")("shared_try_again") }).click();
      if (unlocks) await heading(page, wordsOf("es")("vault_unlock_title"));
      else await heading(page, wordsOf("es")(title));
      assert.deepEqual(digest(made.records), before, "no byte of the files was changed");
    },
  );
}

journey(
  "records that another copy has open: are said to be, and open once it is closed",
  { sample: true },
  async ({ host, own, open, t }) => {
    const second = await startHost({ home: host.home });
    own(second.kill);
    const { page } = await open({}, second);
    await heading(page, t("vault_problem_in_use"));
    await page.getByRole("alert").getByText(t("error_vault_in_use"), { exact: true }).waitFor();
    await host.stop();
    await page.getByRole("button", { name: t("shared_try_again") }).click();
    await heading(page, t("vault_unlock_title"));
    await unlock(page, t);
    await page.getByRole("navigation", { name: t("shared_navigation") }).waitFor();
  },
);

/** Root writes through modes: such a run needs another user, which not every machine lets us become. */
function dropRights(home) {
  if (process.getuid() !== 0) return { prefix: [] };
  const nobody = 65534;
  const prefix = ["/usr/bin/setpriv", `--reuid=${nobody}`, `--regid=${nobody}`, "--clear-groups", "--"];
  for (const path of [
    home,
    ...readdirSync(home, { recursive: true }).map((name) => join(home, String(name))),
  ]) {
    chownSync(path, nobody, nobody);
  }
  try {
    execFileSync(prefix[0], [...prefix.slice(1), "test", "-w", home]);
    return { prefix };
  } catch {
    return { reason: "this runs as root, who writes through modes, and cannot become another user" };
  }
}

for (const [what, protect] of [
  ["a records file", (folder) => chmodSync(database(folder), 0o444)],
  [
    "a records folder",
    (folder) =>
      [database(folder), keys(folder), join(folder, "records.lock"), folder].forEach((path, at) =>
        chmodSync(path, at < 3 ? 0o444 : 0o555),
      ),
  ],
]) {
  journey(
    `${what} that is read-only: is said to be in both languages`,
    { records: false },
    async ({ own, open, context }) => {
      const made = await closedRecords();
      const { prefix, reason } = dropRights(made.home);
      if (reason) {
        context.skip(`not run: ${reason}`);
        return;
      }
      protect(made.records);
      const host = await startHost({ home: made.home, prefix });
      own(async () => {
        await host.kill();
        chmodSync(made.records, 0o755);
      });
      const { page } = await open({}, host);
      const { problem } = await host.call("vault.status");
      if (!problem) await unlock(page, wordsOf("en"));
      for (const language of languages) {
        const words = wordsOf(language);
        await page.getByRole("button", { name: language === "es" ? "Español" : "English" }).click();
        await heading(page, words("vault_problem_read_only"));
        await page.getByRole("alert").getByText(words("error_storage_read_only"), { exact: true }).waitFor();
      }
    },
  );
}

for (const [what, spoil, code] of [
  ["damaged", (file) => writeFileSync(file, '{"settings": {"theme'), "damaged"],
  ["unreadable", (file) => mkdirSync(file), "unreadable"],
]) {
  journey(
    `settings that are ${what}: are said to be in both languages, and new ones lead back to the records`,
    { records: false },
    async ({ own, open }) => {
      const made = await closedRecords();
      const settings = join(made.home, "settings.json");
      rmSync(settings, { force: true });
      spoil(settings);
      const host = await startHost({ home: made.home });
      own(host.kill);
      const { page, expectFault } = await open({}, host);
      // The language that is chosen holds, but is not written over what may still be mended.
      expectFault(/status of [45]/);
      for (const language of languages) {
        const words = wordsOf(language);
        await page.getByRole("button", { name: language === "es" ? "Español" : "English" }).click();
        await heading(page, words("vault_problem_settings"));
        await page
          .getByRole("alert")
          .getByText(words(`error_settings_${code}`), { exact: true })
          .waitFor();
        await page.getByText(settings, { exact: true }).waitFor();
      }
      const words = wordsOf("es");
      await page.getByRole("button", { name: words("shared_try_again") }).click();
      await heading(page, words("vault_problem_settings"));
      await page.getByRole("button", { name: words("vault_begin_anew") }).click();
      await heading(page, words("vault_unlock_title"));
      assert.ok(existsSync(join(made.home, "settings.set-aside-1.json")), "the broken file is kept");
      await unlock(page, words);
      await page.getByRole("navigation", { name: words("shared_navigation") }).waitFor();
    },
  );
}

journey(
  "a chosen records folder whose drive is gone: is said to be in both languages, is not made anew, and comes back",
  { records: false },
  async ({ own, open }) => {
    const first = await startHost();
    own(first.kill);
    const drive = join(first.home, "drive");
    const folder = join(drive, "records");
    await first.call("vault.create", { folder, passphrase: PASSPHRASE });
    await first.stop();
    renameSync(drive, `${drive}-away`);
    const host = await startHost({ home: first.home });
    own(host.kill);
    const { page } = await open({}, host);
    for (const language of languages) {
      const words = wordsOf(language);
      await page.getByRole("button", { name: language === "es" ? "Español" : "English" }).click();
      await heading(page, words("vault_problem_not_there"));
      await page.getByRole("alert").getByText(words("error_vault_not_there"), { exact: true }).waitFor();
      await page.getByText(folder, { exact: true }).waitFor();
      await page.getByRole("button", { name: words("shared_try_again") }).click();
      await heading(page, words("vault_problem_not_there"));
    }
    assert.ok(!existsSync(drive), "nothing was made in its place");
    const words = wordsOf("es");
    await page.getByRole("button", { name: words("vault_other_folder") }).click();
    await heading(page, words("vault_folder_title"));
    await page.getByRole("button", { name: words("shared_back") }).click();
    renameSync(`${drive}-away`, drive);
    await page.getByRole("button", { name: words("shared_try_again") }).click();
    await heading(page, words("vault_unlock_title"));
    await unlock(page, words);
    await page.getByRole("navigation", { name: words("shared_navigation") }).waitFor();
  },
);
