import { afterEach, describe, expect, it } from "vitest";
import type { Figure } from "../generated/contract";
import { m } from "../generated/messages/messages";
import {
  change,
  date,
  dayLong,
  figure,
  figureValue,
  money,
  moneyShort,
  number,
  percent,
  time,
  today,
  when,
} from "./formats";
import { language } from "./language.svelte";

afterEach(() => {
  language.current = "en";
});

const kinds: [Figure, string, string][] = [
  [{ kind: "value", value: 122340 }, "$122,340", "$122,340"],
  [{ kind: "at_least", value: 239200 }, "at least $239,200", "al menos $239,200"],
  [{ kind: "not_published" }, "not published", "no se publica"],
  [{ kind: "not_rated" }, "not rated", "sin calificar"],
  [{ kind: "hourly_only" }, "paid by the hour", "se paga por hora"],
  [{ kind: "not_provided" }, "not provided", "sin dato"],
];

describe("a figure", () => {
  it.each(kinds)("%j has its own words in both languages", (value, english, spanish) => {
    expect(figure(value, money)).toBe(english);
    language.current = "es";
    expect(figure(value, money)).toBe(spanish);
  });

  it("has a number for a chart only where there is one", () => {
    expect(kinds.map(([value]) => figureValue(value))).toEqual([122340, 239200, null, null, null, null]);
  });
});

describe("numbers", () => {
  it("are grouped, signed and rounded as the reader expects", () => {
    expect(number(1021)).toBe("1,021");
    expect(m.applications_n_words({ n: number(514264) })).toBe("514,264 words");
    expect(m.applications_n_words({ n: number(1) })).toBe("1 word");
    expect(moneyShort(145000)).toBe("$145k");
    expect(percent(15.84)).toBe("15.8%");
    expect(change(15.8)).toBe("+15.8%");
    expect(change(-10)).toBe("-10%");
    expect(change(0)).toBe("0%");
  });
});

describe("dates", () => {
  it("are as exact as the publisher states them, in no time zone", () => {
    expect(date("2025-08-28")).toBe("August 28, 2025");
    expect(date("2026-04")).toBe("April 2026");
    expect(date("2020")).toBe("2020");
    expect(date("unknown")).toBe("unknown");
    language.current = "es";
    expect(date("2025-08-28")).toBe("28 de agosto de 2025");
  });

  it("say today and yesterday in words", () => {
    const now = new Date(2026, 10, 23, 12, 0, 0);
    expect(when(new Date(2026, 10, 23, 9, 5), now)).toMatch(/^today, 9:05/);
    expect(when(new Date(2026, 10, 22, 23, 59), now)).toMatch(/^yesterday, 11:59/);
    expect(when(new Date(2026, 10, 2, 9, 5), now)).toBe("November 2");
    expect(when(new Date(2025, 10, 2, 9, 5), now)).toBe("November 2, 2025");
  });

  it("give the saved time to the second and today for a document", () => {
    const now = new Date(2026, 0, 2, 4, 5, 6);
    expect(time(now)).toBe("4:05:06\u00a0AM");
    expect(time(now, false)).toBe("4:05\u00a0AM");
    expect(today(now)).toBe("2026-01-02");
    language.current = "es";
    expect(time(now)).toMatch(/^4:05:06\u00a0a\.\u00a0?m\.$/);
    expect(when(now, now)).toContain(time(now, false));
    expect(dayLong(now)).toContain("2 de enero");
  });
});
