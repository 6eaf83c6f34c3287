// The draft that is being written: its answers as typed, and what the records last said about it. Text on the page is
// never replaced by an answer from a save; a save only brings the time, the version and the readiness check.
import type {
  ApplicationRow,
  Draft,
  FormPack,
  JsonValue,
  Review,
  SaveAnswer,
  UnsavedText,
} from "../generated/contract";
import { call, OperationError } from "../platform";
import type { Saving } from "../shared/controls/SaveState.svelte";
import { SaveQueue, type Edits } from "../shared/saveQueue";
import { itemIds, itemKey, newItemId } from "./keys";

const REFUSALS = [
  "applications.too_large",
  "applications.wrong_shape",
  "applications.unknown_question",
  "operation.bad_input",
];

/** Items that were taken away, with their answers, to be put back. */
export interface RemovedItem {
  group: string;
  at: number;
  item: string;
  answers: Edits;
}

export class OpenDraft {
  readonly id: string;
  readonly pack: FormPack;
  application = $state.raw() as ApplicationRow;
  review = $state.raw() as Review;
  saving = $state.raw<Saving>({ kind: "clean" });
  answers = $state.raw<Record<string, JsonValue>>({});
  #prefilled = $state.raw<ReadonlySet<string>>(new Set());
  /** Items that the readiness check has not seen yet: their conditional questions wait for it. */
  #unseen = $state.raw<ReadonlySet<string>>(new Set());
  readonly #hidden = $derived(new Set(this.review.hidden));
  readonly queue: SaveQueue<SaveAnswer>;
  /** Told when something has come to the disk. */
  onsaved: () => void = () => undefined;

  constructor(draft: Draft) {
    this.id = draft.application.id;
    this.pack = draft.pack;
    this.application = draft.application;
    this.review = draft.review;
    this.answers = { ...draft.answers };
    this.#prefilled = new Set(draft.prefilled);
    this.queue = new SaveQueue({
      save: (answers) => call("applications.save", { id: this.id, answers }),
      onsaved: (answer, edits) => this.#saved(answer, edits),
      onstate: (state) => (this.saving = state),
      refuses: (fault) => fault instanceof OperationError && REFUSALS.includes(fault.code),
    });
  }

  isPrefilled(key: string): boolean {
    return this.#prefilled.has(key);
  }

  /** Whether a question or group is not asked. `conditional`: it is shown only under a condition. */
  isHidden(key: string, conditional: boolean, item?: string): boolean {
    return this.#hidden.has(key) || (conditional && item !== undefined && this.#unseen.has(item));
  }

  /** Takes what was typed; an empty answer takes the old one away. */
  set(key: string, value: JsonValue): void {
    this.#change({ [key]: isEmpty(value) ? null : value });
  }

  /** Takes what was typed before the records were locked. */
  takeBack(edits: UnsavedText["edits"]): void {
    const typed = Object.entries(edits).filter(([, value]) => value !== undefined);
    this.#change(Object.fromEntries(typed) as Edits);
  }

  addItem(group: string): string {
    const item = newItemId();
    this.#unseen = new Set([...this.#unseen, item]);
    this.#change({ [group]: [...itemIds(this.answers[group]), item] });
    return item;
  }

  moveItem(group: string, item: string, by: 1 | -1): boolean {
    const items = itemIds(this.answers[group]);
    const from = items.indexOf(item);
    const to = from + by;
    if (from < 0 || to < 0 || to >= items.length) return false;
    this.#change({ [group]: items.toSpliced(from, 1).toSpliced(to, 0, item) });
    return true;
  }

  removeItem(group: string, item: string): RemovedItem {
    const items = itemIds(this.answers[group]);
    const start = itemKey(group, item, "");
    const keys = Object.keys(this.answers).filter((key) => key.startsWith(start));
    const removed: RemovedItem = {
      group,
      item,
      at: items.indexOf(item),
      answers: Object.fromEntries(keys.map((key) => [key, this.answers[key] ?? null])),
    };
    const left = items.filter((id) => id !== item);
    this.#change({
      [group]: left.length ? left : null,
      ...Object.fromEntries(keys.map((key) => [key, null])),
    });
    return removed;
  }

  restoreItem(removed: RemovedItem): void {
    const items = itemIds(this.answers[removed.group]).filter((id) => id !== removed.item);
    this.#change({
      [removed.group]: items.toSpliced(Math.min(removed.at, items.length), 0, removed.item),
      ...removed.answers,
    });
  }

  #change(edits: Edits): void {
    const kept = Object.entries({ ...this.answers, ...edits }).filter(([, value]) => value !== null);
    this.answers = Object.fromEntries(kept);
    if (Object.keys(edits).some((key) => this.#prefilled.has(key)))
      this.#prefilled = new Set([...this.#prefilled].filter((key) => !(key in edits)));
    this.queue.change(edits);
  }

  #saved(answer: SaveAnswer, edits: Edits): void {
    this.review = answer.review;
    this.application = {
      ...this.application,
      saved_at: answer.saved_at,
      versions: Math.max(this.application.versions, answer.version),
    };
    this.onsaved();
    const seen = Object.values(edits).flatMap((value) => itemIds(value));
    if (seen.some((item) => this.#unseen.has(item)))
      this.#unseen = new Set([...this.#unseen].filter((item) => !seen.includes(item)));
  }
}

const isEmpty = (value: JsonValue): boolean =>
  value === "" || value === false || (Array.isArray(value) && value.length === 0);
