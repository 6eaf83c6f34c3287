// The filters of the log, kept in the address: what is not known there is left out.
import type { LogFilter, LogKind, Said } from "../generated/contract";

export const kinds: LogKind[] = ["disclosure", "change", "access", "rights"];
export const said: Said[] = ["not_said", "student", "parent", "school_official", "written_consent", "other"];

const one = <T extends string>(known: readonly T[], text: string | null): T | null =>
  known.find((each) => each === text) ?? null;

/** A day of the address, `YYYY-MM-DD`; empty where it is none. */
export function readDay(text: string | null): string {
  return text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : "";
}

/** The first moment of a day in the reader's own zone, or of the day after it. */
export function moment(day: string, after = 0): string | null {
  const [year = 0, month = 0, date = 0] = day.split("-").map(Number);
  return day ? new Date(year, month - 1, date + after).toISOString() : null;
}

/** What the address asks for. Only what left is for somebody. */
export function readFilter(query: URLSearchParams): LogFilter {
  const audience = one(said, query.get("audience"));
  return {
    student: query.get("student") || null,
    kind: audience ? "disclosure" : one(kinds, query.get("kind")),
    audience,
    from: moment(readDay(query.get("from"))),
    until: moment(readDay(query.get("until")), 1),
  };
}

/** Whether anything but a student narrows the log. */
export const isNarrowed = ({ kind, audience, from, until }: LogFilter): boolean =>
  Boolean(kind ?? audience ?? from ?? until);
