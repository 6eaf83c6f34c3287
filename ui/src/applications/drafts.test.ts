import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { call, OperationError } from "../platform";
import { saveEverything } from "../shared/leaving";
import { dropDraft, drafts, leaveDraft, openDraft } from "./drafts.svelte";
import { draft, review } from "./testing/form";

vi.mock("../platform", async (original) => ({
  ...(await original<typeof import("../platform")>()),
  call: vi.fn(),
}));

let full = false;
let stored: Record<string, unknown>;
const saves = () => vi.mocked(call).mock.calls.filter(([name]) => name === "applications.save").length;

beforeEach(() => {
  full = false;
  stored = { name: "Sample" };
  vi.mocked(call)
    .mockReset()
    .mockImplementation(async (name, input) => {
      if (name === "applications.open") return draft({ ...stored } as Record<string, string>) as never;
      if (full) throw new OperationError("storage.disk_full");
      Object.assign(stored, (input as { answers: object }).answers);
      return { saved_at: "2026-11-23T10:42:07Z", version: 1, change: 1, review: review() } as never;
    });
});
afterEach(async () => {
  full = false;
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
