// The name of a search that is being typed is there again after a lock.
import { cleanup, render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { forgetUnsaved } from "../../shared/leaving";
import { keeping, keepsTexts, lockAndUnlock } from "../../shared/testing/locking";
import { readList } from "../query";
import SavedSearches from "./SavedSearches.svelte";
import SaveSearch from "./SaveSearch.svelte";

vi.mock("../../platform", async (original) => ({ ...(await original<object>()), call: vi.fn() }));

const rows = ["first", "second"].map((id) => ({ id, name: `The ${id}`, query: `text=${id}` }));
const name = () => screen.getByLabelText<HTMLInputElement>("Name");
const shown = (text: string) => ({ state: readList(new URLSearchParams({ q: text })) });

beforeEach(() => keepsTexts({ "careers.saved_searches": () => rows }));
afterEach(() => {
  cleanup();
  forgetUnsaved();
});

test("of a new one, where the same search is shown again, and not of another", async () => {
  render(SaveSearch, shown("nurse"));
  await userEvent.click(screen.getByRole("button"));
  await userEvent.clear(name());
  await userEvent.type(name(), "For the health class");
  await lockAndUnlock();
  render(SaveSearch, shown("welder"));
  expect(screen.queryByLabelText("Name")).toBeNull();
  cleanup();
  render(SaveSearch, shown("nurse"));
  expect(name().value).toBe("For the health class");
  expect(keeping.texts).toEqual([]);
});

test("of one that is renamed, at that one", async () => {
  render(SavedSearches);
  await userEvent.click(await screen.findByRole("button", { name: /Rename.*The second/ }));
  await userEvent.type(name(), " and more");
  await lockAndUnlock();
  render(SavedSearches);
  expect((await screen.findByLabelText<HTMLInputElement>("Name")).value).toBe("The second and more");
  await userEvent.click(screen.getByRole("button", { name: "Cancel" }));
  await userEvent.click(screen.getByRole("button", { name: /Rename.*The first/ }));
  expect(name().value).toBe("The first");
});

test("which was not touched is not kept", async () => {
  render(SaveSearch, shown("nurse"));
  await userEvent.click(screen.getByRole("button"));
  await lockAndUnlock();
  render(SaveSearch, shown("nurse"));
  expect(screen.queryByLabelText("Name")).toBeNull();
});
