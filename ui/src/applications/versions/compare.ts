// What differs between a kept version of a draft and another state of it, answer by answer, word by word.
import { diffWordsWithSpace } from "diff";
import type { FormPack, JsonValue, Question } from "../../generated/contract";
import {
  fieldKey,
  fieldsOf,
  fileName,
  findPlace,
  isQuestion,
  itemIds,
  itemKey,
  ON_THEIR_SITE,
} from "../keys";

export type Answers = Record<string, JsonValue | undefined>;

/** A run of words that both have, that only the version had, or that only the present has. */
export interface Piece {
  kind: "same" | "then" | "now";
  text: string;
}

/** Texts longer than this, together, are shown whole beside each other. */
const LONGEST = 200_000;
const TIMEOUT = 1_000;

/** The words of both texts in order; nothing where they are too long or too different to compare in a second. */
export function compareWords(then: string, now: string): Piece[] | null {
  if (then.length + now.length > LONGEST) return null;
  const changes = diffWordsWithSpace(then, now, { timeout: TIMEOUT });
  if (!changes) return null;
  return inPhrases(
    changes.map(({ value, added, removed }) => ({
      kind: added ? "now" : removed ? "then" : "same",
      text: value,
    })),
  );
}

/** Changes with nothing but a space between them are read as one: first what went, then what came. */
function inPhrases(pieces: Piece[]): Piece[] {
  const phrases: Piece[] = [];
  let then = "";
  let now = "";
  const put = () => {
    if (then) phrases.push({ kind: "then", text: then });
    if (now) phrases.push({ kind: "now", text: now });
    then = now = "";
  };
  for (const [at, { kind, text }] of pieces.entries()) {
    const between = kind === "same" && (then || now) && text.trim() === "" && at < pieces.length - 1;
    if (kind === "then" || between) then += text;
    if (kind === "now" || between) now += text;
    if (kind !== "same" || between) continue;
    put();
    phrases.push({ kind, text });
  }
  put();
  return phrases;
}

/** Keys that differ, in the order of the form; items that only one of them has follow those of the present. */
export function changedKeys(pack: FormPack, then: Answers, now: Answers): string[] {
  const keys: string[] = [];
  for (const part of pack.sections.flatMap((section) => section.parts)) {
    keys.push(part.id);
    if (isQuestion(part)) {
      keys.push(...within(part, part.id));
      continue;
    }
    const items = new Set([...itemIds(now[part.id]), ...itemIds(then[part.id])]);
    for (const item of items)
      for (const question of part.questions) {
        const key = itemKey(part.id, item, question.id);
        keys.push(key, ...within(question, key));
      }
  }
  const known = new Set(keys);
  const strays = [...Object.keys(now), ...Object.keys(then)].filter((key) => !known.has(key));
  return [...keys, ...new Set(strays)].filter((key) => !same(then[key], now[key]));
}

/** The keys of a question's fields and of its mark. */
const within = (question: Question, key: string): string[] =>
  [...fieldsOf(question).map(({ id }) => id), ON_THEIR_SITE].map((name) => fieldKey(key, name));

/** How many answers both have alike. */
export function countSame(then: Answers, now: Answers): number {
  return Object.keys(now).filter((key) => now[key] !== undefined && same(then[key], now[key])).length;
}

const same = (one: JsonValue | undefined, other: JsonValue | undefined): boolean =>
  JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

/** An answer as a person reads it. `words` translates choices, yes, no and a confirmed statement. */
export function answerText(
  pack: FormPack,
  key: string,
  value: JsonValue | undefined,
  words: (question: Question, value: string) => string,
  items: (count: number) => string,
): string {
  if (value === undefined || value === null) return "";
  const place = findPlace(pack, key);
  if (place?.group && !place.question) return items(itemIds(value).length);
  const question = place?.field ?? place?.question;
  if (question?.answer.type === "file" && !place?.elsewhere) return fileName(value) || JSON.stringify(value);
  const say = (one: JsonValue) => (question ? words(question, String(one)) : String(one));
  return Array.isArray(value) ? value.map(say).join(", ") : say(value);
}
