// Who received it and why they may: what is being typed of somebody else is there again after a lock.
import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { LogRow } from "../generated/contract";
import { m } from "../generated/messages/messages";
import { call } from "../platform";
import { forgetUnsaved } from "../shared/leaving";
import { keeping, keepsTexts, lockAndUnlock } from "../shared/testing/locking";
import AnswerDialog from "./AnswerDialog.svelte";
import ForWhom from "./ForWhom.svelte";

const host = vi.hoisted(() => ({ listen: null as ((logged: unknown) => void) | null }));
vi.mock("../platform", async (original) => ({
  ...(await original<object>()),
  call: vi.fn(),
  onLoggedOutput: (listen: (logged: unknown) => void) => {
    host.listen = listen;
    return () => (host.listen = null);
  },
}));

const field = (label: string) => screen.getByLabelText<HTMLInputElement>(label);
const answers = () =>
  vi
    .mocked(call)
    .mock.calls.filter(([name]) => name === "log.answer")
    .map(([, input]) => input);

beforeEach(() => {
  vi.mocked(call).mockClear();
  keepsTexts({ "log.answer": () => ({ id: "b", change: 1, saved_at: "2026-11-30T10:00:00Z", recent: [] }) });
});
afterEach(() => {
  cleanup();
  forgetUnsaved();
});

test("at the foot of the page, for the document that it was typed for", async () => {
  render(ForWhom);
  const students = [{ id: "s", name: "Sample Student" }];
  host.listen?.({ batch: "b", output: "applications.pdf", students, students_count: 1 });
  await fireEvent.keyDown(await screen.findByRole("group"), { key: "5" });
  await userEvent.type(await screen.findByLabelText(m.log_party()), "Example College");
  await lockAndUnlock();
  render(ForWhom);
  expect(field(m.log_party()).value).toBe("Example College");
  expect(keeping.texts).toEqual([]);
  await userEvent.type(field(m.log_interest()), "Decides");
  await userEvent.click(screen.getByText(m.shared_save()));
  expect(answers()).toEqual([
    { batch: "b", audience: "other", party: "Example College", interest: "Decides", correcting: false },
  ]);
});

test("in the dialog of the log, for the row that it was typed for", async () => {
  const row = { batch: "older", name: "applications.pdf", audience: null, students: [], students_count: 1 };
  render(AnswerDialog, { open: true, row: row as unknown as LogRow });
  await userEvent.click(screen.getByRole("radio", { name: /other|else/i }));
  await userEvent.type(field(m.log_party()), "Example College");
  await userEvent.type(field(m.log_interest()), "Decides");
  await lockAndUnlock();
  render(AnswerDialog, { open: false, row: null });
  expect(field(m.log_interest()).value).toBe("Decides");
  await userEvent.click(screen.getByText(m.shared_save()));
  expect(answers()[0]).toMatchObject({ batch: "older", audience: "other", party: "Example College" });
});

test("what was not begun is not kept", async () => {
  const row = { batch: "older", name: "applications.pdf", audience: null, students: [], students_count: 1 };
  render(AnswerDialog, { open: true, row: row as unknown as LogRow });
  await lockAndUnlock();
  render(AnswerDialog, { open: false, row: null });
  expect(screen.queryByRole("radio")).toBeNull();
});
