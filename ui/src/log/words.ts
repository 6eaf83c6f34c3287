// What the log says, in words: names of outputs, views and acts, students, and for whom something was.
import { m } from "../generated/messages/messages";
import type { Audience, LogFault, LogRow, LogStudent, Said } from "../generated/contract";
import { actWords } from "../shared/acts";
import { careerTitle } from "../shared/career-titles.svelte";
import { date, number } from "../shared/formats";

/** In the order of the keys 1 to 5. */
export const audiences: Audience[] = ["student", "parent", "school_official", "written_consent", "other"];

const messages = m as unknown as Record<string, ((params: Record<string, unknown>) => string) | undefined>;

/** The words of a key that is put together; nothing where there are none. */
const said = (key: string, params: Record<string, unknown> = {}): string | undefined =>
  messages[key]?.(params);

/** "Application as PDF", of an output's name. */
export const outputWords = (name: string): string =>
  said(`log_output_${name.replaceAll(".", "_")}`) ?? m.log_unknown({ name });

/** What a row of the log is about. */
export function rowWords({ kind, name }: Pick<LogRow, "kind" | "name">): string {
  if (kind === "disclosure") return outputWords(name);
  if (kind === "access") return viewWords(name);
  return actWords(name);
}

/** A view is `student`, `careers/compare`, `career/SLUG` or `application/ID`. */
function viewWords(name: string): string {
  const [kind = "", which] = name.split("/");
  if (kind === "career" && which) return `${m.log_view_career()}: ${careerTitle(which)}`;
  return said(`log_view_${name.replaceAll("/", "_")}`) ?? said(`log_view_${kind}`) ?? m.log_unknown({ name });
}

/** The names of students, and how many more there are. */
export function studentsWords(students: LogStudent[], count: number): string {
  const names = students.map((one) => one.name ?? m.log_deleted_student()).join(", ");
  return count > students.length ? m.log_students_more({ names, n: number(count - students.length) }) : names;
}

/** For whom, where it is chosen or told. */
export const audienceWords = (audience: Said): string => said(`log_audience_${audience}`) ?? audience;

/** The same as short as a key needs it. */
export const shortWords = (audience: Audience): string => said(`log_short_${audience}`) ?? audience;

/** What the check of the log has found not to hold. */
export function faultWords(fault: LogFault): string {
  const table = "table" in fault ? (said(`log_table_${fault.table}`) ?? fault.table) : "";
  const entry = "number" in fault ? number(fault.number) : "";
  switch (fault.fault) {
    case "missing":
      return m.log_check_broken_missing({ number: entry });
    case "altered":
      return m.log_check_broken_altered({ number: entry });
    case "content":
      return m.log_check_broken_content({ number: entry });
    case "gone":
      return m.log_check_broken_gone({ number: entry });
    case "row":
      return m.log_check_broken_row({ table, number: entry });
    case "row_missing":
      return m.log_check_broken_row_missing({ table, number: entry });
    case "row_added":
      return m.log_check_broken_row_added({ table });
    case "backup":
      return m.log_check_broken_backup({ date: date(fault.made_at), number: entry });
  }
}
