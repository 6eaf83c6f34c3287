// Closing the window: what is being typed is saved first. Where that fails, the pages stay and say so; only the same
// wish again, while that notice stands, closes them all the same.
import { m } from "../generated/messages/messages";
import { call, heardClose, leave, painted } from "../platform";
import { errorWords } from "./errors";
import { watchJobs } from "./jobs/jobs.svelte";
import { saveEverything } from "./leaving";
import { stayFor, tell, toasts } from "./toasts.svelte";

/** How long the notice stands, in milliseconds. */
const WARNED_FOR = 10_000;

/** How long the window stays to say that there is no backup, in milliseconds. */
const FAREWELL = 5_000;

let notice: number | null = null;
const isWarned = () => toasts.shown.some((toast) => toast.id === notice);

/** Answers the person's wish to close the window. */
export async function closeWindow(): Promise<void> {
  // The window waits a short time for this word, and then as long as saving takes. Where the word does not get
  // through, nothing but that wait is lost: the text is saved all the same.
  heardClose().catch(() => undefined);
  // Asked before saving: what the person answers with this wish is the notice that stood when it came.
  const warned = isWarned();
  try {
    await saveEverything();
  } catch (fault) {
    if (!warned) {
      notice = tell(m.shared_close_not_saved({ why: errorWords(fault) }));
      stayFor(notice, WARNED_FOR);
      return leave(false);
    }
  }
  await backUp();
  return leave(true);
}

/** The last backup. Where it can't be made, that is said once, for a moment, and the window closes all the same. */
async function backUp(): Promise<void> {
  try {
    const making = call("backups.before_quit", {});
    void watchJobs();
    await making;
  } catch (fault) {
    tell(m.backups_quit_failed({ why: errorWords(fault) }));
    await new Promise((resolve) => setTimeout(resolve, FAREWELL));
  }
}

/**
 * Tells the program when the page that was just made is on the screen: after the frame that draws it. The bench waits
 * for this word, and the program opens the catalogue then; one that gets lost is no fault of the page's.
 */
export function tellPainted(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => requestAnimationFrame(() => resolve(painted().catch(() => undefined))));
  });
}
