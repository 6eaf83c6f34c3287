// What can be done with a student from more than one place, told with a way back.
import { m } from "../generated/messages/messages";
import type { Saved, StudentInput, StudentRow } from "../generated/contract";
import { call } from "../platform";
import { language } from "../shared/language.svelte";
import { recordsChanged } from "../shared/records-changed.svelte";
import { tell } from "../shared/toasts.svelte";

/** Tells what was done; Undo takes it back and refreshes what is shown. */
export function told(words: string, change: number | null): void {
  recordsChanged();
  tell(
    words,
    change === null
      ? undefined
      : async () => {
          await call("changes.undo", { change });
          recordsChanged();
        },
  );
}

export async function addStudent(student: StudentInput): Promise<Saved> {
  const saved = await call("students.add", student);
  told(m.students_added({ name: student.name }), saved.change);
  return saved;
}

export async function editStudent(id: string, student: StudentInput): Promise<Saved> {
  const saved = await call("students.edit", { id, student });
  told(m.students_edited({ name: student.name }), saved.change);
  return saved;
}

export async function addSample(): Promise<Saved> {
  const saved = await call("students.add_sample", { language: language.current });
  told(m.students_sample_added(), saved.change);
  return saved;
}

export async function removeStudent(student: StudentRow): Promise<void> {
  const { change } = await call("students.remove", { id: student.id });
  told(m.students_removed({ name: student.name }), change);
}

export async function takeOffShortlist(student: string, career: string, title: string): Promise<void> {
  const { change } = await call("students.shortlist", { student_id: student, career, on: false });
  told(m.students_shortlist_removed({ title }), change);
}

/** Takes away a memory aid that can't be read. */
export async function takeMemoryAidAway(student: string): Promise<void> {
  const { change } = await call("students.save_memory_aid", { id: student, text: "" });
  told(m.keys_aid_taken(), change);
}
