// Titles of careers by address, for lists of applications, which keep the address only.
import type { CareerFilters, CareerQuery, Language } from "../generated/contract";
import { call } from "../platform";

const AT_ONCE = 200;

/** Filters that narrow nothing. */
export const noFilters: CareerFilters = {
  field: [],
  group: [],
  letter: [],
  education: [],
  pay_at_least: null,
  growth: [],
  openings_at_least: null,
  interest: [],
  preparation: [],
  subject: [],
};

const everything: Omit<CareerQuery, "offset" | "language"> = {
  text: "",
  filters: noFilters,
  sort: "name",
  limit: AT_ONCE,
  place: "US",
};

let titles = $state.raw(new Map<string, string>());

/** Reads all titles in a language. */
export async function loadCareerTitles(language: Language): Promise<void> {
  const found = new Map<string, string>();
  for (let offset = 0; ; offset += AT_ONCE) {
    const page = await call("careers.search", { ...everything, offset, language });
    for (const row of page.rows) found.set(row.slug, row.title);
    if (page.rows.length === 0 || found.size >= page.total) break;
  }
  titles = found;
}

/** The title, or the address in words while it is not known. */
export const careerTitle = (slug: string): string => titles.get(slug) ?? slug.replaceAll("-", " ");
