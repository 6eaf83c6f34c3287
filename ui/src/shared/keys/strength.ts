// How long a passphrase would stand against guessing, said in words with reasons. It advises; only the length is a rule.
import { countCharacters } from "../count";

export const LEAST = 12;

export type Level = "short" | "weak" | "fair" | "good" | "strong";
export type Reason = "too_short" | "common" | "repeats" | "sequence" | "one_word" | "several_words" | "long";

export interface Strength {
  level: Level;
  reasons: Reason[];
  /** Characters still missing to the least length. */
  missing: number;
}

const COMMON =
  /pass ?wor[dt]|contrase|letmein|welcome|bienvenid|qwert|asdf|iloveyou|teamo|admin|waymark|counsel|consejer|school|escuela|student|estudiante|login|master|dragon|monkey|football|futbol/iu;
const SEQUENCES = [
  "abcdefghijklmnopqrstuvwxyz",
  "01234567890",
  "09876543210",
  "qwertyuiop",
  "asdfghjkl",
  "zxcvbnm",
];

/** Bits that a guesser who knows words, repeats and rows of keys would need. */
function bits(text: string): number {
  let sum = 0;
  for (const run of text.match(/\p{L}+|\p{N}+|[^\p{L}\p{N}\s]+/gu) ?? []) {
    const distinct = new Set(run.toLowerCase()).size;
    // A run of letters is taken for a word, a run of digits for a date or a count.
    if (/\p{L}/u.test(run)) sum += Math.min(run.length * 2.8, 12 + Math.max(0, distinct - 8) * 2);
    else if (/\p{N}/u.test(run)) sum += Math.min(distinct * 3, 12);
    else sum += Math.min(distinct * 4, 12);
  }
  return sum;
}

function hasSequence(text: string): boolean {
  const plain = text.toLowerCase();
  for (let at = 0; at + 4 <= plain.length; at++) {
    const piece = plain.slice(at, at + 4);
    if (SEQUENCES.some((sequence) => sequence.includes(piece))) return true;
  }
  return false;
}

export function judge(text: string): Strength {
  const length = countCharacters(text);
  const words = text.match(/\p{L}{3,}/gu) ?? [];
  const reasons: Reason[] = [];
  let strength = bits(text);
  if (COMMON.test(text)) {
    reasons.push("common");
    strength -= 12;
  }
  if (/(.)\1{2,}/u.test(text) || /(.{3,})\1/u.test(text)) {
    reasons.push("repeats");
    strength -= 10;
  }
  if (hasSequence(text)) {
    reasons.push("sequence");
    strength -= 10;
  }
  if (length < LEAST) return { level: "short", reasons: ["too_short", ...reasons], missing: LEAST - length };
  if (words.length < 2) reasons.push("one_word");
  else if (words.length >= 4) reasons.push("several_words");
  if (length >= 20) reasons.push("long");
  const level = strength < 32 ? "weak" : strength < 42 ? "fair" : strength < 54 ? "good" : "strong";
  return { level, reasons, missing: 0 };
}
