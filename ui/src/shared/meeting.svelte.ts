// The meeting under way, as the program says it: until the PIN ends it, the pages know one student and nobody else.
import type { MeetingStatus, MeetingStudent } from "../generated/contract";
import { call } from "../platform";
import { saveEverything } from "./leaving";
import { router } from "./router.svelte";
import { dismissAll } from "./toasts.svelte";

let status = $state.raw<MeetingStatus | null>(null);
let turns = $state(0);

export const meeting = {
  /** With whom; nobody outside a meeting, and while the records are locked. */
  get student(): MeetingStudent | null {
    return status?.student ?? null;
  },
  get underWay(): boolean {
    return status?.under_way ?? false;
  },
  /** Whether it is known who may be shown. Until then nothing of the records is. */
  get known(): boolean {
    return status !== null && (!status.under_way || status.student !== null);
  },
  /** Grows when a meeting begins or ends: whatever a page holds is read anew. */
  get turns(): number {
    return turns;
  },
};

function take(next: MeetingStatus): MeetingStatus {
  if (next.student?.id !== status?.student?.id) {
    // They may name somebody else.
    dismissAll();
    turns++;
  }
  status = next;
  router.stamp = next.under_way ? next.number : 0;
  return next;
}

/** Asks whether a meeting is under way. */
export async function refreshMeeting(): Promise<MeetingStatus> {
  return take(await call("meeting.status", {}));
}

/** Forgets with whom it is, when the records are locked. The program still knows. */
export function forgetMeeting(): void {
  status = null;
}

/** Begins a meeting on the student's own page. Rejects, and begins nothing, where something can't be saved. */
export async function beginMeeting(student_id: string): Promise<void> {
  await saveEverything();
  take(await call("meeting.begin", { student_id }));
  router.focusWanted = true;
  router.go(`students/${student_id}`);
}

/** Leaves it. Rejects where the PIN is another one, or something can't be saved. */
export async function leaveMeeting(pin: string): Promise<void> {
  await saveEverything();
  const next = await call("meeting.end", { pin });
  router.focusWanted = true;
  take(next);
}

/** Sets the PIN, or another one. */
export async function setPin(pin: string, passphrase: string): Promise<void> {
  take(await call("meeting.set_pin", { pin, passphrase }));
}
