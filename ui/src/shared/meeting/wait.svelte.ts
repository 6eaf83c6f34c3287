// How long the next try of a PIN has to wait, counted down.
import { m } from "../../generated/messages/messages";
import { OperationError } from "../../platform";
import { number } from "../formats";

const SECOND = 1_000;

export class Wait {
  seconds = $state(0);
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Begins to wait as long as a fault says; one that says nothing lets the next try go at once. */
  begin(fault: unknown): void {
    const said = fault instanceof OperationError ? Number(fault.params.wait_seconds ?? 0) : 0;
    clearTimeout(this.#timer);
    this.seconds = said;
    this.#tick();
  }

  /** What is said while it lasts. */
  get words(): string {
    return this.seconds > 0 ? m.meeting_wait({ n: number(this.seconds) }) : "";
  }

  #tick(): void {
    if (this.seconds <= 0) return;
    this.#timer = setTimeout(() => {
      this.seconds -= 1;
      this.#tick();
    }, SECOND);
  }
}
