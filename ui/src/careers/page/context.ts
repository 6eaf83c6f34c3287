// What the parts of a career page share: the career, its sources by number, and how to get to a part of the page.
import { createContext } from "svelte";
import type { Career, Source } from "../../generated/contract";

export interface PageContext {
  readonly career: Career;
  /** The number under which a source is listed, from 1; nothing for one that is not listed. */
  number: (source: string) => number | null;
  source: (id: string) => Source | undefined;
  /** The address of a part of this page. */
  to: (part: string) => string;
  /** Goes to a part again whose address is open already; otherwise the link does it. */
  again: (part: string) => void;
}

export const [getPage, setPage] = createContext<PageContext>();

/** Id of a part in the document. */
export const partId = (part: string): string => `career-${part}`;
