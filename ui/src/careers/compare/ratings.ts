// Which rated skills or fields of knowledge tell careers apart most.
import type { Career, Figure, RatingKind } from "../../generated/contract";
import { figureValue } from "../../shared/formats";

export interface Apart {
  element: string;
  name: string;
  /** Importance in each career, in their order. */
  importance: Figure[];
  /** Highest minus lowest of those that are rated. */
  spread: number;
}

const notRated: Figure = { kind: "not_rated" };

/** The elements of a kind by how far their importance lies apart, the widest first; those rated alike fall out. */
export function apart(careers: Career[], kind: RatingKind): Apart[] {
  const found = new Map<string, Apart>();
  careers.forEach((career, at) => {
    for (const rating of career.ratings) {
      if (rating.kind !== kind) continue;
      let row = found.get(rating.element);
      if (!row) {
        row = {
          element: rating.element,
          name: rating.name,
          importance: careers.map(() => notRated),
          spread: 0,
        };
        found.set(rating.element, row);
      }
      row.importance[at] = rating.importance;
    }
  });
  for (const row of found.values()) {
    const values = row.importance.map(figureValue).filter((value) => value !== null);
    row.spread = values.length < 2 ? 0 : Math.max(...values) - Math.min(...values);
  }
  return [...found.values()]
    .filter((row) => row.spread > 0)
    .sort((a, b) => b.spread - a.spread || a.name.localeCompare(b.name));
}

/** Whether a career has any rating of a kind. */
export const isRated = (career: Career, kind: RatingKind): boolean =>
  career.ratings.some((one) => one.kind === kind && figureValue(one.importance) !== null);
