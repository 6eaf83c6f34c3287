// In which class a state's figure falls, and which kinds of missing there are. Classes are for the eye alone: the
// figure itself stands in the table and beside the map.
import { m } from "../../generated/messages/messages";
import type { Figure, StateFigures } from "../../generated/contract";
import { figureValue, money, number } from "../../shared/formats";

export type Measure = "pay" | "location_quotient";
/** A class from 0 (least) to 4 (most), or why there is none. */
export type Class = 0 | 1 | 2 | 3 | 4 | "few" | "none";

export const MOST_CLASSES = 5;
/** Bounds of the shares of jobs: a half, four fifths, six fifths, twice the nation's share. */
const QUOTIENTS = [0.5, 0.8, 1.2, 2];

export const figureOf = (state: StateFigures, measure: Measure): Figure =>
  measure === "pay" ? state.pay : state.location_quotient;

/** A state whose figure decides nothing: it has none, or one of too few people. */
const isSure = (state: StateFigures, measure: Measure): boolean =>
  !state.too_few && figureValue(figureOf(state, measure)) !== null;

/** Lower bounds of the classes but the first: fifths of the states for pay, fixed shares for jobs. */
export function bounds(states: StateFigures[], measure: Measure): number[] {
  if (measure === "location_quotient") return QUOTIENTS;
  const values = states
    .filter((state) => isSure(state, measure))
    .map((state) => figureValue(state.pay) ?? 0)
    .sort((a, b) => a - b);
  const cuts = [1, 2, 3, 4].map((fifth) => values[Math.floor((fifth * values.length) / MOST_CLASSES)]);
  // Few states, or many of the same pay, leave fewer classes.
  return [...new Set(cuts)].filter((cut): cut is number => cut !== undefined && cut > (values[0] ?? 0));
}

/** The class of a state. */
export function classOf(state: StateFigures, measure: Measure, cuts: number[]): Class {
  const value = figureValue(figureOf(state, measure));
  if (value === null) return "none";
  if (state.too_few) return "few";
  return cuts.filter((cut) => value >= cut).length as Class;
}

/** A class in words, with its values. */
export function className(of: Class, measure: Measure, cuts: number[]): string {
  if (of === "none") return m.map_class_none();
  if (of === "few") return m.map_class_few();
  const show = (value: number) => (measure === "pay" ? money(value) : number(value, 1));
  const from = cuts[of - 1];
  const to = cuts[of];
  if (from === undefined && to === undefined) return m.map_class_all();
  if (from === undefined) return m.map_class_under({ to: show(to ?? 0) });
  if (to === undefined) return m.map_class_over({ from: show(from) });
  return m.map_class_between({ from: show(from), to: show(to) });
}

/** The classes that occur, least first, then the kinds of missing. */
export function classesShown(states: StateFigures[], measure: Measure, cuts: number[]): Class[] {
  const found = new Set(states.map((state) => classOf(state, measure, cuts)));
  const all: Class[] = [0, 1, 2, 3, 4, "few", "none"];
  return all.filter((one) => found.has(one));
}
