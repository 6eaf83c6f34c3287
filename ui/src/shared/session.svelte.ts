// Whether the records are open, and what the navigation counts. The pages of students live only while they are.
import { tick } from "svelte";
import { m } from "../generated/messages/messages";
import { call, NO_ANSWER, OperationError } from "../platform";
import type { VaultStatus } from "../generated/contract";
import { errorWords } from "./errors";
import { language } from "./language.svelte";
import { forgetUnsaved, saveEverything, unsavedTexts } from "./leaving";
import { forgetMeeting } from "./meeting.svelte";
import { dismissAll, tell } from "./toasts.svelte";
import { seal, unseal } from "./unsaved";

interface Counts {
  /** Absent while the file of careers can't be used. */
  careers: number | null;
  students: number;
  applications: number;
}

let status = $state.raw<VaultStatus | null>(null);
let counts = $state.raw<Counts | null>(null);
/** One wish to open the first-run pages to their end, although the records are open by then. */
let settingUp = $state(false);
/** The records are being locked: nothing of them is shown any more. */
let locking = $state(false);
let underWay: Promise<void> | null = null;

export const session = {
  get status(): VaultStatus | null {
    return status;
  },
  get open(): boolean {
    return status?.state === "unlocked" && !settingUp && !locking;
  },
  get counts(): Counts | null {
    return counts;
  },
  get locking(): boolean {
    return locking;
  },
  get settingUp(): boolean {
    return settingUp;
  },
  set settingUp(on: boolean) {
    settingUp = on;
  },
};

/** Takes over what an operation of the vault answered. */
export function takeStatus(next: VaultStatus): void {
  status = next;
  if (next.state !== "unlocked") {
    counts = null;
    forgetMeeting();
    dismissAll();
  }
}

/** Asks anew how the records stand. */
export async function refreshStatus(): Promise<void> {
  takeStatus(await call("vault.status", {}));
}

/** Reads everything anew: other records are open under the same pages, and nothing of those before may stay. */
export async function openAnew(): Promise<void> {
  const next = await call("vault.status", {});
  takeStatus({ ...next, state: "locked" });
  await tick();
  takeStatus(next);
}

/** Counts anew; to be called after anything was added or removed. */
export async function refreshCounts(): Promise<void> {
  const home = await call("home.show", { language: language.current });
  counts = { careers: home.careers, students: home.students, applications: home.applications };
}

/** How long locking waits for saves, in milliseconds. What is not saved by then is sealed already. */
const SAVES_WITHIN = 2_000;

/**
 * Locks. The pages go at once; what was typed is sealed in the program's memory, saved, and in no page afterwards.
 * Throws, and shows the pages again, where something could neither be saved nor sealed.
 */
export function lock(): Promise<void> {
  underWay ??= lockNow().finally(() => {
    underWay = null;
    locking = false;
  });
  return underWay;
}

/** Locks, and says so where it could not. */
export async function lockOrTell(): Promise<void> {
  try {
    await lock();
  } catch (fault) {
    tell(m.shared_not_locked({ why: errorWords(fault) }));
  }
}

async function lockNow(): Promise<void> {
  if (status?.state !== "unlocked") return;
  locking = true;
  const typed = unsavedTexts();
  const sealed = await whether(seal(typed));
  try {
    await soon(saveEverything());
    // What only a button saves is not saved by that, and stays sealed. Where unsealing does not get through, the same
    // letters are saved once more after the next unlocking.
    const saved = typed.filter(({ what }) => what !== "form");
    if (!sealed && saved.length < typed.length) throw new OperationError(NO_ANSWER);
    await whether(unseal(saved));
  } catch (fault) {
    if (!sealed || typed.length === 0) throw fault;
  }
  takeStatus(await call("vault.lock", {}));
  settingUp = false;
  forgetUnsaved();
}

const whether = (done: Promise<void>): Promise<boolean> =>
  done.then(
    () => true,
    () => false,
  );

/** Rejects where it takes too long. */
function soon(done: Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout>;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new OperationError(NO_ANSWER)), SAVES_WITHIN);
  });
  return Promise.race([done, late]).finally(() => clearTimeout(timer));
}
