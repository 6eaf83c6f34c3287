// How the pages look and whose pay they show, as settings operations keep it. Nothing of it lies in the browser.
import { call } from "../platform";
import type { Settings } from "../generated/contract";
import { language } from "./language.svelte";

const first: Settings = {
  language: "en",
  theme: "system",
  high_contrast: false,
  text_percent: 100,
  place: "US",
  idle_minutes: 10,
};

let current = $state<Settings>(first);
let systemDark = $state(false);
let systemContrast = $state(false);

export const preferences = {
  get current(): Settings {
    return current;
  },
  get dark(): boolean {
    return current.theme === "dark" || (current.theme === "system" && systemDark);
  },
};

/** Follows what the system asks for; returns how to stop. */
export function followSystem(): () => void {
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const contrast = window.matchMedia("(prefers-contrast: more)");
  const read = () => {
    systemDark = dark.matches;
    systemContrast = contrast.matches;
    show();
  };
  read();
  dark.addEventListener("change", read);
  contrast.addEventListener("change", read);
  return () => {
    dark.removeEventListener("change", read);
    contrast.removeEventListener("change", read);
  };
}

/** Reads the settings and shows them. */
export async function loadPreferences(): Promise<void> {
  take(await call("settings.get", {}));
}

/** Changes some settings: shown at once, then kept. A failure leaves them shown and is thrown on. */
export async function savePreferences(change: Partial<Settings>): Promise<void> {
  take({ ...current, ...change });
  // A school may have set the idle time; what was chosen here does not hold then.
  const { idle_minutes } = await call("settings.save", $state.snapshot(current));
  current = { ...current, idle_minutes };
}

function take(settings: Settings): void {
  current = settings;
  language.current = settings.language;
  show();
}

function show(): void {
  const root = document.documentElement;
  root.dataset.theme = preferences.dark ? "dark" : "light";
  root.dataset.contrast = current.high_contrast || systemContrast ? "more" : "normal";
  root.style.fontSize = `${current.text_percent}%`;
}
