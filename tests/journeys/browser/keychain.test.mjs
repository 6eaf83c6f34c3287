// Opening by the computer's keychain: turned on in the settings, offered once after the program was started, and never
// after a lock.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { accessible } from "../support/axe.mjs";
import { PASSPHRASE, startHost } from "../support/host.mjs";
import { journey, withBrowser } from "../support/journey.mjs";
import { heading, unlockAndEnter } from "../support/pages.mjs";
import { temporaryFolder } from "../support/places.mjs";
import { languages, wordsOf } from "../support/words.mjs";

withBrowser();

/** The program on a computer with a keychain, started once more on the same home. */
const startOn = (home, args = []) =>
  startHost({ home, args: ["--weak-keys", "--keychain", join(home, "keychain.json"), ...args] });

const kept = (home) => JSON.parse(readFileSync(join(home, "keychain.json"), "utf8"));

async function toKeychain(page, go, words, name) {
  await go("settings");
  const card = page.getByRole("region", { name: words("keys_title") });
  const row = card.getByRole("listitem").filter({ hasText: words("keys_keychain") });
  await row.getByRole("link", { name, exact: true }).click();
  await heading(page, words("keys_keychain_title"));
}

/** Starts the program again and waits for the door. */
async function again(host, home, own, open, args) {
  await host.stop();
  const next = await startOn(home, args);
  own(next.kill);
  return { host: next, ...(await open({}, next)) };
}

async function lock(page, words) {
  await page.keyboard.press("Control+l");
  await heading(page, words("vault_unlock_title"));
}

for (const language of languages) {
  journey(
    `keychain (${language}): turned on, it opens after a start and not after a lock; turned off, no more`,
    { records: false },
    async ({ own, open }) => {
      const words = wordsOf(language);
      const home = temporaryFolder();
      const first = await startOn(home);
      own(first.kill);
      await first.call("settings.save", { ...(await first.call("settings.get")), language });
      await first.call("vault.create", { folder: null, passphrase: PASSPHRASE });
      const before = await open({}, first);
      await toKeychain(before.page, before.go, words, words("keys_keychain_turn_on"));
      await before.page.getByText(words("keys_keychain_risk")).waitFor();
      await accessible(before.page, "keychain");
      const turnOn = before.page.getByRole("button", { name: words("keys_keychain_turn_on"), exact: true });
      const typed = before.page.getByLabel(words("vault_passphrase"), { exact: true });
      await typed.fill("not the passphrase");
      await turnOn.click();
      await before.page.locator(".error", { hasText: words("error_vault_wrong_passphrase") }).waitFor();
      await typed.fill(PASSPHRASE);
      await turnOn.click();
      await before.page.getByText(words("keys_keychain_turned_on")).waitFor();
      assert.equal(Object.keys(kept(home)).length, 1);

      const second = await again(first, home, own, open);
      const name = { name: words("vault_keychain"), exact: true };
      const button = second.page.getByRole("button", name);
      await button.waitFor();
      await accessible(second.page, "keychain");
      await button.click();
      await second.page.getByRole("navigation", { name: words("shared_navigation") }).waitFor();
      assert.equal((await second.host.call("vault.status")).opened_by, "keychain");
      await second.go("settings");
      await second.page.getByText(words("keys_opened_by_keychain")).waitFor();
      await lock(second.page, words);
      await second.page.getByLabel(words("vault_passphrase"), { exact: true }).waitFor();
      assert.equal((await second.host.call("vault.keychain")).offered, false);
      assert.equal(await second.page.getByRole("button", name).count(), 0);
      const refused = await second.host.call("vault.unlock_by_keychain").catch((fault) => fault.code);
      assert.equal(refused, "vault.keychain_over");
      await unlockAndEnter(second.page, words);

      await toKeychain(second.page, second.go, words, words("keys_change"));
      await second.page.getByRole("button", { name: words("keys_keychain_turn_off"), exact: true }).click();
      await second.page.getByText(words("keys_keychain_turned_off")).waitFor();
      assert.deepEqual(kept(home), {});

      const third = await again(second.host, home, own, open);
      await heading(third.page, words("vault_unlock_title"));
      assert.deepEqual(await third.host.call("vault.keychain"), { on: false, offered: false, problem: null });
      assert.equal(await third.page.getByRole("button", name).count(), 0);
    },
  );
}

journey(
  "keychain: one that has lost the secret, that is away, or that the school forbids is said at the door",
  { records: false },
  async ({ own, open }) => {
    const words = wordsOf("en");
    const home = temporaryFolder();
    const first = await startOn(home);
    own(first.kill);
    await first.call("vault.create", { folder: null, passphrase: PASSPHRASE });
    await first.call("vault.keychain_on", { passphrase: PASSPHRASE });
    const secrets = readFileSync(join(home, "keychain.json"));
    const managed = join(home, "managed.json");
    writeFileSync(managed, JSON.stringify({ keychain: false }));
    const cases = [
      ["{}", [], "error_vault_keychain_lost"],
      ["no keychain", [], "error_vault_keychain_missing"],
      [secrets, ["--managed", managed], "error_vault_keychain_forbidden"],
    ];
    let host = first;
    for (const [file, args, said] of cases) {
      writeFileSync(join(home, "keychain.json"), file);
      const next = await again(host, home, own, open, args);
      host = next.host;
      await next.page.getByText(words(said)).waitFor();
      assert.equal(await next.page.getByRole("button", { name: words("vault_keychain") }).count(), 0);
      await accessible(next.page, "keychain");
    }
    const last = await again(host, home, own, open, ["--managed", managed]);
    await unlockAndEnter(last.page, words);
    await last.go("settings");
    await last.page.getByText(words("settings_managed_keychain_off")).waitFor();
  },
);
