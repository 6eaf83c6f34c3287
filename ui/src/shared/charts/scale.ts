// A straight scale from zero with round ticks, in per cent of the chart's width.

export interface Scale {
  min: number;
  max: number;
  ticks: number[];
  /** Where a value lies, 0 to 100; what lies outside is held at the edge. */
  at: (value: number) => number;
}

const steps = [1, 2, 2.5, 5, 10];

/** A scale from zero that holds every value, with at most `most` ticks beside the zero. */
export function scaleFromZero(values: number[], most = 5): Scale {
  const highest = Math.max(0, ...values.filter(Number.isFinite));
  const step = roundStep((highest || 1) / most);
  const count = Math.max(1, Math.ceil((highest || 1) / step - 1e-9));
  const ticks = Array.from({ length: count + 1 }, (_, at) => at * step);
  return scaleBetween(0, count * step, ticks);
}

/** A scale with given ends, for figures whose range is fixed by their source. */
export function scaleBetween(min: number, max: number, ticks: number[]): Scale {
  return {
    min,
    max,
    ticks,
    at: (value) => Math.max(0, Math.min(100, ((value - min) / (max - min)) * 100)),
  };
}

/** A scale around zero for growth: as far to each side as it is needed. */
export function scaleAroundZero(values: number[], most = 5): Scale {
  const low = Math.min(0, ...values.filter(Number.isFinite));
  const high = Math.max(0, ...values.filter(Number.isFinite));
  const step = roundStep((high - low || 1) / most);
  const first = Math.floor(low / step + 1e-9);
  const last = Math.max(first + 1, Math.ceil(high / step - 1e-9));
  const ticks = Array.from({ length: last - first + 1 }, (_, at) => (first + at) * step);
  return scaleBetween(first * step, last * step, ticks);
}

function roundStep(rough: number): number {
  const size = 10 ** Math.floor(Math.log10(rough));
  return (steps.find((step) => step * size >= rough - 1e-9) ?? 10) * size;
}

/** Where a label's text is to be anchored so that it stays within the chart. */
export const anchor = (at: number): "start" | "middle" | "end" =>
  at < 12 ? "start" : at > 88 ? "end" : "middle";
