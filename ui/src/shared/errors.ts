// An error's code and parameters as words in the reader's language.
import { m } from "../generated/messages/messages";
import { OperationError } from "../platform";

type Words = (params: Record<string, unknown>) => string;

/** What went wrong, in a sentence or two that say what to do. */
export function errorWords(fault: unknown): string {
  if (!(fault instanceof OperationError)) return m.error_general({ code: "page" });
  return codeWords(fault.code, fault.params);
}

/** The words of a code, for codes that arrive as data (such as what stands in the way of opening the records). */
export function codeWords(code: string, params: Record<string, unknown> = {}): string {
  const key = `error_${code.replaceAll(".", "_")}`;
  const words = (m as unknown as Record<string, Words | undefined>)[key];
  return words ? words(params) : m.error_general({ code });
}

/** Whether the fault is an operation's with this code. */
export function hasCode(fault: unknown, code: string): fault is OperationError {
  return fault instanceof OperationError && fault.code === code;
}
