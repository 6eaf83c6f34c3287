// The name of the place whose pay is shown. The settings keep its id alone.
import { call } from "../platform";
import type { Language, Place } from "../generated/contract";
import { language } from "../shared/language.svelte";
import { preferences } from "../shared/preferences.svelte";

let known = $state.raw<{ place: Place; language: Language } | null>(null);

export const place = {
  get id(): string {
    return preferences.current.place;
  },
  /** Its name; empty until it is known. */
  get name(): string {
    return known?.place.id === preferences.current.place ? known.place.name : "";
  },
};

/** Asks for the name of a place in the language of the pages. */
export async function namePlace(id: string): Promise<void> {
  const asked = language.current;
  if (known?.place.id === id && known.language === asked) return;
  const found = await call("careers.places", { text: id, language: asked });
  const place = found.find((one) => one.id === id);
  if (place && language.current === asked) known = { place, language: asked };
}
