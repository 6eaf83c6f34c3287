// Names of ids, in the language of the pages. Read while drawing: in the markup or in `$derived`.
import { m } from "../generated/messages/messages";
import { language } from "../shared/language.svelte";

type Words = () => string;

/** Words of a message found by its name; the id in plain letters where it has none. */
function words(key: string, id: string): string {
  return (m as unknown as Record<string, Words | undefined>)[`careers_${key}`]?.() ?? id.replaceAll("_", " ");
}

export const fieldName = (id: string): string => words(`field_${id}`, id);
/** A major group of the Standard Occupational Classification, from `15-0000`. */
export const groupName = (id: string): string => words(`group_${id.replace("-", "_")}`, id);
/** A letter of the alphabet; what begins with no letter stands under one name. */
export const letterName = (letter: string): string => (letter === "#" ? m.browse_letter_other() : letter);
export const subjectName = (id: string): string => words(`subject_${id}`, id);
export const growthName = (id: string): string => words(`growth_${id}`, id);
export const sortName = (id: string): string => words(`sort_${id}`, id);
export const experienceName = (id: string): string => words(`experience_${id}`, id);
export const trainingName = (id: string): string => words(`training_${id}`, id);
export const preparationName = (level: string | number): string =>
  words(`preparation_${level}`, String(level));
export const requiredEducationName = (category: number): string =>
  words(`required_education_${category}`, String(category));
export const sectionName = (id: string): string => words(`section_${id}`, id);
export const topicName = (id: string): string => words(`topic_${id}`, id);
export const verdictName = (id: string): string => words(`verdict_${id}`, id);

/** "Bachelor’s degree"; `short` for a narrow line: "Bachelor’s". */
export const educationName = (id: string, short = false): string =>
  short ? words(`education_short_${id}`, id) : words(`education_${id}`, id);

/** Name of an interest type by its letter. */
export const interestName = (letter: string): string => words(`interest_${letter.toLowerCase()}`, letter);
/** What the type likes to do. */
export const interestMeaning = (letter: string): string =>
  words(`interest_meaning_${letter.toLowerCase()}`, letter);

/** By their names, as the language sorts. */
export const byName = (name: (id: string) => string) => (a: string, b: string) =>
  name(a).localeCompare(name(b), language.locale);
