// What was done to the records, in words, by the name that the log gives it.
import { m } from "../generated/messages/messages";

const messages = m as unknown as Record<string, (() => string) | undefined>;

/** The words of an act; that it is not known where a newer program has logged one. */
export const actWords = (act: string): string =>
  messages[`log_act_${act.replaceAll(".", "_")}`]?.() ?? m.log_unknown({ name: act });
