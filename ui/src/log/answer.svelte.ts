// An answer to "For whom?": chosen at once, or with two short texts where it was somebody else.
import type { Audience } from "../generated/contract";
import { call } from "../platform";
import { codeWords } from "../shared/errors";
import { recordsChanged } from "../shared/records-changed.svelte";

export class Answer {
  party = $state("");
  interest = $state("");
  /** The last try left a field of the two empty. */
  tried = $state(false);

  get partyError(): string | null {
    return this.tried && !this.party.trim() ? codeWords("log.party_missing") : null;
  }

  get interestError(): string | null {
    return this.tried && !this.interest.trim() ? codeWords("log.interest_missing") : null;
  }

  /** Says it for a batch; gives whether it was said. Faults of the operation are thrown. */
  async say(batch: string, audience: Audience, correcting = false): Promise<boolean> {
    const other = audience === "other";
    this.tried = other;
    if (other && (this.partyError || this.interestError)) return false;
    await call("log.answer", {
      batch,
      audience,
      party: other ? this.party.trim() : null,
      interest: other ? this.interest.trim() : null,
      correcting,
    });
    recordsChanged();
    return true;
  }

  clear(): void {
    this.party = "";
    this.interest = "";
    this.tried = false;
  }
}
