// The system's own dialog for files, which no web driver reaches.
import { focus, press, shownWindow, type } from "./keys.mjs";
import { pause, until } from "./programs.mjs";

/** Saves as the file at `path` in the dialog with this title. */
export async function saveAs(env, title, path) {
  await ready(env, title);
  press(env, "ctrl+a");
  type(env, path);
  await pause(500); // the dialog looks into the folder while its name is typed
  press(env, "Return");
  await gone(env, title);
}

/** Leaves the dialog with this title without saving. */
export async function cancel(env, title) {
  await ready(env, title);
  press(env, "Escape");
  await gone(env, title);
}

async function ready(env, title) {
  await focus(env, title);
  await pause(500); // its name field takes the keys once the dialog has drawn itself
}

const gone = (env, title) => until(() => !shownWindow(env, title), "the end of the dialog");
