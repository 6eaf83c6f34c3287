import { beforeEach, describe, expect, it } from "vitest";
import type { Career, Figure, Rating } from "../generated/contract";
import { language } from "../shared/language.svelte";
import { readAddress } from "../shared/router.svelte";
import { choose, chosen, compareHref, MOST, readWith, toggle } from "./compare/chosen.svelte";
import { sharedFigures } from "./compare/facts";
import { marks, sameWords } from "./compare/marks";
import { apart, isRated } from "./compare/ratings";

const value = (amount: number): Figure => ({ kind: "value", value: amount });
const atLeast = (amount: number): Figure => ({ kind: "at_least", value: amount });
const hidden: Figure = { kind: "not_published" };

beforeEach(() => {
  language.current = "en";
  choose([]);
});

describe("choosing careers to compare", () => {
  it("takes one in and out, and no more than fit", () => {
    for (const slug of ["a", "b", "c", "d"]) expect(toggle(slug)).toBe(true);
    expect(chosen.full).toBe(true);
    expect(toggle("e")).toBe(false);
    expect(chosen.slugs).toHaveLength(MOST);
    expect(toggle("b")).toBe(true);
    expect(chosen.slugs).toEqual(["a", "c", "d"]);
  });

  it("is enough from two on", () => {
    toggle("a");
    expect(chosen.enough).toBe(false);
    toggle("b");
    expect(chosen.enough).toBe(true);
  });

  it("goes into the address and comes back in its order, each once", () => {
    const address = compareHref(["nurse", "3d-animator", "baker"]);
    expect(readWith(readAddress(address).query)).toEqual(["nurse", "3d-animator", "baker"]);
    const odd = readAddress("#/careers/compare?with=a,,a,%3Cb%3E,b,c,d,e").query;
    expect(readWith(odd)).toEqual(["a", "b", "c", "d"]);
    expect(readWith(new URLSearchParams())).toEqual([]);
  });
});

describe("what differs", () => {
  it("is said of the highest and the lowest, and of both ends where two are equal", () => {
    expect(marks([value(3), value(1), value(2)])).toEqual(["highest", "lowest", null]);
    expect(marks([value(3), value(3), value(2)])).toEqual(["highest", "highest", "lowest"]);
    expect(marks([value(2), value(2)])).toEqual(["same", "same"]);
  });

  it("leaves missing figures out, and says nothing where only one is known", () => {
    expect(marks([value(3), hidden, value(2)])).toEqual(["highest", null, "lowest"]);
    expect(marks([value(3), hidden])).toEqual([null, null]);
    expect(marks([value(2), hidden, value(2)])).toEqual(["same", null, "same"]);
  });

  it("takes a bound for the highest only where nothing known lies above it", () => {
    expect(marks([atLeast(239_200), value(90_000)])).toEqual(["highest", "lowest"]);
    expect(marks([atLeast(100), value(120)])).toEqual([null, null]);
    expect(marks([atLeast(100), value(100)])).toEqual([null, null]);
  });

  it("calls words the same only where every career has them", () => {
    expect(sameWords(["none", "none"])).toEqual(["same", "same"]);
    expect(sameWords(["none", "an apprenticeship"])).toEqual([null, null]);
    expect(sameWords([null, null])).toEqual([null, null]);
  });
});

const rating = (name: string, importance: Figure): Rating => ({
  kind: "skill",
  element: name,
  name,
  importance,
  level: importance,
});
const career = (title: string, soc: string, ratings: Rating[] = []) =>
  ({ title, slug: title, occupation: { code: `${soc}.00`, soc, title: `All ${soc}` }, ratings }) as Career;

describe("skills that tell careers apart", () => {
  const one = career("one", "1", [
    rating("Writing", value(4)),
    rating("Math", value(2)),
    rating("Speaking", value(3)),
  ]);
  const other = career("other", "2", [
    rating("Writing", value(2.5)),
    rating("Math", value(4)),
    rating("Speaking", value(3)),
  ]);
  const unrated = career("unrated", "3", [rating("Writing", { kind: "not_rated" })]);

  it("are ordered by how far they lie apart; those rated alike are left out", () => {
    expect(apart([one, other], "skill").map(({ name, spread }) => [name, spread])).toEqual([
      ["Math", 2],
      ["Writing", 1.5],
    ]);
  });

  it("keep a column for a career without ratings", () => {
    const rows = apart([one, unrated, other], "skill");
    expect(rows[0]?.importance).toEqual([value(2), { kind: "not_rated" }, value(4)]);
    expect(isRated(unrated, "skill")).toBe(false);
    expect(isRated(one, "knowledge")).toBe(false);
    expect(apart([one, unrated], "skill")).toEqual([]);
  });
});

it("says which careers show the figures of one occupation", () => {
  const all = [career("a", "15-1252"), career("b", "15-1252"), career("c", "29-1141")];
  expect(sharedFigures(all)).toEqual([{ occupation: "All 15-1252", titles: ["a", "b"] }]);
});
