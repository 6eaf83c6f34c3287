// A date or a month as it is typed, part by part. A date that is not whole yet is kept as far as it goes: "2008-05-".
export interface DateParts {
  year: string;
  month: string;
  day: string;
}

const EMPTY: DateParts = { year: "", month: "", day: "" };
const PARTS = /^([^-]*)-([^-]*)(?:-([^-]*))?$/;
const SOME_PARTS = /^([^-]*)(?:-([^-]*)(?:-([^-]*))?)?$/;

/** The parts of an answer; nothing where it was not written in parts, so that it is shown as it stands. */
export function readDate(value: string, partial = false): DateParts | null {
  if (value === "") return EMPTY;
  const found = (partial ? SOME_PARTS : PARTS).exec(value);
  return found ? { year: found[1] ?? "", month: found[2] ?? "", day: found[3] ?? "" } : null;
}

/** The answer of the parts; empty where nothing is typed. A partial date ends where it is not known further. */
export function writeDate({ year, month, day }: DateParts, wholeDate: boolean, partial = false): string {
  const parts = [clean(year), two(month), ...(wholeDate ? [two(day)] : [])];
  while (partial && parts.length > 1 && parts.at(-1) === "") parts.pop();
  return parts.some(Boolean) ? parts.join("-") : "";
}

const clean = (part: string) => part.trim().replaceAll("-", "");
const two = (part: string) => (/^\d$/.test(clean(part)) ? `0${clean(part)}` : clean(part));
