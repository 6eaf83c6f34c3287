import { expect, test } from "vitest";
import { isNarrowed, moment, readDay, readFilter } from "./filter";

const read = (query: string) => readFilter(new URLSearchParams(query));

test("what the address does not know is left out", () => {
  expect(read("kind=nothing&audience=x&from=soon&until=2026-13-40")).toEqual({
    student: null,
    kind: null,
    audience: null,
    from: null,
    until: null,
  });
  expect(isNarrowed(read("student=a"))).toBe(false);
  expect(isNarrowed(read("student=a&from=2026-11-30"))).toBe(true);
});

test("an audience asks for what left", () => {
  expect(read("kind=change&audience=not_said")).toMatchObject({ kind: "disclosure", audience: "not_said" });
});

test("the last day of a span is part of it", () => {
  const { from, until } = read("from=2026-11-30&until=2026-11-30");
  expect(Date.parse(until ?? "") - Date.parse(from ?? "")).toBe(24 * 60 * 60 * 1000);
  expect(moment("")).toBeNull();
  expect(readDay("2026-11-30")).toBe("2026-11-30");
});
