// The counsellor's note on a career: saved as the answers of an application are, a moment after the first unsaved key
// and tried again where that fails.
import { call, OperationError } from "../../platform";
import type { Saving } from "../../shared/controls/SaveState.svelte";
import { saveBeforeLeaving } from "../../shared/leaving";
import { SaveQueue } from "../../shared/saveQueue";
import { putsBack } from "../../shared/unsaved";

const REFUSALS = ["careers.not_found", "operation.bad_input"];

/** Notes with letters that the records do not have yet: a page that opens again finds them here. */
const unsaved = new Map<string, Note>();

/** The note on a career: the one that could not be saved, or one still to be read. */
export const noteOn = (slug: string): Note => unsaved.get(slug) ?? new Note(slug);

putsBack("career_note", async ({ id, edits }) => {
  const note = noteOn(id);
  if (!note.loaded) await note.load();
  if (!note.loaded) throw note.fault;
  note.write(String(edits.text ?? ""));
  // Where it still can't be saved, its page finds it and says why.
  await note.flush().catch(() => undefined);
  return !note.hasUnsaved;
});

export class Note {
  text = $state("");
  saving = $state.raw<Saving>({ kind: "clean" });
  fault = $state.raw<unknown>(null);
  loaded = $state(false);
  readonly slug: string;
  readonly #queue: SaveQueue<{ saved_at: string }>;
  #stop: (() => void) | null = null;

  constructor(slug: string) {
    this.slug = slug;
    this.#queue = new SaveQueue({
      save: ({ text }) => this.#save(String(text)),
      onstate: (state) => this.#take(state),
      refuses: (fault) => fault instanceof OperationError && REFUSALS.includes(fault.code),
    });
  }

  async load(): Promise<void> {
    this.fault = null;
    try {
      const { text, saved_at } = await call("careers.note", { slug: this.slug });
      this.text = text;
      this.saving = saved_at ? { kind: "saved", at: saved_at } : { kind: "clean" };
      this.loaded = true;
    } catch (fault) {
      this.fault = fault;
    }
  }

  /** Takes over what was typed. */
  write(text: string): void {
    if (!this.loaded || text === this.text) return;
    this.text = text;
    unsaved.set(this.slug, this);
    this.#stop ??= saveBeforeLeaving(() => this.flush(), {
      unsaved: () =>
        this.#queue.hasUnsaved ? { what: "career_note", id: this.slug, edits: this.#queue.unsaved } : null,
      forget: () => this.#forget(),
    });
    this.#queue.change({ text });
  }

  get hasUnsaved(): boolean {
    return this.#queue.hasUnsaved;
  }

  /** Saves at once what is not kept yet. Rejects where it cannot be saved. */
  async flush(): Promise<void> {
    if (this.#queue.hasUnsaved) await this.#queue.flush();
  }

  async #save(text: string): Promise<{ saved_at: string }> {
    const { saved_at } = await call("careers.save_note", { slug: this.slug, text });
    // A note that was emptied has no time of its own.
    return { saved_at: saved_at ?? new Date().toISOString() };
  }

  #take(state: Saving): void {
    this.saving = state;
    if (!this.#queue.hasUnsaved) this.#forget();
  }

  /** No page finds it again. */
  #forget(): void {
    unsaved.delete(this.slug);
    this.#stop?.();
    this.#stop = null;
  }
}
