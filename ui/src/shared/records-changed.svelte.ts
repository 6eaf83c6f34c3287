// Says that students or applications were added, changed or taken away, so that a list that is open reads them anew.
import { refreshCounts } from "./session.svelte";

let number = $state(0);

export const records = {
  /** Grows with every change; read it in the effect that loads a list. */
  get changes(): number {
    return number;
  },
};

export function recordsChanged(): void {
  number++;
  // The numbers in the navigation are no reason to stop: they stay as they were.
  refreshCounts().catch(() => undefined);
}
