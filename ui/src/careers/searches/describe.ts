// A search in words, as its first name and beside it in a list.
import { m } from "../../generated/messages/messages";
import { money, number } from "../../shared/formats";
import {
  educationName,
  fieldName,
  groupName,
  growthName,
  interestName,
  letterName,
  preparationName,
  sortName,
  subjectName,
} from "../names";
import { chosen, groups, type Group, type ListState } from "../query";

const names: Record<Group, (value: string) => string> = {
  field: fieldName,
  group: groupName,
  letter: (letter) => m.browse_letter_chip({ letter: letterName(letter) }),
  education: educationName,
  growth: growthName,
  interest: interestName,
  preparation: (level) => m.careers_preparation_level({ name: preparationName(level), n: level }),
  subject: subjectName,
};

/** Everything that was typed, chosen and ordered, one after the other. */
export function describe(list: ListState): string {
  const { filters } = list;
  const parts = [
    ...(list.text.trim() ? [m.searches_text({ text: list.text.trim() })] : []),
    ...groups.flatMap((group) => chosen(filters, group).map(names[group])),
    ...(filters.pay_at_least === null
      ? []
      : [m.careers_filter_pay_value({ value: money(filters.pay_at_least) })]),
    ...(filters.openings_at_least === null
      ? []
      : [m.searches_openings({ n: number(filters.openings_at_least) })]),
    ...(list.sort ? [sortName(list.sort)] : []),
  ];
  return parts.join(", ");
}
