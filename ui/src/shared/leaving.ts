// What has to be saved before a page is left or the records are locked.
type Save = () => Promise<void>;

const waiting = new Set<Save>();

/** Names a save to be finished first; returns how to take it back. A failed save rejects. */
export function saveBeforeLeaving(save: Save): () => void {
  waiting.add(save);
  return () => void waiting.delete(save);
}

/** Finishes every save. Rejects where one fails, after all were tried. */
export async function saveEverything(): Promise<void> {
  const results = await Promise.allSettled([...waiting].map((save) => save()));
  const failed = results.find((result) => result.status === "rejected");
  if (failed) throw failed.reason;
}
