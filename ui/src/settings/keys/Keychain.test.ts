import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import type { KeychainPage } from "../../generated/contract";
import { call, OperationError } from "../../platform";
import Keychain from "./Keychain.svelte";

vi.mock("../../platform", async (original) => ({ ...(await original<object>()), call: vi.fn() }));

async function show(page: Partial<KeychainPage>) {
  vi.mocked(call)
    .mockReset()
    .mockResolvedValueOnce({ on: false, offered: false, problem: null, ...page });
  render(Keychain);
  await screen.findByText(/Whoever is signed in to your account/);
}

const button = (name: string) => screen.queryByRole("button", { name });

describe("opening by the keychain", () => {
  it("is turned on with the passphrase, and a wrong one is said at its field", async () => {
    await show({});
    expect(button("Turn off")).toBeNull();
    await userEvent.click(screen.getByRole("button", { name: "Turn on" }));
    expect(screen.getByText("Type the passphrase.")).toBeTruthy();
    vi.mocked(call).mockRejectedValueOnce(new OperationError("vault.wrong_passphrase"));
    await userEvent.type(screen.getByLabelText("Passphrase"), "a passphrase{Enter}");
    expect(await screen.findByText(/That is not the passphrase/)).toBeTruthy();
    vi.mocked(call).mockResolvedValueOnce({ on: true, offered: false, problem: null });
    await userEvent.click(screen.getByRole("button", { name: "Turn on" }));
    expect(vi.mocked(call)).toHaveBeenLastCalledWith("vault.keychain_on", { passphrase: "a passphrase" });
    expect(await screen.findByText(/from the next start of Waymark on/)).toBeTruthy();
  });

  it("is turned off with one press, and what the keychain did not forget is said", async () => {
    await show({ on: true });
    expect(button("Turn on")).toBeNull();
    vi.mocked(call).mockResolvedValueOnce({ forgotten: false });
    await userEvent.click(screen.getByRole("button", { name: "Turn off" }));
    expect(await screen.findByText(/opens nothing any more. The records open/)).toBeTruthy();
    expect(screen.getByText(/could not be removed/)).toBeTruthy();
  });

  it("can't be turned on where there is no keychain or the school forbids it", async () => {
    for (const problem of ["vault.keychain_missing", "vault.keychain_forbidden"]) {
      await show({ problem });
      expect(button("Turn on")).toBeNull();
      document.body.replaceChildren();
      await show({ on: true, problem });
      expect([button("Turn on"), button("Turn off") !== null]).toEqual([null, true]);
      document.body.replaceChildren();
    }
  });

  it("is turned on anew where the keychain has lost what it held", async () => {
    await show({ on: true, problem: "vault.keychain_lost" });
    expect(screen.getByText(/does not hold the key of these records any more/)).toBeTruthy();
    expect(button("Turn on")).toBeTruthy();
    expect(button("Turn off")).toBeTruthy();
  });
});
