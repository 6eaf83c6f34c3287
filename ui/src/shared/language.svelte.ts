// The language of the pages, switched at once: every message reads it while it is drawn.
import { baseLocale, overwriteGetLocale } from "../generated/messages/runtime";
import type { Language } from "../generated/contract";

let current = $state<Language>(baseLocale);
overwriteGetLocale(() => current);

/** The languages with their own names, in the order in which they are offered. */
export const languages: { id: Language; name: string }[] = [
  { id: "en", name: "English" },
  { id: "es", name: "Español" },
];

export const language = {
  get current(): Language {
    return current;
  },
  set current(next: Language) {
    current = next;
    document.documentElement.lang = next;
  },
  /** For `Intl`: the audience reads US English and US Spanish. */
  get locale(): string {
    return current === "es" ? "es-US" : "en-US";
  },
};

/** Words of a form pack in the language of the pages; English where there is no translation. */
export function inLanguage(text: Record<string, string> | null | undefined): string {
  return text?.[current] ?? text?.en ?? "";
}
