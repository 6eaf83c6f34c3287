import { cleanup, render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { KeychainPage } from "../generated/contract";
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
  keychain_off: false,
} as const;
const noKeychain: KeychainPage = { on: false, offered: false, problem: null };
const onproblem = vi.fn();

/** The unlock page on a computer whose keychain stands so. */
async function show(keychain: KeychainPage | OperationError = noKeychain) {
  const asked = vi.mocked(call).mockReset();
  if (keychain instanceof OperationError) asked.mockRejectedValueOnce(keychain);
  else asked.mockResolvedValueOnce(keychain);
  render(Unlock, { onrecover: vi.fn(), onfolder: vi.fn(), onproblem });
  await vi.waitFor(() => expect(asked).toHaveBeenCalledWith("vault.keychain", {}));
}

beforeEach(() => {
  onproblem.mockClear();
  takeStatus(locked);
});

async function tryPassphrase() {
  await userEvent.type(screen.getByLabelText("Passphrase"), "wrong one{Enter}");
}

describe("unlocking", () => {
  it("begins in the field, and opens the records with the right passphrase", async () => {
    await show();
    vi.mocked(call).mockResolvedValueOnce({ ...locked, state: "unlocked" });
    expect(document.activeElement).toBe(screen.getByLabelText("Passphrase"));
    await tryPassphrase();
    expect(vi.mocked(call)).toHaveBeenCalledWith("vault.unlock", { passphrase: "wrong one" });
    expect(session.open).toBe(true);
  });

  it("says that a passphrase is wrong, keeps it to mend, and counts the seconds to wait", async () => {
    await show();
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
    await show();
    const fault = new OperationError("vault.damaged");
    vi.mocked(call).mockRejectedValueOnce(fault);
    await tryPassphrase();
    expect(onproblem).toHaveBeenCalledWith(fault);
  });
});

describe("opening by the keychain", () => {
  const name = "Open with this computer’s keychain";
  const offered: KeychainPage = { on: true, offered: true, problem: null };

  it("is not spoken of where it is off, or where nobody can tell", async () => {
    for (const keychain of [
      noKeychain,
      { ...noKeychain, on: true },
      new OperationError("vault.keys_damaged"),
    ]) {
      await show(keychain);
      expect(screen.queryByRole("button", { name })).toBeNull();
      cleanup();
    }
  });

  it("is a button where it can be asked, and opens the records", async () => {
    await show(offered);
    vi.mocked(call).mockResolvedValueOnce({ ...locked, state: "unlocked", opened_by: "keychain" });
    await userEvent.click(await screen.findByRole("button", { name }));
    expect(vi.mocked(call)).toHaveBeenCalledWith("vault.unlock_by_keychain", {});
    expect(session.open).toBe(true);
  });

  it("says what the keychain refuses, and leaves the passphrase to be typed", async () => {
    await show(offered);
    vi.mocked(call).mockRejectedValueOnce(new OperationError("vault.keychain_refused"));
    await userEvent.click(await screen.findByRole("button", { name }));
    expect(await screen.findByText(/stayed locked, or it refused/)).toBeTruthy();
    expect(document.activeElement).toBe(screen.getByLabelText("Passphrase"));
    expect(session.open).toBe(false);
    expect(onproblem).not.toHaveBeenCalled();
  });

  it("says what stands in its way, without a button", async () => {
    await show({ on: true, offered: false, problem: "vault.keychain_lost" });
    expect(await screen.findByText(/does not hold the key of these records any more/)).toBeTruthy();
    expect(screen.queryByRole("button", { name })).toBeNull();
  });
});
