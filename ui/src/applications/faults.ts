// What the readiness check found, in words.
import { m } from "../generated/messages/messages";
import type { Counter, Fault, FaultKind } from "../generated/contract";
import { number } from "../shared/formats";
import { inLanguage } from "../shared/language.svelte";
import { findPlace, itemIds } from "./keys";
import type { OpenDraft } from "./openDraft.svelte";

/** Whether the fault only says that something is still to be written. Everything else is wrong as it stands. */
export const isStillMissing = (fault: FaultKind): boolean =>
  ["missing", "not_confirmed", "too_short", "too_few_items"].includes(fault.code);

/** A word or two that name the kind of fault. */
export function faultTag(fault: FaultKind): string {
  switch (fault.code) {
    case "missing":
    case "too_few_items":
      return m.applications_fault_tag_missing();
    case "not_confirmed":
      return m.applications_fault_tag_confirm();
    case "too_long":
    case "too_many_items":
      return m.applications_fault_tag_long();
    case "too_short":
      return m.applications_fault_tag_short();
    default:
      return m.applications_fault_tag_check();
  }
}

/** What is wrong and what would mend it, in a sentence. */
export function faultWords(fault: FaultKind): string {
  switch (fault.code) {
    case "missing":
      return m.applications_fault_missing();
    case "not_confirmed":
      return m.applications_fault_not_confirmed();
    case "too_long":
      return over(fault.counter, fault.count - fault.limit);
    case "too_short":
      return m.applications_fault_too_short({
        missing: counted(fault.counter, fault.limit - fault.count),
        limit: number(fault.limit),
      });
    case "not_an_email":
      return m.applications_fault_not_an_email();
    case "not_a_phone":
      return m.applications_fault_not_a_phone();
    case "not_a_date":
      return m.applications_fault_not_a_date();
    case "in_the_future":
      return m.applications_fault_in_the_future();
    case "not_a_number":
      return m.applications_fault_not_a_number();
    case "out_of_range":
      return outOfRange(fault.min, fault.max);
    case "not_a_choice":
      return m.applications_fault_not_a_choice();
    case "too_few_items":
      return m.applications_fault_too_few_items({ limit: number(fault.limit), count: number(fault.count) });
    case "too_many_items":
      return m.applications_fault_too_many_items({ limit: number(fault.limit), count: number(fault.count) });
    case "not_a_file":
      return m.applications_fault_not_a_file();
    case "file_kind":
      return m.applications_fault_file_kind({ kinds: fault.accepted.join(", ") });
    case "file_too_large":
      return m.applications_fault_file_too_large({ limit: megabytes(fault.limit) });
    case "check":
      return inLanguage(fault.text);
  }
}

const MEGABYTE = 1_000_000;
const megabytes = (bytes: number): string => `${number(bytes / MEGABYTE, 1)} MB`;

function outOfRange(min: number | null, max: number | null): string {
  if (min !== null && max !== null)
    return m.applications_fault_between({ min: String(min), max: String(max) });
  if (min !== null) return m.applications_fault_at_least({ min: String(min) });
  return m.applications_fault_at_most({ max: String(max ?? "") });
}

/** "38 words", "1 character" */
export function counted(counter: Counter, n: number): string {
  const said = { n: number(n) };
  if (counter === "words") return m.applications_n_words(said);
  return counter === "lines" ? m.applications_n_lines(said) : m.applications_n_characters(said);
}

/** "38 words over; nothing is cut" */
export const over = (counter: Counter, n: number): string =>
  m.applications_over({ what: counted(counter, n) });

/** "School 2: Name of the school", or the question's own words where it stands alone. */
export function placeWords(draft: OpenDraft, fault: Pick<Fault, "key">): string {
  const place = findPlace(draft.pack, fault.key);
  if (!place) return fault.key;
  const question = [place.question, place.field].map((one) => one && inLanguage(one.label));
  const label = question.filter(Boolean).join(": ");
  if (!place.group) return label;
  if (!place.question || !place.item) return inLanguage(place.group.label);
  const at = itemIds(draft.answers[place.group.id]).indexOf(place.item) + 1;
  const item = m.applications_item({ what: inLanguage(place.group.item_label), n: at });
  return m.applications_in_item({ item, question: label });
}
