import { beforeEach, describe, expect, it } from "vitest";
import { render, screen } from "@testing-library/svelte";
import type { Figure, PayAtPlace } from "../generated/contract";
import RangeChart from "../shared/charts/RangeChart.svelte";
import { scaleAroundZero, scaleFromZero } from "../shared/charts/scale";
import { language } from "../shared/language.svelte";
import { payRemarks, payRow, payScale, paySpoken } from "./page/pay";

const value = (amount: number): Figure => ({ kind: "value", value: amount });
const atLeast = (amount: number): Figure => ({ kind: "at_least", value: amount });

function pay(name: string, figures: Figure[], rest: Partial<PayAtPlace> = {}): PayAtPlace {
  const none: Figure = { kind: "not_published" };
  const [p10 = none, p25 = none, p50 = none, p75 = none, p90 = none] = figures;
  return {
    place: { id: name, name, kind: "state", states: [] },
    employment: value(1000),
    location_quotient: value(1),
    p10,
    p25,
    p50,
    p75,
    p90,
    hourly: null,
    too_few: false,
    source: "oews",
    ...rest,
  };
}

const usual = pay("United States", [82_460, 105_210, 135_980, 171_980, 214_670].map(value));
const surgeons = pay("Ohio", [
  value(90_000),
  value(200_000),
  atLeast(239_200),
  atLeast(239_200),
  atLeast(239_200),
]);
const actors = pay(
  "Nevada",
  Array.from({ length: 5 }, (): Figure => ({ kind: "hourly_only" })),
);
const hidden = pay("Columbus, OH", []);
const few = pay("Alaska", [40_000, 50_000, 67_000, 90_000, 120_000].map(value), { too_few: true });

beforeEach(() => (language.current = "en"));

describe("the pay chart", () => {
  it("draws the line from the lowest tenth to the highest, the middle half and the middle", () => {
    expect(payRow(usual)).toEqual({
      id: "United States",
      place: "United States",
      line: { from: 82_460, to: 214_670, open: false },
      box: { from: 105_210, to: 171_980, open: false },
      middle: 135_980,
      label: "$135,980",
    });
  });

  it("says “at least” for a top-coded figure and leaves the end open", () => {
    const row = payRow(surgeons);
    expect(row.label).toBe("at least $239,200");
    expect(row.box).toEqual({ from: 200_000, to: 239_200, open: true });
    expect(row.line?.open).toBe(true);
  });

  it("tells hourly pay and suppressed pay apart, and draws neither", () => {
    expect(payRow(actors)).toMatchObject({ line: null, box: null, middle: null, label: "paid by the hour" });
    expect(payRow(hidden)).toMatchObject({ line: null, box: null, middle: null, label: "not published" });
  });

  it("shows the middle alone where too few were asked", () => {
    expect(payRow(few)).toMatchObject({ line: null, box: null, middle: 67_000, label: "$67,000" });
  });

  it("has one scale from zero with round ticks that holds every place", () => {
    const scale = payScale([usual, surgeons, actors, hidden].map(payRow));
    expect(scale.ticks).toEqual([0, 50_000, 100_000, 150_000, 200_000, 250_000]);
    expect(scale.at(0)).toBe(0);
    expect(scale.at(125_000)).toBe(50);
    expect(scale.at(999_999)).toBe(100);
  });

  it("has a scale even where no pay is known", () => {
    const scale = payScale([payRow(hidden)]);
    expect(scale.max).toBeGreaterThan(0);
    expect(scale.at(0)).toBe(0);
  });

  it("is spoken in whole sentences", () => {
    expect(paySpoken([usual, hidden, few].map(payRow))).toBe(
      "United States: half earn less than $135,980; the middle half earn $105,210 to $171,980. " +
        "Columbus, OH: not published. Alaska: half earn less than $67,000.",
    );
  });

  it("explains each kind of missing that occurs, and only those", () => {
    expect(payRemarks([usual])).toEqual([]);
    const said = payRemarks([hidden, surgeons, few]).join("\n");
    expect(said).toContain("It is not zero");
    expect(said).toContain("this or more");
    expect(said).toContain("Alaska: only the middle");
    expect(said).not.toContain("by the hour");
    language.current = "es";
    expect(payRemarks([actors]).join()).toContain("Se paga por hora");
  });

  it("is one picture with words, and shows why a figure is missing", () => {
    const rows = [usual, hidden].map(payRow);
    render(RangeChart, {
      ranges: rows.map((row) => ({ ...row, key: row.id, name: row.place, text: row.label })),
      scale: payScale(rows),
      label: paySpoken(rows),
      axis: "Dollars a year",
      tick: String,
    });
    expect(screen.getByRole("img").getAttribute("aria-label")).toContain("$135,980");
    expect(screen.getByText("not published")).toBeTruthy();
    expect(screen.getByText("Dollars a year")).toBeTruthy();
  });
});

describe("scales", () => {
  it("hold shrinking and growth around zero", () => {
    const scale = scaleAroundZero([-10, 3.1]);
    expect(scale.ticks).toContain(0);
    expect(scale.min).toBeLessThanOrEqual(-10);
    expect(scale.max).toBeGreaterThanOrEqual(3.1);
    expect(scale.at(-10)).toBeLessThan(scale.at(0));
  });

  it("never have more ticks than room", () => {
    for (const highest of [0.4, 3, 17, 99, 101, 84.8, 214_670, 1_000_000])
      expect(scaleFromZero([highest], 5).ticks.length).toBeLessThanOrEqual(6);
  });
});
