// The real window, driven through WebKit's own driver: a few words of the W3C protocol over loopback.
import { createServer } from "node:net";
import { program } from "./places.mjs";
import { start, until } from "./programs.mjs";

const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

/** A loopback port that is free now. */
async function freePort() {
  const server = createServer();
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}

/** Opens the window with the driver; `env` names its folders. */
export async function openWindow(env) {
  const port = await freePort();
  const driver = start("WebKitWebDriver", [`--port=${port}`, "--host=127.0.0.1"], {
    env: { ...env, TAURI_WEBVIEW_AUTOMATION: "true" },
  });
  const ask = async (method, path, body) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      body: body && JSON.stringify(body),
    });
    const { value } = await answer.json();
    if (!answer.ok) throw new Error(`${path}: ${value.error}: ${value.message}`);
    return value;
  };
  await until(() => ask("GET", "/status").catch(() => null), "the driver");
  // No browserName: the driver would look for a browser and not for this program.
  const capabilities = { alwaysMatch: { "webkitgtk:browserOptions": { binary: program, args: [] } } };
  const { sessionId } = await ask("POST", "/session", { capabilities });
  const at = `/session/${sessionId}`;
  const script = (code, ...args) =>
    ask("POST", `${at}/execute/sync`, { script: `return (${code})(...arguments)`, args });
  /** Waits for what `code` finds in the page. */
  const found = (code, what, ...args) => until(() => script(code, ...args), what, { within: 20_000 });
  return {
    script,
    found,
    async click(element) {
      await ask("POST", `${at}/element/${element[ELEMENT]}/click`, {});
    },
    async type(element, text) {
      await ask("POST", `${at}/element/${element[ELEMENT]}/value`, { text });
    },
    /** A button or link by its words. */
    button: (words) =>
      found(
        `(words) => [...document.querySelectorAll("button, a, [role=option]")].find((one) => one.textContent.trim() === words && one.checkVisibility() && !one.disabled)`,
        `a button or link "${words}"`,
        words,
      ),
    /** A control by the words of its label. */
    control: (words) =>
      found(
        `(words) => [...document.querySelectorAll("label")].find((one) => one.textContent.trim() === words && one.control?.checkVisibility())?.control`,
        `a control "${words}"`,
        words,
      ),
    heading: (words) =>
      found(
        `(words) => document.querySelector("h1")?.textContent.trim() === words`,
        `the heading "${words}"`,
        words,
      ),
    /** Ends program and driver the hard way, as a power cut of the program would. */
    async kill() {
      // The driver alone keeps no test waiting; until it has ended, something must.
      const waiting = setInterval(() => undefined, 1_000);
      await driver.kill("SIGKILL");
      clearInterval(waiting);
    },
  };
}

/** Folders of a person's own, all of them in one that is thrown away. */
export function folders(home) {
  const env = { ...process.env, HOME: home, TMPDIR: `${home}/tmp` };
  for (const name of ["DATA", "CONFIG", "CACHE", "STATE"])
    env[`XDG_${name}_HOME`] = `${home}/${name.toLowerCase()}`;
  return env;
}
