// Of a restore: whether what had happened by the records it replaced is in the restored ones, in words.
import type { TakenAlong } from "../../generated/contract";
import { m } from "../../generated/messages/messages";

const why: Record<TakenAlong, (() => string) | null> = {
  done: null,
  nothing_there: null,
  other_records: m.backups_not_taken_other_records,
  other_key: m.backups_not_taken_other_key,
  unreadable: m.backups_not_taken_unreadable,
};

/** Says that it is not, and why; nothing where it is, or where there was nothing. */
export function notTakenWords(taken: TakenAlong): string | null {
  const words = why[taken];
  return words && m.backups_not_taken({ why: words() });
}
