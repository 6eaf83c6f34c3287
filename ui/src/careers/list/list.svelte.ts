// The list of careers as it arrives, page by page. Only answers to the newest question count.
import type { CareerPage, CareerQuery, CareerRow } from "../../generated/contract";

export type Search = (query: CareerQuery) => Promise<CareerPage>;
type Rest = Omit<CareerQuery, "offset" | "limit">;

/** Rows asked for at once. */
export const PAGE = 100;

export class CareerList {
  total = $state<number | null>(null);
  rows = $state.raw<(CareerRow | undefined)[]>([]);
  counts = $state.raw<CareerPage["counts"]>({});
  pays = $state.raw<number[]>([]);
  fault = $state.raw<unknown>(null);
  busy = $state(false);
  /** Number of the newest question; each answer carries the number of its own. */
  #newest = 0;
  #asked: Rest | null = null;
  #pages = new Set<number>();
  #search: Search;

  constructor(search: Search) {
    this.#search = search;
  }

  /** Asks anew, from the first row. What is shown stays until the answer is there. */
  async ask(query: Rest): Promise<void> {
    const mine = ++this.#newest;
    this.#asked = query;
    this.busy = true;
    try {
      const page = await this.#search({ ...query, offset: 0, limit: PAGE });
      if (mine !== this.#newest) return;
      this.#pages = new Set([0]);
      this.rows = place(new Array<CareerRow | undefined>(page.total).fill(undefined), 0, page.rows);
      this.total = page.total;
      this.counts = page.counts;
      this.pays = page.pays;
      this.fault = null;
    } catch (fault) {
      if (mine === this.#newest) this.fault = fault;
    } finally {
      if (mine === this.#newest) this.busy = false;
    }
  }

  /** Asks the last question again. */
  async again(): Promise<void> {
    if (this.#asked) await this.ask(this.#asked);
  }

  /** Sees to it that the rows in sight are there. */
  async need(from: number, to: number): Promise<void> {
    if (this.total === null || this.busy || this.fault) return;
    const first = Math.floor(from / PAGE);
    const last = Math.floor(Math.min(to, this.total - 1) / PAGE);
    const wanted = [first, last].filter((page) => page >= 0 && !this.#pages.has(page));
    await Promise.all([...new Set(wanted)].map((page) => this.#fetch(page)));
  }

  async #fetch(page: number): Promise<void> {
    const mine = this.#newest;
    if (!this.#asked) return;
    this.#pages.add(page);
    try {
      const answer = await this.#search({ ...this.#asked, offset: page * PAGE, limit: PAGE });
      if (mine === this.#newest) this.rows = place(this.rows, page * PAGE, answer.rows);
    } catch (fault) {
      if (mine === this.#newest) this.fault = fault;
    }
  }
}

function place(rows: (CareerRow | undefined)[], offset: number, arrived: CareerRow[]) {
  const next = [...rows];
  arrived.forEach((row, at) => (next[offset + at] = row));
  return next;
}
