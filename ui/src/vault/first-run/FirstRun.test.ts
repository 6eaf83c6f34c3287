import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { VaultStatus } from "../../generated/contract";
import { call, OperationError } from "../../platform";
import { session, takeStatus } from "../../shared/session.svelte";
import FirstRun from "./FirstRun.svelte";

vi.mock("../../platform", async (original) => ({ ...(await original<object>()), call: vi.fn() }));

const groups = ["7KQ2F", "M9XAD", "4TRPW", "C8HVN", "2JY6B", "QE5ZK", "W3DFM", "K7PXA"];
const first: VaultStatus = {
  state: "first_run",
  folder: "/usual",
  default_folder: "/usual",
  settings_file: "/s",
  problem: null,
  wait_seconds: 0,
  opened_by: null,
  keys_restored: null,
  keychain_off: false,
};
const create = vi.fn();

beforeEach(() => {
  create.mockReset().mockReturnValue({ groups });
  takeStatus(first);
  session.settingUp = false;
  vi.mocked(call).mockImplementation(async (name, input) => {
    if (name === "vault.create") return create(input);
    if (name === "vault.status") return { ...first, state: "unlocked" };
    if (name === "careers.places") return [];
    return { id: "1", change: 1, saved_at: "" };
  });
  render(FirstRun);
});

const press = (name: string) => userEvent.click(screen.getByRole("button", { name }));

async function choosePassphrase(one: string, two: string) {
  await press("Begin");
  await press("Next");
  await userEvent.type(screen.getByLabelText("New passphrase"), one);
  await userEvent.type(screen.getByLabelText("The same once more"), two);
  await press("Make the records");
}

describe("the first run", () => {
  it("makes nothing while two passphrases differ or are short, and goes to the fault", async () => {
    await choosePassphrase("purple kettle orbit", "purple kettle");
    expect(screen.getByText("The two are different.")).toBeTruthy();
    expect(document.activeElement).toBe(screen.getByLabelText("The same once more"));
    await userEvent.clear(screen.getByLabelText("New passphrase"));
    await userEvent.type(screen.getByLabelText("New passphrase"), "short");
    await press("Make the records");
    expect(screen.getAllByText("7 more characters are needed.").length).toBeGreaterThan(0);
    expect(create).not.toHaveBeenCalled();
  });

  it("shows the recovery key, goes on only where it is typed back whole, and ends at home", async () => {
    await choosePassphrase("purple kettle orbit", "purple kettle orbit");
    expect(create).toHaveBeenCalledWith({ folder: null, passphrase: "purple kettle orbit" });
    for (const group of groups) expect(await screen.findByText(group)).toBeTruthy();
    await press("I have it");
    expect(screen.queryByText(groups[0] ?? "")).toBeNull();
    await press("Next");
    expect(screen.getByText(/^Group 1 is not as it was shown/)).toBeTruthy();
    await userEvent.type(
      screen.getByLabelText("Recovery key from your sheet"),
      groups.join(" ").toLowerCase(),
    );
    await press("Next");
    expect(session.open).toBe(false);
    await press("Next");
    await press("Add the sample student");
    expect(vi.mocked(call)).toHaveBeenCalledWith("students.add_sample", { language: "en" });
    expect(session.open).toBe(true);
  });

  it("keeps the passphrase typed where the records can't be made, and says why", async () => {
    create.mockRejectedValue(new OperationError("storage.read_only"));
    await choosePassphrase("purple kettle orbit", "purple kettle orbit");
    expect((await screen.findByRole("alert")).textContent).toContain("may not be written to");
    expect(screen.getByLabelText<HTMLInputElement>("New passphrase").value).toBe("purple kettle orbit");
  });
});
