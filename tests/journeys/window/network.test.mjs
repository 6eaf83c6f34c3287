// The program opens no internet socket and needs none: watched by strace while a person unlocks the records, saves a
// career as PDF, begins a draft and types in it, and once more in a network namespace that has no interface at all.
// Driven by xdotool alone, because WebKit's driver opens sockets of its own.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { saveAs } from "../support/dialogs.mjs";
import { startHost, startWithRecords, PASSPHRASE } from "../support/host.mjs";
import { focus, press, type } from "../support/keys.mjs";
import { program, temporaryFolder } from "../support/places.mjs";
import { pause, start, until } from "../support/programs.mjs";
import { folders } from "../support/webdriver.mjs";
import { wordsOf } from "../support/words.mjs";

const STATEMENT = "Typed where there is no network, and kept.";
const COLLEGE = "Sample College";

/** Records that are made already, in the folder where the window looks for them. */
async function prepared() {
  const home = temporaryFolder("waymark-network-");
  const env = folders(home);
  const data = join(env.XDG_DATA_HOME, "waymark");
  for (const folder of [env.TMPDIR, data]) mkdirSync(folder, { recursive: true });
  const host = await startWithRecords({ home: data });
  await host.stop();
  return { env, data, file: join(home, "career.pdf") };
}

/** Keys, and the time that a page takes to answer them. */
async function go(env, ...keys) {
  press(env, ...keys);
  await pause(2_000);
}

/** Opens the window with `prefix` before the program, uses it as a person does, and ends it. */
async function use(prefix) {
  const { env, data, file } = await prepared();
  const waiting = setInterval(() => undefined, 1_000);
  const words = [...prefix, program];
  const running = start(words[0], words.slice(1), { env });
  try {
    await focus(env);
    await pause(4_000);
    // The passphrase is the first control that takes text; the heading has the focus before.
    await focus(env);
    type(env, PASSPHRASE);
    press(env, "Return");
    await until(() => existsSync(join(data, "records", "records.db-wal")), "open records");
    await pause(3_000);
    await career(env, file);
    await draft(env);
  } finally {
    await running.kill("SIGTERM");
    clearInterval(waiting);
  }
  assert.equal(readFileSync(file).subarray(0, 5).toString(), "%PDF-", "the career was saved");
  assert.deepEqual(await kept(data), {
    looked: ["backend-architect"],
    drafts: [{ career: "backend-architect", institution: COLLEGE, statement: STATEMENT }],
  });
}

/** Goes to a career by the palette and saves it: from its heading, the fourth control. */
async function career(env, file) {
  await go(env, "ctrl+k");
  type(env, "backend");
  await pause(1_000);
  await go(env, "Return");
  await go(env, "Tab", "Tab", "Tab", "Tab", "Return");
  await go(env, "Tab", "Tab", "Return");
  await saveAs(env, wordsOf("en")("save_pdf"), file);
  await until(() => existsSync(file), "the saved career");
  await focus(env);
  await pause(1_000);
}

/** Begins a draft for the career, from the career's first control, and types in its statement. */
async function draft(env) {
  await go(env, "shift+Tab", "shift+Tab", "shift+Tab", "Return");
  // Student, career, programme, institution; Enter in the last begins the draft.
  press(env, "Tab", "Tab", "Tab", "Tab");
  type(env, COLLEGE);
  await go(env, "Return");
  // The fifth section, four pages of the form further on; from its heading, the second control.
  for (let page = 2; page <= 5; page++) await go(env, "alt+Next");
  press(env, "Tab", "Tab");
  type(env, STATEMENT);
  // A save begins 200 ms after a keystroke.
  await pause(2_000);
}

/** What the records hold afterwards. */
async function kept(data) {
  const host = await startHost({ home: data });
  await host.call("vault.unlock", { passphrase: PASSPHRASE });
  const { recent } = await host.call("home.show", { language: "en" });
  const drafts = [];
  for (const row of await host.call("applications.list")) {
    const { application, answers } = await host.call("applications.open", { id: row.application.id });
    const { career, institution } = application.plan;
    drafts.push({ career, institution, statement: answers.statement });
  }
  await host.stop();
  return { looked: recent.map((one) => one.slug), drafts };
}

test("no internet socket is opened while the program is used", { timeout: 180_000 }, async () => {
  const trace = join(temporaryFolder("waymark-trace-"), "trace");
  await use(["strace", "-f", "-qq", "-e", "trace=socket,connect", "-o", trace]);
  const calls = readFileSync(trace, "utf8").split("\n");
  assert.ok(
    calls.some((line) => line.includes("AF_UNIX")),
    "the trace has seen sockets",
  );
  assert.deepEqual(
    calls.filter((line) => /AF_INET6?\b/.test(line)),
    [],
  );
});

test("the program works where there is no network interface", { timeout: 180_000 }, async (context) => {
  // A namespace of users first, so that nobody has to be root for it.
  const apart = ["unshare", "--map-root-user", "--net"];
  if (spawnSync(apart[0], [...apart.slice(1), "true"]).status !== 0) {
    context.skip("not run: this user may not make a network namespace");
    return;
  }
  await use(apart);
});
