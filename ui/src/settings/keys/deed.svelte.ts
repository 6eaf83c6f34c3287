// One thing that is asked of the vault: under way, done, refused. A wrong passphrase is said at its field and waits.
import { OperationError } from "../../platform";
import { errorWords, hasCode } from "../../shared/errors";
import { m } from "../../generated/messages/messages";
import { number } from "../../shared/formats";

const AT_THE_FIELD = ["vault.wrong_passphrase", "vault.wait"];

export class Deed<T> {
  busy = $state(false);
  done = $state.raw<T | null>(null);
  fault = $state.raw<unknown>(null);

  /** What stands at the field of the passphrase. */
  get passphraseWords(): string | null {
    if (hasCode(this.fault, "vault.wait"))
      return m.vault_wait({ n: number(Number(this.fault.params.wait_seconds ?? 0)) });
    return hasCode(this.fault, "vault.wrong_passphrase") ? errorWords(this.fault) : null;
  }

  /** What stands below the form. */
  get words(): string | null {
    const atField = this.fault instanceof OperationError && AT_THE_FIELD.includes(this.fault.code);
    return this.fault && !atField ? errorWords(this.fault) : null;
  }

  async run(work: () => Promise<T>): Promise<T | null> {
    if (this.busy) return null;
    this.busy = true;
    this.fault = null;
    try {
      this.done = await work();
      return this.done;
    } catch (fault) {
      this.fault = fault;
      return null;
    } finally {
      this.busy = false;
    }
  }
}
