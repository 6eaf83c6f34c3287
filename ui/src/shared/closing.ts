// Closing the window: what is being typed is saved first. Where that fails, the pages stay and say so; only the same
// wish again, while that notice stands, closes them all the same.
import { m } from "../generated/messages/messages";
import { heardClose, leave, painted } from "../platform";
import { errorWords } from "./errors";
import { saveEverything } from "./leaving";
import { stayFor, tell, toasts } from "./toasts.svelte";

/** How long the notice stands, in milliseconds. */
const WARNED_FOR = 10_000;

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
  return leave(true);
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
