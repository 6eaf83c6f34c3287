// Words of backups that are chosen by what they are about.
import type { BackupReason, BackupRow, BackupState } from "../generated/contract";
import { m } from "../generated/messages/messages";
import { number } from "../shared/formats";

const reasons: Record<BackupReason, () => string> = {
  regular: m.backups_reason_regular,
  closing: m.backups_reason_closing,
  by_hand: m.backups_reason_by_hand,
  update: m.backups_reason_update,
  import: m.backups_reason_import,
};

export const reasonWords = (reason: BackupReason | null): string => (reason ? reasons[reason]() : "");

const states: Record<BackupState, () => string> = {
  whole: m.backups_state_whole,
  damaged: m.backups_state_damaged,
  older_key: m.backups_state_older_key,
  not_described: m.backups_state_not_described,
};

export const stateWords = (state: BackupState): string => states[state]();

/** The better of the copies: one that is whole can be restored. */
export function bestState({ first, second }: BackupRow): BackupState {
  const order: BackupState[] = ["whole", "older_key", "not_described", "damaged"];
  return order.find((state) => first === state || second === state) ?? "damaged";
}

/** "3.4 MB", from 1,000,000 bytes to the megabyte, as systems show sizes. */
export function sizeWords(bytes: number): string {
  return bytes < 1_000_000
    ? m.backups_kilobytes({ n: number(Math.max(1, bytes / 1000)) })
    : m.backups_megabytes({ n: number(bytes / 1_000_000, 1) });
}

/** Whether the copy to open is that of the second place: where the first has none that is as good. */
export const fromSecond = (row: BackupRow): boolean => row.first !== bestState(row);
