// Counts text as the forms' targets do, by the same rule as the readiness check; both replay one list of examples.
import type { Limit } from "../generated/contract";

const SPACE = /\p{White_Space}+/u;
const SPACE_AT_THE_END = /\p{White_Space}+$/u;
const BREAK = /\r\n|\r|\n/;

/** How a text is counted: a limit without its bounds. */
export type Counting = Pick<Limit, "counter"> & Partial<Omit<Limit, "counter" | "min" | "max">>;

/** Counts a text by a named rule. */
export function countText(rule: Counting, whole: string): number {
  const text = rule.trailing_space === "out" ? withoutEnd(whole) : whole;
  switch (rule.counter) {
    case "words":
      return countWords(text);
    case "lines":
      return countLines(text, rule.width ?? null);
    case "characters":
      return Array.from(plainBreaks(text, rule)).length;
    case "utf16_units":
      return plainBreaks(text, rule).length;
    case "graphemes":
      return countGraphemes(text, rule);
  }
}

/** Runs of letters that are no white space and hold at least one letter or digit. */
export function countWords(text: string): number {
  let words = 0;
  for (const run of text.split(SPACE)) if (/[\p{L}\p{N}]/u.test(run)) words++;
  return words;
}

/** Unicode scalars, CR LF as one. */
export const countCharacters = (text: string): number => countText({ counter: "characters" }, text);

/** Looked for from the end: a pattern would begin anew at every space of a long text. */
function withoutEnd(text: string): string {
  let end = text.length;
  while (end > 0 && SPACE_AT_THE_END.test(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}

/** The text with every line break as one sign or as two, so that it can be counted sign by sign. */
function plainBreaks(text: string, rule: Counting): string {
  if (rule.line_break === "two") return text.replace(/\r\n|\r|\n/g, "\n\n");
  return text.replaceAll("\r\n", "\n");
}

const segmenter = new Intl.Segmenter("und", { granularity: "grapheme" });

/** What people see as one character. A line break parts its neighbors, so that they are counted line by line. */
function countGraphemes(text: string, rule: Counting): number {
  const lines = text.split(BREAK);
  const inLines = lines.reduce((sum, line) => sum + Array.from(segmenter.segment(line)).length, 0);
  return inLines + (lines.length - 1) * (rule.line_break === "two" ? 2 : 1);
}

/** Lines, each filled with its words up to a width where there is one. An empty text has none. */
function countLines(text: string, width: number | null): number {
  if (text === "") return 0;
  return text.split(BREAK).reduce((sum, line) => sum + (width === null ? 1 : wrapped(line, width)), 0);
}

function wrapped(line: string, width: number): number {
  let lines = 1;
  let used = 0;
  for (const word of line.split(SPACE).filter(Boolean)) {
    const long = Array.from(word).length;
    if (used > 0 && used + 1 + long <= width) {
      used += 1 + long;
      continue;
    }
    lines += (used > 0 ? 1 : 0) + Math.floor((long - 1) / width);
    used = ((long - 1) % width) + 1;
  }
  return lines;
}
