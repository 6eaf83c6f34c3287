// Closing the window: what is being typed is saved first. Where that fails, the pages stay and say so; only the same
// wish again closes them all the same.
import { m } from "../generated/messages/messages";
import { leave, painted } from "../platform";
import { errorWords } from "./errors";
import { saveEverything } from "./leaving";
import { tell } from "./toasts.svelte";

let refused = false;

/** Answers the person's wish to close the window. */
export async function closeWindow(): Promise<void> {
  try {
    await saveEverything();
    refused = false;
  } catch (fault) {
    if (!refused) {
      refused = true;
      tell(m.shared_close_not_saved({ why: errorWords(fault) }));
      return leave(false);
    }
  }
  return leave(true);
}

/** Tells the program when the page that was just made is on the screen: after the frame that draws it. */
export function tellPainted(): void {
  requestAnimationFrame(() => requestAnimationFrame(() => void painted()));
}
