import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it, vi } from "vitest";
import type { RosterCheck, RosterText } from "../../generated/contract";
import { call, OperationError } from "../../platform";
import ImportRoster from "./ImportRoster.svelte";
import { Roster } from "./roster.svelte";

vi.mock("../../platform", async (original) => ({
  ...(await original<typeof import("../../platform")>()),
  call: vi.fn(),
}));

const ready: RosterCheck = {
  headings: ["Name", "Grad year"],
  columns: { heading: true, name: 0, family_name: null, graduation_year: 1, school_id: null },
  rows: [
    { line: 2, student: { name: "Demo Learner", graduation_year: 2027, school_id: null }, known: false },
  ],
  new: 1,
  known: 0,
  faults: [],
};
let check: RosterCheck;
const asked = () =>
  vi
    .mocked(call)
    .mock.calls.filter(([name]) => name === "students.check_roster")
    .map(([, input]) => input as RosterText);
const wrote = () => vi.mocked(call).mock.calls.some(([name]) => name === "students.import_roster");

beforeEach(() => {
  check = ready;
  vi.mocked(call)
    .mockReset()
    .mockImplementation(async (name) => {
      if (name === "students.check_roster") return check as never;
      if (name === "students.import_roster") return { added: 1, known: 0, change: 7 } as never;
      if (name === "changes.undo") return { change: 8 } as never;
      if (name === "home.show") return { students: 0, applications: 0, careers: 0 } as never;
      throw new OperationError("operation.unknown");
    });
});

it("goes from empty over checking to ready, and is done only when asked to be", async () => {
  const roster = new Roster();
  expect(roster.step).toBe("empty");
  roster.type("Name,Grad year\nDemo Learner,2027");
  expect(roster.step).toBe("checking");
  await roster.look();
  expect(roster.step).toBe("ready");
  expect(wrote()).toBe(false);
  await roster.bringIn();
  expect(roster.step).toBe("done");
});

it("brings nobody in while there is a fault", async () => {
  check = { ...ready, faults: [{ line: 2, column: 1, fault: "year_not_a_year" }] };
  const roster = new Roster();
  roster.type("Name,Grad year\nDemo Learner,20277");
  await roster.look();
  expect(roster.step).toBe("faults");
  await roster.bringIn();
  expect(wrote()).toBe(false);
});

it("says when everybody is there already", async () => {
  check = { ...ready, new: 0, known: 1 };
  const roster = new Roster();
  roster.type("Demo Learner");
  await roster.look();
  expect(roster.step).toBe("nothing_new");
});

it("a check of older text is dropped", async () => {
  const roster = new Roster();
  let answerFirst: (check: RosterCheck) => void = () => undefined;
  vi.mocked(call).mockImplementationOnce(() => new Promise((resolve) => (answerFirst = resolve as never)));
  roster.type("old");
  const first = roster.look();
  roster.type("Name,Grad year\nDemo Learner,2027");
  await roster.look();
  answerFirst({ ...ready, new: 99 });
  await first;
  expect(roster.check?.new).toBe(1);
});

it("opens a file in any of the encodings, and refuses one that is too large before reading it", async () => {
  const roster = new Roster();
  const old = new Uint8Array([0xd1, 0x61]);
  // jsdom's files can't be read.
  await roster.open(Object.assign(new File([old], "old.csv"), { arrayBuffer: async () => old.buffer }));
  expect(roster.file).toEqual({ name: "old.csv", encoding: "windows-1252" });
  expect(asked().at(-1)?.text).toBe("Ña");
  const huge = new File(["x"], "huge.csv");
  Object.defineProperty(huge, "size", { value: 65 * 1024 * 1024 });
  await roster.open(huge);
  expect(roster.tooLarge).toBe(true);
  expect(roster.text).toBe("Ña");
});

it("columns that are changed are checked at once, and used for the import", async () => {
  const roster = new Roster();
  roster.type("Name,Grad year\nDemo Learner,2027");
  await roster.look();
  check = { ...ready, columns: { ...ready.columns, school_id: 1, graduation_year: null } };
  await roster.arrange({ graduation_year: null, school_id: 1 });
  expect(asked().at(-1)?.columns).toEqual(check.columns);
  await roster.bringIn();
  expect(call).toHaveBeenLastCalledWith("students.import_roster", {
    text: roster.text,
    columns: check.columns,
  });
});

it("the page names every fault with its line and column, and keeps the button off", async () => {
  check = {
    ...ready,
    faults: [
      { line: 3, column: 1, fault: "year_not_a_year" },
      { line: 4, column: null, fault: "cells_missing" },
    ],
  };
  render(ImportRoster);
  await userEvent.click(screen.getByLabelText("Paste the roster"));
  await userEvent.paste("Name,Grad year\nDemo Learner,2027\nSample Student,20277\nx");
  expect(await screen.findByText("Line 3, Column 2: Grad year")).toBeTruthy();
  expect(screen.getByText("Sample Student,20277")).toBeTruthy();
  expect(screen.getByText("Line 4")).toBeTruthy();
  expect(screen.getByText(/Nothing is written yet/)).toBeTruthy();
  expect(screen.getByRole("button", { name: /Add 1 student/ }).hasAttribute("disabled")).toBe(true);
});

it("the page brings everybody in and takes it back", async () => {
  render(ImportRoster);
  await userEvent.click(screen.getByLabelText("Paste the roster"));
  await userEvent.paste("Name,Grad year\nDemo Learner,2027");
  await userEvent.click(await screen.findByRole("button", { name: "Add 1 student" }));
  await userEvent.click(await screen.findByRole("button", { name: "Undo the import" }));
  expect(call).toHaveBeenCalledWith("changes.undo", { change: 7 });
  await vi.waitFor(() =>
    expect(screen.getByLabelText<HTMLTextAreaElement>("Paste the roster").value).toBe(""),
  );
});
