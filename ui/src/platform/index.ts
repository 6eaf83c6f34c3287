// The only folder that knows how calls travel: to the window, or to the test host in a browser. The build says which:
// what a person gets holds nothing of the test host (`#host` in vite.config.ts).
import { host } from "#host";
import { OperationError } from "./errors";
import type { DocumentName, EventName, Input, OperationName, Output, SavedDocument } from "./host";
import type { DocumentOperations, Logged } from "../generated/contract";

export { NO_ANSWER, OperationError } from "./errors";
export type { DocumentName, Input, OperationName, Output, SavedDocument } from "./host";

const onLocked = new Set<() => void>();
const onLogged = new Set<(logged: Logged) => void>();

/** Carries out an operation. Rejects with an `OperationError`; one that found the records locked tells it. */
export async function call<Name extends OperationName>(
  name: Name,
  input: Input<Name>,
): Promise<Output<Name>> {
  try {
    return (await host.call(name, input)) as Output<Name>;
  } catch (fault) {
    if (fault instanceof OperationError && fault.code === "vault.locked") for (const tell of onLocked) tell();
    throw fault;
  }
}

/** Makes a document and saves it where the person says. One with a student's data is logged, and that is told. */
export async function saveDocument<Name extends DocumentName>(
  name: Name,
  input: DocumentOperations[Name]["input"],
): Promise<SavedDocument> {
  const done = await host.saveDocument(name, input);
  if ("saved" in done && done.logged) for (const tell of onLogged) tell(done.logged);
  return done;
}

/** Lets the person choose a folder; nothing where they changed their mind. */
export const pickFolder = (): Promise<string | null> => host.pickFolder();

/** Tells that a wish to close has come, before anything is saved. */
export const heardClose = (): Promise<void> => host.heardClose();

/** Answers a wish to close: everything is saved, or the pages stay. */
export const leave = (saved: boolean): Promise<void> => host.leave(saved);

/** Tells that the first page that can be used is on the screen. */
export const painted = (): Promise<void> => host.painted();

/** Tells that somebody touches the pages, so that the program knows it too. */
export const touched = (): Promise<void> => host.touched();

/** Whether this host has a dialog for folders. */
export const canPickFolder = host.canPickFolder;

/** Listens to what the program says unasked; returns how to stop. */
export const onEvent = (name: EventName, listen: () => void): (() => void) => host.onEvent(name, listen);

/** Calls `listen` whenever a document with a student's data has left; returns how to stop. */
export function onLoggedOutput(listen: (logged: Logged) => void): () => void {
  onLogged.add(listen);
  return () => void onLogged.delete(listen);
}

/** Calls `listen` whenever an operation has found the records locked; returns how to stop. */
export function onLockedRecords(listen: () => void): () => void {
  onLocked.add(listen);
  return () => void onLocked.delete(listen);
}
