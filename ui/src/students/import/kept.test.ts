// A roster that was pasted is there again after a lock, with its columns as they were arranged; a file is not.
import { cleanup, render, screen, waitFor } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { RosterColumns } from "../../generated/contract";
import { m } from "../../generated/messages/messages";
import { forgetUnsaved } from "../../shared/leaving";
import { keeping, keepsTexts, lockAndUnlock } from "../../shared/testing/locking";
import ImportRoster from "./ImportRoster.svelte";
import { Roster } from "./roster.svelte";

vi.mock("../../platform", async (original) => ({ ...(await original<object>()), call: vi.fn() }));

const TEXT = "Sample Student\nDemo Learner";
const columns: RosterColumns = {
  heading: false,
  name: 0,
  family_name: null,
  graduation_year: null,
  school_id: null,
};
const asked: unknown[] = [];

beforeEach(() => {
  asked.length = 0;
  keepsTexts({
    "students.check_roster": (input) => {
      asked.push(input);
      return { headings: ["1"], columns, rows: [], new: 2, known: 0, faults: [] };
    },
  });
});
afterEach(() => {
  cleanup();
  forgetUnsaved();
});

const box = () => screen.getByLabelText<HTMLTextAreaElement>(new RegExp(m.students_paste()));

test("what was pasted", async () => {
  render(ImportRoster);
  await userEvent.click(box());
  await userEvent.paste(TEXT);
  await lockAndUnlock();
  render(ImportRoster);
  expect(box().value).toBe(TEXT);
  expect(keeping.texts).toEqual([]);
  await waitFor(() => expect(asked).toContainEqual({ text: TEXT, columns: null }));
});

test("how its columns are read", async () => {
  const roster = new Roster();
  roster.type(TEXT);
  await roster.look();
  await roster.arrange({ name: 1 });
  const again = new Roster();
  again.putBack(roster.typed);
  expect(asked.at(-1)).toEqual({ text: TEXT, columns: { ...columns, name: 1 } });
  expect(again.typed).toEqual(roster.typed);
});

test("no file, and nothing where nothing was pasted", async () => {
  const roster = new Roster();
  const file = {
    name: "roster.csv",
    size: 9,
    arrayBuffer: async () => new TextEncoder().encode(TEXT).buffer,
  };
  await roster.open(file as unknown as File);
  expect(roster.typed).toEqual({ text: "", columns: "" });
  render(ImportRoster);
  await lockAndUnlock();
  expect(keeping.texts).toEqual([]);
});
