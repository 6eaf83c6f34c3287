// How old the published facts are, for the corner of the window.
import { m } from "../generated/messages/messages";
import type { Source } from "../generated/contract";
import { call } from "../platform";
import { language } from "./language.svelte";

let sources = $state.raw<Source[]>([]);

export async function loadDataAge(): Promise<void> {
  sources = (await call("catalogue.info", { language: language.current })).sources;
}

/** "Data: BLS May 2025, O*NET 30.1": the releases of pay and of occupations. */
export function dataAge(): string {
  const release = (id: string) => sources.find((source) => source.id === id)?.release;
  const pay = release("oews");
  const occupations = release("onet");
  return pay && occupations ? m.shared_data_age({ pay, occupations }) : "";
}
