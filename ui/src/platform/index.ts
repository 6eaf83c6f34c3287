// The only folder that knows how calls travel: to the window, or to the test host in a browser.
import { devhost } from "./devhost";
import type { DocumentName, EventName, Input, OperationName, Output, SavedDocument } from "./host";
import type { DocumentOperations } from "../generated/contract";
import { tauri } from "./tauri";

export { NO_ANSWER, OperationError } from "./errors";
export type { DocumentName, Input, OperationName, Output, SavedDocument } from "./host";

const host = "__TAURI_INTERNALS__" in window ? tauri : devhost;

/** Carries out an operation. Rejects with an `OperationError`. */
export function call<Name extends OperationName>(name: Name, input: Input<Name>): Promise<Output<Name>> {
  return host.call(name, input) as Promise<Output<Name>>;
}

/** Makes a document and saves it where the person says. */
export function saveDocument<Name extends DocumentName>(
  name: Name,
  input: DocumentOperations[Name]["input"],
): Promise<SavedDocument> {
  return host.saveDocument(name, input);
}

/** Lets the person choose a folder; nothing where they changed their mind. */
export const pickFolder = (): Promise<string | null> => host.pickFolder();

/** Whether this host has a dialog for folders. */
export const canPickFolder = host.canPickFolder;

/** Listens to what the program says unasked; returns how to stop. */
export const onEvent = (name: EventName, listen: () => void): (() => void) => host.onEvent(name, listen);
