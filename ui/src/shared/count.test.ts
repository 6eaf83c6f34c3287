import { describe, expect, it } from "vitest";
import examples from "../../../tests/fixtures/counters.json";
import { countCharacters, countWords } from "./count";

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

  it("count a dash as no word, CR LF as one character, an emoji as its scalars", () => {
    expect(countWords("one — two")).toBe(2);
    expect(countCharacters("a\r\nb")).toBe(3);
    expect(countCharacters("👩‍🎓")).toBe(3);
  });
});
