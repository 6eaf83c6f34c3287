// A student in a few words, to tell two of the same name apart.
import { m } from "../generated/messages/messages";
import type { StudentRow } from "../generated/contract";

/** "class of 2027 · 10442", with "sample, fictional" for the one of the first run. */
export function studentNote(student: StudentRow): string {
  return [
    student.sample ? m.students_sample() : "",
    student.graduation_year ? m.shared_class_of({ year: student.graduation_year }) : "",
    student.school_id ?? "",
  ]
    .filter(Boolean)
    .join(" · ");
}
