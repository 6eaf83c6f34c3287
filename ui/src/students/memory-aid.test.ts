import { beforeEach, describe, expect, it, vi } from "vitest";
import { call } from "../platform";
import { forgetUnsaved, saveEverything, unsavedTexts } from "../shared/leaving";
import { putUnsavedBack } from "../shared/unsaved";
import { MemoryAid, memoryAidOn } from "./memory-aid.svelte";

vi.mock("../platform", () => ({ call: vi.fn(), OperationError: class extends Error {} }));
const told = vi.mocked(call) as unknown as ReturnType<typeof vi.fn>;
const AT = "2026-11-23T10:42:07Z";

async function opened(state = "open", text = "asks about nursing"): Promise<MemoryAid> {
  told.mockResolvedValueOnce({ state, text, saved_at: AT });
  const aid = new MemoryAid("s1");
  await aid.load();
  return aid;
}

beforeEach(() => told.mockReset());

describe("a memory aid", () => {
  it("says saved only after the records have it", async () => {
    const aid = await opened();
    let answer: (value: unknown) => void = () => undefined;
    told.mockReturnValueOnce(new Promise((done) => (answer = done)));
    aid.write("asks about the academy");
    const flushed = aid.flush();
    expect(aid.saving.kind).toBe("saving");
    answer({ id: "s1", change: 7, saved_at: AT });
    await flushed;
    expect(aid.saving).toEqual({ kind: "saved", at: AT });
    expect(told).toHaveBeenLastCalledWith("students.save_memory_aid", {
      id: "s1",
      text: "asks about the academy",
    });
  });

  it("takes no letter where it can't be read", async () => {
    for (const state of ["school_key", "needs_recovery_key", "other_key"]) {
      const aid = await opened(state, "");
      aid.write("words");
      await aid.flush();
      expect(aid.text, state).toBe("");
      expect(aid.saving.kind, state).toBe("clean");
    }
    expect(told.mock.calls.every(([name]) => name === "students.memory_aid")).toBe(true);
  });

  it("stays written where it can't be saved, is found again, and locking waits for it", async () => {
    const aid = await opened();
    told.mockRejectedValueOnce(new Error("disk"));
    aid.write("never lost");
    await expect(aid.flush()).rejects.toThrow("disk");
    expect(memoryAidOn("s1")).toBe(aid);
    await aid.load();
    expect(aid.text).toBe("never lost");
    told.mockResolvedValueOnce({ id: "s1", change: 8, saved_at: AT });
    await saveEverything();
    expect(aid.saving.kind).toBe("saved");
    expect(memoryAidOn("s1")).not.toBe(aid);
  });

  it("is sealed where it can't be saved before a lock, and put back after it", async () => {
    const aid = await opened();
    told.mockRejectedValueOnce(new Error("disk"));
    aid.write("never lost");
    await expect(saveEverything()).rejects.toThrow("disk");
    const text = { what: "memory_aid", id: "s1", edits: { text: "never lost" } };
    expect(unsavedTexts()).toEqual([text]);
    forgetUnsaved();
    expect(memoryAidOn("s1")).not.toBe(aid);

    told.mockImplementation(async (name) => {
      if (name === "vault.take_unsaved") return { texts: [text] };
      if (name === "students.memory_aid") return { state: "open", text: "asks", saved_at: AT };
      return { id: "s1", change: 9, saved_at: AT };
    });
    await putUnsavedBack();
    expect(told).toHaveBeenCalledWith("students.save_memory_aid", { id: "s1", text: "never lost" });
    expect(told).toHaveBeenLastCalledWith("vault.keep_unsaved", { texts: [{ ...text, edits: {} }] });
  });
});
