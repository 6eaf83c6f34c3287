// What stands between a keystroke and the records. A save starts at most 200 ms after the first unsaved keystroke and
// is not postponed by more typing; one save at a time is under way, and what is typed meanwhile goes together, newest
// value of each key, into the next. Nothing leaves the queue before the answer that says it is on the disk.
import type { JsonValue } from "../generated/contract";
import type { Saving } from "./controls/SaveState.svelte";

/** New values by key; null takes an answer away. */
export type Edits = Record<string, JsonValue>;

/** Longest wait between the first unsaved keystroke and the start of its save, in milliseconds. */
export const SAVE_AFTER = 200;
/** Waits before a failed save is tried again, in milliseconds; the last one repeats. */
export const TRY_AGAIN = [1_000, 2_000, 5_000, 10_000, 30_000];

interface Options<Answer> {
  save(edits: Edits): Promise<Answer>;
  /** The answer is there: these edits are on the disk. */
  onsaved?(answer: Answer, edits: Edits): void;
  onstate(state: Saving): void;
  /** Whether the records refuse an answer as such, so that trying the same again can't help. */
  refuses(fault: unknown): boolean;
}

interface Refused {
  value: JsonValue;
  fault: unknown;
}

/** `Answer`: what a save answers, with the time it was on the disk (RFC 3339 UTC). */
export class SaveQueue<Answer extends { saved_at: string }> {
  readonly #options: Options<Answer>;
  /** Typed, and in no save yet. */
  #waiting = new Map<string, JsonValue>();
  /** In the save that is under way. */
  #sent = new Map<string, JsonValue>();
  /** Refused by the records: kept until they are changed, or tried again on demand. */
  #refused = new Map<string, Refused>();
  #running: Promise<void> | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The wait was over while a save was under way. */
  #due = false;
  #failures = 0;
  #fault: unknown = null;
  #savedAt: string | null = null;
  #closed = false;

  constructor(options: Options<Answer>) {
    this.#options = options;
  }

  get hasUnsaved(): boolean {
    return this.#toSend || this.#refused.size > 0;
  }

  /** Everything that is not on the disk yet, the newest value of each key. */
  get unsaved(): Edits {
    const refused = [...this.#refused].map(([key, { value }]) => [key, value] as const);
    return Object.fromEntries([...refused, ...this.#sent, ...this.#waiting]);
  }

  /** Takes new values; those of one call are saved together. */
  change(edits: Edits): void {
    for (const [key, value] of Object.entries(edits)) {
      this.#refused.delete(key);
      this.#waiting.set(key, value);
    }
    this.#tell();
    // While saves fail, a wait is always running: the back-off decides when the next one starts.
    if (this.#timer === undefined && !this.#due) this.#wait(SAVE_AFTER);
  }

  /** Saves at once. Resolves when nothing is unsaved; rejects with the reason where that can't be reached. */
  async flush(): Promise<void> {
    this.#stopWaiting();
    if (this.#running) await this.#running;
    for (const [key, { value }] of this.#refused) if (!this.#waiting.has(key)) this.#waiting.set(key, value);
    this.#refused.clear();
    this.#fault = null;
    this.#tell();
    while (this.#toSend && !this.#closed) {
      this.#stopWaiting();
      await (this.#running ?? this.#start());
      if (this.#fault !== null) throw this.#fault;
    }
    for (const { fault } of this.#refused.values()) throw fault;
  }

  /** Drops what is waiting, for something that was removed on purpose. */
  close(): void {
    this.#closed = true;
    this.#stopWaiting();
    this.#waiting.clear();
    this.#refused.clear();
  }

  get #toSend(): boolean {
    return this.#waiting.size + this.#sent.size > 0;
  }

  #wait(time: number): void {
    this.#stopWaiting();
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#running) this.#due = true;
      else void this.#start();
    }, time);
  }

  #stopWaiting(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#due = false;
  }

  #start(): Promise<void> {
    if (this.#waiting.size === 0 || this.#closed) return Promise.resolve();
    this.#running = this.#run().finally(() => {
      this.#running = null;
      this.#tell();
      if (!this.#due) return;
      this.#due = false;
      void this.#start();
    });
    return this.#running;
  }

  async #run(): Promise<void> {
    const sent = (this.#sent = this.#waiting);
    this.#waiting = new Map();
    try {
      await this.#send(sent);
    } catch (fault) {
      if (!this.#options.refuses(fault)) this.#failed(fault, sent);
      else if (sent.size === 1) this.#refuse(sent, fault);
      else await this.#sendOneByOne(sent);
    }
    this.#sent = new Map();
  }

  async #send(edits: Map<string, JsonValue>): Promise<void> {
    const plain = Object.fromEntries(edits);
    const answer = await this.#options.save(plain);
    this.#failures = 0;
    this.#fault = null;
    this.#savedAt = answer.saved_at;
    if (!this.#closed) this.#options.onsaved?.(answer, plain);
  }

  /** One answer that the records refuse must not keep the others from the disk. */
  async #sendOneByOne(edits: Map<string, JsonValue>): Promise<void> {
    for (const [key, value] of [...edits]) {
      const one = new Map([[key, value]]);
      try {
        await this.#send(one);
      } catch (fault) {
        if (!this.#options.refuses(fault)) {
          this.#failed(fault, edits);
          return;
        }
        this.#refuse(one, fault);
      }
      edits.delete(key);
    }
  }

  #refuse(edits: Map<string, JsonValue>, fault: unknown): void {
    this.#fault = null;
    for (const [key, value] of edits) if (!this.#waiting.has(key)) this.#refused.set(key, { value, fault });
  }

  #failed(fault: unknown, kept: Map<string, JsonValue>): void {
    this.#waiting = new Map([...kept, ...this.#waiting]);
    this.#fault = fault;
    const wait = TRY_AGAIN[Math.min(this.#failures, TRY_AGAIN.length - 1)] ?? SAVE_AFTER;
    this.#failures++;
    if (!this.#closed) this.#wait(wait);
  }

  #tell(): void {
    if (this.#closed) return;
    const refused = [...this.#refused.values()][0];
    if (this.#fault !== null) this.#options.onstate({ kind: "failed", fault: this.#fault });
    else if (refused) this.#options.onstate({ kind: "failed", fault: refused.fault });
    else if (this.#toSend) this.#options.onstate({ kind: "saving" });
    else if (this.#savedAt !== null) this.#options.onstate({ kind: "saved", at: this.#savedAt });
    else this.#options.onstate({ kind: "clean" });
  }
}
