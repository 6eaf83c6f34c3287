import { describe, expect, it } from "vitest";
import { firstWrong } from "./key";

const groups = ["7KQ2", "M9X0", "4T1P"];

describe("a recovery key that is typed from its sheet", () => {
  it("is taken without regard to case, spaces, hyphens and look-alike letters", () => {
    for (const typed of ["7KQ2-M9X0-4T1P", "7kq2 m9xo 4tlp", "7KQ2M9XO4TIP", " 7k-q2m9 x0-4t1p "])
      expect(firstWrong(groups, typed), typed).toBeNull();
  });

  it("names the first group that is not as printed", () => {
    expect(firstWrong(groups, "")).toBe(1);
    expect(firstWrong(groups, "7KQ2-M9X1-4T1P")).toBe(2);
    expect(firstWrong(groups, "7KQ2-4T1P")).toBe(2);
    expect(firstWrong(groups, "7KQ2-M9X0")).toBe(3);
    expect(firstWrong(groups, "7KQ2-M9X0-4T1P-AAAA")).toBe(3);
  });
});
