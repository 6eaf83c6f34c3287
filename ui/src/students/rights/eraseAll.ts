// Erases students one after the other, each under a certificate of their own. The copies of the records are written anew
// once for all of them, at the end. No backup is made before: it would keep just what is to go.
import type { AsideWish, EraseScope, JobId } from "../../generated/contract";
import { call } from "../../platform";

/** From which copies they are erased too. */
export interface Copies {
  backups: boolean;
  aside: AsideWish;
}

/** What was done: how many are erased, and the job that goes on in the copies. */
export interface Done {
  erased: number;
  job: JobId | null;
}

/**
 * Erases each; asks after each whether to go on. Rejects at the first that could not be erased, with those before it
 * gone; also then the work on the copies is begun for those.
 */
export async function eraseAll(
  students: string[],
  scope: EraseScope,
  copies: Copies,
  goOn: (done: number) => boolean,
): Promise<Done> {
  let erased = 0;
  const begin = async () => (erased && wanted(copies) ? (await call("rights.go_on", {})).job : null);
  try {
    for (const student_id of students) {
      const { certificate } = await call("rights.preview_erase", { student_id, scope });
      await call("rights.erase", { student_id, scope, certificate, ...copies, more_follow: true });
      erased += 1;
      if (!goOn(erased)) break;
    }
  } catch (fault) {
    // What is remembered is gone on with at the next opening at the latest; the first fault is the one to tell.
    await begin().catch(() => null);
    throw fault;
  }
  return { erased, job: await begin() };
}

export const wanted = ({ backups, aside }: Copies): boolean => backups || aside !== "keep";
