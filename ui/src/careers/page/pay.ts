// What the pay chart draws at each place, and what has to be said about it in words.
import { m } from "../../generated/messages/messages";
import type { Figure, PayAtPlace } from "../../generated/contract";
import { figure, figureValue, money, moneyExact, number } from "../../shared/formats";
import { scaleFromZero, type Scale } from "../../shared/charts/scale";

/** Up to so many jobs, the number of people itself is why only the middle is told. */
const FEW_JOBS = 50;

/** A stretch of the scale; `open` where its end is a bound and the truth lies further on. */
export interface Stretch {
  from: number;
  to: number;
  open: boolean;
}

export interface PayRow {
  id: string;
  place: string;
  /** From the lowest-paid tenth to the highest. */
  line: Stretch | null;
  /** The middle half. */
  box: Stretch | null;
  /** Half earn less. */
  middle: number | null;
  /** The middle in words: its number, or why there is none. */
  label: string;
}

function stretch(from: Figure, to: Figure): Stretch | null {
  const start = figureValue(from);
  const end = figureValue(to);
  return start === null || end === null ? null : { from: start, to: end, open: to.kind === "at_least" };
}

/** What is drawn for a place. Where too few were asked, the middle alone. */
export function payRow(pay: PayAtPlace): PayRow {
  const whole = !pay.too_few;
  return {
    id: pay.place.id,
    place: pay.place.name,
    line: whole ? stretch(pay.p10, pay.p90) : null,
    box: whole ? stretch(pay.p25, pay.p75) : null,
    middle: figureValue(pay.p50),
    label: payAt(pay, "p50"),
  };
}

/** Pay in words; missing pay says what kind of missing it is. */
export function payWords(pay: Figure): string {
  if (pay.kind === "not_published") return m.careers_pay_not_published();
  if (pay.kind === "hourly_only") return m.careers_pay_hourly();
  if (pay.kind === "not_provided" || pay.kind === "not_rated") return m.careers_pay_not_provided();
  return figure(pay, money);
}

export type PayPart = "p10" | "p25" | "p50" | "p75" | "p90";

/** A yearly figure in words; of those who are only paid by the hour, their pay an hour, never made a year's. */
export function payAt(pay: PayAtPlace, part: PayPart): string {
  const yearly = pay[part];
  if (yearly.kind !== "hourly_only" || !pay.hourly) return payWords(yearly);
  const hour = pay.hourly[part];
  return figureValue(hour) === null
    ? payWords(hour)
    : m.careers_pay_an_hour({ value: figure(hour, moneyExact) });
}

/** One scale for all places, so that they can be compared. */
export function payScale(rows: PayRow[]): Scale {
  const values = rows.flatMap((row) => [row.line?.to, row.box?.to, row.middle]);
  return scaleFromZero(values.filter((value) => value !== null && value !== undefined));
}

/** The chart in a sentence, for those who do not see it. */
export function paySpoken(rows: PayRow[]): string {
  const told = rows.map((row) => {
    const { place } = row;
    if (row.middle === null) return m.careers_pay_spoken_missing({ place, why: row.label });
    if (!row.box) return m.careers_pay_spoken_middle({ place, middle: row.label });
    return m.careers_pay_spoken_box({
      place,
      middle: row.label,
      from: money(row.box.from),
      to: row.box.open ? m.shared_figure_at_least({ value: money(row.box.to) }) : money(row.box.to),
    });
  });
  return told.join(" ");
}

/** Few people, or a wide error: which of them it is, where that is known. */
function tooFew({ place, employment }: PayAtPlace): string {
  const jobs = figureValue(employment);
  return jobs !== null && jobs <= FEW_JOBS
    ? m.careers_pay_remark_few_people({ place: place.name, n: number(jobs) })
    : m.careers_pay_remark_too_few({ place: place.name });
}

/** What must be said under the chart: kinds of missing figures that occur, and places with too few people. */
export function payRemarks(pay: PayAtPlace[]): string[] {
  const figures = pay.flatMap((one) =>
    one.too_few ? [one.p50] : [one.p10, one.p25, one.p50, one.p75, one.p90],
  );
  const has = (kind: Figure["kind"]) => figures.some((one) => one.kind === kind);
  const few = pay.filter((one) => one.too_few && figureValue(one.p50) !== null);
  return [
    ...few.map((one) => tooFew(one)),
    ...(has("at_least") ? [m.careers_pay_remark_at_least()] : []),
    ...(has("hourly_only") ? [m.careers_pay_remark_hourly()] : []),
    ...(has("not_published") ? [m.careers_pay_remark_not_published()] : []),
    ...(has("not_provided") ? [m.careers_pay_remark_not_provided()] : []),
  ];
}
