// What is asked about each kind of detail, in the order of the page, and what it is called.
import { m } from "../../generated/messages/messages";
import type { Detail } from "../../generated/contract";

export type Kind = Detail["kind"];

/** How a field is filled in. */
export type Way =
  "line" | "long" | "date" | "email" | "phone" | "number" | "tick" | "said" | "grades" | "scores";

export interface FieldOf {
  name: string;
  way: Way;
  /** Values to choose from, where it is not written. */
  choices?: string[];
  hint?: () => string;
}

const line = (name: string, hint?: () => string): FieldOf => ({ name, way: "line", hint });
const date = (name: string): FieldOf => ({ name, way: "date", hint: m.details_hint_date });

/** Kinds in the order of the page. */
export const kinds: Kind[] = [
  "names",
  "birth",
  "contact",
  "address",
  "guardian",
  "rights_holder",
  "school",
  "course",
  "test",
  "activity",
];

/** Of these a student has one. */
export const isSingle = (kind: Kind) => kind === "names" || kind === "birth" || kind === "rights_holder";

export const fieldsOf: Record<Kind, FieldOf[]> = {
  names: [
    line("given"),
    line("middle"),
    line("family"),
    line("preferred"),
    line("pronouns"),
    line("former"),
    line("at_school"),
    line("at_home"),
    line("on_applications"),
  ],
  birth: [date("date"), line("place"), line("country")],
  rights_holder: [
    { name: "holder", way: "line", choices: ["parents", "student", "other"] },
    { name: "note", way: "long" },
  ],
  contact: [
    { name: "way", way: "line", choices: ["email", "phone"] },
    line("value"),
    line("label", m.details_hint_label),
  ],
  address: [
    line("label", m.details_hint_label),
    { name: "street", way: "long" },
    line("city"),
    line("region"),
    line("postal_code"),
    line("country"),
  ],
  guardian: [
    line("name"),
    line("relation"),
    { name: "lives_with", way: "tick" },
    { name: "email", way: "email" },
    { name: "phone", way: "phone" },
    line("language"),
    line("occupation"),
    line("education"),
  ],
  school: [line("name"), line("city"), line("country"), date("from"), date("until"), line("code")],
  course: [
    line("title"),
    line("year"),
    line("term"),
    line("level", m.details_hint_level),
    line("grade"),
    line("credits"),
  ],
  test: [line("name"), date("date"), { name: "scores", way: "scores" }],
  activity: [
    line("category", m.details_hint_category),
    line("role"),
    line("organization"),
    { name: "description", way: "long" },
    { name: "grades", way: "grades" },
    { name: "hours_a_week", way: "number" },
    { name: "weeks_a_year", way: "number" },
    { name: "goes_on", way: "said" },
  ],
};

const messages = m as unknown as Record<string, (() => string) | undefined>;
const word = (key: string) => messages[key]?.() ?? key;

/** "Parents and guardians". */
export const kindWords = (kind: Kind) => word(`details_kind_${kind}`);
/** "Parent or guardian". */
export const oneWords = (kind: Kind) => word(`details_one_${kind}`);
export const fieldWords = (kind: Kind, field: string) => word(`details_${kind}_${field}`);
export const choiceWords = (kind: Kind, field: string, value: string) =>
  word(`details_${kind}_${field}_${value}`);
