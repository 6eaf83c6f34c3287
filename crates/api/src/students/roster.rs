//! A roster from a paste or a file: read as a table, checked as a whole, imported as a whole or not at all.

use std::collections::{BTreeSet, HashSet};

use serde::Deserialize;
use waymark_records::{StudentInput, StudentRow, folded};

use super::{
    RosterCheck, RosterColumns, RosterFault, RosterFaultKind, RosterImported, RosterRow, RosterText, YEARS,
};
use crate::Desk;
use crate::desk::blocking;
use crate::errors::{ApiError, OperationError, StudentsError};

/// The largest roster, megabytes. A district of 100,000 students has less than a tenth of it.
const MOST_MEGABYTES: usize = 64;

/// Rows shown in a dry run.
const MOST_SHOWN: usize = 200;

/// Faults named; a file that is no roster has one in every line.
const MOST_FAULTS: usize = 500;

/// Words that columns are known by.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Headings {
    name: BTreeSet<String>,
    given_name: BTreeSet<String>,
    family_name: BTreeSet<String>,
    graduation_year: BTreeSet<String>,
    school_id: BTreeSet<String>,
}

/// A roster read and checked.
struct Read {
    headings: Vec<String>,
    columns: RosterColumns,
    rows: Vec<RosterRow>,
    faults: Vec<RosterFault>,
}

/// A dry run: what an import would do, and every fault. Nothing is written.
pub async fn check(desk: &Desk, input: RosterText) -> Result<RosterCheck, ApiError> {
    let read = read(desk, input).await?;
    let known = read.rows.iter().filter(|row| row.known).count();
    Ok(RosterCheck {
        new: length(read.rows.len() - known),
        known: length(known),
        headings: read.headings,
        columns: read.columns,
        rows: read.rows.into_iter().take(MOST_SHOWN).collect(),
        faults: read.faults.into_iter().take(MOST_FAULTS).collect(),
    })
}

/// Imports a roster, whole. One fault anywhere and nothing is imported.
pub async fn import(desk: &Desk, input: RosterText) -> Result<RosterImported, ApiError> {
    let read = read(desk, input).await?;
    if !read.faults.is_empty() {
        return Err(StudentsError::RosterHasFaults { count: read.faults.len() }.into());
    }
    if read.rows.is_empty() {
        return Err(StudentsError::RosterEmpty.into());
    }
    let (known, new): (Vec<_>, Vec<_>) = read.rows.into_iter().partition(|row| row.known);
    let students: Vec<StudentInput> = new.into_iter().map(|row| row.student).collect();
    let added = length(students.len());
    desk.backup_before(waymark_records::BackupReason::Import).await?;
    let done = desk.records().await?.add_students("students.import_roster", students, false).await?;
    Ok(RosterImported { added, known: length(known.len()), change: done.change })
}

async fn read(desk: &Desk, input: RosterText) -> Result<Read, ApiError> {
    if input.text.len() > MOST_MEGABYTES * 1024 * 1024 {
        return Err(StudentsError::RosterTooLarge { megabytes: MOST_MEGABYTES }.into());
    }
    let there = desk.records().await?.students(String::new(), None).await?;
    blocking(move || read_text(&input.text, input.columns, &there)).await
}

/// Reads a roster where nobody is there yet; gives the rows and the faults found.
pub(crate) fn read_text_of_nobody(
    text: &str,
    columns: Option<RosterColumns>,
) -> Result<(usize, usize), ApiError> {
    read_text(text, columns, &[]).map(|read| (read.rows.len(), read.faults.len()))
}

fn read_text(text: &str, columns: Option<RosterColumns>, there: &[StudentRow]) -> Result<Read, ApiError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let table = table(text);
    let first = table.rows.first().map(|(_, cells)| cells.clone()).unwrap_or_default();
    let columns = match columns {
        Some(columns) => columns,
        None => guess(&first, table.rows.get(1).map(|(_, cells)| cells.as_slice()))?,
    };
    let headings =
        if columns.heading { first.clone() } else { (1..=first.len()).map(|n| n.to_string()).collect() };
    let mut read = Read { headings, columns, rows: Vec::new(), faults: table.faults };
    let mut known = Known::of(there);
    for (line, cells) in table.rows.into_iter().skip(usize::from(read.columns.heading)) {
        if cells.iter().all(String::is_empty) {
            continue;
        }
        if cells.len() != first.len() {
            read.fault(line, None, RosterFaultKind::CellsMissing);
        }
        read.row(line, &cells, &mut known);
    }
    read.faults.sort_by_key(|fault| (fault.line, fault.column));
    Ok(read)
}

