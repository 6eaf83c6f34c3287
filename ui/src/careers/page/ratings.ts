// The scale of importance in words, as O*NET anchors it.
import { m } from "../../generated/messages/messages";

const anchors = [
  m.careers_rating_1,
  m.careers_rating_2,
  m.careers_rating_3,
  m.careers_rating_4,
  m.careers_rating_5,
];

/** The anchor nearest to a rating from 1 to 5. */
export function importanceWords(rating: number): string {
  const at = Math.max(1, Math.min(5, Math.round(rating)));
  return anchors[at - 1]?.() ?? "";
}
