// Which pages there are in a meeting. The program refuses what is asked for others all the same; this says it in a page.
import type { Match } from "../router.svelte";

/** Whether a page is part of a meeting with this student. */
export function isInMeeting(match: Match, student: string): boolean {
  const { area, path } = match.route;
  if (area === "careers" || area === "applications") return true;
  return (path === "/students/:id" || path === "/students/:id/details") && match.params.id === student;
}
