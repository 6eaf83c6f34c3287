import type { ErrorCode } from "../generated/contract";

/** What an operation failed with: a stable code and parameters. Words are in the message files. */
export class OperationError extends Error {
  readonly code: ErrorCode | UnknownCode;
  readonly params: Record<string, unknown>;

  constructor(code: string, params: Record<string, unknown> = {}) {
    super(code);
    this.name = "OperationError";
    this.code = code as ErrorCode | UnknownCode;
    this.params = params;
  }
}

/** A code that the contract does not name, such as the host that does not answer. */
export type UnknownCode = string & { readonly unknown?: never };

/** The host did not answer at all. */
export const NO_ANSWER = "host.no_answer";

/** Turns whatever a host rejected with into an `OperationError`. */
export function readError(fault: unknown): OperationError {
  if (fault instanceof OperationError) return fault;
  const found = typeof fault === "object" && fault !== null ? (fault as Record<string, unknown>) : {};
  if (typeof found.code !== "string") return new OperationError(NO_ANSWER);
  const params = typeof found.params === "object" && found.params !== null ? found.params : {};
  return new OperationError(found.code, params as Record<string, unknown>);
}
