// Taking back and doing again, step by step, from the log of the records: also after a restart.
import type { NamedStep, NamedSteps } from "../generated/contract";
import { m } from "../generated/messages/messages";
import { call } from "../platform";
import { actWords } from "./acts";
import { errorWords } from "./errors";
import { saveEverything } from "./leaving";
import { recordsChanged } from "./records-changed.svelte";
import { tell } from "./toasts.svelte";

let taken = $state(0);

export const steps = {
  /** Grows with every step taken back or done again: pages that hold a copy of the records are made anew. */
  get taken(): number {
    return taken;
  },
};

/** What a step was, and of whom. */
export function stepWords({ step, students }: NamedStep): string {
  const act = actWords(step.act);
  const [one] = students;
  return students.length === 1 && one ? m.shared_step_of({ act, name: one }) : act;
}

export const undoLast = (): Promise<void> =>
  take((all) => all.undo[0], m.shared_nothing_to_undo, m.shared_step_undone);
export const redoLast = (): Promise<void> =>
  take((all) => all.redo[0], m.shared_nothing_to_redo, m.shared_step_redone);

/** Takes one step, this way or that, and says which it was; what could not be done is said too. */
async function take(
  next: (steps: NamedSteps) => NamedStep | undefined,
  nothing: () => string,
  done: (named: { what: string }) => string,
): Promise<void> {
  try {
    // What is being typed is a step as well, and the last one.
    await saveEverything();
    const step = next(await call("changes.steps", {}));
    if (!step) return void tell(nothing());
    await call("changes.undo", { change: step.step.change });
    taken += 1;
    recordsChanged();
    tell(done({ what: stepWords(step) }));
  } catch (fault) {
    tell(errorWords(fault));
  }
}

/** Whether keys typed here go into a text, which has an undo of its own. */
export function typesText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true;
  const buttons = ["button", "checkbox", "radio", "submit", "range", "color", "file", "image", "reset"];
  return target instanceof HTMLInputElement && !buttons.includes(target.type);
}
