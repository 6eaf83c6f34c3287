// An application on a form that this version of the program does not know.
import { render, screen, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { ApplicationInList } from "../generated/contract";
import { call, OperationError } from "../platform";
import { href, router } from "../shared/router.svelte";
import { toasts } from "../shared/toasts.svelte";
import ApplicationLine from "./ApplicationLine.svelte";
import Editor from "./Editor.svelte";

vi.mock("../platform", async (original) => ({ ...(await original<object>()), call: vi.fn() }));

const one: ApplicationInList = {
  application: {
    id: "a",
    plan: { student_id: null, career: null, programme: "Marine Biology", institution: null },
    student_name: "Sample Student",
    form: "general-admission",
    form_version: 99,
    created_at: "2026-11-01T10:00:00Z",
    saved_at: "2026-11-02T10:00:00Z",
    versions: 2,
    progress: { sections: 0, complete: 0, faults: 0 },
    between_us: false,
  },
  form_name: null,
};
let stop: () => void;

beforeEach(() => {
  stop = router.start();
  router.go(href("applications/a"));
  vi.mocked(call)
    .mockReset()
    .mockImplementation(async (name) => {
      if (name === "applications.open") throw new OperationError("applications.unknown_form");
      return { id: "a", change: 7, saved_at: "2026-11-02T10:00:00Z" } as never;
    });
});
afterEach(() => stop());

it("stands in the list with its title and what is the matter, and is not called complete", () => {
  render(ApplicationLine, { one });
  const row = screen.getByRole("link");
  expect(row.textContent).toContain("Marine Biology");
  expect(row.textContent).toContain("Form not known to this version of Waymark");
  expect(row.textContent).not.toMatch(/complete/i);
});

it("is refused in clear words when it is opened, and can be deleted and brought back", async () => {
  render(Editor, { params: { id: "a" } });
  expect((await screen.findByRole("alert")).textContent).toContain("does not know the form");
  await userEvent.click(screen.getByRole("button", { name: "Delete this application" }));
  const dialog = await screen.findByRole("dialog");
  await userEvent.click(within(dialog).getByRole("button", { name: "Delete this application" }));
  expect(call).toHaveBeenCalledWith("applications.remove", { id: "a" });
  await vi.waitFor(() => expect(router.path).toBe("/applications"));
  await toasts.shown.at(-1)?.undo?.();
  expect(call).toHaveBeenCalledWith("changes.undo", { change: 7 });
});
