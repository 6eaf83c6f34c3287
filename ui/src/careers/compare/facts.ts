// The facts of careers as rows of one table: the same units, and what differs in words.
import { m } from "../../generated/messages/messages";
import type { Career, Figure, PayAtPlace } from "../../generated/contract";
import { change, figure, number, percent } from "../../shared/formats";
import { educationName, experienceName, interestName, preparationName, trainingName } from "../names";
import { payAt, payWords } from "../page/pay";
import { marks, sameWords, type Mark } from "./marks";

export interface Row {
  label: string;
  cells: { text: string; mark: Mark | null }[];
}

const none: Figure = { kind: "not_provided" };

/** Pay of a career at the place that was asked for, which is always the first. */
export const payHere = (career: Career): PayAtPlace | undefined => career.pay[0];
/** Pay in the nation, which is always the last. */
export const payNation = (career: Career): PayAtPlace | undefined => career.pay.at(-1);

function figures(label: string, careers: Career[], of: (career: Career) => Figure, show = number): Row {
  const found = careers.map(of);
  const marked = marks(found);
  return {
    label,
    cells: found.map((one, at) => ({ text: figure(one, (value) => show(value)), mark: marked[at] ?? null })),
  };
}

function words(
  label: string,
  careers: Career[],
  of: (career: Career) => string | null,
  missing: string,
): Row {
  const found = careers.map(of);
  const marked = sameWords(found);
  return { label, cells: found.map((one, at) => ({ text: one ?? missing, mark: marked[at] ?? null })) };
}

function pay(label: string, careers: Career[], of: (career: Career) => PayAtPlace | undefined): Row {
  const places = careers.map(of);
  // A figure of too few people is shown, but decides no order.
  const marked = marks(places.map((one) => (one && !one.too_few ? one.p50 : none)));
  const text = (one: PayAtPlace | undefined) =>
    !one
      ? payWords(none)
      : one.too_few && one.p50.kind === "value"
        ? m.compare_pay_few({ value: payWords(one.p50) })
        : payAt(one, "p50");
  return { label, cells: places.map((one, at) => ({ text: text(one), mark: marked[at] ?? null })) };
}

/** Every row, in the order of the career page. */
export function factRows(careers: Career[]): Row[] {
  const first = careers[0];
  if (!first) return [];
  const here = payHere(first)?.place;
  const nation = payNation(first)?.place;
  const years = { from: String(first.outlook.from), to: String(first.outlook.to) };
  const missing = m.shared_figure_not_provided();
  return [
    pay(m.careers_fact_pay({ place: here?.name ?? "" }), careers, payHere),
    ...(here && nation && here.id !== nation.id
      ? [
          pay(m.careers_fact_pay({ place: nation.name }), careers, payNation),
          figures(
            m.compare_jobs_in({ place: here.name }),
            careers,
            (one) => payHere(one)?.employment ?? none,
          ),
        ]
      : []),
    figures(m.careers_growth_title(years), careers, (one) => one.outlook.growth_percent, change),
    figures(m.careers_filter_openings(), careers, (one) => one.outlook.openings),
    figures(m.compare_jobs({ year: years.from }), careers, (one) => one.outlook.employment),
    figures(
      m.compare_self_employed(),
      careers,
      (one) => one.outlook.self_employed_percent,
      (value) => percent(value),
    ),
    words(
      m.careers_fact_education(),
      careers,
      ({ entry }) => entry.education && educationName(entry.education),
      missing,
    ),
    words(
      m.careers_entry_experience(),
      careers,
      ({ entry }) => entry.experience && experienceName(entry.experience),
      missing,
    ),
    words(
      m.careers_entry_training(),
      careers,
      ({ entry }) => entry.training && trainingName(entry.training),
      missing,
    ),
    words(
      m.careers_entry_preparation(),
      careers,
      ({ preparation: n }) => (n ? m.careers_preparation_level({ name: preparationName(n), n }) : null),
      m.shared_figure_not_rated(),
    ),
    words(
      m.compare_interests(),
      careers,
      ({ interests }) => interests && [...interests.high_points].map(interestName).join(", "),
      m.shared_figure_not_rated(),
    ),
  ];
}

/** Careers that show the figures of one and the same occupation, by its title. */
export function sharedFigures(careers: Career[]): { occupation: string; titles: string[] }[] {
  const by = new Map<string, { occupation: string; titles: string[] }>();
  for (const career of careers) {
    const { soc, title } = career.occupation;
    const group = by.get(soc) ?? { occupation: title, titles: [] };
    group.titles.push(career.title);
    by.set(soc, group);
  }
  return [...by.values()].filter((group) => group.titles.length > 1);
}
