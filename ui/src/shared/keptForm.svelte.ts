// Fields that only a button saves, as those of a dialog: where the records are locked over them, the program keeps what
// stands in them sealed, and the dialog opens again with it afterwards.
import { untrack } from "svelte";
import type { UnsavedText } from "../generated/contract";
import { saveBeforeLeaving } from "./leaving";
import { putsBack } from "./unsaved";

type Fields = Record<string, string>;

/** What came back and no dialog has taken yet. It counts as unsaved, so that another lock keeps it again. */
const back = new Map<string, { fields: Fields; stop: () => void }>();

const nothingToSave = () => Promise.resolve();
const asText = (id: string, edits: Fields): UnsavedText => ({ what: "form", id, edits });

putsBack("form", ({ id, edits }) => {
  const fields = Object.fromEntries(
    Object.entries(edits).map(([name, value]) => [name, String(value ?? "")]),
  );
  const stop = saveBeforeLeaving(nothingToSave, {
    unsaved: () => asText(id, fields),
    forget: () => void taken(id),
  });
  back.get(id)?.stop();
  back.set(id, { fields, stop });
  return Promise.resolve(false);
});

function taken(id: string): Fields | null {
  const one = back.get(id);
  one?.stop();
  back.delete(id);
  return one?.fields ?? null;
}

interface Kept {
  /** Which form on what: `students.edit/ID`. */
  id: () => string;
  /** Whether its fields are in sight. */
  open: () => boolean;
  /** What stands in its fields. */
  read: () => Fields;
  /** Puts it in sight with these in its fields. */
  restore: (fields: Fields) => void;
}

/**
 * Keeps the fields of a form over a lock; to be called while the component is made, after the effects that fill its
 * fields. A form that is closed or as it was when it opened is not kept.
 */
export function keepForm(form: Kept): void {
  let first = "";
  let restored = false;
  const now = () => JSON.stringify(form.read());

  $effect(() => {
    const id = form.id();
    untrack(() => {
      const fields = taken(id);
      if (!fields) return;
      restored = true;
      form.restore(fields);
    });
  });

  $effect(() => {
    if (!form.open()) return;
    const id = form.id();
    // What came back is unsaved, also where nothing is added to it.
    first = restored ? "" : untrack(now);
    restored = false;
    return saveBeforeLeaving(nothingToSave, {
      unsaved: () => (now() === first ? null : asText(id, form.read())),
    });
  });
}
