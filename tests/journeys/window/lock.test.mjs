// Locking in the real window: by the signs of a session that is made up on a bus of its own, by the program where the
// pages hang, and what is left of it in files and in memory.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { beginDraft, PASSPHRASE, startWithRecords } from "../support/host.mjs";
import { focus, press, type } from "../support/keys.mjs";
import { count, processesOf } from "../support/memory.mjs";
import { pretendLogind, program, temporaryFolder } from "../support/places.mjs";
import { pause, start, until } from "../support/programs.mjs";
import { folders, openWindow } from "../support/webdriver.mjs";
import { label, wordsOf } from "../support/words.mjs";

const STATEMENT = "Plantedstatement: half a wor";
const t = wordsOf("en");

/** A person with records, a begun draft and a session whose bus the test has in hand. */
async function person() {
  const home = temporaryFolder("waymark-window-lock-");
  const env = folders(home);
  for (const folder of [env.TMPDIR, join(home, "bus")]) mkdirSync(folder, { recursive: true });
  const session = start(pretendLogind, [join(home, "bus")]);
  const address = await until(() => /^unix:\S+/m.exec(session.output())?.[0], "the bus");
  env.DBUS_SYSTEM_BUS_ADDRESS = env.DBUS_SESSION_BUS_ADDRESS = address;
  delete env.XDG_SESSION_ID;
  const data = join(env.XDG_DATA_HOME, "waymark");
  const host = await startWithRecords({ home: data, sample: true, args: [] });
  const draft = await beginDraft(host, { student: host.student });
  await host.stop();
  /** Says a word to the session; gives how many delays of sleep are held. */
  const say = async (word) => {
    const before = session.output().length;
    session.child.stdin.write(`${word}\n`);
    const answer = await until(
      () => /held (\d+)/.exec(session.output().slice(before)),
      "the session's answer",
    );
    return Number(answer[1]);
  };
  const held = (wanted) =>
    until(async () => (await say("held")) === wanted, `${wanted} delays of sleep held`);
  return { home, env, data, draft, say, held, end: () => session.kill() };
}

async function unlocked(window) {
  await window.heading(t("vault_unlock_title"));
  await window.type(await window.control(t("vault_passphrase")), PASSPHRASE);
  await window.click(await window.button(t("vault_unlock")));
}

const statement = (window) =>
  window.found(`() => document.querySelector('[data-place="statement"] textarea')`, "the statement");

/** Opens the draft's statement and waits for it. */
async function writing(window, draft) {
  await window.script(`(to) => { location.hash = to; }`, `#/applications/${draft}?section=statement`);
  await window.heading(label("en", "statement"));
  return statement(window);
}

test(
  "window: the session's lock, its screen saver and sleep lock the records, and the text is there afterwards",
  { timeout: 180_000 },
  async (context) => {
    const { home, env, draft, say, held, end } = await person();
    const window = await openWindow(env);
    try {
      await unlocked(window);
      await held(1);
      await window.type(await writing(window, draft), STATEMENT);
      // In the middle of a word, before the next save.
      await say("lock");
      await window.heading(t("vault_unlock_title"));
      await held(0);
      assert.equal(await window.script(`(word) => document.body.innerText.includes(word)`, "half a"), false);
      for (const { pid, program: name } of processesOf(home).filter(({ program: one }) =>
        /^(waymark$|WebKit\w+Process$)/.test(one),
      )) {
        const limit = /^Max core file size +(\S+) +(\S+)/m.exec(readFileSync(`/proc/${pid}/limits`, "utf8"));
        assert.deepEqual(limit.slice(1, 3), ["0", "0"], `${name} may write its memory into a file`);
        for (const word of [STATEMENT, PASSPHRASE])
          context.diagnostic(`after the lock, in ${name}: ${count(pid, word)} × ${word.slice(0, 16)}…`);
      }
      await unlocked(window);
      await window.heading(label("en", "statement"));
      assert.equal(await window.script(`(field) => field.value`, await statement(window)), STATEMENT);
      for (const sign of ["screen-saver", "sleep"]) {
        await held(1);
        await say(sign);
        await window.heading(t("vault_unlock_title"));
        await held(0);
        await unlocked(window);
        await window.heading(label("en", "statement"));
      }
    } finally {
      await window.kill();
      await end();
    }
  },
);

test(
  "window: pages that hang are ended, and the records closed all the same",
  { timeout: 120_000 },
  async (context) => {
    const { home, env, data, draft, say, held, end } = await person();
    const window = await openWindow(env);
    try {
      await unlocked(window);
      await held(1);
      await writing(window, draft);
      const pages = () => processesOf(home).filter(({ program: one }) => one === "WebKitWebProcess");
      const before = pages().map(({ pid }) => pid);
      assert.ok(before.length > 0, "the pages have a process");
      await window.script(`() => { setTimeout(() => { for (;;); }, 100); }`);
      await pause(500);
      const begun = Date.now();
      await say("lock");
      await held(0);
      context.diagnostic(`closed ${Date.now() - begun} ms after the sign`);
      assert.equal(
        existsSync(join(data, "records", "records.db-wal")),
        false,
        "the records are closed in order",
      );
      await until(() => pages().every(({ pid }) => !before.includes(pid)), "the end of the pages that hung");
      const log = readdirSync(join(data, "logs")).map((name) =>
        readFileSync(join(data, "logs", name), "utf8"),
      );
      assert.match(log.join(""), /the pages did not lock/);
    } finally {
      await window.kill();
      await end();
    }
  },
);

/**
 * What libraries keep in a person's folders, none of it of a page. WebKit makes the shells of a store that this window,
 * being ephemeral, never uses: random salts and a table of hosts that is empty where there is no network.
 */
const OTHERS =
  /\/(bus|fontconfig|mesa_shader_cache[^/]*|dconf|gstreamer-1\.0)(\/|$)|\/org\.waymark\.Waymark\/(.*\/salt|hsts-storage\.sqlite)$/;

test(
  "window: nothing of a page lies in the person's folders after a lock",
  { timeout: 120_000 },
  async () => {
    const { home, env, data, end } = await person();
    const waiting = setInterval(() => undefined, 1_000);
    const running = start(program, [], { env });
    try {
      await focus(env);
      await pause(4_000);
      await focus(env);
      type(env, PASSPHRASE);
      press(env, "Return");
      const wal = join(data, "records", "records.db-wal");
      await until(() => existsSync(wal), "open records");
      await pause(2_000);
      press(env, "ctrl+l");
      await until(() => !existsSync(wal), "closed records");
      const files = readdirSync(home, { recursive: true, withFileTypes: true })
        .filter((one) => one.isFile())
        .map((one) => join(one.parentPath, one.name));
      const expected = [join(data, "records"), join(data, "logs"), join(data, "settings.json")];
      const left = files.filter(
        (file) => !expected.some((one) => file.startsWith(one)) && !OTHERS.test(file),
      );
      assert.deepEqual(left, []);
    } finally {
      await running.kill("SIGTERM");
      clearInterval(waiting);
      await end();
    }
  },
);
