// What differs between careers, in words: the highest, the lowest, or the same.
import { m } from "../../generated/messages/messages";
import type { Figure } from "../../generated/contract";
import { figureValue } from "../../shared/formats";

export type Mark = "highest" | "lowest" | "same";

export const markName = (mark: Mark): string =>
  ({ highest: m.compare_highest, lowest: m.compare_lowest, same: m.compare_same })[mark]();

/**
 * A mark for each figure, nothing where there is none. Missing figures are neither high nor low. A bound ("at least")
 * can be the highest; where it lies below another figure, nobody knows the order, and nothing is marked.
 */
export function marks(figures: Figure[]): (Mark | null)[] {
  const none = figures.map(() => null);
  const values = figures.map(figureValue);
  const known = values.filter((value) => value !== null);
  if (known.length < 2) return none;
  const highest = Math.max(...known);
  const lowest = Math.min(...known);
  const bounds = figures.filter((one) => one.kind === "at_least");
  if (highest === lowest)
    return bounds.length ? none : values.map((value) => (value === null ? null : "same"));
  if (bounds.some((one) => one.value < highest)) return none;
  return values.map((value) => (value === highest ? "highest" : value === lowest ? "lowest" : null));
}

/** For words: the same, or nothing. What is not provided anywhere is not "the same". */
export function sameWords(words: (string | null)[]): (Mark | null)[] {
  const first = words[0];
  const all = words.length > 1 && first && words.every((one) => one === first);
  return words.map(() => (all ? "same" : null));
}
