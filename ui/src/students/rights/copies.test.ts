import { beforeEach, describe, expect, it, vi } from "vitest";
import { m } from "../../generated/messages/messages";
import { toasts, dismissAll } from "../../shared/toasts.svelte";
import { tellCopies } from "./copies";
import { eraseAll } from "./eraseAll";

const call = vi.hoisted(() => vi.fn());
vi.mock("../../platform", () => ({ call, OperationError: class extends Error {} }));

type Answers = Record<string, (input: Record<string, unknown>) => unknown>;

function answering(answers: Answers): void {
  call.mockImplementation((name: string, input: Record<string, unknown>) =>
    Promise.resolve().then(() => answers[name]?.(input)),
  );
}

const job = (state: string, code: string | null = null) => ({
  id: 4,
  kind: "erase",
  done: 1,
  total: 1,
  state,
  stopping: false,
  code,
  params: {},
});
const LEFT = {
  certificate: "c1",
  at: "2026-11-30T10:00:00Z",
  scope: "record",
  tried: true,
  backups: 0,
  second: true,
  aside: [] as string[],
  until: "2027-11-30",
};
const said = () => toasts.shown.map((toast) => toast.text);
const asked = () => call.mock.calls.map(([name]) => name as string);

beforeEach(() => {
  call.mockReset();
  dismissAll();
});

describe("erasing from the copies", () => {
  it("is said to be done only once it is", async () => {
    answering({ "jobs.list": () => [job("done")] });
    await tellCopies({ id: 4 });
    expect(said()).toEqual([m.rights_erased_copies()]);
  });

  it("names what is left, and no damaged backup where only the second place was away", async () => {
    answering({
      "jobs.list": () => [job("failed", "rights.second_left")],
      "rights.unfinished": () => [LEFT],
    });
    await tellCopies({ id: 4 });
    expect(said()).toEqual([m.rights_erased_copies_left({ left: m.rights_unfinished_second() })]);
    expect(said().join()).not.toContain("0");
  });

  it("names the folder of what was set aside and stays", async () => {
    answering({
      "jobs.list": () => [job("failed", "rights.aside_left")],
      "rights.unfinished": () => [{ ...LEFT, second: false, aside: ["/records/set-aside/one"] }],
    });
    await tellCopies({ id: 4 });
    expect(said()[0]).toContain("/records/set-aside/one");
  });

  it("is not said to be done where it was stopped", async () => {
    answering({ "jobs.list": () => [job("stopped")] });
    await tellCopies({ id: 4 });
    expect(said()).toEqual([m.rights_erased_copies_stopped()]);
  });
});

describe("erasing many students", () => {
  const answers: Answers = {
    "rights.preview_erase": ({ student_id }) => ({ certificate: `c-${String(student_id)}` }),
    "rights.erase": () => ({}),
    "rights.go_on": () => ({ job: { id: 4 } }),
  };

  it("writes the copies anew once, after the last", async () => {
    answering(answers);
    const copies = { backups: true, aside: "rewrite" } as const;
    const done = await eraseAll(["a", "b"], "record", copies, () => true);
    expect(done).toEqual({ erased: 2, job: { id: 4 } });
    expect(asked().filter((name) => name === "rights.go_on")).toHaveLength(1);
    expect(asked().at(-1)).toBe("rights.go_on");
    expect(call).toHaveBeenCalledWith("rights.erase", {
      student_id: "a",
      scope: "record",
      certificate: "c-a",
      backups: true,
      aside: "rewrite",
      more_follow: true,
    });
  });

  it("lets the copies be where that is wished", async () => {
    answering(answers);
    const done = await eraseAll(["a"], "drafts", { backups: false, aside: "keep" }, () => true);
    expect(done).toEqual({ erased: 1, job: null });
    expect(asked()).not.toContain("rights.go_on");
  });

  it("goes on in the copies for those who are gone where the next could not be erased", async () => {
    const refused = new Error("held");
    answering({
      ...answers,
      "rights.erase": ({ student_id }) => {
        if (student_id === "b") throw refused;
        return {};
      },
    });
    const all = eraseAll(["a", "b"], "record", { backups: true, aside: "keep" }, () => true);
    await expect(all).rejects.toBe(refused);
    expect(asked().at(-1)).toBe("rights.go_on");
  });
});
