import { expect, it } from "vitest";
import { draft, pack } from "../testing/form";
import { answerText, changedKeys, compareWords, countSame } from "./compare";

it("joined, the words of each side are its text", () => {
  const then = "The timetable of the school was made\non a wall.";
  const now = "The school's timetable used to be made on  a wall…";
  const pieces = compareWords(then, now) ?? expect.fail("they can be compared");
  const side = (kind: "then" | "now") =>
    pieces
      .filter((piece) => piece.kind === "same" || piece.kind === kind)
      .map((piece) => piece.text)
      .join("");
  expect(side("then")).toBe(then);
  expect(side("now")).toBe(now);
});

it("neighbouring changes are read as one phrase", () => {
  expect(compareWords("one two three four", "one due tre four")).toEqual([
    { kind: "same", text: "one " },
    { kind: "then", text: "two three" },
    { kind: "now", text: "due tre" },
    { kind: "same", text: " four" },
  ]);
});

it("texts that are too long are not compared word by word", () => {
  expect(compareWords("a".repeat(150_000), "b".repeat(150_000))).toBeNull();
});

it("finds what differs in the order of the form, items of either side included", () => {
  const now = { name: "Sample", schools: ["a"], "schools/a/name": "A" };
  const then = { name: "Sample", email: "s@example.org", schools: ["a", "b"], "schools/b/name": "B" };
  expect(changedKeys(pack, then, now)).toEqual(["email", "schools", "schools/a/name", "schools/b/name"]);
  expect(countSame(then, now)).toBe(1);
});

it("an answer is said in words, a list of items by their number", () => {
  const say = (key: string, value: string | string[]) =>
    answerText(
      draft().pack,
      key,
      value,
      (_, one) => `<${one}>`,
      (n) => `${n} entries`,
    );
  expect(say("other", "yes")).toBe("<yes>");
  expect(say("schools", ["a", "b"])).toBe("2 entries");
  expect(answerText(pack, "name", undefined, String, String)).toBe("");
});
