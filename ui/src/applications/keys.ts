// Names of places in a draft: `question`, `group` (the ordered ids of its items), `group/item/question`.
import type { FormPack, Group, JsonValue, Part, Question, Section } from "../generated/contract";

export const itemKey = (group: string, item: string, question: string): string =>
  `${group}/${item}/${question}`;

/** A new item's id: letters, digits and hyphens, never used twice. */
export function newItemId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The ids of a group's items, in order; none where there is no list. */
export const itemIds = (value: JsonValue | undefined): string[] =>
  Array.isArray(value) ? value.filter((id): id is string => typeof id === "string") : [];

/** A place that a key names, with what stands around it. */
export interface Place {
  section: Section;
  group: Group | null;
  item: string | null;
  question: Question | null;
}

/** Finds the question or group of a key; nothing where the form has no such place. */
export function findPlace(pack: FormPack, key: string): Place | null {
  const [first, item, inner] = key.split("/");
  for (const section of pack.sections) {
    const part = section.parts.find((one) => one.id === first);
    if (!part) continue;
    if (isQuestion(part)) return { section, group: null, item: null, question: part };
    const question = part.questions.find((one) => one.id === inner) ?? null;
    return { section, group: part, item: item ?? null, question };
  }
  return null;
}

export const isQuestion = (part: Part): part is Extract<Part, { part: "question" }> =>
  part.part === "question";
