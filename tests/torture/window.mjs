// Kills of the real window: somebody types in it, through WebKit's own driver, and it is ended with `kill -9` at a random
// moment. What had been shown as saved is in the records, which open again and offer the draft. One line of JSON at the
// end, as every run of `torture` prints it. `cargo xtask torture --only window` starts it on a screen of its own.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import {
  PASSPHRASE,
  beginDraft,
  startHost,
  startWithRecords,
} from "../journeys/support/host.mjs";
import { temporaryFolder } from "../journeys/support/places.mjs";
import { pause, until } from "../journeys/support/programs.mjs";
import { folders, openWindow } from "../journeys/support/webdriver.mjs";
import { wordsOf } from "../journeys/support/words.mjs";

const wish = { "--count": 50, "--minutes": 24 * 60, "--seed": 1 };
for (let index = 2; index < process.argv.length; index += 2) {
  const [name, value] = [process.argv[index], Number(process.argv[index + 1])];
  if (!(name in wish) || Number.isNaN(value))
    throw new Error(`window.mjs knows no '${name}', or it wants a number`);
  wish[name] = value;
}

/** Numbers that come again from the same seed (mulberry32). */
function randomly(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const t = wordsOf("en");
const home = temporaryFolder("waymark-window-kills-");
const env = folders(home);
mkdirSync(env.TMPDIR, { recursive: true });
const data = join(env.XDG_DATA_HOME, "waymark");

/** The statement's text while the editor says that it is saved, else null. */
const SAVED = `() => document.querySelector('[data-saving="saved"]') && document.querySelector('[data-place="statement"] textarea')?.value`;

/** What the draft holds, read by the test host, and which draft is offered first. */
async function kept(id) {
  const host = await startHost({ home: data, args: [] });
  try {
    await host.call("vault.unlock", { passphrase: PASSPHRASE });
    const offered = await host.call("applications.list");
    const draft = await host.call("applications.open", { id });
    return {
      first: offered[0]?.application.id,
      text: draft.answers.statement ?? "",
    };
  } finally {
    await host.stop();
  }
}

/** Opens the window, types, and ends it while somebody types. Gives what the records hold then. */
async function one(seed, id, before) {
  const random = randomly(seed);
  const window = await openWindow(env);
  let shown = before;
  let typed = before;
  try {
    await window.heading(t("vault_unlock_title"));
    await window.type(await window.control(t("vault_passphrase")), PASSPHRASE);
    await window.click(await window.button(t("vault_unlock")));
    await window.found(
      `() => document.querySelector("nav a[aria-current=page]") !== null`,
      "home",
    );
    await window.script(
      `(id) => { location.hash = "#/applications/" + id + "?section=statement"; }`,
      id,
    );
    const field = await window.found(
      `(text) => { const field = document.querySelector('[data-place="statement"] textarea'); return field?.value === text && field; }`,
      "what was written before",
      before,
    );
    let ended = false;
    const killed = pause(200 + random() * 2500).then(async () => {
      ended = true;
      await window.kill();
    });
    // Asking the window for anything fails once it has ended, and not before.
    const typing = async () => {
      for (let number = 0; !ended; number += 1) {
        const word = `w${seed}-${number} `;
        typed += word;
        await window.type(field, word);
        if (random() < 0.7) shown = (await window.script(SAVED)) || shown;
      }
    };
    const fault = await typing().catch((error) => (ended ? null : error));
    await killed;
    if (fault) throw fault;
  } finally {
    await window.kill();
  }
  const { first, text } = await kept(id);
  if (!text.startsWith(shown))
    throw new Error("what was shown as saved is not in the draft");
  if (!typed.startsWith(text))
    throw new Error("the draft holds what nobody typed");
  if (first !== id) throw new Error("the draft is not offered first");
  return text;
}

const report = {
  name: "window",
  tried: 0,
  survived: 0,
  lost: 0,
  not_run: [],
  seconds: 0,
  seed: wish["--seed"],
  faults: [],
};
const begun = Date.now();
const host = await startWithRecords({ home: data, args: [] });
const id = await beginDraft(host);
await host.stop();
let text = "";
while (
  report.tried < wish["--count"] &&
  Date.now() - begun < wish["--minutes"] * 60_000
) {
  const seed = wish["--seed"] + report.tried;
  report.tried += 1;
  try {
    text = await one(seed, id, text);
    report.survived += 1;
    console.error(
      `window: ${report.tried} killed, ${text.length} letters kept`,
    );
  } catch (fault) {
    report.lost += 1;
    report.faults.push(`seed ${seed}: ${fault.message}`);
    console.error(`window: seed ${seed}: ${fault.message}`);
    text = (await kept(id)).text;
  }
}
report.seconds = (Date.now() - begun) / 1000;
console.log(JSON.stringify(report));
process.exitCode = report.lost === 0 ? 0 : 1;
