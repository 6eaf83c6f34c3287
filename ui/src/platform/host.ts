import type { DocumentOperations, Logged, Operations } from "../generated/contract";

export type OperationName = keyof Operations;
export type DocumentName = keyof DocumentOperations;
export type Input<Name extends OperationName> = Operations[Name]["input"];
export type Output<Name extends OperationName> = Operations[Name]["output"];

/**
 * Where a document went, which characters no font could print and what the log says of it where it holds a student's
 * data; or that the person changed their mind.
 */
export type SavedDocument = { saved: string; missing: string; logged?: Logged | null } | { cancelled: true };

/** What the program can tell a page unasked: the person wants to close the window, or the records are
 * to be locked. */
export type EventName = "close" | "lock";

/** How calls travel. Rejections are `OperationError`s. */
export interface Host {
  call(name: OperationName, input: unknown): Promise<unknown>;
  saveDocument(name: DocumentName, input: unknown): Promise<SavedDocument>;
  /** The folder that the person chose, or nothing. */
  pickFolder(): Promise<string | null>;
  /** Whether `pickFolder` opens anything here. */
  canPickFolder: boolean;
  /** The wish to close has come; its answer may take as long as saving takes. */
  heardClose(): Promise<void>;
  /** The answer to `close`: everything is saved, or something is not and the pages stay. */
  leave(saved: boolean): Promise<void>;
  /** The first page that can be used is on the screen. */
  painted(): Promise<void>;
  /** Somebody touches the pages. */
  touched(): Promise<void>;
  /** Returns how to stop listening. */
  onEvent(name: EventName, listen: () => void): () => void;
}
