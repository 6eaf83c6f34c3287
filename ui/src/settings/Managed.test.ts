import { cleanup, render, screen } from "@testing-library/svelte";
import { describe, expect, it, vi } from "vitest";
import type { ManagedSettings } from "../generated/contract";
import { call } from "../platform";
import Managed from "./Managed.svelte";

vi.mock("../platform", async (original) => ({ ...(await original<object>()), call: vi.fn() }));

const nothing: ManagedSettings = {
  file: null,
  problem: null,
  backup_folder: null,
  idle_minutes: null,
  school_recovery_key: false,
  allowed_exports: null,
  keychain: null,
};

const show = (set: Partial<ManagedSettings>) => {
  vi.mocked(call).mockResolvedValueOnce({ ...nothing, ...set });
  return render(Managed);
};

describe("what the school has set", () => {
  it("is not spoken of where there is nothing", async () => {
    const { container } = show({});
    await vi.waitFor(() => expect(vi.mocked(call)).toHaveBeenCalledWith("settings.managed", {}));
    expect(container.querySelector("section")).toBeNull();
  });

  it("is shown value by value, with the file that says so, and nothing is shown that is not set", async () => {
    show({
      file: "/etc/waymark/managed.json",
      idle_minutes: 5,
      allowed_exports: ["careers.pdf", "of.tomorrow"],
    });
    expect(await screen.findByText("5 minutes")).toBeTruthy();
    expect(screen.getByText("A career as PDF")).toBeTruthy();
    expect(screen.getByText("/etc/waymark/managed.json")).toBeTruthy();
    expect(screen.queryByText("Second backup place")).toBeNull();
  });

  it("says that no document can be made", async () => {
    show({ file: "/f", allowed_exports: [] });
    expect(await screen.findByText("None")).toBeTruthy();
  });

  it("says that the keychain opens no records, and nothing of a keychain that may", async () => {
    show({ file: "/f", keychain: false });
    expect(await screen.findByText("Opens no records")).toBeTruthy();
    cleanup();
    show({ file: "/f", keychain: true });
    expect(await screen.findByText("/f")).toBeTruthy();
    expect(screen.queryByText("Opens no records")).toBeNull();
  });

  it("says that the file is damaged", async () => {
    show({ file: "/f", problem: "settings.managed_damaged" });
    expect((await screen.findByRole("alert")).textContent).toContain("damaged");
  });
});
