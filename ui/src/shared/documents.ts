// What a page says once a document went somewhere, or nowhere.
import { m } from "../generated/messages/messages";
import type { SavedDocument } from "../platform";
import { tell } from "./toasts.svelte";

/** Says where it was saved, and which letters stand there as empty boxes; says whether it was saved at all. */
export function tellSaved(done: SavedDocument): boolean {
  if (!("saved" in done)) return false;
  const letters = [...done.missing].join(" ");
  tell(
    letters
      ? m.shared_saved_to_missing({ file: done.saved, letters })
      : m.shared_saved_to({ file: done.saved }),
  );
  return true;
}
