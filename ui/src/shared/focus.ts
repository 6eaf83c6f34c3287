// Where the focus goes when a form can't be taken: to its first fault.
import { tick } from "svelte";

export async function focusFirstFault(form: EventTarget | null): Promise<void> {
  await tick();
  if (form instanceof HTMLElement) form.querySelector<HTMLElement>("[aria-invalid='true']")?.focus();
}
