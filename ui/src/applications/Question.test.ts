import { render, screen, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { AnswerKind, Fault, JsonValue, Question as Asked } from "../generated/contract";
import { call } from "../platform";
import { toasts } from "../shared/toasts.svelte";
import { OpenDraft } from "./openDraft.svelte";
import Question from "./Question.svelte";
import { choices, draft, limit, question, review } from "./testing/form";

vi.mock("../platform", async (original) => ({
  ...(await original<typeof import("../platform")>()),
  call: vi.fn(),
}));

beforeEach(() => {
  vi.mocked(call)
    .mockReset()
    .mockResolvedValue({ saved_at: "2026-11-23T10:42:07Z", version: 1, change: 1, review: review() });
});

function show(answer: AnswerKind, value?: JsonValue, more: Partial<Asked> = {}, faults: Fault[] = []) {
  const asked = question("thing", answer, { help: { en: "How to answer." }, ...more });
  const open = new OpenDraft(
    draft(value === undefined ? {} : { thing: value }, { review: review(faults), prefilled: [] }),
  );
  render(Question, { draft: open, question: asked, place: "thing" });
  return open;
}

/** The words that describe a control, as a screen reader reads them. */
function description(control: HTMLElement): string {
  const ids = (control.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean);
  return ids.map((id) => document.getElementById(id)?.textContent ?? `missing ${id}`).join(" ");
}

describe("every kind of answer has a label, its hint, and keeps what is entered", () => {
  const lines: [AnswerKind["type"], string][] = [
    ["text", "text"],
    ["email", "email"],
    ["phone", "tel"],
    ["number", "decimal"],
  ];
  it.each(lines)("a line of %s", async (type, inputmode) => {
    const open = show({ type, min: null, max: null } as AnswerKind);
    const control = screen.getByLabelText("The thing");
    expect(control.getAttribute("inputmode")).toBe(inputmode);
    // A field of the browser's own kind would change or refuse letters.
    expect(control.getAttribute("type") ?? "text").toBe("text");
    expect(description(control)).toContain("How to answer.");
    await userEvent.type(control, " 12a ");
    expect(open.answers.thing).toBe(" 12a ");
  });

  it("long text", async () => {
    const open = show({ type: "long_text" }, "One", { limits: [limit("words", 2, 3)] });
    const control = screen.getByLabelText("The thing");
    expect(control.tagName).toBe("TEXTAREA");
    await userEvent.type(control, " two");
    expect(open.answers.thing).toBe("One two");
    expect(description(control)).toContain("2 of 2–3 words");
  });

  it("a date, part by part, whole or not", async () => {
    const open = show({ type: "date" });
    const group = screen.getByRole("group", { name: "The thing" });
    expect(description(group)).toContain("How to answer.");
    await userEvent.type(within(group).getByLabelText("Year"), "2008");
    expect(open.answers.thing).toBe("2008--");
    await userEvent.selectOptions(within(group).getByLabelText("Month"), "May");
    await userEvent.type(within(group).getByLabelText("Day"), "3");
    expect(open.answers.thing).toBe("2008-05-03");
  });

  it("a month has no day", async () => {
    const open = show({ type: "month" }, "2024-09");
    expect(screen.queryByLabelText("Day")).toBeNull();
    await userEvent.clear(screen.getByLabelText("Year"));
    expect(open.answers.thing).toBe("-09");
  });

  it("one of a few", async () => {
    const open = show({ type: "choice", choices, list: null });
    const group = screen.getByRole("radiogroup", { name: "The thing" });
    expect(description(group)).toContain("How to answer.");
    await userEvent.click(within(group).getByLabelText("green"));
    expect(open.answers.thing).toBe("green");
  });

  it("one of many, from a menu", async () => {
    const many = Array.from({ length: 12 }, (_, at) => ({ id: `c${at}`, label: { en: `Choice ${at}` } }));
    const open = show({ type: "choice", choices: many, list: null });
    await userEvent.selectOptions(screen.getByLabelText("The thing"), "Choice 7");
    expect(open.answers.thing).toBe("c7");
  });

  it("several of a list, in the order of the list", async () => {
    const open = show({ type: "many_choices", choices, list: null }, ["blue"]);
    const group = screen.getByRole("group", { name: "The thing" });
    expect(description(group)).toContain("How to answer.");
    await userEvent.click(within(group).getByLabelText("red"));
    expect(open.answers.thing).toEqual(["red", "blue"]);
  });

  it("yes or no, which can be cleared where it is optional", async () => {
    const open = show({ type: "yes_no" }, undefined, { required: false });
    await userEvent.click(screen.getByLabelText("Yes"));
    expect(open.answers.thing).toBe("yes");
    await userEvent.click(screen.getByRole("button", { name: /Clear the answer/ }));
    expect(open.answers.thing).toBeUndefined();
  });

  it("a statement to confirm", async () => {
    const open = show({ type: "declaration" });
    await userEvent.click(screen.getByLabelText("The thing"));
    expect(open.answers.thing).toBe(true);
    await userEvent.click(screen.getByLabelText("The thing"));
    expect(open.answers.thing).toBeUndefined();
  });
});

describe("faults", () => {
  const wrong: Fault[] = [{ section: "person", key: "thing", fault: { code: "not_an_email" } }];

  it("are tied to their control", () => {
    show({ type: "email" }, "sample@", {}, wrong);
    const control = screen.getByLabelText("The thing");
    expect(control.getAttribute("aria-invalid")).toBe("true");
    expect(description(control)).toContain("not a whole email address");
  });

  it("are not held against an answer that is only missing", () => {
    show({ type: "email" }, undefined, {}, [{ section: "person", key: "thing", fault: { code: "missing" } }]);
    expect(screen.getByLabelText("The thing").hasAttribute("aria-invalid")).toBe(false);
  });

  it("wait until the person has left the question", async () => {
    vi.mocked(call).mockResolvedValue({
      saved_at: "2026-11-23T10:42:07Z",
      version: 1,
      change: 1,
      review: review(wrong),
    });
    show({ type: "email" });
    const control = screen.getByLabelText("The thing");
    await userEvent.type(control, "sample@");
    await vi.waitFor(() => expect(call).toHaveBeenCalled());
    expect(control.hasAttribute("aria-invalid")).toBe(false);
    await userEvent.tab();
    await vi.waitFor(() => expect(control.getAttribute("aria-invalid")).toBe("true"));
  });

  it("of length are counted, named, and cut nothing", async () => {
    const open = show({ type: "long_text" }, "one two three", {
      limits: [limit("words", null, 2)],
    });
    expect(screen.getByText(/3 of 2 words/).textContent).toContain("1 word over; nothing is cut");
    await userEvent.type(screen.getByLabelText("The thing"), " four");
    expect(open.answers.thing).toBe("one two three four");
    expect(screen.getByText(/4 of 2 words/).textContent).toContain("2 words over");
  });
});

it("says where a prefilled answer comes from, until it is changed", async () => {
  const open = new OpenDraft(draft({ thing: "Sample Student" }, { prefilled: ["thing"] }));
  render(Question, { draft: open, question: question("thing", { type: "text" }), place: "thing" });
  const control = screen.getByLabelText("The thing");
  expect(description(control)).toContain("From the student’s record");
  await userEvent.type(control, "!");
  expect(description(control)).not.toContain("From the student’s record");
});

it("keeps the focus and the place of the cursor while it is saved", async () => {
  const open = show({ type: "text" }, "Student");
  const control = screen.getByLabelText<HTMLInputElement>("The thing");
  await userEvent.type(control, "Sample ", { initialSelectionStart: 0, initialSelectionEnd: 0 });
  await open.queue.flush();
  expect(document.activeElement).toBe(control);
  expect(control.value).toBe("Sample Student");
  expect(control.selectionStart).toBe(7);
});

it("a text of many megabytes is kept whole, leaves the page usable, and can be taken away and brought back", async () => {
  const open = show({ type: "long_text" }, "Mine. ");
  const box = screen.getByLabelText<HTMLTextAreaElement>("The thing");
  box.focus();
  box.setSelectionRange(6, 6);
  const huge = "word\r\n".repeat(500_000);
  const clipboardData = { getData: () => huge };
  box.dispatchEvent(
    Object.assign(new Event("paste", { bubbles: true, cancelable: true }), { clipboardData }),
  );
  const kept = "Mine. " + "word\n".repeat(500_000);
  expect(open.answers.thing).toBe(kept);
  const copy = await screen.findByRole("button", { name: "Copy all of it" });
  expect(document.activeElement).toBe(copy);
  expect(screen.getByText(/All of it is kept/)).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "Empty it" }));
  expect(open.answers.thing).toBeUndefined();
  await toasts.shown.at(-1)?.undo?.();
  expect(open.answers.thing).toBe(kept);
});

it("a text of many megabytes that is dropped goes where it was let go, and is not laid out in the box", () => {
  const open = show({ type: "long_text" }, "Before. After.");
  const box = screen.getByLabelText<HTMLTextAreaElement>("The thing");
  box.setSelectionRange(8, 8);
  const huge = "word\n".repeat(500_000);
  const options = { bubbles: true, cancelable: true, inputType: "insertFromDrop", data: huge };
  expect(box.dispatchEvent(new InputEvent("beforeinput", options))).toBe(false);
  expect(open.answers.thing).toBe(`Before. ${huge}After.`);
});

it("a text of many megabytes that came into the box another way is kept whole, and the box is emptied", () => {
  const open = show({ type: "long_text" }, "Mine. ");
  const box = screen.getByLabelText<HTMLTextAreaElement>("The thing");
  const huge = "word\n".repeat(500_000);
  box.value = huge;
  box.dispatchEvent(new InputEvent("input", { bubbles: true }));
  expect(open.answers.thing).toBe(huge);
  expect(box.value).toBe("");
});
