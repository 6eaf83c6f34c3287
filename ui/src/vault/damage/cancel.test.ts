// Salvage, and the look for a good backup, can be stopped by the person, and say that nothing was changed.
import { cleanup, render, screen, waitFor } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { call, OperationError } from "../../platform";
import FromBackup from "./FromBackup.svelte";
import Salvage from "./Salvage.svelte";

vi.mock("../../platform", async (original) => ({ ...(await original<object>()), call: vi.fn() }));

const backup = {
  name: "waymark-20261130T131415Z-0a1b2c3d",
  made_at: "2026-11-30T13:14:15Z",
  size: 4096,
  records: null,
  openable: true,
  folder: "/f/backups",
};
let end: (fault: unknown) => void;

/** The program, in which work of this kind goes on until it is told to stop. */
function working(operation: string, kind: string) {
  let rows: object[] = [];
  const answers: Record<string, () => unknown> = {
    "damage.backups": () => ({ rows: [backup], away: null, set_aside: "/f/set-aside" }),
    "jobs.list": () => rows,
    "jobs.cancel": () => {
      rows = [];
      end(new OperationError("jobs.stopped"));
      return rows;
    },
    [operation]: () => {
      const row = { id: 7, kind, done: 130, total: 500, state: "running", stopping: false };
      rows = [{ ...row, code: null, params: {} }];
      return new Promise((_, reject) => (end = reject));
    },
  };
  vi.mocked(call).mockImplementation(((name: string) => Promise.resolve(answers[name]?.())) as typeof call);
}

beforeEach(() => void vi.mocked(call).mockReset());
afterEach(cleanup);

test.each([
  ["damage.salvage", "salvage", Salvage, "Save what can be read"],
  ["damage.good_backup", "find_backup", FromBackup, "Look inside"],
] as const)("%s says how far it is and is stopped by its button", async (operation, kind, page, button) => {
  working(operation, kind);
  render(page, { onback: vi.fn(), ondone: vi.fn() });
  const field = await screen.findByLabelText<HTMLInputElement>(/passphrase/i, {
    selector: "[type=password]",
  });
  await userEvent.type(field, "a long enough passphrase");
  await userEvent.click(screen.getByRole("button", { name: button }));

  const bar = await screen.findByRole<HTMLProgressElement>("progressbar", {}, { timeout: 3000 });
  await waitFor(() => expect(bar.value).toBe(0.26));
  await userEvent.click(await screen.findByRole("button", { name: "Cancel" }));
  expect(vi.mocked(call)).toHaveBeenCalledWith("jobs.cancel", { id: 7 });
  await screen.findByText(/Nothing was changed/);
  expect(screen.queryByRole("progressbar")).toBeNull();
  expect(screen.queryByRole("alert")).toBeNull();
  await waitFor(() => expect(document.activeElement).toBe(field));
  expect(field.value).toBe("a long enough passphrase");
});
