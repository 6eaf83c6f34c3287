// Says that the file of keys came back from a backup place.
import { m } from "../generated/messages/messages";
import type { VaultStatus } from "../generated/contract";
import { date } from "../shared/formats";
import { tell } from "../shared/toasts.svelte";

export function tellRestored({ keys_restored }: VaultStatus): void {
  if (!keys_restored) return;
  const { written } = keys_restored;
  tell(written ? m.keys_restored({ date: date(new Date(written)) }) : m.keys_restored_undated());
}
