// How much was or would be erased, in words; what there is none of is left out.
import { m } from "../../generated/messages/messages";
import type { Erased } from "../../generated/contract";
import { number } from "../../shared/formats";

const labels: Record<keyof Erased, () => string> = {
  students: m.rights_count_students,
  applications: m.rights_count_applications,
  answers: m.rights_count_answers,
  versions: m.rights_count_versions,
  shortlist: m.rights_count_shortlist,
  details: m.rights_count_details,
  memory_aids: m.rights_count_memory_aids,
  disclosures: m.rights_count_disclosures,
  accesses: m.rights_count_accesses,
  holds: m.rights_count_holds,
  changes: m.rights_count_changes,
};

export function counted(counts: Erased): { label: string; value: string }[] {
  return (Object.keys(labels) as (keyof Erased)[])
    .filter((kind) => counts[kind] > 0)
    .map((kind) => ({ label: labels[kind](), value: number(counts[kind]) }));
}
