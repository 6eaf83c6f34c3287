// The web view's own menu leads back, reloads and takes pictures: it stays away, but for the fields in which text is
// cut, pasted and corrected. In a meeting it stays away there too.
import { meeting } from "./meeting.svelte";

const FIELDS = "input, textarea, [contenteditable]";

export function keepMenuAway(event: MouseEvent): void {
  const field = event.target instanceof Element && event.target.closest(FIELDS);
  if (!field || meeting.student) event.preventDefault();
}
