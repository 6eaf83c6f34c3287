import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { call } from "../platform";
import { saveEverything } from "../shared/leaving";
import { SAVE_AFTER, TRY_AGAIN } from "../shared/saveQueue";
import { Note, noteOn } from "./page/note.svelte";

vi.mock("../platform", () => ({ call: vi.fn(), OperationError: class extends Error {} }));
const told = vi.mocked(call) as unknown as ReturnType<typeof vi.fn>;

const kept = (text: string) => ({ slug: "baker", text, saved_at: "2026-11-23T10:42:07Z" });
const saves = () =>
  told.mock.calls.filter(([name]) => name === "careers.save_note").map(([, input]) => input.text);

async function opened(): Promise<Note> {
  told.mockResolvedValueOnce(kept("Ask the bakery on Main Street"));
  const note = new Note("baker");
  await note.load();
  return note;
}

beforeEach(() => told.mockReset());
afterEach(() => vi.useRealTimers());

describe("my note on a career", () => {
  it("says saved only after the records have it", async () => {
    const note = await opened();
    let answer: (value: unknown) => void = () => undefined;
    told.mockReturnValueOnce(new Promise((done) => (answer = done)));
    note.write("Ask for Demo Learner’s aunt");
    const flushed = note.flush();
    expect(note.saving.kind).toBe("saving");
    answer(kept("Ask for Demo Learner’s aunt"));
    await flushed;
    expect(note.saving).toEqual({ kind: "saved", at: "2026-11-23T10:42:07Z" });
    expect(saves()).toEqual(["Ask for Demo Learner’s aunt"]);
  });

  it("keeps what was typed during a save for the next one", async () => {
    const note = await opened();
    let answer: (value: unknown) => void = () => undefined;
    told.mockReturnValueOnce(new Promise((done) => (answer = done)));
    note.write("one");
    const first = note.flush();
    note.write("one two");
    told.mockResolvedValueOnce(kept("one two"));
    const second = note.flush();
    answer(kept("one"));
    await Promise.all([first, second]);
    expect(saves()).toEqual(["one", "one two"]);
    expect(note.text).toBe("one two");
    expect(note.saving.kind).toBe("saved");
  });

  it("stays written and says so when it cannot be saved, and saves on the next try", async () => {
    const note = await opened();
    told.mockRejectedValueOnce(new Error("disk"));
    note.write("never lost");
    await expect(note.flush()).rejects.toThrow("disk");
    expect(note.saving.kind).toBe("failed");
    expect(note.text).toBe("never lost");
    expect(noteOn("baker")).toBe(note);
    told.mockRejectedValueOnce(new Error("disk"));
    await expect(saveEverything()).rejects.toThrow("disk");
    told.mockResolvedValueOnce(kept("never lost"));
    await saveEverything();
    expect(note.saving.kind).toBe("saved");
    expect(noteOn("baker")).not.toBe(note);
  });

  it("is saved while typing goes on, and tried again without being asked", async () => {
    const note = await opened();
    vi.useFakeTimers();
    told.mockRejectedValueOnce(new Error("disk"));
    for (const text of ["S", "Sa", "Sam", "Samp"]) {
      note.write(text);
      await vi.advanceTimersByTimeAsync(SAVE_AFTER / 4);
    }
    expect(saves()).toEqual(["Samp"]);
    expect(note.saving.kind).toBe("failed");
    told.mockResolvedValueOnce(kept("Samp"));
    await vi.advanceTimersByTimeAsync(TRY_AGAIN[0] ?? 0);
    expect(saves()).toEqual(["Samp", "Samp"]);
    expect(note.saving.kind).toBe("saved");
  });

  it("saves nothing before it was read, nor when nothing changed", async () => {
    const unread = new Note("baker");
    await unread.flush();
    const note = await opened();
    await note.flush();
    expect(saves()).toEqual([]);
  });
});
