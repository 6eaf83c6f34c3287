// What was done to the records, in words, by the name that the log gives it.
import { m } from "../generated/messages/messages";

type Words = () => string;

/** The words of an act; the name itself where a newer program has logged one that this one does not know. */
export function actWords(act: string): string {
  const words = (m as unknown as Record<string, Words | undefined>)[`act_${act.replaceAll(".", "_")}`];
  return words ? words() : act;
}
