// Erases students one after the other, each under a certificate of their own. Backups age out.
import type { EraseScope } from "../../generated/contract";
import { call } from "../../platform";

/**
 * Erases each; asks after each whether to go on. Resolves with how many were erased; rejects at the first that could
 * not be, with those before it gone.
 */
export async function eraseAll(
  students: string[],
  scope: EraseScope,
  goOn: (done: number) => boolean,
): Promise<number> {
  let done = 0;
  for (const student_id of students) {
    const { certificate } = await call("rights.preview_erase", { student_id, scope });
    await call("rights.erase", { student_id, scope, certificate, backups: false });
    done += 1;
    if (!goOn(done)) break;
  }
  return done;
}
