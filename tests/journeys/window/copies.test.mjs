// A second copy of the program asks the first to show itself, says so and ends with 0, with and without a session bus.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { test } from "node:test";
import { program, temporaryFolder } from "../support/places.mjs";
import { start, until } from "../support/programs.mjs";
import { folders } from "../support/webdriver.mjs";
import { wordsOf } from "../support/words.mjs";

/** Whether a window of ours is on the screen. */
function isShown(env) {
  try {
    return execFileSync("xdotool", ["search", "--onlyvisible", "--name", "^Waymark$"], { env }).length > 0;
  } catch {
    return false; // xdotool ends with 1 where it finds none
  }
}

const ways = [
  { name: "without a session bus", command: [program] },
  { name: "with a session bus", command: ["dbus-run-session", "--", program] },
];

for (const { name, command } of ways) {
  test(`a second copy ${name} steps back for the first`, { timeout: 60_000 }, async () => {
    const env = folders(temporaryFolder("waymark-copies-"));
    mkdirSync(env.TMPDIR, { recursive: true });
    delete env.DBUS_SESSION_BUS_ADDRESS;
    const waiting = setInterval(() => undefined, 1_000);
    const first = start(command[0], command.slice(1), { env });
    try {
      await until(() => isShown(env), "the first copy's window", { within: 20_000 });
      // The first listens once its window is made; a copy that came earlier would find the records in use.
      const second = await until(async () => {
        const copy = start(command[0], command.slice(1), { env });
        const over = await Promise.race([copy.ended, new Promise((late) => setTimeout(late, 5_000, null))]);
        await copy.kill();
        return over && { ...over, output: copy.output() };
      }, "the end of the second copy");
      assert.equal(second.code, 0);
      assert.equal(second.output.trim(), wordsOf("en")("already_open"));
      assert.ok(isShown(env), "the first copy's window is still there");
    } finally {
      await first.kill();
      clearInterval(waiting);
    }
  });
}
