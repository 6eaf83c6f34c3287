// Counts text as the forms' targets do, by the same rule as the readiness check; both replay one list of examples.

const SPACE = /\p{White_Space}+/u;

/** Runs of letters that are no white space and hold at least one letter or digit. */
export function countWords(text: string): number {
  let words = 0;
  for (const run of text.split(SPACE)) if (/[\p{L}\p{N}]/u.test(run)) words++;
  return words;
}

/** Unicode scalars, CR LF as one. */
export function countCharacters(text: string): number {
  return Array.from(text.replaceAll("\r\n", "\n")).length;
}
