// The long work that runs. It is asked about while some of it does, and not otherwise.
import type { JobKind, JobRow } from "../../generated/contract";
import { m } from "../../generated/messages/messages";
import { call } from "../../platform";

/** Milliseconds between two questions. */
const EVERY = 400;

let rows = $state.raw<JobRow[]>([]);
let timer: ReturnType<typeof setTimeout> | undefined;
let waiting: { id: number; tell: (row: JobRow | null) => void }[] = [];

export const jobs = {
  /** The one that was begun first, where any runs. */
  get running(): JobRow | null {
    return rows.find((row) => row.state === "running") ?? null;
  },
  /** The running one of this kind. */
  of: (kind: JobKind): JobRow | null =>
    rows.find((row) => row.kind === kind && row.state === "running") ?? null,
};

const names: Record<JobKind, () => string> = {
  backup: m.jobs_backup,
  copy: m.jobs_copy,
  check: m.jobs_check,
  restore: m.jobs_restore,
  new_key: m.jobs_new_key,
  erase: m.jobs_erase,
  salvage: m.jobs_salvage,
  find_backup: m.jobs_find_backup,
};

/** What a job does, in words. */
export const jobWords = (kind: JobKind): string => names[kind]();

/** Asks at once, and again as long as something runs. */
export async function watchJobs(): Promise<void> {
  clearTimeout(timer);
  try {
    take(await call("jobs.list", {}));
  } catch {
    // How far the work is can't be told just now; whoever began it hears of its end.
    rows = [];
  }
  if (jobs.running || waiting.length) timer = setTimeout(() => void watchJobs(), EVERY);
}

/** Waits for the end of a job that was begun; nothing where it is not told any more. */
export function jobEnded(id: number): Promise<JobRow | null> {
  return new Promise((tell) => {
    waiting.push({ id, tell });
    void watchJobs();
  });
}

/** Tells a job to stop. */
export async function stopJob(id: number): Promise<void> {
  take(await call("jobs.cancel", { id }));
}

function take(next: JobRow[]): void {
  rows = next;
  waiting = waiting.filter(({ id, tell }) => {
    const row = next.find((one) => one.id === id) ?? null;
    if (row?.state === "running") return true;
    tell(row);
    return false;
  });
}
