// The counsellor's note on a career: saved a moment after the last key, and before the page is left.
import type { CareerNote } from "../../generated/contract";
import { call } from "../../platform";
import type { Saving } from "../../shared/controls/SaveState.svelte";
import { saveBeforeLeaving } from "../../shared/leaving";

/** Milliseconds of quiet before a save. */
const QUIET = 600;

/** Notes with letters that the records do not have yet: a page that opens again finds them here. */
const unsaved = new Map<string, Note>();

/** The note on a career: the one that could not be saved, or one still to be read. */
export const noteOn = (slug: string): Note => unsaved.get(slug) ?? new Note(slug);

export class Note {
  text = $state("");
  saving = $state.raw<Saving>({ kind: "clean" });
  fault = $state.raw<unknown>(null);
  loaded = $state(false);
  readonly slug: string;
  #kept = "";
  #timer: ReturnType<typeof setTimeout> | undefined;
  #under: Promise<void> | null = null;
  #stop: (() => void) | null = null;

  constructor(slug: string) {
    this.slug = slug;
  }

  async load(): Promise<void> {
    this.fault = null;
    try {
      this.#take(await call("careers.note", { slug: this.slug }));
      this.loaded = true;
    } catch (fault) {
      this.fault = fault;
    }
  }

  /** Takes over what was typed. */
  write(text: string): void {
    this.text = text;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush().catch(() => undefined), QUIET);
    if (text === this.#kept) return;
    this.saving = { kind: "saving" };
    unsaved.set(this.slug, this);
    this.#stop ??= saveBeforeLeaving(() => this.flush());
  }

  /** Saves what is not kept yet, one save after another. Rejects where it cannot be saved. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    while (this.#under) await this.#under.catch(() => undefined);
    if (!this.loaded || this.text === this.#kept) return this.#settle();
    this.#under = this.#save(this.text).finally(() => (this.#under = null));
    await this.#under;
    // What was typed meanwhile waits for its own quiet moment.
    if (this.text !== this.#kept) this.write(this.text);
    else this.#settle();
  }

  async #save(text: string): Promise<void> {
    this.saving = { kind: "saving" };
    try {
      const saved = await call("careers.save_note", { slug: this.slug, text });
      this.#kept = text;
      this.saving = { kind: "saved", at: saved.saved_at ?? new Date().toISOString() };
    } catch (fault) {
      this.saving = { kind: "failed", fault };
      throw fault;
    }
  }

  /** Nothing is left to save. */
  #settle(): void {
    unsaved.delete(this.slug);
    this.#stop?.();
    this.#stop = null;
    if (this.saving.kind === "saving" || this.saving.kind === "failed") this.saving = { kind: "clean" };
  }

  #take(note: CareerNote): void {
    this.text = note.text;
    this.#kept = note.text;
    this.saving = note.saved_at ? { kind: "saved", at: note.saved_at } : { kind: "clean" };
  }
}
