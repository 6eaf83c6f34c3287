// Brings a question of the page to the person: into sight, and the focus to its control.
const CONTROLS = "input, textarea, select, button";

/** Focuses the place with this key; says whether it is on the page. */
export function focusPlace(place: string, within: ParentNode | null = document): boolean {
  const places = within?.querySelectorAll<HTMLElement>("[data-place]") ?? [];
  const element = [...places].find((one) => one.dataset.place === place);
  if (!element) return false;
  const first = element.querySelector("[data-add]") ?? element.querySelector("input:checked");
  const control = first ?? element.querySelector(CONTROLS);
  element.scrollIntoView?.({ block: "center" });
  if (control instanceof HTMLElement) control.focus({ preventScroll: true });
  return true;
}
