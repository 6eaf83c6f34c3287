import { beforeEach, describe, expect, it } from "vitest";
import { frame, shapes } from "virtual:us-states";
import type { Figure, StateFigures } from "../generated/contract";
import { language } from "../shared/language.svelte";
import { bounds, classesShown, className, classOf } from "./map/classes";
import { measureWords, payInState } from "./map/words";

const value = (amount: number): Figure => ({ kind: "value", value: amount });
const hidden: Figure = { kind: "not_published" };

function state(id: string, pay: Figure, rest: Partial<StateFigures> = {}): StateFigures {
  return {
    place: { id, name: id, kind: "state", states: [] },
    pay,
    location_quotient: value(1),
    employment: value(1000),
    too_few: false,
    ...rest,
  };
}
const ten = Array.from({ length: 10 }, (_, at) => state(`ST${at}`, value(10_000 * (at + 1))));
const few = state("few", value(5_000), { too_few: true, employment: value(40) });
const none = state("none", hidden, { location_quotient: hidden });

beforeEach(() => (language.current = "en"));

describe("the shapes of the states", () => {
  it("are those of fifty states and the capital's district, within the frame", () => {
    expect(shapes).toHaveLength(51);
    expect(shapes.map((shape) => shape.id)).toContain("ST11");
    for (const { path } of shapes) {
      expect(path).toMatch(/^(M-?\d+ -?\d+(L-?\d+ -?\d+)+Z)+$/);
      const points = [...path.matchAll(/(\d+) (\d+)/g)].map(([, x, y]) => [Number(x), Number(y)]);
      expect(points.every(([x = 0, y = 0]) => x <= frame[0] && y <= frame[1])).toBe(true);
    }
  });
});

describe("classes of pay", () => {
  const cuts = bounds([...ten, few, none], "pay");

  it("hold a fifth of the states each, from the least to the most", () => {
    expect(cuts).toEqual([30_000, 50_000, 70_000, 90_000]);
    expect(ten.map((one) => classOf(one, "pay", cuts))).toEqual([0, 0, 1, 1, 2, 2, 3, 3, 4, 4]);
  });

  it("tell too few people and not published apart, and let neither decide the bounds", () => {
    expect(classOf(few, "pay", cuts)).toBe("few");
    expect(classOf(none, "pay", cuts)).toBe("none");
    expect(classesShown([...ten, none], "pay", cuts)).toEqual([0, 1, 2, 3, 4, "none"]);
  });

  it("are named by their values", () => {
    expect(className(0, "pay", cuts)).toBe("under $30,000");
    expect(className(2, "pay", cuts)).toBe("$50,000 to under $70,000");
    expect(className(4, "pay", cuts)).toBe("$90,000 or more");
    expect(className("none", "pay", cuts)).toBe("not published (not zero)");
  });

  it("are fewer where there are few states or one pay", () => {
    expect(bounds([state("a", value(5)), state("b", value(5))], "pay")).toEqual([]);
    expect(className(0, "pay", [])).toBe("all alike");
    expect(bounds([none], "pay")).toEqual([]);
  });
});

it("the share of jobs has bounds of its own, around the nation's", () => {
  const cuts = bounds(ten, "location_quotient");
  expect(classOf(state("a", hidden), "location_quotient", cuts)).toBe(2);
  expect(className(4, "location_quotient", cuts)).toBe("2 or more");
});

it("a state's figures are said in words, the missing ones as what they are", () => {
  expect(payInState(few)).toBe("$5,000, of few people");
  expect(measureWords(none, "pay")).toBe("not published");
  expect(measureWords(none, "location_quotient")).toBe("not published");
  expect(measureWords(state("a", value(1), { location_quotient: value(1.25) }), "location_quotient")).toBe(
    "1.25 times the nation’s share",
  );
});
