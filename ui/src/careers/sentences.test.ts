import { beforeEach, describe, expect, it } from "vitest";
import type { Career, Figure, Language, Outlook } from "../generated/contract";
import { language } from "../shared/language.svelte";
import { growthDifference, payDifference } from "./page/related";
import { leftOut, outlookSentence, payInList, relationLine } from "./sentences";

const value = (amount: number): Figure => ({ kind: "value", value: amount });
const missing: Figure = { kind: "not_provided" };

const outlook = (growth: Figure, openings: Figure, replacement: Figure): Outlook => ({
  from: 2024,
  to: 2034,
  employment: value(1_693_800),
  employment_to: value(1_961_400),
  growth_percent: growth,
  growth_all_percent: value(3.1),
  class: null,
  openings,
  replacement,
  self_employed_percent: value(1.6),
  source: "bls-projections",
});

const said = (spoken: Language, of: Outlook) => {
  language.current = spoken;
  // `Intl` parts a number from its sign with a no-break space in Spanish.
  return outlookSentence(of).replace(/[\u00a0\u202f]/g, " ");
};

beforeEach(() => (language.current = "en"));

describe("the outlook in a sentence", () => {
  const growing = outlook(value(15.8), value(115_200), value(88_400));
  const shrinking = outlook(value(-10), value(542_600), value(597_000));
  const level = outlook(value(0), value(1000), missing);
  const unknown = outlook(missing, { kind: "not_published" }, missing);

  it("says growth, openings, and that most replace people who leave", () => {
    expect(said("en", growing)).toBe(
      "Jobs growing 15.8% to 2034; 115,200 openings a year, mostly replacing people who leave",
    );
    expect(said("es", growing)).toMatch(
      /^Empleos: crecen 15.8 ?% hasta 2034; 115,200 vacantes al año, sobre todo para reemplazar a quienes se van$/,
    );
  });

  it("says shrinking without a minus sign", () => {
    expect(said("en", shrinking)).toBe(
      "Jobs shrinking 10% to 2034; 542,600 openings a year, mostly replacing people who leave",
    );
    expect(said("es", shrinking)).toMatch(/^Empleos: bajan 10 ?% hasta 2034; 542,600 vacantes/);
  });

  it("says level for no change, and nothing about why posts open where that is not known", () => {
    expect(said("en", level)).toBe("Jobs staying level to 2034; 1,000 openings a year");
    expect(said("es", level)).toBe(
      "Empleos: sin cambio hasta 2034; 1000 vacantes al año".replace("1000", es(1000)),
    );
  });

  it("says what is missing, never zero", () => {
    expect(said("en", unknown)).toBe("Growth to 2034: not provided; openings a year: not published");
    expect(said("es", unknown)).not.toMatch(/\b0\b/);
    expect(said("es", unknown)).toMatch(/^Crecimiento hasta 2034: .+; vacantes al año: .+/);
  });

  it("calls openings new jobs only where replacement is the smaller part", () => {
    expect(said("en", outlook(value(40), value(1000), value(300)))).toContain("mostly new jobs");
    expect(said("en", outlook(value(40), value(1000), value(500)))).toContain("mostly replacing");
  });
});

const es = (amount: number) => new Intl.NumberFormat("es-US").format(amount);

describe("whose figures they are", () => {
  const occupation = { code: "15-1252.00", soc: "15-1252", title: "Software Developers" };

  it("is said in the line above the title", () => {
    expect(relationLine({ relation: "specialty", occupation })).toBe(
      "a specialty of Software Developers (15-1252)",
    );
    expect(relationLine({ relation: "nearest", occupation })).toContain("counted nowhere alone");
    expect(relationLine({ relation: "same", occupation })).toBe("an occupation of its own (15-1252)");
  });

  it("makes pay in a list an “about” where it is not the career’s own", () => {
    expect(payInList(value(122_340), "specialty")).toBe("about $122,340");
    expect(payInList(value(122_340), "same")).toBe("$122,340");
    expect(payInList({ kind: "not_published" }, "nearest")).toBe("not published");
    expect(payInList({ kind: "at_least", value: 239_200 }, "same")).toBe("at least $239,200");
  });
});

describe("who is left out of pay", () => {
  const career = (share: Figure): Pick<Career, "outlook" | "occupation"> => ({
    occupation: { code: "27-1014.00", soc: "27-1014", title: "Animators" },
    outlook: { ...outlook(missing, missing, missing), self_employed_percent: share },
  });

  it("is said strongly above 15 %, most of all above half", () => {
    expect(leftOut(career(value(1.6)))).toMatchObject({ strong: false });
    expect(leftOut(career(value(15)))).toMatchObject({ strong: false });
    expect(leftOut(career(value(17.7)))).toMatchObject({ strong: true });
    expect(leftOut(career(value(61.5))).text).toContain(
      "Most people in this occupation work for themselves: 61.5%",
    );
  });

  it("is said also where the share is not known", () => {
    expect(leftOut(career(missing)).text).toContain("not provided");
  });
});

describe("what differs in a related career", () => {
  it("is a difference in dollars and in points, or nothing where a figure is missing", () => {
    expect(payDifference(value(135_980), value(116_580))).toBe("$19,400 less");
    expect(payDifference(value(100), value(100))).toBe("the same");
    expect(payDifference(value(135_980), { kind: "at_least", value: 239_200 })).toBeNull();
    expect(growthDifference(value(15.8), value(33.5))).toBe("17.7 points more");
    expect(growthDifference(value(15.8), missing)).toBeNull();
  });
});
