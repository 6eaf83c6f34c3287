// Names of places in a draft: `question`, `group` (the ordered ids of its items), `group/item/question`.
import type {
  AnswerKind,
  Choice,
  FormPack,
  Group,
  JsonValue,
  Part,
  Question,
  Section,
} from "../generated/contract";

export const itemKey = (group: string, item: string, question: string): string =>
  `${group}/${item}/${question}`;

/** The key of a field of a question, or of its mark. */
export const fieldKey = (question: string, field: string): string => `${question}.${field}`;

/** The field that says whether a sensitive question is answered on the target's own page. */
export const ON_THEIR_SITE = "on_their_site";

/** The fields of a question that has some. */
export const fieldsOf = ({ answer }: Question): Question[] => ("fields" in answer ? answer.fields : []);

/** What can be chosen: the question's own list or one that several share. */
export function choicesOf(pack: FormPack, kind: AnswerKind): Choice[] {
  if (kind.type !== "choice" && kind.type !== "many_choices") return [];
  return kind.list === null ? kind.choices : (pack.lists[kind.list] ?? []);
}

/** The name of a file that was given as an answer. */
export const fileName = (value: JsonValue | undefined): string =>
  value && typeof value === "object" && !Array.isArray(value) && typeof value.name === "string"
    ? value.name
    : "";

/** Whether something is asked only sometimes. */
export const isConditional = (one: { show_if: unknown; skip_if: unknown }): boolean =>
  one.show_if !== null || one.skip_if !== null;

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
  /** Of a question that has fields. */
  field: Question | null;
  /** The key is that of the mark for "on the target's own page". */
  elsewhere: boolean;
}

/** Finds the question or group of a key; nothing where the form has no such place. */
export function findPlace(pack: FormPack, key: string): Place | null {
  const [start = "", item, end] = key.split("/");
  const [asked, name] = (end ?? start).split(".");
  for (const section of pack.sections) {
    const part = section.parts.find((one) => one.id === (end === undefined ? asked : start));
    if (!part) continue;
    const group = isQuestion(part) ? null : part;
    const question = isQuestion(part) ? part : (part.questions.find((one) => one.id === asked) ?? null);
    const field = (question && fieldsOf(question).find((one) => one.id === name)) ?? null;
    return { section, group, item: item ?? null, question, field, elsewhere: name === ON_THEIR_SITE };
  }
  return null;
}

export const isQuestion = (part: Part): part is Extract<Part, { part: "question" }> =>
  part.part === "question";
