// The six interest types of a profile, in the order of the hexagon.
import type { Interests } from "../../generated/contract";

export const interestTypes = (of: Interests) => [
  { letter: "R", value: of.realistic },
  { letter: "I", value: of.investigative },
  { letter: "A", value: of.artistic },
  { letter: "S", value: of.social },
  { letter: "E", value: of.enterprising },
  { letter: "C", value: of.conventional },
];
