// What the page of backups asks for and does.
import type { BackupRow, BackupsStatus, JobId, RestoredBackup } from "../generated/contract";
import { call, OperationError } from "../platform";
import { Ask } from "../shared/ask.svelte";
import { jobEnded } from "../shared/jobs/jobs.svelte";

export const status = new Ask<BackupsStatus>();
export const list = new Ask<BackupRow[]>();

/** The last restore, told on the page after everything was read anew. */
let restored = $state.raw<RestoredBackup | null>(null);
export const last = {
  get restored(): RestoredBackup | null {
    return restored;
  },
  set restored(done: RestoredBackup | null) {
    restored = done;
  },
};

export function load(): void {
  void status.run(() => call("backups.status", {}));
  void list.run(() => call("backups.list", {}));
}

/** Begins a job and waits for its end. Says whether it came to its end; throws what it failed with. */
export async function doneBy(begin: () => Promise<JobId>): Promise<boolean> {
  const { id } = await begin();
  const row = await jobEnded(id);
  load();
  if (row?.state === "failed") throw new OperationError(row.code ?? "operation.failed", row.params);
  return row?.state !== "stopped";
}
