// A date or a month as it is typed, part by part. A date that is not whole yet is kept as far as it goes: "2008-05-".
export interface DateParts {
  year: string;
  month: string;
  day: string;
}

const EMPTY: DateParts = { year: "", month: "", day: "" };
const PARTS = /^([^-]*)-([^-]*)(?:-([^-]*))?$/;

/** The parts of an answer; nothing where it was not written in parts, so that it is shown as it stands. */
export function readDate(value: string): DateParts | null {
  if (value === "") return EMPTY;
  const found = PARTS.exec(value);
  return found ? { year: found[1] ?? "", month: found[2] ?? "", day: found[3] ?? "" } : null;
}

/** The answer of the parts; empty where nothing is typed. */
export function writeDate({ year, month, day }: DateParts, wholeDate: boolean): string {
  const parts = [clean(year), two(month), ...(wholeDate ? [two(day)] : [])];
  return parts.some(Boolean) ? parts.join("-") : "";
}

const clean = (part: string) => part.trim().replaceAll("-", "");
const two = (part: string) => (/^\d$/.test(clean(part)) ? `0${clean(part)}` : clean(part));
