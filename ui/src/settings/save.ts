import type { Settings } from "../generated/contract";
import { errorWords } from "../shared/errors";
import { savePreferences } from "../shared/preferences.svelte";
import { tell } from "../shared/toasts.svelte";

/** Shows a change at once and keeps it; where it can't be kept, says so. */
export async function save(change: Partial<Settings>): Promise<void> {
  try {
    await savePreferences(change);
  } catch (fault) {
    tell(errorWords(fault));
  }
}
