// What differs between a related career and the one that is read, in words.
import { m } from "../../generated/messages/messages";
import type { Career, Figure, Related } from "../../generated/contract";
import { figureValue, money, number } from "../../shared/formats";

/** The nation's middle pay of the career that is read. */
export const nationalPay = (career: Career): Figure => career.pay.at(-1)?.p50 ?? { kind: "not_provided" };

/** "$19,400 less"; nothing where either figure is missing or only a bound. */
export function payDifference(own: Figure, other: Figure): string | null {
  if (own.kind !== "value" || other.kind !== "value") return null;
  const by = Math.round(other.value - own.value);
  if (by === 0) return m.careers_related_same();
  const value = money(Math.abs(by));
  return by > 0 ? m.careers_related_more({ value }) : m.careers_related_less({ value });
}

/** "7.6 points less"; nothing where either figure is missing. */
export function growthDifference(own: Figure, other: Figure): string | null {
  const mine = figureValue(own);
  const theirs = figureValue(other);
  if (mine === null || theirs === null) return null;
  const by = Math.round((theirs - mine) * 10) / 10;
  if (by === 0) return m.careers_related_same();
  const value = number(Math.abs(by), 1);
  return by > 0 ? m.careers_related_points_more({ value }) : m.careers_related_points_less({ value });
}

/** Those with a page or with figures first, each group in the published order. */
export const inOrder = (related: Related[]): Related[] => [...related].sort((a, b) => rank(a) - rank(b));

const rank = (one: Related): number => (one.slug ? 0 : figureValue(one.growth_percent) !== null ? 1 : 2);
