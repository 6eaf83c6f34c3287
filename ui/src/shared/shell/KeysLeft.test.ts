// After an opening it is said which places still open with what held before a change of the keys.
import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { call, OperationError } from "../../platform";
import KeysLeft from "./KeysLeft.svelte";

vi.mock("../../platform", async (original) => ({ ...(await original<object>()), call: vi.fn() }));

const left = (reason: string) => ({ left: [{ place: "/media/stick", reason }] }) as never;

test.each(["absent", "not_writable"])("a place that is %s is named, until it was read", async (reason) => {
  vi.mocked(call).mockResolvedValueOnce(left(reason));
  render(KeysLeft);
  await screen.findByText(/\/media\/stick/);
  await userEvent.click(screen.getByRole("button", { name: "Close" }));
  expect(screen.queryByText(/\/media\/stick/)).toBeNull();
});

test("an old backup that opens with an earlier passphrase alone is said in the settings", async () => {
  vi.mocked(call).mockResolvedValueOnce(left("older_keys"));
  render(KeysLeft);
  await Promise.resolve();
  expect(screen.queryByRole("status")).toBeNull();
});

test("in a meeting nothing is said", async () => {
  vi.mocked(call).mockRejectedValueOnce(new OperationError("meeting.refused"));
  render(KeysLeft);
  await Promise.resolve();
  expect(document.body.textContent.trim()).toBe("");
});
