// The program opens no internet socket: watched by strace while a person unlocks the records, opens a career and
// types, and once more in a network namespace that has no interface at all. Driven by xdotool alone, because WebKit's
// driver opens sockets of its own.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { startHost, startWithRecords, PASSPHRASE } from "../support/host.mjs";
import { program, temporaryFolder } from "../support/places.mjs";
import { pause, start, until } from "../support/programs.mjs";
import { folders } from "../support/webdriver.mjs";

/** Keys as a person presses them. */
const keys = (env, ...names) => execFileSync("xdotool", ["key", "--delay", "60", ...names], { env });
const letters = (env, text) => execFileSync("xdotool", ["type", "--delay", "15", text], { env });

function windowOf(env) {
  const found = spawnSync("xdotool", ["search", "--onlyvisible", "--name", "^Waymark$"], { env });
  return found.status === 0 ? String(found.stdout).trim().split("\n")[0] : null;
}

/** Records that are made already, in the folder where the window looks for them. */
async function prepared() {
  const home = temporaryFolder("waymark-network-");
  const env = folders(home);
  mkdirSync(env.TMPDIR, { recursive: true });
  const data = join(env.XDG_DATA_HOME, "waymark");
  mkdirSync(data, { recursive: true });
  const host = await startWithRecords({ home: data });
  await host.stop();
  return { env, data };
}

/** Opens the window with `prefix` before the program, unlocks, goes to a career by the palette, and ends it. */
async function use(prefix) {
  const { env, data } = await prepared();
  const waiting = setInterval(() => undefined, 1_000);
  const words = [...prefix, program];
  const running = start(words[0], words.slice(1), { env });
  try {
    const window = await until(() => windowOf(env), "the window", { within: 30_000 });
    await pause(4_000);
    execFileSync("xdotool", ["windowfocus", window], { env });
    // The passphrase is the first control that takes text; the heading has the focus before.
    const title = () => lookedAt(data);
    letters(env, PASSPHRASE);
    keys(env, "Return");
    await pause(3_000);
    keys(env, "ctrl+k");
    await pause(700);
    letters(env, "backend");
    await pause(1_200);
    keys(env, "Return");
    await pause(2_500);
    return { title };
  } finally {
    await running.kill("SIGTERM");
    clearInterval(waiting);
  }
}

/** Careers that were looked at, as the records say afterwards. */
async function lookedAt(data) {
  const host = await startHost({ home: data });
  await host.call("vault.unlock", { passphrase: PASSPHRASE });
  const { recent } = await host.call("home.show", { language: "en" });
  await host.stop();
  return recent.map((one) => one.slug);
}

test("no internet socket is opened while the program is used", { timeout: 120_000 }, async () => {
  const trace = join(temporaryFolder("waymark-trace-"), "trace");
  const { title } = await use(["strace", "-f", "-qq", "-e", "trace=socket,connect", "-o", trace]);
  assert.deepEqual(await title(), ["backend-architect"], "the program was really used");
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

test("the program works where there is no network interface", { timeout: 120_000 }, async (context) => {
  if (spawnSync("unshare", ["--net", "true"]).status !== 0) {
    context.skip("not run: this user may not make a network namespace");
    return;
  }
  const { title } = await use(["unshare", "--net"]);
  assert.deepEqual(await title(), ["backend-architect"]);
});
