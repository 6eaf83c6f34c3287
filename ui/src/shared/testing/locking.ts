// A program for tests of what is kept over a lock: it keeps what it is given, and gives it back.
import { cleanup } from "@testing-library/svelte";
import { vi } from "vitest";
import type { UnsavedText } from "../../generated/contract";
import { call } from "../../platform";
import { lock, takeStatus } from "../session.svelte";
import { putUnsavedBack } from "../unsaved";
import { unlocked } from "./unlocked";

/** What the program keeps; empty again once a page has it. */
export const keeping = { texts: [] as UnsavedText[] };

/** Has the (mocked) program keep texts, and answer other operations with these. */
export function keepsTexts(answers: Record<string, (input: never) => unknown> = {}): void {
  keeping.texts = [];
  takeStatus(unlocked);
  vi.mocked(call).mockImplementation(((name: string, input: { texts: UnsavedText[] }) => {
    if (name === "vault.keep_unsaved") {
      for (const text of input.texts) {
        keeping.texts = keeping.texts.filter((one) => one.id !== text.id);
        if (Object.keys(text.edits).length > 0) keeping.texts.push(text);
      }
      return Promise.resolve({});
    }
    if (name === "vault.take_unsaved") return Promise.resolve({ texts: keeping.texts });
    const answer = answers[name];
    return Promise.resolve(answer ? answer(input as never) : { ...unlocked, state: "locked" });
  }) as typeof call);
}

/** The pages are gone while the records are locked, and made anew afterwards. */
export async function lockAndUnlock(): Promise<void> {
  await lock();
  cleanup();
  takeStatus(unlocked);
  await putUnsavedBack();
}
