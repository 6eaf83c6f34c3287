// The name of the place whose pay is shown. The settings keep its id alone.
import { call } from "../platform";
import type { Place } from "../generated/contract";
import { preferences } from "../shared/preferences.svelte";

let known = $state.raw<Place | null>(null);

export const place = {
  get id(): string {
    return preferences.current.place;
  },
  /** Its name; empty until it is known. */
  get name(): string {
    return known?.id === preferences.current.place ? known.name : "";
  },
};

/** Asks for the name of a place, or takes over one that was just chosen. */
export async function namePlace(id: string): Promise<void> {
  if (known?.id === id) return;
  const found = await call("careers.places", { text: id });
  known = found.find((one) => one.id === id) ?? known;
}
