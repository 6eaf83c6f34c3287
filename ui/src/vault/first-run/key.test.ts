import { describe, expect, it } from "vitest";
import { pickTwo, sameGroup } from "./key";

describe("the recovery key", () => {
  it("is asked for in two different groups, whatever chance says", () => {
    for (let first = 0; first < 8; first++)
      for (let second = 0; second < 7; second++) {
        const rolls = [first, second];
        const [low, high] = pickTwo(8, () => rolls.shift() ?? 0);
        expect(low).toBeLessThan(high ?? -1);
        expect(high).toBeLessThan(8);
      }
  });

  it("is compared without regard to case, spaces, hyphens and look-alike letters", () => {
    expect(sameGroup("7KQ20", " 7kq-2o ")).toBe(true);
    expect(sameGroup("7KQ2F", "7KQ2E")).toBe(false);
  });
});
