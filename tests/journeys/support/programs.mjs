// Programs that a test starts: each in a process group of its own, ended by that group's number and no other way.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";

const groups = new Set();
process.on("exit", () => {
  for (const group of groups) signal(group, "SIGKILL");
});
for (const name of ["SIGINT", "SIGTERM"]) process.on(name, () => process.exit(1));

function signal(group, name) {
  try {
    process.kill(-group, name);
    return true;
  } catch {
    return false; // it has ended already
  }
}

/**
 * Starts a program in a group of its own. It ends with this process, even if this one is killed.
 * @returns {{child: import("node:child_process").ChildProcess, ended: Promise<{code: number|null, signal: string|null}>,
 *   output: () => string, errors: () => string, finish: () => Promise<unknown>, kill: (signal?: string) => Promise<void>}}
 */
export function start(command, args = [], { env, input = "pipe", cwd } = {}) {
  const tied = existsSync("/usr/bin/setpriv")
    ? ["/usr/bin/setpriv", ["--pdeathsig", "KILL", "--", command, ...args]]
    : [command, args];
  const child = spawn(...tied, {
    detached: true,
    env: env ?? process.env,
    cwd,
    stdio: [input, "pipe", "pipe"],
  });
  groups.add(child.pid);
  let output = "";
  let errors = "";
  child.stdout.setEncoding("utf8").on("data", (text) => (output += text));
  child.stderr.setEncoding("utf8").on("data", (text) => (errors = (errors + text).slice(-100_000)));
  // A program that is still there keeps no finished test from ending.
  child.unref();
  for (const stream of child.stdio) stream?.unref?.();
  const gone = new Promise((resolve) => child.once("exit", resolve).once("error", resolve));
  const ended = new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, by) => resolve({ code, signal: by }));
  });
  ended.catch(() => undefined);
  return {
    child,
    ended,
    output: () => output,
    errors: () => errors,
    /** Waits for the end; nothing else needs to keep this process from ending first. */
    async finish() {
      child.ref();
      return ended;
    },
    /** Ends the whole group, at once unless another signal is named. */
    async kill(name = "SIGKILL") {
      child.ref();
      for (const stream of child.stdio) stream?.ref?.();
      signal(child.pid, name);
      await gone;
      // What the program itself had started may hold its output open.
      signal(child.pid, "SIGKILL");
      await ended.catch(() => undefined);
      groups.delete(child.pid);
    },
  };
}

/** Waits until `ask` gives something true. */
export async function until(ask, what, { within = 15_000, every = 50 } = {}) {
  const end = Date.now() + within;
  for (;;) {
    const found = await ask();
    if (found) return found;
    if (Date.now() > end) throw new Error(`waited ${within} ms in vain: ${what}`);
    await pause(every);
  }
}

export const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));
