// What the palette and the keyboard can do, and what is found by a few letters, as entries of one list.
import { m } from "../../generated/messages/messages";
import type { Found } from "../../generated/contract";
import { planTitle } from "../plan";
import { href, router } from "../router.svelte";

export interface Command {
  id: string;
  label: string;
  /** Its keys, as they are written on the page. */
  keys?: string;
  run: () => void;
}

export interface Entry extends Command {
  /** Heading under which it stands. */
  group: string;
  note?: string;
}

/** Students first: the counselor looks for a person most often. */
export function foundEntries(found: Found): Entry[] {
  const go = (path: string) => () => router.go(href(path));
  return [
    ...found.students.map((student) => ({
      id: `student-${student.id}`,
      group: m.shared_students(),
      label: student.name,
      note: student.graduation_year ? m.shared_class_of({ year: student.graduation_year }) : undefined,
      run: go(`students/${student.id}`),
    })),
    ...found.careers.map((career) => ({
      id: `career-${career.slug}`,
      group: m.shared_careers(),
      label: career.title,
      run: go(`careers/${career.slug}`),
    })),
    ...found.applications.map((application) => ({
      id: `application-${application.id}`,
      group: m.shared_applications(),
      label: planTitle(application.plan),
      note: application.student_name ?? undefined,
      run: go(`applications/${application.id}`),
    })),
  ];
}

/** Whether every word of the question begins a word of the label. Accents and case do not matter. */
export function fits(label: string, question: string): boolean {
  const words = plain(label).split(/[^\p{L}\p{N}]+/u);
  return plain(question)
    .split(/\s+/)
    .filter(Boolean)
    .every((wanted) => words.some((word) => word.startsWith(wanted)));
}

const plain = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
