import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { beforeEach, expect, test, vi } from "vitest";
import type { Logged } from "../generated/contract";
import { m } from "../generated/messages/messages";
import ForWhom from "./ForWhom.svelte";

const host = vi.hoisted(() => ({
  call: vi.fn(),
  listen: null as ((logged: unknown) => void) | null,
}));
vi.mock("../platform", async (original) => ({
  ...(await original<object>()),
  call: host.call,
  onLoggedOutput: (listen: (logged: unknown) => void) => {
    host.listen = listen;
    return () => (host.listen = null);
  },
}));

const logged = (batch: string): Logged => ({
  batch,
  output: "applications.pdf",
  students: [{ id: "s", name: "Sample Student" }],
  students_count: 1,
});
const bar = () => screen.findByRole("group");
const answers = () =>
  host.call.mock.calls.filter(([name]) => name === "log.answer").map(([, input]) => input);

beforeEach(() => {
  host.call.mockReset();
  host.call.mockResolvedValue({ id: "b", change: 1, saved_at: "2026-11-30T10:00:00.000Z", recent: [] });
  document.body.querySelectorAll("textarea").forEach((one) => one.remove());
});

test("one key says for whom, and the focus goes back", async () => {
  const button = document.body.appendChild(document.createElement("button"));
  button.focus();
  render(ForWhom);
  host.listen?.(logged("b"));
  const group = await bar();
  await waitFor(() => expect(document.activeElement).toBe(group));
  await fireEvent.keyDown(group, { key: "2" });
  await waitFor(() => expect(screen.queryByRole("group")).toBeNull());
  expect(answers()).toEqual([
    { batch: "b", audience: "parent", party: null, interest: null, correcting: false },
  ]);
  await waitFor(() => expect(document.activeElement).toBe(button));
  button.remove();
});

test("whoever is writing keeps the focus; Alt W goes to the question", async () => {
  const field = document.body.appendChild(document.createElement("textarea"));
  field.focus();
  render(ForWhom);
  host.listen?.(logged("b"));
  const group = await bar();
  expect(document.activeElement).toBe(field);
  await fireEvent.keyDown(field, { key: "1" });
  expect(answers()).toEqual([]);
  await fireEvent.keyDown(window, { key: "w", code: "KeyW", altKey: true });
  expect(document.activeElement).toBe(group);
  await fireEvent.keyDown(group, { key: "Escape" });
  await waitFor(() => expect(screen.queryByRole("group")).toBeNull());
  await waitFor(() => expect(document.activeElement).toBe(field));
  expect(answers()).toEqual([]);
});

test("only somebody else is asked for party and interest, and both must be there", async () => {
  render(ForWhom);
  host.listen?.(logged("b"));
  await fireEvent.keyDown(await bar(), { key: "5" });
  const party = await screen.findByLabelText(m.log_party());
  await fireEvent.input(party, { target: { value: "Example College" } });
  await fireEvent.click(screen.getByText(m.shared_save()));
  await screen.findByText(m.error_log_interest_missing());
  expect(answers()).toEqual([]);
  // Figures in a field are written, not chosen.
  await fireEvent.keyDown(party, { key: "1" });
  expect(answers()).toEqual([]);
  await fireEvent.input(screen.getByLabelText(m.log_interest()), { target: { value: "Decides" } });
  await fireEvent.click(screen.getByText(m.shared_save()));
  await waitFor(() => expect(answers()).toHaveLength(1));
  expect(answers()[0]).toMatchObject({ audience: "other", party: "Example College", interest: "Decides" });
});

test("what left before is asked about after what left last", async () => {
  render(ForWhom);
  host.listen?.(logged("first"));
  host.listen?.(logged("second"));
  await fireEvent.keyDown(await bar(), { key: "1" });
  await waitFor(() => expect(answers()).toHaveLength(1));
  await waitFor(() => expect(document.querySelector("[aria-busy]")).toBeNull());
  await fireEvent.keyDown(await bar(), { key: "1" });
  await waitFor(() => expect(answers()).toHaveLength(2));
  expect(answers().map((one) => (one as { batch: string }).batch)).toEqual(["second", "first"]);
});
