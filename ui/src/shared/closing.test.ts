import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { call, heardClose, leave, OperationError } from "../platform";
import { closeWindow } from "./closing";
import { saveBeforeLeaving } from "./leaving";
import { dismissAll, toasts } from "./toasts.svelte";

vi.mock("../platform", async (original) => ({
  ...(await original<object>()),
  call: vi.fn(),
  heardClose: vi.fn(),
  leave: vi.fn(),
}));

let full = false;
let backupFault: string | null = null;
let stop: () => void;
/** What the program answers: no job runs, and the backup is made where it can be. */
const answerCall = async (name: string) => {
  if (name === "jobs.list") return [];
  if (backupFault) throw new OperationError(backupFault);
  return { made: true };
};
const answers = () => vi.mocked(leave).mock.calls.map(([saved]) => saved);

beforeEach(() => {
  vi.useFakeTimers();
  full = false;
  backupFault = null;
  vi.mocked(heardClose).mockReset().mockResolvedValue();
  vi.mocked(call).mockReset().mockImplementation(answerCall);
  vi.mocked(leave).mockReset().mockResolvedValue();
  stop = saveBeforeLeaving(async () => {
    if (full) throw new OperationError("storage.disk_full");
  });
});
afterEach(() => {
  stop();
  dismissAll();
  vi.useRealTimers();
});

it("closes once everything is saved", async () => {
  await closeWindow();
  expect(answers()).toEqual([true]);
  expect(toasts.shown).toEqual([]);
});

it("says that the wish was heard before saving, and saves where that word does not get through", async () => {
  const order: string[] = [];
  vi.mocked(heardClose).mockImplementation(async () => {
    order.push("heard");
    throw new OperationError("host.no_answer");
  });
  const stopOrder = saveBeforeLeaving(async () => void order.push("saving"));
  await closeWindow();
  stopOrder();
  expect(order).toEqual(["heard", "saving"]);
  expect(answers()).toEqual([true]);
});

it("stays and says so where saving fails, and closes at the same wish while the notice stands", async () => {
  full = true;
  await closeWindow();
  expect(answers()).toEqual([false]);
  expect(toasts.shown).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(9_000);
  await closeWindow();
  expect(answers()).toEqual([false, true]);
});

it("warns again where saving failed, went well and fails later", async () => {
  full = true;
  await closeWindow();
  full = false;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(toasts.shown).toEqual([]);
  full = true;
  await closeWindow();
  expect(answers()).toEqual([false, false]);
  expect(toasts.shown).toHaveLength(1);
});

it("makes the last backup first; where that fails it says so once, for a moment, and closes", async () => {
  await closeWindow();
  expect(vi.mocked(call).mock.calls.map(([name]) => name)).toContain("backups.before_quit");
  backupFault = "storage.disk_full";
  const closing = closeWindow();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(toasts.shown).toHaveLength(1);
  expect(answers()).toEqual([true]);
  await vi.advanceTimersByTimeAsync(5_000);
  await closing;
  expect(answers()).toEqual([true, true]);
});
