// The tables of the records as a counselor thinks of them.
import type { SalvagedTable } from "../../generated/contract";
import { m } from "../../generated/messages/messages";

interface Group {
  name: string;
  words: () => string;
  tables: string[];
}

const GROUPS: Group[] = [
  { name: "students", words: m.damage_rows_students, tables: ["student"] },
  { name: "shortlists", words: m.damage_rows_shortlists, tables: ["shortlist"] },
  { name: "applications", words: m.damage_rows_applications, tables: ["application"] },
  { name: "answers", words: m.damage_rows_answers, tables: ["answer"] },
  { name: "versions", words: m.damage_rows_versions, tables: ["version", "version_answer"] },
  { name: "notes", words: m.damage_rows_notes, tables: ["career_note", "career_search", "memory_aid"] },
  { name: "log", words: m.damage_rows_log, tables: ["change", "change_part", "change_about"] },
  { name: "disclosures", words: m.damage_rows_disclosures, tables: ["disclosure", "access"] },
];

const OTHER: Group = { name: "other", words: m.damage_rows_other, tables: [] };

export type Counted = Group & Omit<SalvagedTable, "table">;

/** Counts of tables that belong together, added up; what was never used is left out. */
export function grouped(tables: SalvagedTable[]): Counted[] {
  const counted = [...GROUPS, OTHER].map((group) => ({ ...group, rows: 0, missing: 0, pages: 0 }));
  for (const { table, rows, missing, pages } of tables) {
    const group = counted.find(({ tables }) => tables.includes(table)) ?? counted.at(-1);
    if (!group) continue;
    group.rows += rows;
    group.missing += missing;
    group.pages += pages;
  }
  return counted.filter(({ rows, missing, pages }) => rows + missing + pages > 0);
}
