import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { call, OperationError } from "../platform";
import { saveEverything } from "../shared/leaving";
import { countOnce, dropDraft, drafts, leaveDraft, openDraft } from "./drafts.svelte";
import { draft, review } from "./testing/form";

vi.mock("../platform", async (original) => ({
  ...(await original<typeof import("../platform")>()),
  call: vi.fn(),
}));

let full = false;
let stored: Record<string, unknown>;
/** Lets held back answers to `applications.open` through, oldest first; null: none is held back. */
let held: (() => void)[] | null;
const saves = () => vi.mocked(call).mock.calls.filter(([name]) => name === "applications.save").length;

beforeEach(() => {
  full = false;
  held = null;
  stored = { name: "Sample" };
  vi.mocked(call)
    .mockReset()
    .mockImplementation(async (name, input) => {
      if (name === "applications.open") {
        const answer = draft({ ...stored } as Record<string, string>);
        await new Promise<void>((go) => (held ? held.push(go) : go()));
        return answer as never;
      }
      if (full) throw new OperationError("storage.disk_full");
      Object.assign(stored, (input as { answers: object }).answers);
      return { saved_at: "2026-11-23T10:42:07Z", version: 1, change: 1, review: review() } as never;
    });
});
afterEach(async () => {
  full = false;
  held = null;
  dropDraft(await openDraft("application-1"));
});

it("leaving a draft saves it at once", async () => {
  const open = await openDraft("application-1");
  open.set("name", "Sample Student");
  await leaveDraft(open);
  expect(stored.name).toBe("Sample Student");
  expect(drafts.leftUnsaved).toEqual([]);
});

it("text that could not be saved outlives its page and is there when the draft is opened again", async () => {
  const open = await openDraft("application-1");
  full = true;
  open.set("name", "Kept");
  await expect(leaveDraft(open)).rejects.toMatchObject({ code: "storage.disk_full" });
  expect(drafts.leftUnsaved).toEqual([open]);
  const again = await openDraft("application-1");
  expect(again.answers.name).toBe("Kept");
  expect(drafts.leftUnsaved).toEqual([]);
  full = false;
  await leaveDraft(again);
  expect(stored.name).toBe("Kept");
});

/** Waits until another answer is held back. */
const reads = (count: number) => vi.waitFor(() => expect(held).toHaveLength(count));

it("what is typed while the draft is read anew is saved, and is in what the page shows next", async () => {
  const open = await openDraft("application-1");
  held = [];
  const reopened = openDraft("application-1");
  await reads(1);
  open.set("name", "Typed meanwhile");
  held[0]?.();
  await reads(2);
  expect(stored.name).toBe("Typed meanwhile");
  held[1]?.();
  const again = await reopened;
  expect(again.answers.name).toBe("Typed meanwhile");
  again.set("name", "Typed meanwhile, and after");
  await saveEverything();
  expect(stored.name).toBe("Typed meanwhile, and after");
});

it("an answer read before a save is not shown, even where that save is over", async () => {
  const open = await openDraft("application-1");
  held = [];
  const reopened = openDraft("application-1");
  await reads(1);
  open.set("name", "Saved meanwhile");
  await open.queue.flush();
  held[0]?.();
  await reads(2);
  held[1]?.();
  expect((await reopened).answers.name).toBe("Saved meanwhile");
});

it("keeps the draft whose text, typed while it was read anew, cannot be saved", async () => {
  const open = await openDraft("application-1");
  held = [];
  const reopened = openDraft("application-1");
  await reads(1);
  full = true;
  open.set("name", "No room for it");
  held[0]?.();
  expect(await reopened).toBe(open);
  await expect(saveEverything()).rejects.toMatchObject({ code: "storage.disk_full" });
  countOnce(open);
  await expect(leaveDraft(open)).rejects.toMatchObject({ code: "storage.disk_full" });
  expect(drafts.leftUnsaved).toEqual([open]);
});

it("two overlapping opens give one draft, as the records have it at the later one", async () => {
  held = [];
  const first = openDraft("application-1");
  await reads(1);
  stored.name = "Undone";
  const second = openDraft("application-1");
  held[0]?.();
  await reads(2);
  held[1]?.();
  const [one, other] = await Promise.all([first, second]);
  expect(other).toBe(one);
  expect(one.answers.name).toBe("Undone");
  await leaveDraft(one);
  full = true;
  other.set("name", "Still watched");
  await expect(saveEverything()).rejects.toMatchObject({ code: "storage.disk_full" });
});

it("locking waits for the save, and fails with it", async () => {
  const open = await openDraft("application-1");
  open.set("name", "Before the lock");
  await saveEverything();
  expect(stored.name).toBe("Before the lock");
  full = true;
  open.set("name", "Not saved");
  await expect(saveEverything()).rejects.toMatchObject({ code: "storage.disk_full" });
  expect(open.answers.name).toBe("Not saved");
});

it("closing the window with unsaved text saves at once and warns", async () => {
  const open = await openDraft("application-1");
  const quiet = new Event("beforeunload", { cancelable: true });
  window.dispatchEvent(quiet);
  expect(quiet.defaultPrevented).toBe(false);
  open.set("name", "Almost lost");
  const loud = new Event("beforeunload", { cancelable: true });
  window.dispatchEvent(loud);
  expect(loud.defaultPrevented).toBe(true);
  await vi.waitFor(() => expect(stored.name).toBe("Almost lost"));
  expect(saves()).toBe(1);
});
