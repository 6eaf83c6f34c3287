// The parts of a career page in their order, for the list of contents.
import { m } from "../../generated/messages/messages";
import type { Career } from "../../generated/contract";
import { meeting } from "../../shared/meeting.svelte";

const names = {
  pay: m.careers_part_pay,
  about: m.careers_part_about,
  outlook: m.careers_part_outlook,
  money: m.careers_part_money,
  where: m.careers_part_where,
  path: m.careers_part_path,
  skills: m.careers_part_skills,
  interests: m.careers_part_interests,
  balance: m.careers_part_balance,
  related: m.careers_part_related,
  originals: m.careers_part_originals,
  notes: m.careers_part_notes,
  sources: m.careers_part_sources,
};

export type PartName = keyof typeof names;

/** Guide sections that are all there is in a part; without them the part is left out. */
const prose: Partial<Record<PartName, string[]>> = {
  about: ["overview", "does", "responsibilities"],
  money: ["pay_entry", "pay_mid", "pay_senior", "pay_factors"],
  balance: ["like", "hard", "advantages", "drawbacks", "conclusion"],
};

export const partName = (part: PartName): string => names[part]();

/** Whether a career has anything for a part. The counselor's own notes are nobody else's: no part of a meeting. */
export function hasPart(career: Career, part: PartName): boolean {
  if (part === "notes") return !meeting.student;
  if (part === "originals") return career.originals.length > 0;
  const wanted = prose[part];
  return !wanted || career.guide.sections.some((section) => wanted.includes(section.id));
}

export const partsOf = (career: Career): PartName[] =>
  (Object.keys(names) as PartName[]).filter((part) => hasPart(career, part));
