// How erasing from the copies of the records went, in words, once it has ended.
import type { JobId, JobRow, UnfinishedErasure } from "../../generated/contract";
import { m } from "../../generated/messages/messages";
import { call } from "../../platform";
import { codeWords } from "../../shared/errors";
import { date } from "../../shared/formats";
import { jobEnded } from "../../shared/jobs/jobs.svelte";
import { recordsChanged } from "../../shared/records-changed.svelte";
import { tell } from "../../shared/toasts.svelte";

/** What still holds it, a sentence each. */
export function leftWords(one: UnfinishedErasure): string[] {
  if (!one.tried) return [m.rights_unfinished_waiting()];
  return [
    ...(one.second ? [m.rights_unfinished_second()] : []),
    ...(one.backups ? [m.rights_unfinished_backups({ n: one.backups, day: date(one.until) })] : []),
    ...one.aside.map((folder) => m.rights_unfinished_aside({ folder })),
  ];
}

/** Waits for the end of the work on the copies and tells how it ended: gone from all of them only where it is. */
export async function tellCopies({ id }: JobId): Promise<void> {
  const row = await jobEnded(id);
  // Where the records were locked meanwhile, there is nobody to tell; it goes on at the next opening.
  if (!row) return;
  recordsChanged();
  if (row.state === "done") tell(m.rights_erased_copies());
  else if (row.state === "stopped") tell(m.rights_erased_copies_stopped());
  else tell(m.rights_erased_copies_left({ left: await left(row) }));
}

async function left({ code, params }: JobRow): Promise<string> {
  const unfinished = await call("rights.unfinished", {}).catch(() => []);
  const words = new Set(unfinished.filter((one) => one.tried).flatMap(leftWords));
  return words.size ? [...words].join(" ") : codeWords(code ?? "operation.failed", params);
}
