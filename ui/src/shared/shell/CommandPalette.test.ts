import { render, screen, waitFor } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { call } from "../../platform";
import { fits } from "./commands";
import CommandPalette from "./CommandPalette.svelte";

vi.mock("../../platform", async (original) => ({ ...(await original<object>()), call: vi.fn() }));

const home = vi.fn();
const lock = vi.fn();

function open() {
  return render(CommandPalette, {
    open: true,
    pages: [{ id: "page-home", label: "Home", run: home }],
    actions: [{ id: "lock", label: "Lock now", keys: "Ctrl L", run: lock }],
  });
}

const chosen = () =>
  screen.getAllByRole("option").find((option) => option.getAttribute("aria-selected") === "true");

beforeEach(() => {
  home.mockClear();
  lock.mockClear();
  vi.mocked(call).mockResolvedValue({
    careers: [{ slug: "backend-architect", title: "Backend Architect" }],
    students: [{ id: "7", name: "Sample Student", graduation_year: 2027 }],
    applications: [],
  });
});

describe("the command palette", () => {
  it("moves with the arrow keys, around the ends, and the input names the chosen entry", async () => {
    open();
    const input = screen.getByRole("combobox");
    input.focus();
    expect(chosen()?.textContent).toContain("Home");
    await userEvent.keyboard("{ArrowDown}");
    expect(chosen()?.textContent).toContain("Lock now");
    expect(input.getAttribute("aria-activedescendant")).toBe(chosen()?.id);
    await userEvent.keyboard("{ArrowDown}");
    expect(chosen()?.textContent).toContain("Home");
    await userEvent.keyboard("{ArrowUp}");
    expect(chosen()?.textContent).toContain("Lock now");
  });

  it("runs the chosen entry with Enter and closes", async () => {
    open();
    screen.getByRole("combobox").focus();
    await userEvent.keyboard("{ArrowDown}{Enter}");
    expect(lock).toHaveBeenCalledOnce();
    expect(screen.queryByRole("combobox")).toBeNull();
  });

  it("finds students and careers by a few letters, students first, and goes there", async () => {
    open();
    await userEvent.type(screen.getByRole("combobox"), "sam");
    await waitFor(() => expect(chosen()?.textContent).toContain("Sample Student"));
    expect(vi.mocked(call)).toHaveBeenLastCalledWith("palette.find", { text: "sam", language: "en" });
    expect(screen.queryByText("Home")).toBeNull();
    await userEvent.keyboard("{Enter}");
    expect(location.hash).toBe("#/students/7");
  });

  it("says so where nothing fits", async () => {
    vi.mocked(call).mockResolvedValue({ careers: [], students: [], applications: [] });
    open();
    await userEvent.type(screen.getByRole("combobox"), "zzz");
    await waitFor(() => expect(screen.getByRole("status").textContent).toContain("Nothing fits “zzz”."));
  });
});

describe("a label fits", () => {
  it("where every typed word begins one of its words, whatever the case and accents", () => {
    expect(fits("Lock now", "now lo")).toBe(true);
    expect(fits("Páginas", "pagi")).toBe(true);
    expect(fits("Lock now", "ock")).toBe(false);
  });
});
