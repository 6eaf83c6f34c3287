import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { SaveAnswer } from "../generated/contract";
import type { Saving } from "./controls/SaveState.svelte";
import { SAVE_AFTER, SaveQueue, TRY_AGAIN, type Edits } from "./saveQueue";

const full = new Error("disk full");
const refused = new Error("refused");
let saves: { edits: Edits; answer: () => void; fail: (fault: unknown) => void }[];
let states: Saving[];
let queue: SaveQueue<SaveAnswer>;

const answer = (at = "2026-11-23T10:42:07Z"): SaveAnswer => ({
  saved_at: at,
  version: 1,
  change: 1,
  review: { hidden: [], computed: {}, sections: [], faults: [] },
});
const last = () => saves.at(-1) ?? expect.fail("no save was started");
const state = () => states.at(-1)?.kind;
/** Lets answers that arrived take effect. */
const settle = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  vi.useFakeTimers();
  saves = [];
  states = [];
  queue = new SaveQueue({
    save: (edits) =>
      new Promise((resolve, reject) => {
        saves.push({ edits, answer: () => resolve(answer()), fail: reject });
      }),
    onsaved: () => undefined,
    onstate: (next) => states.push(next),
    refuses: (fault) => fault === refused,
  });
});
afterEach(() => vi.useRealTimers());

describe("when a save starts", () => {
  it("starts 200 ms after the first keystroke", async () => {
    queue.change({ name: "S" });
    await vi.advanceTimersByTimeAsync(SAVE_AFTER - 1);
    expect(saves).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(saves).toHaveLength(1);
    expect(SAVE_AFTER).toBeLessThanOrEqual(200);
  });

  it("is not postponed by more typing, and takes what was typed until then", async () => {
    for (const typed of ["S", "Sa", "Sam", "Samp"]) {
      queue.change({ name: typed });
      await vi.advanceTimersByTimeAsync(50);
    }
    expect(saves.map((save) => save.edits)).toEqual([{ name: "Samp" }]);
  });

  it("starts at once when flushed", async () => {
    queue.change({ name: "S" });
    void queue.flush();
    await settle();
    expect(saves.map((save) => save.edits)).toEqual([{ name: "S" }]);
  });
});

describe("while a save is under way", () => {
  beforeEach(async () => {
    queue.change({ name: "S", year: "2027" });
    await vi.advanceTimersByTimeAsync(SAVE_AFTER);
  });

  it("starts no second one, and sends what was typed meanwhile together, newest value of each key", async () => {
    queue.change({ name: "Sa" });
    queue.change({ name: "Sam" });
    queue.change({ city: "C" });
    await vi.advanceTimersByTimeAsync(5 * SAVE_AFTER);
    expect(saves).toHaveLength(1);
    last().answer();
    await settle();
    expect(saves.map((save) => save.edits)).toEqual([
      { name: "S", year: "2027" },
      { name: "Sam", city: "C" },
    ]);
  });

  it("waits its 200 ms for a keystroke that came just before the answer", async () => {
    queue.change({ name: "Sa" });
    last().answer();
    await settle();
    expect(saves).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(SAVE_AFTER);
    expect(saves).toHaveLength(2);
  });

  it("says saved only after the answer, and not while newer text waits", async () => {
    expect(state()).toBe("saving");
    queue.change({ name: "Sa" });
    last().answer();
    await settle();
    expect(state()).toBe("saving");
    expect(states.some(({ kind }) => kind === "saved")).toBe(false);
    await vi.advanceTimersByTimeAsync(SAVE_AFTER);
    last().answer();
    await settle();
    expect(states.at(-1)).toEqual({ kind: "saved", at: "2026-11-23T10:42:07Z" });
    expect(queue.hasUnsaved).toBe(false);
  });

  it("a flush resolves only when what was typed meanwhile is saved too", async () => {
    let done = false;
    queue.change({ name: "Sa" });
    void queue.flush().then(() => (done = true));
    last().answer();
    await settle();
    expect(saves).toHaveLength(2);
    expect(done).toBe(false);
    last().answer();
    await settle();
    expect(done).toBe(true);
  });
});

describe("when a save fails", () => {
  beforeEach(async () => {
    queue.change({ name: "S", year: "2027" });
    await vi.advanceTimersByTimeAsync(SAVE_AFTER);
    last().fail(full);
    await settle();
  });

  it("keeps everything and says why", () => {
    expect(queue.unsaved).toEqual({ name: "S", year: "2027" });
    expect(states.at(-1)).toEqual({ kind: "failed", fault: full });
  });

  it("keeps newer text over what failed, and tries again with growing waits", async () => {
    queue.change({ name: "Sample" });
    for (const [failures, wait] of TRY_AGAIN.entries()) {
      expect(saves).toHaveLength(failures + 1);
      await vi.advanceTimersByTimeAsync(wait);
      expect(last().edits).toEqual({ name: "Sample", year: "2027" });
      expect(state()).toBe("failed");
      last().fail(full);
      await settle();
    }
    await vi.advanceTimersByTimeAsync(TRY_AGAIN.at(-1) ?? 0);
    last().answer();
    await settle();
    expect(state()).toBe("saved");
  });

  it("tries again at once on demand, and the demand fails with the reason", async () => {
    const demand = queue.flush();
    const outcome = expect(demand).rejects.toBe(full);
    await settle();
    expect(saves).toHaveLength(2);
    last().fail(full);
    await outcome;
    expect(queue.hasUnsaved).toBe(true);
  });
});

describe("when the records refuse one answer", () => {
  beforeEach(async () => {
    queue.change({ good: "a", huge: "b" });
    await vi.advanceTimersByTimeAsync(SAVE_AFTER);
    last().fail(refused);
    await settle();
    last().answer();
    await settle();
    last().fail(refused);
    await settle();
  });

  it("saves the others, keeps the refused one and says so", () => {
    expect(saves.map((save) => save.edits)).toEqual([{ good: "a", huge: "b" }, { good: "a" }, { huge: "b" }]);
    expect(queue.unsaved).toEqual({ huge: "b" });
    expect(states.at(-1)).toEqual({ kind: "failed", fault: refused });
  });

  it("goes on saving what is typed elsewhere, and never calls it all saved", async () => {
    queue.change({ good: "aa" });
    await vi.advanceTimersByTimeAsync(SAVE_AFTER);
    expect(last().edits).toEqual({ good: "aa" });
    last().answer();
    await settle();
    expect(state()).toBe("failed");
    expect(queue.unsaved).toEqual({ huge: "b" });
  });

  it("is saved once the answer was changed", async () => {
    queue.change({ huge: "ok" });
    await vi.advanceTimersByTimeAsync(SAVE_AFTER);
    last().answer();
    await settle();
    expect(state()).toBe("saved");
  });
});

it("a closed queue saves nothing more", async () => {
  queue.change({ name: "S" });
  queue.close();
  await vi.advanceTimersByTimeAsync(10 * SAVE_AFTER);
  expect(saves).toHaveLength(0);
  expect(queue.hasUnsaved).toBe(false);
});