impl Read {
    fn fault(&mut self, line: u32, column: Option<u32>, fault: RosterFaultKind) {
        self.faults.push(RosterFault { line, column, fault });
    }

    fn row(&mut self, line: u32, cells: &[String], known: &mut Known) {
        let cell = |column: Option<u32>| {
            column.and_then(|column| cells.get(usize::try_from(column).ok()?)).map_or("", String::as_str)
        };
        let columns = self.columns.clone();
        let name = [cell(Some(columns.name)), cell(columns.family_name)].join(" ").trim().to_owned();
        if name.is_empty() {
            self.fault(line, Some(columns.name), RosterFaultKind::NameMissing);
        }
        let year = match cell(columns.graduation_year) {
            "" => None,
            typed => match typed.parse::<u16>() {
                Ok(year) if YEARS.contains(&year) => Some(year),
                _ => {
                    self.fault(line, columns.graduation_year, RosterFaultKind::YearNotAYear);
                    None
                }
            },
        };
        let school_id = Some(cell(columns.school_id).to_owned()).filter(|id| !id.is_empty());
        if school_id.as_ref().is_some_and(|id| !known.read_ids.insert(id.clone())) {
            self.fault(line, columns.school_id, RosterFaultKind::SchoolIdTwice);
        }
        let student = StudentInput { name, graduation_year: year, school_id };
        let is_known = known.has(&student);
        self.rows.push(RosterRow { line, student, known: is_known });
    }
}

/// Who is on the roster already: by the school's number, or by name and year where the row has no number.
struct Known {
    ids: HashSet<String>,
    names: HashSet<(String, Option<u16>)>,
    read_ids: HashSet<String>,
}

impl Known {
    fn of(there: &[StudentRow]) -> Self {
        Self {
            ids: there.iter().filter_map(|student| student.school_id.clone()).collect(),
            names: there.iter().map(|student| (folded(&student.name), student.graduation_year)).collect(),
            read_ids: HashSet::new(),
        }
    }

    fn has(&self, student: &StudentInput) -> bool {
        match &student.school_id {
            Some(id) => self.ids.contains(id),
            None => self.names.contains(&(folded(&student.name), student.graduation_year)),
        }
    }
}

struct Table {
    rows: Vec<(u32, Vec<String>)>,
    faults: Vec<RosterFault>,
}

fn table(text: &str) -> Table {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator(text))
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let mut table = Table { rows: Vec::new(), faults: Vec::new() };
    for record in reader.records() {
        match record {
            Ok(record) => {
                let line = record.position().map_or(0, csv::Position::line);
                let cells = record.iter().map(without_apostrophe).collect();
                table.rows.push((u32::try_from(line).unwrap_or(u32::MAX), cells));
            }
            Err(error) => {
                let line = error.position().map_or(1, csv::Position::line);
                let line = u32::try_from(line).unwrap_or(u32::MAX);
                table.faults.push(RosterFault { line, column: None, fault: RosterFaultKind::Unreadable });
            }
        }
    }
    table
}

/// Our own exports put an apostrophe before what a spreadsheet would take for a formula; it is taken off again.
fn without_apostrophe(cell: &str) -> String {
    let formula = cell.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@']));
    formula.unwrap_or(cell).to_owned()
}

/// The separator that the first line has most of. A line without any is one name.
fn separator(text: &str) -> u8 {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or("");
    let count = |separator: u8| first.bytes().filter(|byte| *byte == separator).count();
    [b'\t', b';', b','].into_iter().rev().max_by_key(|separator| count(*separator)).unwrap_or(b',')
}

