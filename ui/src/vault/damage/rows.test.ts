import { expect, test } from "vitest";
import { grouped } from "./rows";

test("tables that belong together are added up, and one that is not known is not left out", () => {
  const groups = grouped([
    { table: "version", rows: 2, missing: 1, pages: 0 },
    { table: "version_answer", rows: 3, missing: 0, pages: 2 },
    { table: "hold", rows: 1, missing: 0, pages: 0 },
    { table: "a later table", rows: 4, missing: 0, pages: 0 },
    { table: "student", rows: 0, missing: 0, pages: 0 },
  ]);
  const told = groups.map(({ name, rows, missing, pages }) => [name, rows, missing, pages]);
  expect(told).toEqual([
    ["versions", 5, 1, 2],
    ["other", 5, 0, 0],
  ]);
});
