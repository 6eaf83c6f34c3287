// The drafts that are open, or left with text that could not be saved yet: such text outlives its page, is tried again
// in the background, and is there when the draft is opened again.
import type { Draft } from "../generated/contract";
import { call } from "../platform";
import { saveBeforeLeaving } from "../shared/leaving";
import { putsBack } from "../shared/unsaved";
import { OpenDraft } from "./openDraft.svelte";

interface Kept {
  draft: OpenDraft;
  /** Pages that show it. */
  pages: number;
  forget: () => void;
}

/** The one reading of a draft that is under way. */
interface Opening {
  entry: Promise<Kept>;
  /** Asked for once more while it was being read. */
  again: boolean;
}

const kept = new Map<string, Kept>();
const openings = new Map<string, Opening>();
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

/** Opens a draft: the one with text that cannot be saved where there is one, else as the records have it. */
export async function openDraft(id: string): Promise<OpenDraft> {
  let opening = openings.get(id);
  // What is asked for later must not be answered with what was read before.
  if (opening) opening.again = true;
  else opening = begin(id);
  const entry = await opening.entry;
  entry.pages++;
  show();
  return entry.draft;
}

function begin(id: string): Opening {
  const state = { again: false };
  const entry = read(id, state).finally(() => openings.delete(id));
  const opening = Object.assign(state, { entry });
  openings.set(id, opening);
  return opening;
}

/** Reads the draft until nothing was typed in the meantime: an answer never takes the place of newer letters. */
async function read(id: string, opening: { again: boolean }): Promise<Kept> {
  for (;;) {
    const before = kept.get(id);
    if (before && !(await isSaved(before)) && kept.get(id) === before) return before;
    opening.again = false;
    const typed = before?.draft.answers;
    const answer = await call("applications.open", { id });
    const found = kept.get(id);
    const typedSince = found?.draft.answers !== typed || found?.draft.queue.hasUnsaved;
    if (opening.again || found !== before || typedSince) continue;
    found?.forget();
    return keep(answer);
  }
}

/** Saves what is not on the disk yet; false where that fails. */
async function isSaved({ draft }: Kept): Promise<boolean> {
  // The draft itself says why it could not be saved.
  if (draft.queue.hasUnsaved) await draft.queue.flush().catch(() => undefined);
  return !draft.queue.hasUnsaved;
}

function keep(answer: Draft): Kept {
  const draft = new OpenDraft(answer);
  const stop = saveBeforeLeaving(() => draft.queue.flush(), {
    unsaved: () =>
      draft.queue.hasUnsaved ? { what: "application", id: draft.id, edits: draft.queue.unsaved } : null,
    forget: () => dropDraft(draft),
  });
  const forget = () => {
    stop();
    kept.delete(draft.id);
    if (kept.size === 0) unwatch();
  };
  if (kept.size === 0) watch();
  const entry: Kept = { draft, pages: 0, forget };
  kept.set(draft.id, entry);
  // Text that was left unsaved has reached the disk at last: nothing is to be kept any more.
  draft.onsaved = () =>
    setTimeout(() => {
      if (entry.pages > 0 || draft.queue.hasUnsaved) return;
      if (kept.get(draft.id) === entry) forget();
      show();
    });
  return entry;
}

/** A page that shows the draft opened it once more: it counts once. */
export function countOnce(draft: OpenDraft): void {
  const entry = kept.get(draft.id);
  if (entry?.draft === draft) entry.pages--;
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

putsBack("application", async ({ id, edits }) => {
  const draft = await openDraft(id);
  draft.takeBack(edits);
  // Where it still can't be saved, it is one of the drafts that were left unsaved, and says why when it is opened.
  await leaveDraft(draft).catch(() => undefined);
  return !draft.queue.hasUnsaved;
});

/** Drops a draft: its application was removed, or what it holds is kept elsewhere. */
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
