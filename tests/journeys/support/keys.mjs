// The screen as a person has it before them: windows by their titles, keys that reach whichever has the focus. For
// what WebKit's driver cannot reach, such as the system's own dialogs, and for runs that it would disturb.
import { execFileSync, spawnSync } from "node:child_process";
import { until } from "./programs.mjs";

const tool = (env, ...words) => execFileSync("xdotool", words, { env });

/** Presses keys one after the other, by X's names of them. */
export const press = (env, ...names) => void tool(env, "key", "--delay", "60", ...names);

/** Types a text. */
export const type = (env, text) => void tool(env, "type", "--delay", "15", text);

/** The window on the screen with exactly this title, or nothing. */
export function shownWindow(env, title = "Waymark") {
  const found = spawnSync("xdotool", ["search", "--onlyvisible", "--name", `^${title}$`], { env });
  return found.status === 0 ? String(found.stdout).trim().split("\n")[0] : null;
}

/** Waits for a window and gives it the keys. */
export async function focus(env, title) {
  const window = await until(() => shownWindow(env, title), `a window "${title ?? "Waymark"}"`, {
    within: 30_000,
  });
  tool(env, "windowfocus", "--sync", window);
  return window;
}

/** Takes a window off the screen; its program goes on. */
export const hide = (env, window) => void tool(env, "windowunmap", "--sync", window);
