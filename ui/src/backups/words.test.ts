import { expect, test } from "vitest";
import type { BackupRow, BackupState } from "../generated/contract";
import { bestState, fromSecond, sizeWords } from "./words";

const row = (first: BackupState | null, second: BackupState | null): BackupRow => ({
  name: "waymark-20261130T120000Z-00000000",
  made_at: "2026-11-30T12:00:00.000Z",
  reason: "regular",
  size: 1,
  first,
  second,
  students: 1,
  applications: 1,
  versions: 1,
  newest_draft_at: null,
  checked_at: null,
});

test("of two copies the one that is whole counts, and is the one that is opened", () => {
  expect(bestState(row("damaged", "whole"))).toBe("whole");
  expect(fromSecond(row("damaged", "whole"))).toBe(true);
  expect(fromSecond(row("whole", "whole"))).toBe(false);
  expect(fromSecond(row(null, "older_key"))).toBe(true);
  expect(bestState(row("damaged", null))).toBe("damaged");
});

test("sizes are said as people say them", () => {
  expect(sizeWords(120)).toBe("1 kB");
  expect(sizeWords(184_000)).toBe("184 kB");
  expect(sizeWords(3_440_000)).toBe("3.4 MB");
});
