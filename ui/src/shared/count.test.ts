import { describe, expect, it } from "vitest";
import examples from "../../../tests/fixtures/counters.json";
import ruled from "../../../tests/fixtures/counting.json";
import { countCharacters, countText, countWords, type Counting } from "./count";

interface Example {
  text: string;
  words: number;
  characters: number;
}

describe("counters", () => {
  it("replay the examples that the readiness check replays", () => {
    expect((examples as Example[]).length).toBeGreaterThan(10);
    for (const { text, words, characters } of examples as Example[])
      expect([text, countWords(text), countCharacters(text)]).toEqual([text, words, characters]);
  });

  it("replay the named rules that the readiness check replays", () => {
    expect(ruled.length).toBeGreaterThanOrEqual(40);
    for (const { why, rule, text, count } of ruled as {
      why: string;
      rule: Counting;
      text: string;
      count: number;
    }[])
      expect([why, text, countText(rule, text)]).toEqual([why, text, count]);
  });

  it("take a text of many megabytes in its stride", () => {
    const text = `word${" ".repeat(2_000_000)}end${"\n ".repeat(1_000_000)}`;
    expect(countText({ counter: "characters", trailing_space: "out" }, text)).toBe(2_000_007);
  });

  it("count a dash as no word, CR LF as one character, an emoji as its scalars", () => {
    expect(countWords("one — two")).toBe(2);
    expect(countCharacters("a\r\nb")).toBe(3);
    expect(countCharacters("👩‍🎓")).toBe(3);
  });
});
