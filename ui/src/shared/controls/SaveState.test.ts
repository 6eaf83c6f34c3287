import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { OperationError } from "../../platform";
import SaveState from "./SaveState.svelte";

describe("the save state", () => {
  it("says saved with the time only for what was saved", async () => {
    const at = new Date(2026, 10, 23, 10, 42, 7).toISOString();
    const { rerender } = render(SaveState, { state: { kind: "saving" } });
    expect(document.body.textContent).toContain("Saving…");
    expect(document.body.textContent).not.toContain("Saved");
    await rerender({ state: { kind: "saved", at } });
    expect(document.body.textContent).toContain("Saved 10:42:07");
  });

  it("tells a failure at once, why, and offers to try again", async () => {
    const onretry = vi.fn();
    render(SaveState, { state: { kind: "failed", fault: new OperationError("storage.disk_full") }, onretry });
    expect(screen.getByRole("alert").textContent).toContain("Not saved: The disk is full.");
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(onretry).toHaveBeenCalledOnce();
  });
});
