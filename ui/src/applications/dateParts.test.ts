import { expect, it } from "vitest";
import { readDate, writeDate } from "./dateParts";

it.each(["", "2008-05-03", "2008-05-", "-05-", "--3x", "0208-13-99"])(
  "a date %j is kept as far as it goes",
  (value) => {
    const parts = readDate(value) ?? expect.fail("it has parts");
    expect(writeDate(parts, true)).toBe(value);
  },
);

it("a single digit of day or month is written with two", () => {
  expect(writeDate({ year: "2008", month: "5", day: "3" }, true)).toBe("2008-05-03");
  expect(writeDate({ year: "2008", month: "5", day: "" }, false)).toBe("2008-05");
});

it("an answer that was not written in parts is left as it stands", () => {
  expect(readDate("May the third")).toBeNull();
  expect(readDate("2008-05-03-04")).toBeNull();
});
