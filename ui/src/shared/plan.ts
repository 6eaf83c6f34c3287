// What an application is for, as one line: what was decided, and words for what was not.
import { m } from "../generated/messages/messages";
import type { Plan } from "../generated/contract";
import { careerTitle } from "./career-titles.svelte";

/** "Software Engineering, State College", or "Backend Architect", or "Not decided yet". */
export function planTitle(plan: Plan): string {
  const goal = [plan.programme, plan.institution].filter(Boolean).join(", ");
  return goal || (plan.career ? careerTitle(plan.career) : m.shared_not_decided());
}
