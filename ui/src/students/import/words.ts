// What is said about a roster: its columns and its faults.
import { m } from "../../generated/messages/messages";
import type { RosterCheck, RosterFault, RosterFaultKind } from "../../generated/contract";

/** "Column 3: Grad year", or "Column 3" where there is no heading. */
export function columnName(check: RosterCheck, column: number): string {
  const heading = check.columns.heading ? check.headings[column] : undefined;
  return heading
    ? m.students_column_named({ n: column + 1, name: heading })
    : m.students_column_n({ n: column + 1 });
}

/** "Line 14, Column 3: Grad year" */
export function faultPlace(check: RosterCheck, { line, column }: RosterFault): string {
  return column === null
    ? m.students_fault_line({ line })
    : m.students_fault_line_column({ line, column: columnName(check, column) });
}

export function faultSentence(fault: RosterFaultKind): string {
  switch (fault) {
    case "name_missing":
      return m.students_fault_name_missing();
    case "year_not_a_year":
      return m.students_fault_year_not_a_year();
    case "school_id_twice":
      return m.students_fault_school_id_twice();
    case "cells_missing":
      return m.students_fault_cells_missing();
    case "unreadable":
      return m.students_fault_unreadable();
  }
}
