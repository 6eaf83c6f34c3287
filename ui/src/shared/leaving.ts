// What has to be saved before a page is left or the records are locked, and what of it is not saved yet.
import type { UnsavedText } from "../generated/contract";

type Save = () => Promise<void>;

interface Waiting {
  save: Save;
  /** What the records do not have yet, to be kept elsewhere where saving fails. */
  unsaved: () => UnsavedText | null;
  /** Drops it from the pages, once it is kept elsewhere. */
  forget: () => void;
}

const waiting = new Set<Waiting>();

/** Names a save to be finished first; returns how to take it back. A failed save rejects. */
export function saveBeforeLeaving(save: Save, more: Partial<Omit<Waiting, "save">> = {}): () => void {
  const one = { save, unsaved: () => null, forget: () => undefined, ...more };
  waiting.add(one);
  return () => void waiting.delete(one);
}

/** Finishes every save. Rejects where one fails, after all were tried. */
export async function saveEverything(): Promise<void> {
  const results = await Promise.allSettled([...waiting].map(({ save }) => save()));
  const failed = results.find((result) => result.status === "rejected");
  if (failed) throw failed.reason;
}

/** All that is not on the disk yet. */
export function unsavedTexts(): UnsavedText[] {
  return [...waiting].flatMap(({ unsaved }) => unsaved() ?? []);
}

/** Drops it from the pages. */
export function forgetUnsaved(): void {
  for (const { forget } of [...waiting]) forget();
}
