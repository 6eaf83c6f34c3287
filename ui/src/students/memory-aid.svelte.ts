// The counselor's memory aid on a student: saved as a note on a career is, a moment after the first unsaved key and
// tried again where that fails.
import { call, OperationError } from "../platform";
import type { MemoryAidState } from "../generated/contract";
import type { Saving } from "../shared/controls/SaveState.svelte";
import { saveBeforeLeaving } from "../shared/leaving";
import { SaveQueue } from "../shared/saveQueue";
import { putsBack } from "../shared/unsaved";

const REFUSALS = ["students.not_found", "vault.private_key_missing", "operation.bad_input"];

/** Memory aids with letters that the records do not have yet: a page that opens again finds them here. */
const unsaved = new Map<string, MemoryAid>();

/** The memory aid on a student: the one that could not be saved, or one still to be read. */
export const memoryAidOn = (student: string): MemoryAid => unsaved.get(student) ?? new MemoryAid(student);

putsBack("memory_aid", async ({ id, edits }) => {
  const aid = memoryAidOn(id);
  if (aid.state !== "open") await aid.load();
  if (aid.state !== "open") throw aid.fault;
  aid.write(String(edits.text ?? ""));
  // Where it still can't be saved, its page finds it and says why.
  await aid.flush().catch(() => undefined);
  return !aid.hasUnsaved;
});

export class MemoryAid {
  text = $state("");
  saving = $state.raw<Saving>({ kind: "clean" });
  fault = $state.raw<unknown>(null);
  /** Whether it can be read; nothing until that is known. */
  state = $state<MemoryAidState | null>(null);
  readonly student: string;
  readonly #queue: SaveQueue<{ saved_at: string }>;
  #stop: (() => void) | null = null;

  constructor(student: string) {
    this.student = student;
    this.#queue = new SaveQueue({
      save: ({ text }) => call("students.save_memory_aid", { id: this.student, text: String(text) }),
      onstate: (state) => this.#take(state),
      refuses: (fault) => fault instanceof OperationError && REFUSALS.includes(fault.code),
    });
  }

  /** Reads it, unless what was typed here is newer. */
  async load(): Promise<void> {
    if (this.#queue.hasUnsaved) return;
    this.fault = null;
    try {
      const { state, text, saved_at } = await call("students.memory_aid", { id: this.student });
      this.text = text;
      this.saving = saved_at && state === "open" ? { kind: "saved", at: saved_at } : { kind: "clean" };
      this.state = state;
    } catch (fault) {
      this.fault = fault;
    }
  }

  /** Takes over what was typed. */
  write(text: string): void {
    if (this.state !== "open" || text === this.text) return;
    this.text = text;
    unsaved.set(this.student, this);
    this.#stop ??= saveBeforeLeaving(() => this.flush(), {
      unsaved: () =>
        this.#queue.hasUnsaved ? { what: "memory_aid", id: this.student, edits: this.#queue.unsaved } : null,
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

  #take(state: Saving): void {
    this.saving = state;
    if (!this.#queue.hasUnsaved) this.#forget();
  }

  /** No page finds it again. */
  #forget(): void {
    unsaved.delete(this.student);
    this.#stop?.();
    this.#stop = null;
  }
}
