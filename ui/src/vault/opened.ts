// Says what came with an opening: the file of keys was restored from a backup place, the keychain opens no longer.
import { m } from "../generated/messages/messages";
import type { VaultStatus } from "../generated/contract";
import { date } from "../shared/formats";
import { tell } from "../shared/toasts.svelte";

export function tellOpened({ keys_restored, keychain_off }: VaultStatus): void {
  if (keychain_off) tell(m.keys_keychain_went());
  if (!keys_restored) return;
  const { written } = keys_restored;
  tell(written ? m.keys_restored({ date: date(new Date(written)) }) : m.keys_restored_undated());
}
