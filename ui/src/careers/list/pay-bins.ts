// Middle pay in stretches of equal width, the last one open.

/** Width of a stretch and step of the control, dollars a year. */
export const STEP = 10_000;
/** From here on all are counted together. */
export const TOP = 200_000;

export interface PayBin {
  from: number;
  /** Nothing for the open one. */
  to: number | null;
  count: number;
  on: boolean;
}

/** Counts pays; a stretch is on where it reaches over the least pay that is chosen. */
export function payBins(pays: number[], least: number): PayBin[] {
  const bins: PayBin[] = [];
  for (let from = 0; from <= TOP; from += STEP) {
    bins.push({ from, to: from < TOP ? from + STEP : null, count: 0, on: from >= least });
  }
  for (const pay of pays) {
    const bin = bins[Math.min(Math.floor(pay / STEP), bins.length - 1)];
    if (bin) bin.count++;
  }
  return bins;
}
