// Where the focus goes when its place is gone, or a form can't be taken.
import { tick } from "svelte";

/** To the first fault of a form. */
export async function focusFirstFault(form: EventTarget | null): Promise<void> {
  await tick();
  if (form instanceof HTMLElement) form.querySelector<HTMLElement>("[aria-invalid='true']")?.focus();
}

/** To the heading of the page: a button that goes away when it is pressed leaves the focus nowhere. */
export function focusHeading(): void {
  document.querySelector<HTMLElement>("main h1")?.focus({ preventScroll: true });
}
