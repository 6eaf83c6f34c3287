import { render, screen, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { AnswerKind, Fault, JsonValue, Question as Plain, Review, Section } from "../generated/contract";
import { call } from "../platform";
import Asked from "./Asked.svelte";
import { faultWords, placeWords } from "./faults";
import { findPlace } from "./keys";
import { OpenDraft } from "./openDraft.svelte";
import { choices, draft, pack, question, review } from "./testing/form";

vi.mock("../platform", async (original) => ({
  ...(await original<typeof import("../platform")>()),
  call: vi.fn(),
}));

beforeEach(() => {
  vi.mocked(call)
    .mockReset()
    .mockResolvedValue({ saved_at: "2026-11-23T10:42:07Z", version: 1, change: 1, review: review() });
});

const home: AnswerKind = {
  type: "address",
  fields: [question("city", { type: "text" }), question("region", { type: "text" }, { required: false })],
};

function show(asked: Plain, answers: Record<string, JsonValue> = {}, seen: Partial<Review> = {}) {
  const whole = { ...pack, lists: { colors: choices } };
  whole.sections = [{ ...(pack.sections[0] as Section), parts: [{ part: "question", ...asked }] }];
  const open = new OpenDraft(draft(answers, { pack: whole, review: { ...review(), ...seen } }));
  render(Asked, { draft: open, question: asked, place: asked.id });
  return open;
}

describe("a question of several fields", () => {
  it("is one labeled group, each field with a key of its own", async () => {
    const open = show(question("home", home, { help: { en: "Where you live." } }), {
      "home.city": "Amherst",
    });
    const group = screen.getByRole("group", { name: "The home" });
    expect(document.getElementById(group.getAttribute("aria-describedby") ?? "")?.textContent).toBe(
      "Where you live.",
    );
    await userEvent.type(within(group).getByLabelText("The region (optional)"), "MA");
    expect(open.answers).toEqual({ "home.city": "Amherst", "home.region": "MA" });
  });

  it("leaves out what is hidden", () => {
    const field = question("city", { type: "text" }, { show_if: { answered: "name" } });
    show(question("home", { type: "address", fields: [field] }), {}, { hidden: ["home.city"] });
    expect(screen.queryByLabelText("The city")).toBeNull();
  });

  it("is named with its field where something is missing", () => {
    const asked = question("home", home);
    const open = show(asked);
    const fault: Fault = { section: "person", key: "home.city", fault: { code: "missing" } };
    expect(placeWords(open, fault)).toBe("The home: The city");
    expect(findPlace(open.pack, "home.nothing")?.field).toBeNull();
  });
});

describe("a sensitive question", () => {
  it("can be left to the college's own page, and its answer stays", async () => {
    const asked = question("visa", { type: "text" }, { sensitive: true });
    const open = show(asked, { visa: "Sample" });
    await userEvent.click(screen.getByLabelText(/college’s own page/));
    expect(open.answers).toEqual({ visa: "Sample", "visa.on_their_site": true });
    expect(screen.queryByRole("textbox")).toBeNull();
    await userEvent.click(screen.getByLabelText(/college’s own page/));
    expect(screen.getByLabelText<HTMLInputElement>("The visa").value).toBe("Sample");
    expect(open.answers).toEqual({ visa: "Sample" });
  });
});

describe("a value that is worked out", () => {
  const total: AnswerKind = { type: "computed", value: 1, min: null, max: 10 };

  it("is shown as the readiness check has it, with what is wrong", () => {
    const fault: Fault = {
      section: "person",
      key: "total",
      fault: { code: "too_long", counter: "characters", count: 4012, limit: 4000 },
    };
    show(
      question("total", total),
      {},
      { computed: { total: { kind: "number", number: 4012 } }, faults: [fault] },
    );
    const group = screen.getByRole("group", { name: "The total" });
    expect(group.textContent).toContain("4,012");
    expect(group.textContent).toContain("12 characters over; nothing is cut");
  });

  it("says when there is none yet, and takes nothing", () => {
    show(question("total", total));
    expect(screen.getByText("No value yet")).toBeTruthy();
    expect(screen.queryByRole("textbox")).toBeNull();
  });
});

it("takes a partial date as far as it is known", async () => {
  const open = show(question("since", { type: "partial_date" }), { since: "2019" });
  const year = screen.getByLabelText<HTMLInputElement>("Year");
  expect(year.value).toBe("2019");
  await userEvent.selectOptions(screen.getByLabelText("Month"), "May");
  expect(open.answers.since).toBe("2019-05");
  await userEvent.type(screen.getByLabelText("Day"), "7");
  expect(open.answers.since).toBe("2019-05-07");
  await userEvent.selectOptions(screen.getByLabelText("Month"), "");
  expect(open.answers.since).toBe("2019--07");
});

it("takes the name of a file and says where the file itself goes", async () => {
  const open = show(question("resume", { type: "file", accept: ["pdf"], max_bytes: null }));
  const control = screen.getByLabelText("The resume");
  await userEvent.type(control, "resume.pdf");
  expect(open.answers.resume).toEqual({ name: "resume.pdf" });
  await userEvent.clear(control);
  expect(open.answers.resume).toBeUndefined();
  expect(faultWords({ code: "file_kind", accepted: ["pdf"] })).toContain("pdf");
  expect(faultWords({ code: "file_too_large", bytes: 3, limit: 2_500_000 })).toContain("2.5 MB");
});

it("chooses from a list that questions share", async () => {
  const open = show(question("color", { type: "choice", choices: [], list: "colors" }));
  await userEvent.click(screen.getByLabelText("green"));
  expect(open.answers.color).toBe("green");
});

it("says what a pack's own check says", () => {
  const text = { en: "Choose Oxford or Cambridge, not both.", es: "Elija Oxford o Cambridge, no ambas." };
  expect(faultWords({ code: "check", check: "c", text, severity: "error" })).toBe(text.en);
});
