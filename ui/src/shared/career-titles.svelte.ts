// Titles of careers by address, for lists of applications, which keep the address only.
import type { CareerFilters, Language } from "../generated/contract";
import { call } from "../platform";

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

let titles = $state.raw(new Map<string, string>());

/** Reads all titles in a language. */
export async function loadCareerTitles(language: Language): Promise<void> {
  const found = await call("careers.titles", { language });
  titles = new Map(found.map((career) => [career.slug, career.title]));
}

/** The title, or the address in words while it is not known. */
export const careerTitle = (slug: string): string => titles.get(slug) ?? slug.replaceAll("-", " ");
