// A plan as the fields of a form, which are kept over a lock.
import type { Plan } from "../generated/contract";

const KEYS = ["student_id", "career", "programme", "institution"] as const;

/** The parts that are decided. */
export const asFields = (plan: Plan): Record<string, string> =>
  Object.fromEntries(KEYS.flatMap((key) => (plan[key] ? [[key, plan[key]]] : [])));

/** The plan again; what is not there is not decided. */
export const asPlan = (fields: Record<string, string>): Plan => ({
  student_id: fields.student_id ?? null,
  career: fields.career ?? null,
  programme: fields.programme ?? null,
  institution: fields.institution ?? null,
});
