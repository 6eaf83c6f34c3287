// Whether the records are open, and what the navigation counts. The pages of students live only while they are.
import { tick } from "svelte";
import { call } from "../platform";
import type { VaultStatus } from "../generated/contract";
import { language } from "./language.svelte";
import { saveEverything } from "./leaving";
import { forgetMeeting } from "./meeting.svelte";
import { dismissAll } from "./toasts.svelte";

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

export const session = {
  get status(): VaultStatus | null {
    return status;
  },
  get open(): boolean {
    return status?.state === "unlocked" && !settingUp;
  },
  get counts(): Counts | null {
    return counts;
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

/** Saves what is not saved yet, then locks. Throws, and stays open, where something could not be saved. */
export async function lock(): Promise<void> {
  await saveEverything();
  takeStatus(await call("vault.lock", {}));
}
