// The student whom the counsellor is with. The top bar shows it in blaze, on every page, until the meeting ends.
export interface MeetingStudent {
  id: string;
  name: string;
  graduation_year: number | null;
}

let student = $state.raw<MeetingStudent | null>(null);

export const meeting = {
  get student(): MeetingStudent | null {
    return student;
  },
};

export function beginMeeting(next: MeetingStudent): void {
  student = { id: next.id, name: next.name, graduation_year: next.graduation_year };
}

export function endMeeting(): void {
  student = null;
}
