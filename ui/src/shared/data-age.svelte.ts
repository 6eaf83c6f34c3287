// How old the published facts are, for the corner of the window.
import { m } from "../generated/messages/messages";
import type { Source } from "../generated/contract";
import { call } from "../platform";
import { language } from "./language.svelte";

let sources = $state.raw<Source[]>([]);

export async function loadDataAge(): Promise<void> {
  sources = (await call("catalogue.info", { language: language.current })).sources;
}

/** "Data: OEWS May 2025, O*NET 30.2", from the sources of pay and of occupations. */
export function dataAge(): string {
  const releases = ["bls-oews", "onet"]
    .map((start) => sources.find((source) => source.id.startsWith(start)))
    .filter((source) => source !== undefined)
    .map((source) => source.release);
  return releases.length ? m.shared_data_age({ releases: releases.join(", ") }) : "";
}
