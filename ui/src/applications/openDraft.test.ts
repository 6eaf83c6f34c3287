import { beforeEach, describe, expect, it, vi } from "vitest";
import { call } from "../platform";
import { OpenDraft } from "./openDraft.svelte";
import { draft, review } from "./testing/form";

vi.mock("../platform", async (original) => ({
  ...(await original<typeof import("../platform")>()),
  call: vi.fn(),
}));

const saved = { saved_at: "2026-11-23T10:42:07Z", version: 2, change: 1, review: review([], []) };
const sent = () => vi.mocked(call).mock.calls.map(([, input]) => (input as { answers: unknown }).answers);

beforeEach(() => {
  vi.mocked(call).mockReset().mockResolvedValue(saved);
});

describe("answers", () => {
  it("local text is never replaced by the answer to an older save", async () => {
    const open = new OpenDraft(draft({ name: "Old" }));
    open.set("name", "New");
    const flushed = open.queue.flush();
    open.set("name", "Newer");
    await flushed;
    expect(open.answers.name).toBe("Newer");
    expect(sent()).toEqual([{ name: "New" }, { name: "Newer" }]);
  });

  it("letters are kept exactly", async () => {
    const open = new OpenDraft(draft());
    const text = "  “smart”  \u202Eevil\u202C <script>\n\n👩🏽‍🚀 Ñandú ";
    open.set("name", text);
    await open.queue.flush();
    expect(sent()).toEqual([{ name: text }]);
  });

  it("an emptied answer is taken away, and a prefilled one is the student's own once changed", async () => {
    const open = new OpenDraft(draft({ name: "Sample Student" }, { prefilled: ["name"] }));
    expect(open.isPrefilled("name")).toBe(true);
    open.set("name", "");
    expect(open.isPrefilled("name")).toBe(false);
    await open.queue.flush();
    expect(sent()).toEqual([{ name: null }]);
  });

  it("a save brings the time, the version and what is asked", async () => {
    const open = new OpenDraft(draft());
    expect(open.isHidden("other_name", true)).toBe(true);
    open.set("other", "yes");
    await open.queue.flush();
    expect(open.isHidden("other_name", true)).toBe(false);
    expect(open.application).toMatchObject({ saved_at: saved.saved_at, versions: 2 });
    expect(open.saving).toEqual({ kind: "saved", at: saved.saved_at });
  });
});

describe("items of a group", () => {
  const answers = {
    schools: ["a", "b", "c"],
    "schools/a/name": "A",
    "schools/b/name": "B",
    "schools/c/name": "C",
  };

  it("a move changes the order and no answer", async () => {
    const open = new OpenDraft(draft(answers));
    expect(open.moveItem("schools", "c", -1)).toBe(true);
    expect(open.moveItem("schools", "a", -1)).toBe(false);
    await open.queue.flush();
    expect(sent()).toEqual([{ schools: ["a", "c", "b"] }]);
    expect(open.answers["schools/c/name"]).toBe("C");
  });

  it("what is taken away goes with its answers in one save, and comes back as it was", async () => {
    const open = new OpenDraft(draft(answers));
    const removed = open.removeItem("schools", "b");
    await open.queue.flush();
    expect(sent()).toEqual([{ schools: ["a", "c"], "schools/b/name": null }]);
    open.set("schools/c/name", "C, later");
    open.restoreItem(removed);
    expect(open.answers).toEqual({ ...answers, "schools/c/name": "C, later" });
  });

  it("a new item has an id of its own, and its conditional questions wait for the check", async () => {
    const open = new OpenDraft(draft({ schools: ["a"] }));
    const item = open.addItem("schools");
    expect(item).toMatch(/^[0-9a-f]{32}$/);
    expect(open.isHidden(`schools/${item}/until`, true, item)).toBe(true);
    expect(open.isHidden(`schools/${item}/name`, false, item)).toBe(false);
    await open.queue.flush();
    expect(sent()).toEqual([{ schools: ["a", item] }]);
    expect(open.isHidden(`schools/${item}/until`, true, item)).toBe(false);
  });
});
