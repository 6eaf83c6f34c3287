// Published figures as sentences. What is missing is said, never left out and never shown as zero.
import { m } from "../generated/messages/messages";
import type { Career, Figure, Outlook, PayAtPlace } from "../generated/contract";
import { figure, figureValue, money, number, percent } from "../shared/formats";

/** Less than this, in per cent, is no growth and no shrinking. */
const LEVEL = 0.05;
/** From this share on, the self-employed change what the pay figures say. */
const MANY_SELF_EMPLOYED = 15;

/** "Jobs growing 15.8% to 2034" */
export function growthSentence(outlook: Outlook): string {
  const year = String(outlook.to);
  const growth = figureValue(outlook.growth_percent);
  if (growth === null) return m.careers_outlook_missing({ why: figure(outlook.growth_percent), year });
  if (Math.abs(growth) < LEVEL) return m.careers_outlook_level({ year });
  const share = figure(outlook.growth_percent, (value) => percent(Math.abs(value)));
  return growth > 0
    ? m.careers_outlook_growing({ share, year })
    : m.careers_outlook_shrinking({ share, year });
}

/** "115,200 openings a year, mostly replacing people who leave". Why they open is said only where it is known. */
export function openingsSentence(outlook: Outlook): string {
  const openings = figureValue(outlook.openings);
  if (openings === null) return m.careers_openings_missing({ why: figure(outlook.openings) });
  const n = figure(outlook.openings, number);
  const replacement = figureValue(outlook.replacement);
  if (replacement === null || openings <= 0) return m.careers_openings({ n });
  return replacement * 2 >= openings ? m.careers_openings_replacing({ n }) : m.careers_openings_new({ n });
}

/** Both in one sentence: "Jobs growing 15.8% to 2034; 115,200 openings a year, mostly replacing people who leave". */
export const outlookSentence = (outlook: Outlook): string =>
  m.careers_outlook_both({ growth: growthSentence(outlook), openings: openingsSentence(outlook) });

/** How the occupation's figures speak for the career, in one line. */
export function relationLine(career: Pick<Career, "relation" | "occupation">): string {
  const { title, soc } = career.occupation;
  if (career.relation === "same") return m.careers_relation_same({ soc });
  if (career.relation === "specialty") return m.careers_relation_specialty({ title, soc });
  return m.careers_relation_nearest({ title, soc });
}

/** Where the career stands: its fields, its group, and how the figures speak for it. */
export function standing(career: Pick<Career, "fields" | "group" | "relation" | "occupation">): string {
  const fields = career.fields.map((field) => field.name);
  return [...(fields.length ? fields : [career.group.name]), relationLine(career)].join(" · ");
}

/** The first of the shown places whose middle pay stands on enough people; else the first that has one at all. */
export function payToShow(pay: PayAtPlace[]): PayAtPlace | undefined {
  const known = pay.filter((one) => figureValue(one.p50) !== null);
  return known.find((one) => !one.too_few) ?? known[0] ?? pay[0];
}

/** Pay for a line in a list; "about" where the figure is of a larger or another occupation. */
export function payInList(pay: Figure, relation: Career["relation"]): string {
  const words = figure(pay, money);
  if (pay.kind === "not_published") return m.careers_pay_not_published();
  if (pay.kind === "not_provided") return m.careers_pay_not_provided();
  return relation !== "same" && figureValue(pay) !== null ? m.careers_about({ value: words }) : words;
}

/** Who is not counted in the pay figures, and whether that is so many that it must be seen. */
export function leftOut(career: Pick<Career, "outlook" | "occupation">): { strong: boolean; text: string } {
  const share = figureValue(career.outlook.self_employed_percent);
  if (share === null) return { strong: false, text: m.careers_self_employed_unknown() };
  const words = figure(career.outlook.self_employed_percent, (value) => percent(value));
  if (share <= MANY_SELF_EMPLOYED)
    return { strong: false, text: m.careers_self_employed_few({ share: words }) };
  const told = { share: words, title: career.occupation.title };
  return {
    strong: true,
    text: share > 50 ? m.careers_self_employed_most(told) : m.careers_self_employed_many(told),
  };
}
