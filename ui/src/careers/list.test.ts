import { describe, expect, it } from "vitest";
import type { CareerPage, CareerQuery, CareerRow } from "../generated/contract";
import { CareerList, PAGE } from "./list/list.svelte";
import { payBins, STEP, TOP } from "./list/pay-bins";
import { question, readList } from "./query";

const row = (slug: string): CareerRow => ({
  slug,
  title: slug,
  found_by: null,
  summary: "",
  fields: ["finance"],
  relation: "same",
  pay: { kind: "not_published" },
  growth_percent: { kind: "value", value: 1 },
  openings: { kind: "value", value: 1 },
  education: null,
  score: 0,
});

const asking = (text: string) => question(readList(new URLSearchParams({ q: text })), "US", "en");
const page = (rows: CareerRow[], total = rows.length): CareerPage => ({ total, rows, counts: {}, pays: [] });

/** A program whose answers are given by hand, in any order. */
function byHand() {
  const open: { query: CareerQuery; answer: (page: CareerPage) => void; fail: (fault: unknown) => void }[] =
    [];
  const search = (query: CareerQuery) =>
    new Promise<CareerPage>((answer, fail) => open.push({ query, answer, fail }));
  return { open, search };
}

describe("the list of careers", () => {
  it("drops an answer that is older than the newest question", async () => {
    const { open, search } = byHand();
    const list = new CareerList(search);
    const first = list.ask(asking("b"));
    const second = list.ask(asking("ba"));
    open[1]?.answer(page([row("backend-architect")]));
    await second;
    open[0]?.answer(page([row("baker"), row("barber")]));
    await first;
    expect(list.total).toBe(1);
    expect(list.rows.map((one) => one?.slug)).toEqual(["backend-architect"]);
    expect(list.busy).toBe(false);
  });

  it("drops an old failure as well, and stays busy until the newest answer", async () => {
    const { open, search } = byHand();
    const list = new CareerList(search);
    const first = list.ask(asking("b"));
    const second = list.ask(asking("ba"));
    open[0]?.fail(new Error("old"));
    await first;
    expect(list.fault).toBeNull();
    expect(list.busy).toBe(true);
    open[1]?.answer(page([]));
    await second;
    expect(list.total).toBe(0);
  });

  it("asks for further rows once, when they come into sight", async () => {
    const { open, search } = byHand();
    const list = new CareerList(search);
    const begun = list.ask(asking(""));
    open[0]?.answer(
      page(
        Array.from({ length: PAGE }, (_, at) => row(`a${at}`)),
        PAGE * 3,
      ),
    );
    await begun;
    expect(list.rows).toHaveLength(PAGE * 3);
    const more = [list.need(PAGE - 5, PAGE + 5), list.need(PAGE - 4, PAGE + 6)];
    expect(open).toHaveLength(2);
    expect(open[1]?.query).toMatchObject({ offset: PAGE, limit: PAGE });
    open[1]?.answer(page([row("next")], PAGE * 3));
    await Promise.all(more);
    expect(list.rows[PAGE]?.slug).toBe("next");
    expect(list.rows[PAGE * 2]).toBeUndefined();
  });

  it("drops further rows of a question that was replaced meanwhile", async () => {
    const { open, search } = byHand();
    const list = new CareerList(search);
    const begun = list.ask(asking(""));
    open[0]?.answer(page([row("a")], PAGE * 2));
    await begun;
    const more = list.need(PAGE, PAGE + 1);
    const next = list.ask(asking("vet"));
    open[2]?.answer(page([row("vet")], 1));
    await next;
    open[1]?.answer(page([row("stranger")], PAGE * 2));
    await more;
    expect(list.rows.map((one) => one?.slug)).toEqual(["vet"]);
  });

  it("tells a failure and can ask again", async () => {
    const { open, search } = byHand();
    const list = new CareerList(search);
    const begun = list.ask(asking("vet"));
    open[0]?.fail(new Error("no"));
    await begun;
    expect(list.fault).toBeInstanceOf(Error);
    const retried = list.again();
    open[1]?.answer(page([row("vet")]));
    await retried;
    expect(list.fault).toBeNull();
    expect(open[1]?.query.text).toBe("vet");
  });
});

describe("the histogram of pay", () => {
  it("counts every pay once, the highest in the open stretch", () => {
    const bins = payBins([0, 9999, STEP, TOP, 900_000], STEP);
    expect(bins.map((bin) => bin.count).reduce((a, b) => a + b)).toBe(5);
    expect(bins[0]).toMatchObject({ count: 2, on: false });
    expect(bins[1]).toMatchObject({ count: 1, on: true });
    expect(bins.at(-1)).toMatchObject({ from: TOP, to: null, count: 2 });
  });
});
