// One question of a page to the program, with its answer, its fault and whether it is under way. An answer that is
// older than the newest question is dropped.
export class Ask<T> {
  value = $state.raw<T | null>(null);
  fault = $state.raw<unknown>(null);
  busy = $state(false);
  #newest = 0;

  /** Asks. The last answer stays until the next one is there. */
  async run(question: () => Promise<T>): Promise<T | null> {
    const mine = ++this.#newest;
    this.busy = true;
    try {
      const answer = await question();
      if (mine !== this.#newest) return null;
      this.value = answer;
      this.fault = null;
      return answer;
    } catch (fault) {
      if (mine === this.#newest) this.fault = fault;
      return null;
    } finally {
      if (mine === this.#newest) this.busy = false;
    }
  }

  /** Forgets the answer, and whatever is still on its way. */
  clear(): void {
    this.#newest++;
    this.value = null;
    this.fault = null;
    this.busy = false;
  }
}
