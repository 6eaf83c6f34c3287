import { describe, expect, it } from "vitest";
import { judge } from "./strength";

describe("a passphrase", () => {
  it("of fewer than twelve characters is too short, and says how many are missing", () => {
    expect(judge("blue cat")).toMatchObject({ level: "short", missing: 4 });
    expect(judge("ñandú ñandú!").level).not.toBe("short");
  });

  it("of several unrelated words is good, and says why", () => {
    const strength = judge("purple kettle orbit sandwich");
    expect(["good", "strong"]).toContain(strength.level);
    expect(strength.reasons).toContain("several_words");
  });

  it.each([
    ["passwordpassword", "common"],
    ["aaaaaaaaaaaaaaaa", "repeats"],
    ["123456789012345", "sequence"],
    ["qwertyuiopasdf", "sequence"],
    ["contraseña2026!", "common"],
  ] as const)("%s is weak because of %s", (text, reason) => {
    const strength = judge(text);
    expect(strength.level).toBe("weak");
    expect(strength.reasons).toContain(reason);
  });
});
