import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { ApplicationInList, Home as HomeAnswer } from "../generated/contract";
import { call, OperationError } from "../platform";
import { toasts } from "../shared/toasts.svelte";
import Home from "./Home.svelte";

vi.mock("../platform", async (original) => ({ ...(await original<object>()), call: vi.fn() }));

const nothing: HomeAnswer = {
  students: 0,
  applications: 0,
  careers: 5,
  drafts: [],
  without_application: 0,
  forgotten: [],
  recent: [],
  sample: null,
};

function draft(id: string, faults: number, complete: number): ApplicationInList {
  return {
    application: {
      id,
      plan: { student_id: null, career: null, programme: "Computer Science", institution: "State College" },
      student_name: "Sample Student",
      form: "general",
      form_version: 1,
      created_at: "2026-11-01T10:00:00Z",
      saved_at: "2026-11-02T10:00:00Z",
      versions: 1,
      progress: { sections: 6, complete, faults },
      between_us: false,
    },
    form_name: { en: "General" },
  };
}

const show = (home: HomeAnswer) => vi.mocked(call).mockImplementation(async () => home as never);

beforeEach(() => vi.mocked(call).mockReset());

describe("the home page", () => {
  it("offers three first steps on the first day", async () => {
    show(nothing);
    render(Home);
    expect(await screen.findByRole("heading", { name: "Three good first steps" })).toBeTruthy();
    expect(screen.getAllByRole("listitem")).toHaveLength(3);
    expect(screen.getByText("Your records are ready. Nothing is in them yet.")).toBeTruthy();
  });

  it("says what each draft still needs, and leads to it", async () => {
    show({ ...nothing, students: 2, applications: 2, drafts: [draft("a", 3, 1), draft("b", 0, 6)] });
    render(Home);
    const links = await screen.findAllByRole("link", { name: "Computer Science, State College" });
    expect(links.map((link) => link.getAttribute("href"))).toEqual(["#/applications/a", "#/applications/b"]);
    expect(screen.getByText("3 to mend")).toBeTruthy();
    expect(screen.getByText("complete")).toBeTruthy();
    expect(screen.getByText("1 draft has things left to do.")).toBeTruthy();
  });

  it("keeps a draft on a form that is not known, and does not call it complete", async () => {
    show({ ...nothing, applications: 1, drafts: [{ ...draft("a", 0, 0), form_name: null }] });
    render(Home);
    expect(await screen.findByRole("link", { name: "Computer Science, State College" })).toBeTruthy();
    expect(screen.getByText("Form not known")).toBeTruthy();
    expect(screen.queryByText("complete")).toBeNull();
  });

  it("names the students who have no application", async () => {
    const student = { id: "7", name: "Demo Learner", graduation_year: 2027, school_id: null, sample: false };
    show({
      ...nothing,
      students: 9,
      without_application: 9,
      forgotten: [{ ...student, applications: 0, last_saved_at: null }],
    });
    render(Home);
    expect((await screen.findByRole("link", { name: "Demo Learner" })).getAttribute("href")).toBe(
      "#/students/7",
    );
    expect(screen.getByText("9 students on your roster have no application.")).toBeTruthy();
  });

  it("deletes the sample student, with a way to take it back", async () => {
    show({ ...nothing, students: 1, sample: "s1" });
    render(Home);
    const press = await screen.findByRole("button", { name: "Delete the sample" });
    vi.mocked(call).mockImplementation(
      async (name) =>
        (name === "students.remove" ? { id: "s1", change: 12, saved_at: "" } : nothing) as never,
    );
    await userEvent.click(press);
    expect(screen.queryByRole("button", { name: "Delete the sample" })).toBeNull();
    await toasts.shown.at(-1)?.undo?.();
    expect(vi.mocked(call)).toHaveBeenCalledWith("changes.undo", { change: 12 });
  });

  it("says what went wrong and tries again", async () => {
    vi.mocked(call).mockRejectedValue(new OperationError("storage.io"));
    render(Home);
    expect((await screen.findByRole("alert")).textContent).toContain("The disk reports a fault");
    show(nothing);
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByRole("heading", { name: "Three good first steps" })).toBeTruthy();
  });
});
