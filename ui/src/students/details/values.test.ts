import { describe, expect, it } from "vitest";
import type { Detail } from "../../generated/contract";
import { fieldsOf, kinds } from "./fields";
import { isNoNumber, said, toDetail, toTexts } from "./values";

const activity: Detail = {
  kind: "activity",
  category: null,
  role: "captain",
  organization: null,
  description: "Two lines\nof it",
  grades: [9, 13],
  hours_a_week: 2.5,
  weeks_a_year: 40,
  goes_on: false,
};
const test: Detail = {
  kind: "test",
  name: "ACT",
  date: "2026-10",
  scores: [{ part: "total", score: "27" }],
};

describe("a detail as fields", () => {
  it("comes back from the fields as it was", () => {
    for (const detail of [activity, test])
      expect(toDetail(detail.kind, toTexts(detail.kind, detail))).toEqual(detail);
  });

  it("of each kind a new one says nothing but what has to be chosen", () => {
    for (const kind of kinds) {
      const made = toDetail(kind, toTexts(kind, null));
      expect(made.kind).toBe(kind);
      const chosen = fieldsOf[kind].filter((field) => field.choices).map((field) => field.name);
      expect(said(made).map((one) => one.field)).toEqual(chosen);
    }
  });

  it("takes a decimal comma, and no words for a number", () => {
    const texts = { ...toTexts("activity", activity), hours_a_week: "3,5" };
    expect(toDetail("activity", texts)).toMatchObject({ hours_a_week: 3.5 });
    expect(isNoNumber("3,5")).toBe(false);
    expect(isNoNumber("")).toBe(false);
    expect(isNoNumber("a few")).toBe(true);
  });

  it("is said in words", () => {
    expect(said(test).map((one) => one.text)).toEqual(["ACT", "2026-10", "total: 27"]);
    expect(said(activity).find((one) => one.field === "grades")?.text).toBe("9, After school");
  });
});
