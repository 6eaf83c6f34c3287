import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it, vi } from "vitest";
import { call, OperationError } from "../platform";
import { toasts } from "../shared/toasts.svelte";
import StudentDialog from "./StudentDialog.svelte";

vi.mock("../platform", async (original) => ({
  ...(await original<typeof import("../platform")>()),
  call: vi.fn(),
}));

beforeEach(() => {
  vi.mocked(call)
    .mockReset()
    .mockImplementation(async (name, input) => {
      const { name: typed, graduation_year: year } = input as {
        name: string;
        graduation_year: number | null;
      };
      if (name !== "students.add") return { students: 0, applications: 0, careers: 0 } as never;
      if (!typed.trim()) throw new OperationError("students.name_empty");
      if (year && year > 2100)
        throw new OperationError("students.year_out_of_range", { least: 1950, greatest: 2100 });
      return { id: "new-1", change: 3, saved_at: "2026-11-23T10:42:07Z" } as never;
    });
});

const submit = () => userEvent.click(screen.getByRole("button", { name: "Add a student" }));
const described = (control: HTMLElement) =>
  (control.getAttribute("aria-describedby") ?? "")
    .split(" ")
    .map((id) => document.getElementById(id)?.textContent ?? "")
    .join(" ");

it("faults stand at their fields and take the focus; what was typed stays", async () => {
  render(StudentDialog, { open: true });
  const name = screen.getByLabelText("Name");
  const year = screen.getByLabelText<HTMLInputElement>(/Year of graduation/);
  await userEvent.type(year, "2999");
  await submit();
  expect(described(name)).toContain("A student needs a name.");
  expect(document.activeElement).toBe(name);
  await userEvent.type(name, "Demo Learner");
  await submit();
  expect(described(year)).toContain("between 1950 and 2100");
  expect(document.activeElement).toBe(year);
  expect(year.value).toBe("2999");
  await userEvent.clear(year);
  await userEvent.type(year, "soon");
  await submit();
  expect(described(year)).toContain("four digits");
});

it("adds the student as written, tells it, and Undo takes it back", async () => {
  const ondone = vi.fn();
  render(StudentDialog, { open: true, ondone });
  const long = "Ñ".repeat(300);
  await userEvent.type(screen.getByLabelText("Name"), long);
  await userEvent.type(screen.getByLabelText(/School number/), "007");
  await submit();
  expect(call).toHaveBeenCalledWith("students.add", { name: long, graduation_year: null, school_id: "007" });
  expect(ondone).toHaveBeenCalledWith("new-1");
  await toasts.shown.at(-1)?.undo?.();
  expect(call).toHaveBeenCalledWith("changes.undo", { change: 3 });
});
