import { beforeEach, expect, it, vi } from "vitest";
import type { NamedSteps } from "../generated/contract";
import { m } from "../generated/messages/messages";
import { call } from "../platform";
import { redoLast, steps, stepWords, typesText, undoLast } from "./steps.svelte";
import { dismissAll, toasts } from "./toasts.svelte";

vi.mock("../platform", async (real) => ({ ...(await real<object>()), call: vi.fn() }));

const step = (change: number, act: string, students: string[] = []) => ({
  step: { change, act, at: "", until: "", about: [] },
  students,
});
let log: NamedSteps;

beforeEach(() => {
  dismissAll();
  log = { undo: [], redo: [] };
  vi.mocked(call).mockReset();
  vi.mocked(call).mockImplementation(
    async (name) =>
      (name === "changes.steps"
        ? log
        : name === "home.show"
          ? { careers: 1, students: 1, applications: 1 }
          : {}) as never,
  );
});

const said = () => toasts.shown.map((one) => one.text);

it("takes back the newest step and says which it was", async () => {
  const newest = step(9, "students.edit", ["Sample Student"]);
  log.undo = [newest, step(8, "students.add")];
  const before = steps.taken;
  await undoLast();
  expect(call).toHaveBeenCalledWith("changes.undo", { change: 9 });
  expect(steps.taken).toBe(before + 1);
  expect(said()).toEqual([m.shared_step_undone({ what: stepWords(newest) })]);
  expect(said()[0]).toContain("Sample Student");
});

it("does again what was taken back last", async () => {
  log.redo = [step(12, "students.remove")];
  await redoLast();
  expect(call).toHaveBeenCalledWith("changes.undo", { change: 12 });
});

it("says that there is nothing, and changes nothing", async () => {
  await undoLast();
  await redoLast();
  expect(call).not.toHaveBeenCalledWith("changes.undo", expect.anything());
  expect(said()).toEqual([m.shared_nothing_to_undo(), m.shared_nothing_to_redo()]);
});

it("says why a step could not be taken back", async () => {
  log.undo = [step(3, "students.add")];
  vi.mocked(call).mockImplementation(async (name) => {
    if (name === "changes.steps") return log as never;
    throw new (await import("../platform")).OperationError("changes.changed_since");
  });
  await undoLast();
  expect(said()).toEqual([m.error_changes_changed_since()]);
});

it("names nobody where a step was about several", () => {
  expect(stepWords(step(1, "students.import_roster", ["Sample Student", "Example Student"]))).toBe(
    m.log_act_students_import_roster(),
  );
});

it("leaves the keys to a text that is being typed", () => {
  const made = (tag: string, type?: string) => {
    const element = document.createElement(tag);
    if (type) element.setAttribute("type", type);
    return element;
  };
  expect([made("textarea"), made("input"), made("input", "search")].map(typesText)).toEqual([
    true,
    true,
    true,
  ]);
  expect([made("input", "radio"), made("button"), document.body, null].map(typesText)).toEqual([
    false,
    false,
    false,
    false,
  ]);
});
