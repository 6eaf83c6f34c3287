import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { JobRow } from "../../generated/contract";
import { jobEnded, jobs, stopJob, watchJobs } from "./jobs.svelte";

const call = vi.hoisted(() => vi.fn());
vi.mock("../../platform", () => ({ call }));

const row = (state: JobRow["state"], done = 0): JobRow => ({
  id: 1,
  kind: "backup",
  done,
  total: 100,
  state,
  stopping: false,
  code: null,
  params: {},
});

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  call.mockReset();
});

test("it is asked about while something runs, and not otherwise", async () => {
  call.mockResolvedValueOnce([row("running", 30)]).mockResolvedValueOnce([row("done", 100)]);
  await watchJobs();
  expect(jobs.running?.done).toBe(30);
  await vi.advanceTimersByTimeAsync(400);
  expect(jobs.running).toBeNull();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(call).toHaveBeenCalledTimes(2);
});

test("whoever began a job hears how it ended", async () => {
  call.mockResolvedValueOnce([row("running")]).mockResolvedValueOnce([row("failed")]);
  const ended = jobEnded(1);
  await vi.advanceTimersByTimeAsync(400);
  expect((await ended)?.state).toBe("failed");
});

test("a job that is not told any more keeps nobody waiting", async () => {
  call.mockResolvedValue([]);
  expect(await jobEnded(7)).toBeNull();
});

test("a job is told to stop by its number", async () => {
  call.mockResolvedValue([row("stopped")]);
  await stopJob(1);
  expect(call).toHaveBeenCalledWith("jobs.cancel", { id: 1 });
  expect(jobs.running).toBeNull();
});