/// Guesses the columns from the words of the first line, or, where it has none of them, from what stands in it.
fn guess(first: &[String], second: Option<&[String]>) -> Result<RosterColumns, ApiError> {
    let known: Headings = serde_json::from_str(include_str!("../../../../data/roster/headings.json"))
        .map_err(|_| OperationError::Failed)?;
    let at = |words: &BTreeSet<String>| {
        let words: BTreeSet<String> = words.iter().map(|word| folded(word)).collect();
        first.iter().position(|cell| words.contains(&folded(cell))).map(length)
    };
    let (given, family) = (at(&known.given_name), at(&known.family_name));
    let name = at(&known.name);
    if let Some(name) = name.or(given).or(family) {
        let family_name = if at(&known.name).is_none() && given.is_some() { family } else { None };
        return Ok(RosterColumns {
            heading: true,
            name,
            family_name,
            graduation_year: at(&known.graduation_year),
            school_id: at(&known.school_id),
        });
    }
    let heading = false;
    let cells = if heading { second.unwrap_or(first) } else { first };
    let year = cells.iter().position(|cell| cell.parse::<u16>().is_ok_and(|year| YEARS.contains(&year)));
    let name = cells.iter().position(|cell| cell.chars().any(char::is_alphabetic)).unwrap_or(0);
    let school_id = (0..cells.len()).find(|index| *index != name && Some(*index) != year);
    Ok(RosterColumns {
        heading,
        name: length(name),
        family_name: None,
        graduation_year: year.map(length),
        school_id: school_id.map(length),
    })
}

fn length(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Read {
        read_text(text, None, &[]).unwrap()
    }

    fn students(text: &str) -> Vec<(String, Option<u16>, Option<String>)> {
        let rows = read(text).rows.into_iter().map(|row| row.student);
        rows.map(|student| (student.name, student.graduation_year, student.school_id)).collect()
    }

    #[test]
    fn commas_semicolons_tabs_and_plain_names_are_read() {
        let expected = vec![("Sample Student".to_owned(), Some(2027), Some("17".to_owned()))];
        for text in [
            "name,year,id\nSample Student,2027,17\n",
            "\u{feff}Nombre completo;Año;Matrícula\r\nSample Student;2027;17\r\n",
            "Sample Student\t2027\t17",
            "id,last name,first name,grad year\n17,Student,Sample,2027",
            "\"Sample Student\",2027,'=17\n".replace("'=17", "17").as_str(),
        ] {
            assert_eq!(students(text), expected, "{text}");
        }
        let names = students("Sample Student\nDemo Learner\n\n");
        assert_eq!(names, vec![("Sample Student".into(), None, None), ("Demo Learner".into(), None, None)]);
    }

    #[test]
    fn every_fault_is_named_with_its_line_and_column() {
        let read = read("name,year,id\n,2027,1\nDemo Learner,soon,2\nExample Pupil,2027,2\nShort row\n");
        let faults: Vec<_> =
            read.faults.iter().map(|fault| (fault.line, fault.column, fault.fault)).collect();
        assert_eq!(
            faults,
            vec![
                (2, Some(0), RosterFaultKind::NameMissing),
                (3, Some(1), RosterFaultKind::YearNotAYear),
                (4, Some(2), RosterFaultKind::SchoolIdTwice),
                (5, None, RosterFaultKind::CellsMissing),
            ]
        );
    }

    #[test]
    fn who_is_there_already_is_left_out() {
        let there = StudentRow {
            id: "1".into(),
            name: "José Ejemplo".into(),
            graduation_year: Some(2027),
            school_id: None,
            sample: false,
            applications: 0,
            last_saved_at: None,
        };
        let read = read_text("name,year\nJOSE EJEMPLO,2027\nJosé Ejemplo,2028", None, &[there]).unwrap();
        assert_eq!(read.rows.iter().map(|row| row.known).collect::<Vec<_>>(), [true, false]);
    }

    #[test]
    fn an_apostrophe_before_a_formula_is_taken_off_and_another_is_kept() {
        let names: Vec<_> =
            students("name\n'=Formula Name\n'Okina Name").into_iter().map(|row| row.0).collect();
        assert_eq!(names, ["=Formula Name", "'Okina Name"]);
    }

    proptest::proptest! {
        #[test]
        fn no_text_breaks_the_reader(text in "(?s).{0,200}") {
            let read = read_text(&text, None, &[]).unwrap();
            let breaks = text.matches(['\r', '\n']).count();
            proptest::prop_assert!(read.rows.len() <= breaks + 1);
        }
    }
}
