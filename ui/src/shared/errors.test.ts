import { afterEach, describe, expect, it } from "vitest";
import { errorCodes } from "../generated/contract";
import { OperationError } from "../platform";
import { codeWords, errorWords, hasCode } from "./errors";
import { language } from "./language.svelte";

afterEach(() => {
  language.current = "en";
});

const params = {
  wait_seconds: 8,
  least: 12,
  most: 14,
  greatest: 2040,
  count: 3,
  megabytes: 20,
  found: 9,
  known: 1,
  damaged: 2,
  checked: 5,
  left: 4,
};

describe("an operation's error", () => {
  it.each([...errorCodes])("%s has words of its own in both languages, with its parameters", (code) => {
    const english = codeWords(code, params);
    expect(english).not.toContain(code);
    expect(english).not.toContain("undefined");
    language.current = "es";
    expect(codeWords(code, params)).not.toBe(english);
  });

  it("of an unknown code names the code", () => {
    expect(errorWords(new OperationError("moon.full"))).toContain("moon.full");
  });

  it("is told apart by its code, and any other fault is named as the page's", () => {
    expect(hasCode(new OperationError("vault.wait"), "vault.wait")).toBe(true);
    expect(hasCode(new Error("vault.wait"), "vault.wait")).toBe(false);
    expect(errorWords(new TypeError("x is undefined"))).not.toContain("undefined");
  });
});
