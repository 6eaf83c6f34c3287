import { beforeEach, describe, expect, it, vi } from "vitest";
import { call } from "../platform";
import { language } from "../shared/language.svelte";
import { readAddress } from "../shared/router.svelte";
import { dismissAll, toasts } from "../shared/toasts.svelte";
import { readList } from "./query";
import { describe as inWords } from "./searches/describe";
import { keptOf, removeSearch, saveSearch, searches, searchHref } from "./searches/searches.svelte";

vi.mock("../platform", () => ({ call: vi.fn(), OperationError: class extends Error {} }));
const told = vi.mocked(call) as unknown as ReturnType<typeof vi.fn>;

const list = (query: string) => readList(new URLSearchParams(query));

beforeEach(() => {
  language.current = "en";
  told.mockReset();
  dismissAll();
});

describe("a saved search", () => {
  it("is opened as it was kept", () => {
    const kept = list("q=fix planes&field=manufacturing&letter=%23&pay=60000&sort=pay");
    const address = searchHref({ query: keptOf(kept) });
    expect(readList(readAddress(address).query)).toEqual(kept);
  });

  it("keeps nothing else of an address, and leads nowhere else", () => {
    expect(searchHref({ query: "q=vet&at=pay&with=a,b" })).toBe("#/careers?q=vet");
    expect(searchHref({ query: "field=<b>&growth=sideways" })).toBe("#/careers");
  });

  it("is said in words, which are its first name", () => {
    const shown = list("q=vet&education=bachelors_degree&pay=60000&openings=5000&letter=V&sort=growth");
    expect(inWords(shown)).toBe(
      "“vet”, Begins with V, Bachelor’s degree, at least $60,000, 5,000 openings a year or more, Fastest growth",
    );
  });

  it("is in the list once it is saved, and taken back with Undo", async () => {
    const search = { id: "1", name: "Animals", query: "q=vet", saved_at: "2026-11-23T10:42:07Z" };
    told.mockResolvedValueOnce({ id: "1", change: 7, saved_at: search.saved_at });
    told.mockResolvedValueOnce([search]);
    await saveSearch("Animals ", "q=vet");
    await vi.waitFor(() => expect(searches.value).toEqual([search]));
    told.mockResolvedValueOnce({ change: 8 });
    told.mockResolvedValueOnce([]);
    await toasts.shown[0]?.undo?.();
    expect(told).toHaveBeenCalledWith("changes.undo", { change: 7 });
    expect(searches.value).toEqual([]);
  });

  it("stays where it cannot be removed", async () => {
    told.mockRejectedValueOnce(new Error("disk"));
    const search = { id: "1", name: "Animals", query: "q=vet", saved_at: "" };
    await expect(removeSearch(search)).rejects.toThrow("disk");
    expect(toasts.shown).toEqual([]);
  });
});
