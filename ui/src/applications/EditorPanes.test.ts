import { render, screen, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Fault } from "../generated/contract";
import { call, OperationError } from "../platform";
import { href, router } from "../shared/router.svelte";
import { toasts } from "../shared/toasts.svelte";
import EditorPanes from "./EditorPanes.svelte";
import { itemIds } from "./keys";
import { OpenDraft } from "./openDraft.svelte";
import { draft, review } from "./testing/form";

vi.mock("../platform", async (original) => ({
  ...(await original<typeof import("../platform")>()),
  call: vi.fn(),
}));

const faults: Fault[] = [
  { section: "person", key: "email", fault: { code: "not_an_email" } },
  { section: "studies", key: "schools/b/name", fault: { code: "missing" } },
  { section: "studies", key: "essay", fault: { code: "too_long", counter: "words", count: 42, limit: 4 } },
];
const answers = { name: "Sample", schools: ["a", "b"], "schools/a/name": "First School" };
let open: OpenDraft;
let stop: () => void;

beforeEach(() => {
  vi.mocked(call)
    .mockReset()
    .mockImplementation(async (name) => {
      if (name !== "applications.save") throw new OperationError("operation.unknown");
      return { saved_at: "2026-11-23T10:42:07Z", version: 1, change: 1, review: review(faults, []) } as never;
    });
  stop = router.start();
  router.go(href("applications/application-1"));
  open = new OpenDraft(draft(answers, { review: review(faults) }));
});
afterEach(() => stop());

it("says of every section how it stands, and of the draft that it is not submitted", () => {
  render(EditorPanes, { draft: open });
  expect(screen.getByRole("link", { name: /Person.*1 to mend|Person/ }).getAttribute("aria-current")).toBe(
    "page",
  );
  expect(screen.getByText("Draft, not submitted")).toBeTruthy();
  expect(screen.getByText("Ready when 3 things are mended")).toBeTruthy();
});

it("a fault is a link that focuses its question, in another section and in an item too", async () => {
  render(EditorPanes, { draft: open });
  await userEvent.click(screen.getByRole("link", { name: "The email" }));
  await vi.waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText("The email")));
  await userEvent.click(screen.getByRole("link", { name: "School 2: The name" }));
  await vi.waitFor(() => {
    const item = screen.getByRole("group", { name: /School 2/ });
    expect(document.activeElement).toBe(within(item).getByLabelText("The name"));
  });
  expect(router.query.get("section")).toBe("studies");
  expect(screen.getByText("38 words over; nothing is cut")).toBeTruthy();
});

it("Alt and Page Down go to the next section and its heading, Page Up back", async () => {
  render(EditorPanes, { draft: open });
  await userEvent.keyboard("{Alt>}{PageDown}{/Alt}");
  await vi.waitFor(() => expect(document.activeElement?.textContent).toBe("Studies"));
  await userEvent.keyboard("{Alt>}{PageUp}{/Alt}");
  await vi.waitFor(() => expect(document.activeElement?.textContent).toBe("Person"));
});

it("a conditional question comes and goes without the focus or its answer", async () => {
  render(EditorPanes, { draft: open });
  expect(screen.queryByLabelText("The other_name")).toBeNull();
  const yes = screen.getByLabelText("Yes");
  await userEvent.click(yes);
  const asked = await screen.findByLabelText("The other_name");
  expect(document.activeElement).toBe(yes);
  await userEvent.type(asked, "Former");
  vi.mocked(call).mockResolvedValue({
    saved_at: "2026-11-23T10:42:07Z",
    version: 1,
    change: 1,
    review: review(faults),
  });
  await userEvent.click(screen.getByLabelText("No"));
  await vi.waitFor(() => expect(screen.queryByLabelText("The other_name")).toBeNull());
  expect(open.answers.other_name).toBe("Former");
});

it("Ctrl S saves at once and says so", async () => {
  render(EditorPanes, { draft: open });
  await userEvent.type(screen.getByLabelText("The name"), "x");
  await userEvent.keyboard("{Control>}s{/Control}");
  await vi.waitFor(() =>
    expect(screen.getAllByText(/^(✓ )?Saved \d{1,2}:42:07\s[AP]M$/).length).toBeGreaterThan(0),
  );
});

it("what could not be saved is named, kept, and can be tried again", async () => {
  vi.mocked(call).mockRejectedValue(new OperationError("storage.disk_full"));
  render(EditorPanes, { draft: open });
  await userEvent.type(screen.getByLabelText("The name"), "!");
  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toContain("Not saved: The disk is full.");
  expect(screen.getByText(/Your text is kept here/)).toBeTruthy();
  vi.mocked(call).mockResolvedValue({
    saved_at: "2026-11-23T10:42:07Z",
    version: 1,
    change: 1,
    review: review(),
  });
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));
  await vi.waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
  expect(call).toHaveBeenLastCalledWith("applications.save", {
    id: "application-1",
    answers: { name: "Sample!" },
  });
});

it("items are added, moved and taken away by keyboard, and keep their ids", async () => {
  router.go(href("applications/application-1", { section: "studies" }));
  render(EditorPanes, { draft: open });
  await userEvent.click(screen.getByRole("button", { name: "Add school" }));
  const [, , added] = itemIds(open.answers.schools);
  expect(document.activeElement).toBe(
    within(screen.getByRole("group", { name: "School 3" })).getByLabelText("The name"),
  );
  await userEvent.type(document.activeElement as Element, "Third");
  screen.getByRole("button", { name: "Move up: School 3" }).focus();
  await userEvent.keyboard("{Enter}");
  expect(itemIds(open.answers.schools)).toEqual(["a", added, "b"]);
  expect(document.activeElement?.getAttribute("aria-label")).toBe("Move up: School 2");
  await userEvent.click(screen.getByRole("button", { name: "Take away: School 1" }));
  expect(itemIds(open.answers.schools)).toEqual([added, "b"]);
  expect(open.answers["schools/a/name"]).toBeUndefined();
  await toasts.shown.at(-1)?.undo?.();
  expect(itemIds(open.answers.schools)).toEqual(["a", added, "b"]);
  expect(open.answers).toMatchObject({
    "schools/a/name": "First School",
    [`schools/${added}/name`]: "Third",
  });
});
