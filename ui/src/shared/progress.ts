// How far an application is, in words.
import { m } from "../generated/messages/messages";
import { number } from "./formats";
import type { Progress } from "../generated/contract";

/** "3 of 6 sections complete, 4 to mend" */
export function progressWords({ complete, sections, faults }: Progress): string {
  const done = m.applications_progress({ complete: number(complete), n: number(sections) });
  return faults === 0
    ? m.applications_progress_all({ n: number(sections) })
    : `${done}, ${m.applications_to_mend_n({ n: number(faults) })}`;
}
