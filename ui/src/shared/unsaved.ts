// What could not be saved before the records were locked: the program keeps it sealed, in memory, and gives it back to
// the pages when the records are open again. It is never lost by locking.
import { m } from "../generated/messages/messages";
import type { UnsavedIn, UnsavedText } from "../generated/contract";
import { call } from "../platform";
import { tell } from "./toasts.svelte";

/**
 * Takes a text over again and tries to save it. Says whether it is on the disk; where it is not, its page has it and
 * shows it as unsaved. Rejects where no page can have it now.
 */
type PutBack = (text: UnsavedText) => Promise<boolean>;

const ways = new Map<UnsavedIn, PutBack>();

/** Names the way back for what is typed in one kind of thing. */
export function putsBack(what: UnsavedIn, way: PutBack): void {
  ways.set(what, way);
}

/** Has the program seal these beside what is sealed already. Rejects where it can't. */
export async function seal(texts: UnsavedText[]): Promise<void> {
  if (texts.length > 0) await call("vault.keep_unsaved", { texts });
}

/** Says that these are on the disk, or in a page: they are sealed no longer. */
export const unseal = (texts: UnsavedText[]): Promise<void> =>
  seal(texts.map((text) => ({ ...text, edits: {} })));

/** Gives the pages what was sealed before the records were locked, and says how that went. */
export async function putUnsavedBack(): Promise<void> {
  const { texts } = await call("vault.take_unsaved", {});
  if (texts.length === 0) return;
  const back: UnsavedText[] = [];
  let saved = true;
  for (const text of texts) {
    try {
      if (!(await ways.get(text.what)?.(text))) saved = false;
      back.push(text);
    } catch {
      // It stays sealed; the next unlocking tries again.
    }
  }
  await unseal(back);
  if (back.length < texts.length) tell(m.shared_unsaved_kept());
  else tell(saved ? m.shared_unsaved_saved() : m.shared_unsaved_shown());
}
