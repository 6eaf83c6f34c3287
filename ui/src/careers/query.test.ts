import { describe, expect, it } from "vitest";
import { noFilters } from "../shared/career-titles.svelte";
import { href, readAddress } from "../shared/router.svelte";
import {
  cleared,
  countChosen,
  question,
  readList,
  sortInForce,
  toggled,
  writeList,
  type ListState,
} from "./query";

const plain: ListState = { text: "", filters: noFilters, sort: null };
const full: ListState = {
  text: "someone who fixes planes & more",
  filters: {
    field: ["health_science", "information_technology"],
    group: ["29-0000"],
    letter: ["#", "N"],
    education: ["bachelors_degree"],
    pay_at_least: 60_000,
    growth: ["faster", "shrinking"],
    openings_at_least: 5000,
    interest: ["I", "C"],
    preparation: [4, 5],
    subject: ["physics"],
  },
  sort: "pay",
};

const thereAndBack = (list: ListState) => readList(readAddress(href("careers", writeList(list))).query);

describe("the list in the address", () => {
  it("comes back from the address as it was written", () => {
    expect(thereAndBack(full)).toEqual(full);
    expect(thereAndBack(plain)).toEqual(plain);
  });

  it("leaves an address without anything chosen bare", () => {
    expect(href("careers", writeList(plain))).toBe("#/careers");
  });

  it("passes over values that no filter has", () => {
    const query = readAddress(
      "#/careers?pay=lots&growth=sideways&interest=X&preparation=9&preparation=2.5&sort=luck&openings=-5&field=%3Cb%3E&group=29-1141&letter=aa&letter=%C3%91",
    ).query;
    expect(readList(query)).toEqual(plain);
  });

  it("keeps letters, marks and emoji of the text", () => {
    const list = { ...plain, text: "niñera 👩‍🚒 #1 & “más”?" };
    expect(thereAndBack(list)).toEqual(list);
  });
});

describe("filters", () => {
  it("turn one value on and off and leave the others", () => {
    expect(toggled(full.filters, "preparation", "4")).toEqual({ preparation: ["5"] });
    expect(toggled(full.filters, "subject", "art")).toEqual({ subject: ["physics", "art"] });
  });

  it("are counted value by value and cleared all at once", () => {
    expect(countChosen(full.filters)).toBe(15);
    const address = href("careers", { ...writeList(full), ...cleared });
    expect(readList(readAddress(address).query)).toEqual({ ...plain, text: full.text, sort: "pay" });
  });
});

describe("order", () => {
  it("is by best match while there is text and by name otherwise", () => {
    expect(sortInForce(plain)).toBe("name");
    expect(sortInForce({ ...plain, text: "vet" })).toBe("relevance");
    expect(sortInForce({ ...plain, sort: "relevance" })).toBe("name");
    expect(sortInForce({ ...plain, text: "vet", sort: "growth" })).toBe("growth");
  });

  it("goes into the question with text, filters, place and language", () => {
    expect(question(full, "MA18140", "es")).toEqual({
      text: full.text,
      filters: full.filters,
      sort: "pay",
      place: "MA18140",
      language: "es",
    });
  });
});
