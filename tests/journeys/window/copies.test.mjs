// A second copy of the program brings the first one's window back, says so and ends with 0: with and without a session
// bus, in both languages.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { hide, shownWindow } from "../support/keys.mjs";
import { startHost } from "../support/host.mjs";
import { program, temporaryFolder } from "../support/places.mjs";
import { start, until } from "../support/programs.mjs";
import { folders } from "../support/webdriver.mjs";
import { wordsOf } from "../support/words.mjs";

/** A person's folders, in which this language is the chosen one. */
async function personOf(language) {
  const env = folders(temporaryFolder("waymark-copies-"));
  const home = join(env.XDG_DATA_HOME, "waymark");
  for (const folder of [env.TMPDIR, home]) mkdirSync(folder, { recursive: true });
  delete env.DBUS_SESSION_BUS_ADDRESS;
  const host = await startHost({ home });
  await host.call("settings.save", { ...(await host.call("settings.get")), language });
  await host.stop();
  return env;
}

const ways = [
  { name: "without a session bus", command: [program], language: "en" },
  { name: "with a session bus", command: ["dbus-run-session", "--", program], language: "es" },
];

for (const { name, command, language } of ways) {
  test(
    `a second copy ${name} (${language}) brings the first one's window back and ends`,
    { timeout: 60_000 },
    async () => {
      const env = await personOf(language);
      const waiting = setInterval(() => undefined, 1_000);
      const first = start(command[0], command.slice(1), { env });
      try {
        const window = await until(() => shownWindow(env), "the first copy's window", { within: 20_000 });
        // The first listens once its window is made; a copy that came earlier would find the records in use.
        const second = await until(async () => {
          hide(env, window);
          await until(() => !shownWindow(env), "the window to be out of sight");
          const copy = start(command[0], command.slice(1), { env });
          const over = await Promise.race([copy.ended, new Promise((late) => setTimeout(late, 5_000, null))]);
          await copy.kill();
          return over && { ...over, output: copy.output() };
        }, "the end of the second copy");
        assert.equal(second.code, 0);
        assert.equal(second.output.trim(), wordsOf(language)("already_open"));
        assert.equal(
          await until(() => shownWindow(env), "the first copy's window to be shown again"),
          window,
          "it is the same window",
        );
      } finally {
        await first.kill();
        clearInterval(waiting);
      }
    },
  );
}
