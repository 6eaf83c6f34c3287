// What the address says about the list of careers, and back. Everything that narrows or orders the list lives there,
// so that Back and a link bring the same list again.
import type { CareerFilters, CareerQuery, CareerSort, GrowthClass, Language } from "../generated/contract";
import type { Query } from "../shared/router.svelte";

/** What the list shows, apart from place and language, which are settings. */
export interface ListState {
  text: string;
  filters: CareerFilters;
  /** Nothing where the person chose none. */
  sort: CareerSort | null;
}

/** The filters of which several values can be chosen. */
export type Group =
  "field" | "group" | "letter" | "education" | "growth" | "interest" | "preparation" | "subject";
export const groups: Group[] = [
  "field",
  "group",
  "letter",
  "education",
  "growth",
  "interest",
  "preparation",
  "subject",
];

export const growthClasses: GrowthClass[] = ["faster", "average", "slower", "shrinking"];
export const sorts: CareerSort[] = ["relevance", "name", "pay", "growth", "openings"];
const letters = ["R", "I", "A", "S", "E", "C"];
const MOST = 10_000_000;

const oneOf = <T extends string>(known: readonly T[], value: string): value is T =>
  (known as readonly string[]).includes(value);

/** A whole number above zero, or nothing: an address can be typed by anybody. */
function wholeNumber(value: string | null): number | null {
  if (value === null || !/^\d{1,8}$/.test(value)) return null;
  const read = Number(value);
  return read > 0 && read <= MOST ? read : null;
}

const ids = (query: URLSearchParams, key: string): string[] =>
  [...new Set(query.getAll(key))].filter((value) => /^[a-z0-9_]{1,80}$/.test(value));

/** Reads the address; what it holds of unknown values is passed over. */
export function readList(query: URLSearchParams): ListState {
  const sort = query.get("sort") ?? "";
  return {
    text: query.get("q") ?? "",
    filters: {
      field: ids(query, "field"),
      group: query.getAll("group").filter((value) => /^\d\d-0000$/.test(value)),
      letter: query.getAll("letter").filter((value) => /^[A-Z#]$/.test(value)),
      education: ids(query, "education"),
      pay_at_least: wholeNumber(query.get("pay")),
      growth: query.getAll("growth").filter((value) => oneOf(growthClasses, value)),
      openings_at_least: wholeNumber(query.get("openings")),
      interest: query.getAll("interest").filter((value) => oneOf(letters, value)),
      preparation: query
        .getAll("preparation")
        .map(Number)
        .filter((level) => Number.isInteger(level) && level >= 1 && level <= 5),
      subject: ids(query, "subject"),
    },
    sort: oneOf(sorts, sort) ? sort : null,
  };
}

/** The same as part of an address; empty values fall out of it. */
export function writeList(list: ListState): Query {
  return {
    q: list.text || null,
    field: list.filters.field,
    group: list.filters.group,
    letter: list.filters.letter,
    education: list.filters.education,
    pay: list.filters.pay_at_least,
    growth: list.filters.growth,
    openings: list.filters.openings_at_least,
    interest: list.filters.interest,
    preparation: list.filters.preparation.map(String),
    subject: list.filters.subject,
    sort: list.sort,
  };
}

/** The order in force: best match while there is text, by name otherwise. */
export const sortInForce = (list: ListState): CareerSort =>
  list.sort === "relevance" && !list.text.trim()
    ? "name"
    : (list.sort ?? (list.text.trim() ? "relevance" : "name"));

/** The question to the program, but for which rows. */
export function question(
  list: ListState,
  place: string,
  language: Language,
): Omit<CareerQuery, "offset" | "limit"> {
  return { text: list.text, filters: list.filters, sort: sortInForce(list), place, language };
}

/** Values chosen in a filter, as text. */
export const chosen = (filters: CareerFilters, group: Group): string[] => filters[group].map(String);

/** The address change that turns one value of a filter on or off. */
export function toggled(filters: CareerFilters, group: Group, value: string): Query {
  const now = chosen(filters, group);
  return { [group]: now.includes(value) ? now.filter((one) => one !== value) : [...now, value] };
}

/** Whether the list is as it begins: nothing typed, chosen or ordered. */
export const isPlain = (list: ListState): boolean =>
  !list.text.trim() && list.sort === null && countChosen(list.filters) === 0;

/** How many values narrow the list. */
export const countChosen = (filters: CareerFilters): number =>
  groups.reduce((sum, group) => sum + filters[group].length, 0) +
  Number(filters.pay_at_least !== null) +
  Number(filters.openings_at_least !== null);

/** The address change that clears every filter and leaves the text and the order. */
export const cleared: Query = {
  field: null,
  group: null,
  letter: null,
  education: null,
  pay: null,
  growth: null,
  openings: null,
  interest: null,
  preparation: null,
  subject: null,
};
