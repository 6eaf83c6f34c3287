// What a school sets for a computer: said before records are made, and not to be changed where it stands.
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { accessible } from "../support/axe.mjs";
import { PASSPHRASE, startHost } from "../support/host.mjs";
import { journey, withBrowser } from "../support/journey.mjs";
import { firstRun, heading } from "../support/pages.mjs";
import { temporaryFolder } from "../support/places.mjs";
import { languages, wordsOf } from "../support/words.mjs";

withBrowser();

/** A computer on which this is set. */
function managed(home, values) {
  const file = join(home, "managed.json");
  writeFileSync(file, JSON.stringify(values));
  return startHost({ home, args: ["--weak-keys", "--managed", file] });
}

/** The public half of a key that nobody keeps, with the eight digits that check it. */
function publicKey() {
  const digits = randomBytes(32).toString("hex");
  return digits + createHash("sha256").update(digits).digest("hex").slice(0, 8);
}

for (const language of languages) {
  journey(
    `managed (${language}): idle time, backup folder and the school's key hold, and the pages say so`,
    { records: false },
    async ({ own, open }) => {
      const words = wordsOf(language);
      const home = temporaryFolder();
      const backups = join(home, "school");
      mkdirSync(backups);
      const set = { idle_minutes: 7, backup_folder: backups, school_recovery_public_key: publicKey() };
      const host = await managed(home, set);
      own(host.kill);
      await host.call("settings.save", { ...(await host.call("settings.get")), language });
      const { page, go } = await open({}, host);
      const back = page.getByRole("button", { name: words("shared_back"), exact: true });
      await page.getByRole("button", { name: words("vault_begin") }).click();
      await page.getByRole("button", { name: words("shared_next") }).click();
      await heading(page, words("vault_first_passphrase_title"));
      await page.getByText(words("vault_school_key_text")).waitFor();
      await accessible(page, "managed");
      await back.click();
      await heading(page, words("vault_first_folder_title"));
      await back.click();
      await firstRun(page, words, { sample: false });
      assert.equal((await host.call("vault.keys")).school_key, true);

      await go("settings");
      const idle = page.getByRole("radiogroup", { name: words("settings_idle") });
      await idle.getByText(words("settings_idle_managed")).waitFor();
      const minutes = words("settings_idle_minutes", { n: 7 });
      const chosen = idle.getByRole("radio", { name: minutes, exact: true });
      assert.ok((await chosen.isChecked()) && (await chosen.isDisabled()));
      await accessible(page, "managed");

      await go("backups");
      await page.getByText(backups, { exact: true }).waitFor();
      await page.getByText(words("backups_second_managed")).waitFor();
      for (const change of ["backups_second_other", "backups_second_none"])
        assert.equal(await page.getByRole("button", { name: words(change) }).count(), 0);
      await accessible(page, "managed");
    },
  );
}

journey(
  "managed: records that exist are offered the school's key, filled in, and get it only when it is set",
  { records: false },
  async ({ own, open }) => {
    const words = wordsOf("en");
    const home = temporaryFolder();
    const before = await startHost({ home });
    own(before.kill);
    await before.call("vault.create", { folder: null, passphrase: PASSPHRASE });
    await before.stop();
    const host = await managed(home, { school_recovery_public_key: publicKey() });
    own(host.kill);
    await host.call("vault.unlock", { passphrase: PASSPHRASE });
    assert.equal((await host.call("vault.keys")).school_key, false);
    const { page } = await open({ at: "settings" }, host);
    await page.getByText(words("keys_school_offered")).waitFor();
    await page.getByRole("link", { name: words("keys_school_offered_add") }).click();
    await heading(page, words("keys_school_title"));
    await page.getByText(words("keys_school_offered_text")).waitFor();
    await accessible(page, "managed");
    await page.getByLabel(words("vault_passphrase"), { exact: true }).fill(PASSPHRASE);
    await page.getByRole("button", { name: words("keys_set") }).click();
    await page.getByText(words("keys_school_done")).waitFor();
    const keys = await host.call("vault.keys");
    assert.deepEqual([keys.school_key, keys.offered_school_key], [true, null]);
  },
);
