// What the palette and the keyboard can do, beside what is found by a few letters.
export interface Command {
  id: string;
  label: string;
  /** Its keys, as they are written on the page. */
  keys?: string;
  run: () => void;
}

export interface Entry extends Command {
  /** Heading under which it stands. */
  group: string;
  note?: string;
}

/** Whether every word of the question begins a word of the label. Accents and case do not matter. */
export function fits(label: string, question: string): boolean {
  const words = plain(label).split(/[^\p{L}\p{N}]+/u);
  return plain(question)
    .split(/\s+/)
    .filter(Boolean)
    .every((wanted) => words.some((word) => word.startsWith(wanted)));
}

const plain = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
