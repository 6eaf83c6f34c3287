// The counsellor's saved searches: read from the records, changed there, each change with a way back.
import { m } from "../../generated/messages/messages";
import type { Saved, SavedSearchRow } from "../../generated/contract";
import { call } from "../../platform";
import { Ask } from "../../shared/ask.svelte";
import { href, readAddress } from "../../shared/router.svelte";
import { tell } from "../../shared/toasts.svelte";
import { readList, writeList, type ListState } from "../query";

export const searches = new Ask<SavedSearchRow[]>();

export const loadSearches = (): Promise<SavedSearchRow[] | null> =>
  searches.run(() => call("careers.saved_searches", {}));

/** What of the address is kept: text, filters and order. */
export const keptOf = (list: ListState): string => href("careers", writeList(list)).split(/\?(.*)/s)[1] ?? "";

/** The address at which a saved search is shown again; what this program does not know falls out of it. */
export const searchHref = (search: Pick<SavedSearchRow, "query">): string =>
  href("careers", writeList(readList(readAddress(`#/careers?${search.query}`).query)));

/** Tells what was done; Undo takes it back. Either way the list is read anew. */
function done(words: string, { change }: Saved): void {
  void loadSearches();
  tell(
    words,
    change === null
      ? undefined
      : async () => {
          await call("changes.undo", { change });
          await loadSearches();
        },
  );
}

export async function saveSearch(name: string, query: string): Promise<void> {
  done(m.searches_saved({ name: name.trim() }), await call("careers.save_search", { id: null, name, query }));
}

export async function renameSearch({ id, query }: SavedSearchRow, name: string): Promise<void> {
  done(m.searches_renamed({ name: name.trim() }), await call("careers.save_search", { id, name, query }));
}

export async function removeSearch({ id, name }: SavedSearchRow): Promise<void> {
  done(m.searches_removed({ name }), await call("careers.remove_search", { id }));
}
