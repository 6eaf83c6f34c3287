// Bringing in a roster, step by step: letters, columns, a check that writes nothing, and only then the import.
import type { RosterCheck, RosterColumns, RosterImported } from "../../generated/contract";
import { call } from "../../platform";
import { decodeFile, type Encoding } from "./decode";

/** Largest roster that the program takes. */
export const MOST_MEGABYTES = 64;
/** A file up to this many letters can be mended on the page itself. */
const MENDABLE = 200_000;
const PAUSE = 300;

export interface RosterFile {
  name: string;
  encoding: Encoding;
}

export type Step = "empty" | "checking" | "faults" | "nothing_new" | "ready" | "importing" | "done";

export class Roster {
  text = $state.raw("");
  file = $state.raw<RosterFile | null>(null);
  tooLarge = $state(false);
  check = $state.raw<RosterCheck | null>(null);
  imported = $state.raw<RosterImported | null>(null);
  fault = $state.raw<unknown>(null);
  #checking = $state(false);
  #importing = $state(false);
  #columns: RosterColumns | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #newest = 0;

  /** Whether the text can be shown, and mended, in a box. */
  readonly mendable = $derived(this.text.length <= MENDABLE);

  get step(): Step {
    if (this.imported) return "done";
    if (this.#importing) return "importing";
    if (this.text.trim() === "") return "empty";
    if (this.#checking || !this.check) return "checking";
    if (this.check.faults.length > 0) return "faults";
    return this.check.new === 0 ? "nothing_new" : "ready";
  }

  /** Takes text that is typed or pasted; it is checked when the typing pauses. */
  type(text: string): void {
    this.#take(text);
    if (text.trim() === "") return;
    this.#timer = setTimeout(() => void this.look(), PAUSE);
  }

  /** What was typed or pasted, and how its columns are read. A file is there to be opened again. */
  get typed(): { text: string; columns: string } {
    const text = this.file ? "" : this.text;
    return { text, columns: text && this.#columns ? JSON.stringify(this.#columns) : "" };
  }

  /** Takes over again what was typed. */
  putBack({ text = "", columns = "" }: Record<string, string>): void {
    this.#take(text);
    if (columns) this.#columns = JSON.parse(columns) as RosterColumns;
    void this.look();
  }

  /** Takes a file. */
  async open(file: File): Promise<void> {
    this.tooLarge = file.size > MOST_MEGABYTES * 1024 * 1024;
    if (this.tooLarge) return;
    const { text, encoding } = decodeFile(new Uint8Array(await file.arrayBuffer()));
    this.#take(text);
    this.file = { name: file.name, encoding };
    await this.look();
  }

  /** Reads the columns another way. */
  async arrange(change: Partial<RosterColumns>): Promise<void> {
    if (!this.check) return;
    this.#columns = { ...this.check.columns, ...change };
    await this.look();
  }

  /** Looks the roster over. Nothing is written; an answer that is older than the newest question is dropped. */
  async look(): Promise<void> {
    clearTimeout(this.#timer);
    const mine = ++this.#newest;
    this.#checking = true;
    this.fault = null;
    try {
      const check = await call("students.check_roster", { text: this.text, columns: this.#columns });
      if (mine === this.#newest) this.check = check;
    } catch (fault) {
      if (mine !== this.#newest) return;
      this.check = null;
      this.fault = fault;
    } finally {
      if (mine === this.#newest) this.#checking = false;
    }
  }

  /** Brings everybody in, or nobody. Does nothing while there is a fault. */
  async bringIn(): Promise<void> {
    if (this.step !== "ready" || !this.check) return;
    this.#importing = true;
    this.fault = null;
    try {
      this.imported = await call("students.import_roster", { text: this.text, columns: this.check.columns });
    } catch (fault) {
      this.fault = fault;
    } finally {
      this.#importing = false;
    }
  }

  clear(): void {
    this.#take("");
  }

  #take(text: string): void {
    clearTimeout(this.#timer);
    this.#newest++;
    this.#checking = false;
    this.#columns = null;
    this.text = text;
    this.file = null;
    this.tooLarge = false;
    this.check = null;
    this.imported = null;
    this.fault = null;
  }
}
