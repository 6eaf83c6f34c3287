// How open records stand, for tests of what happens to pages over a lock.
import type { VaultStatus } from "../../generated/contract";

export const unlocked: VaultStatus = {
  state: "unlocked",
  folder: "/r",
  default_folder: "/r",
  settings_file: "/s",
  problem: null,
  wait_seconds: 0,
  opened_by: null,
  keys_restored: null,
  keychain_off: false,
};
