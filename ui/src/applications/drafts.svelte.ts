// The drafts that are open, or left with text that could not be saved yet: such text outlives its page, is tried again
// in the background, and is there when the draft is opened again.
import type { Draft } from "../generated/contract";
import { call } from "../platform";
import { saveBeforeLeaving } from "../shared/leaving";
import { OpenDraft } from "./openDraft.svelte";

interface Kept {
  draft: OpenDraft;
  /** Pages that show it. */
  pages: number;
  forget: () => void;
}

const kept = new Map<string, Kept>();
let leftUnsaved = $state.raw<OpenDraft[]>([]);
let changed = $state.raw<{ id: string } | null>(null);

export const drafts = {
  /** Drafts that were left with unsaved text. */
  get leftUnsaved(): OpenDraft[] {
    return leftUnsaved;
  },
  /** The draft that was changed other than by typing, such as by an undo: its page reads it anew. */
  get changed(): { id: string } | null {
    return changed;
  },
};

/** Says that the records of a draft were changed other than by its page. */
export function draftChanged(id: string): void {
  changed = { id };
}

/** Opens a draft: the one with unsaved text where there is one, else as the records have it. */
export async function openDraft(id: string): Promise<OpenDraft> {
  const before = kept.get(id);
  if (before?.draft.queue.hasUnsaved) await before.draft.queue.flush().catch(() => undefined);
  const found = kept.get(id);
  if (found?.draft.queue.hasUnsaved) {
    found.pages++;
    show();
    return found.draft;
  }
  found?.forget();
  return keep(await call("applications.open", { id }));
}

function keep(answer: Draft): OpenDraft {
  const draft = new OpenDraft(answer);
  const stop = saveBeforeLeaving(() => draft.queue.flush());
  const forget = () => {
    stop();
    kept.delete(draft.id);
    if (kept.size === 0) unwatch();
  };
  if (kept.size === 0) watch();
  const entry: Kept = { draft, pages: 1, forget };
  kept.set(draft.id, entry);
  // Text that was left unsaved has reached the disk at last: nothing is to be kept any more.
  draft.onsaved = () =>
    setTimeout(() => {
      if (entry.pages > 0 || draft.queue.hasUnsaved) return;
      if (kept.get(draft.id) === entry) forget();
      show();
    });
  return draft;
}

/** A page that showed the draft is gone. Rejects where its text could not be saved; it is kept then. */
export async function leaveDraft(draft: OpenDraft): Promise<void> {
  const entry = kept.get(draft.id);
  if (entry?.draft !== draft) return;
  entry.pages--;
  try {
    await draft.queue.flush();
    if (entry.pages === 0 && kept.get(draft.id) === entry) entry.forget();
  } finally {
    show();
  }
}

/** Drops a draft whose application was removed. */
export function dropDraft(draft: OpenDraft): void {
  draft.queue.close();
  kept.get(draft.id)?.forget();
  show();
}

function show(): void {
  leftUnsaved = [...kept.values()]
    .filter((entry) => entry.pages === 0 && entry.draft.queue.hasUnsaved)
    .map((entry) => entry.draft);
}

const flushAll = () => {
  for (const { draft } of kept.values())
    if (draft.queue.hasUnsaved) draft.queue.flush().catch(() => undefined);
};
const whenHidden = () => document.visibilityState === "hidden" && flushAll();
const warn = (event: BeforeUnloadEvent) => {
  flushAll();
  if ([...kept.values()].some(({ draft }) => draft.queue.hasUnsaved)) event.preventDefault();
};

function watch(): void {
  window.addEventListener("pagehide", flushAll);
  window.addEventListener("beforeunload", warn);
  document.addEventListener("visibilitychange", whenHidden);
}

function unwatch(): void {
  window.removeEventListener("pagehide", flushAll);
  window.removeEventListener("beforeunload", warn);
  document.removeEventListener("visibilitychange", whenHidden);
}
