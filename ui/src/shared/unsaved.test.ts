import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { UnsavedText } from "../generated/contract";
import { call, OperationError } from "../platform";
import { saveBeforeLeaving } from "./leaving";
import { lock, session, takeStatus } from "./session.svelte";
import { dismissAll, toasts } from "./toasts.svelte";
import { putsBack, putUnsavedBack } from "./unsaved";
import { unlocked as status } from "./testing/unlocked";

vi.mock("../platform", async (original) => ({ ...(await original<object>()), call: vi.fn() }));

const essay: UnsavedText = { what: "application", id: "7", edits: { statement: "Half a wor" } };
let kept: UnsavedText[];
let asked: string[];
let sealing: () => void;
let stops: (() => void)[];

beforeEach(() => {
  kept = [];
  asked = [];
  stops = [];
  sealing = () => undefined;
  takeStatus(status);
  vi.mocked(call).mockImplementation(async (name, input) => {
    asked.push(name);
    if (name === "vault.keep_unsaved") {
      sealing();
      for (const { what, id, edits } of (input as { texts: UnsavedText[] }).texts) {
        const old = kept.find((one) => one.what === what && one.id === id);
        kept = kept.filter((one) => one !== old);
        if (Object.keys(edits).length > 0) kept.push({ what, id, edits: { ...old?.edits, ...edits } });
      }
      return {} as never;
    }
    if (name === "vault.take_unsaved") return { texts: kept } as never;
    return { ...status, state: "locked" } as never;
  });
});
afterEach(() => {
  for (const stop of stops) stop();
  dismissAll();
});

/** Something that is typed and not on the disk; `save` is what saving it does. */
function typed(save: () => Promise<void>, text = essay) {
  let there: UnsavedText | null = text;
  const forget = vi.fn(() => void (there = null));
  stops.push(
    saveBeforeLeaving(async () => save().then(() => void (there = null)), { unsaved: () => there, forget }),
  );
  return forget;
}
const full = () => Promise.reject(new OperationError("storage.disk_full"));

describe("locking", () => {
  it("empties the pages before anything is asked, and seals before it saves", async () => {
    const order: string[] = [];
    sealing = () => order.push(`sealed, pages ${session.open ? "there" : "gone"}`);
    typed(async () => void order.push("saved"));
    const done = lock();
    expect(session.open).toBe(false);
    expect(session.locking).toBe(true);
    await done;
    expect(order).toEqual(["sealed, pages gone", "saved", "sealed, pages gone"]);
    expect(kept).toEqual([]);
    expect(asked.at(-1)).toBe("vault.lock");
    expect([session.locking, session.status?.state]).toEqual([false, "locked"]);
  });

  it("goes on with the text sealed where saving fails, and no page has it afterwards", async () => {
    const forget = typed(full);
    await lock();
    expect(kept).toEqual([essay]);
    expect(session.status?.state).toBe("locked");
    expect(forget).toHaveBeenCalledOnce();
  });

  it("does not wait for a save that never ends", async () => {
    vi.useFakeTimers();
    typed(() => new Promise(() => undefined));
    const done = lock();
    await vi.advanceTimersByTimeAsync(2_000);
    await done;
    vi.useRealTimers();
    expect(kept).toEqual([essay]);
    expect(session.status?.state).toBe("locked");
  });

  it("does not lock where the text can be neither sealed nor saved", async () => {
    sealing = () => {
      throw new OperationError("host.no_answer");
    };
    const forget = typed(full);
    await expect(lock()).rejects.toMatchObject({ code: "storage.disk_full" });
    expect(session.open).toBe(true);
    expect(asked).not.toContain("vault.lock");
    expect(forget).not.toHaveBeenCalled();
    sealing = () => undefined;
  });

  it("is one lock however often it is wished for", async () => {
    await Promise.all([lock(), lock(), lock()]);
    expect(asked).toEqual(["vault.lock"]);
    await lock();
    expect(asked).toEqual(["vault.lock"]);
  });
});

describe("after unlocking", () => {
  it("the pages take the text over, and nothing stays sealed", async () => {
    kept = [essay];
    const way = vi.fn(async () => true);
    putsBack("application", way);
    await putUnsavedBack();
    expect(way).toHaveBeenCalledWith(essay);
    expect(kept).toEqual([]);
    expect(toasts.shown.at(-1)?.text).toContain("is saved now");
  });

  it("it is said where it still can't be saved", async () => {
    kept = [essay];
    putsBack("application", async () => false);
    await putUnsavedBack();
    expect(kept).toEqual([]);
    expect(toasts.shown.at(-1)?.text).toContain("still not saved");
  });

  it("what no page can have stays sealed, also over the next lock, with newer letters on top", async () => {
    const note: UnsavedText = { what: "career_note", id: "welders", edits: { text: "mine" } };
    kept = [essay, note];
    putsBack("application", full as () => Promise<never>);
    putsBack("career_note", async () => true);
    await putUnsavedBack();
    expect(kept).toEqual([essay]);
    expect(toasts.shown.at(-1)?.text).toContain("until you unlock again");
    typed(full, { ...essay, edits: { statement: "Half a word.", name: "S" } });
    await lock();
    expect(kept).toEqual([{ ...essay, edits: { statement: "Half a word.", name: "S" } }]);
  });
});
