// A state's figures in words.
import { m } from "../../generated/messages/messages";
import type { StateFigures } from "../../generated/contract";
import { figure, figureValue, number } from "../../shared/formats";
import { payWords } from "../page/pay";
import type { Measure } from "./classes";

/** Middle pay; a figure of too few people says so. */
export function payInState(state: StateFigures): string {
  const words = payWords(state.pay);
  return state.too_few && figureValue(state.pay) !== null ? m.compare_pay_few({ value: words }) : words;
}

/** "1.3 times the nation's share". */
export const shareInState = (state: StateFigures): string =>
  figureValue(state.location_quotient) === null
    ? figure(state.location_quotient)
    : m.map_times({ n: figure(state.location_quotient, (value) => number(value, 2)) });

export const jobsInState = (state: StateFigures): string => figure(state.employment);

export const measureWords = (state: StateFigures, measure: Measure): string =>
  measure === "pay" ? payInState(state) : shareInState(state);
