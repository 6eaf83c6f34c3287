import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { call, OperationError } from "../platform";
import { session, takeStatus } from "../shared/session.svelte";
import Unlock from "./Unlock.svelte";

vi.mock("../platform", async (original) => ({ ...(await original<object>()), call: vi.fn() }));

const locked = {
  state: "locked",
  folder: "/f",
  default_folder: "/f",
  settings_file: "/s",
  problem: null,
  wait_seconds: 0,
  opened_by: null,
  keys_restored: null,
} as const;
const onproblem = vi.fn();

beforeEach(() => {
  onproblem.mockClear();
  takeStatus(locked);
  render(Unlock, { onrecover: vi.fn(), onfolder: vi.fn(), onproblem });
});

async function tryPassphrase() {
  await userEvent.type(screen.getByLabelText("Passphrase"), "wrong one{Enter}");
}

describe("unlocking", () => {
  it("begins in the field, and opens the records with the right passphrase", async () => {
    vi.mocked(call).mockResolvedValueOnce({ ...locked, state: "unlocked" });
    expect(document.activeElement).toBe(screen.getByLabelText("Passphrase"));
    await tryPassphrase();
    expect(vi.mocked(call)).toHaveBeenCalledWith("vault.unlock", { passphrase: "wrong one" });
    expect(session.open).toBe(true);
  });

  it("says that a passphrase is wrong, keeps it to mend, and counts the seconds to wait", async () => {
    vi.mocked(call).mockRejectedValueOnce(
      new OperationError("vault.wrong_passphrase", { wait_seconds: 8, opened_by: null, keys_restored: null }),
    );
    await tryPassphrase();
    const field = screen.getByLabelText<HTMLInputElement>("Passphrase");
    expect(field.getAttribute("aria-invalid")).toBe("true");
    expect(field.value).toBe("wrong one");
    expect(screen.getByText(/That is not the passphrase/)).toBeTruthy();
    expect(screen.getByText("Wait 8 seconds before the next try.")).toBeTruthy();
    expect(screen.getByRole<HTMLButtonElement>("button", { name: "Unlock" }).disabled).toBe(true);
  });

  it("hands on what no passphrase can mend", async () => {
    const fault = new OperationError("vault.damaged");
    vi.mocked(call).mockRejectedValueOnce(fault);
    await tryPassphrase();
    expect(onproblem).toHaveBeenCalledWith(fault);
  });
});
