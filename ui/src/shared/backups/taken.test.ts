import { expect, test } from "vitest";
import { notTakenWords } from "./taken";

test("what was taken along, and what was nowhere, is not mentioned", () => {
  expect(notTakenWords("done")).toBeNull();
  expect(notTakenWords("nothing_there")).toBeNull();
});

test.each([
  ["other_records", /other records were there/],
  ["other_key", /under another key/],
  ["unreadable", /could not be read/],
] as const)("%s is said with its reason", (taken, words) => {
  expect(notTakenWords(taken)).toMatch(words);
  expect(notTakenWords(taken)).toMatch(/holds, certificates of erasures/);
});
