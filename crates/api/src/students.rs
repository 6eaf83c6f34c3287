//! Students: the roster, one student's page, the sample student, import by paste or file, and the shortlist.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use waymark_catalogue::shapes::Language;
use waymark_records::{StudentInput, StudentRow};

use crate::applications::ApplicationInList;
use crate::home::CareerName;

/// Asks for the roster.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ListStudents {
    /// Letters of the name or the school's number; empty lists all.
    pub text: String,
    /// Only this year of graduation.
    pub graduation_year: Option<u16>,
}

/// A student's id.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct StudentId {
    /// UUIDv7.
    pub id: String,
}

/// Asks for a student's page.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ShowStudent {
    /// UUIDv7.
    pub id: String,
    /// Language of career titles.
    pub language: Language,
}

/// A student's page.
#[derive(Debug, Clone, Serialize, TS)]
pub struct StudentPage {
    /// The student.
    pub student: StudentRow,
    /// Their applications, newest first.
    pub applications: Vec<ApplicationInList>,
    /// Their shortlist of careers, in the order of adding.
    pub shortlist: Vec<CareerName>,
}

/// Changes a student.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct EditStudent {
    /// Id.
    pub id: String,
    /// The new content.
    pub student: StudentInput,
}

/// Adds the fictional sample student, with a draft begun.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AddSample {
    /// Language of its texts.
    pub language: Language,
}

/// Something was saved; the change can be undone by its number.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Saved {
    /// Id of what was made or changed.
    pub id: String,
    /// Number of the change, for undo. None where nothing had to change.
    pub change: Option<i64>,
    /// When it was saved, RFC 3339 UTC.
    pub saved_at: String,
}

/// A roster as text: a table with commas, semicolons or tabs, or one name a line.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RosterText {
    /// The text, at most 64 MB.
    pub text: String,
    /// Which column is what; none lets the program guess from the first line.
    pub columns: Option<RosterColumns>,
}

/// Which column holds what, counted from zero.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RosterColumns {
    /// Whether the first line is a heading.
    pub heading: bool,
    /// The name, or the given name where `family_name` is another column.
    pub name: u32,
    /// The family name, where it stands alone.
    pub family_name: Option<u32>,
    /// The year of graduation.
    pub graduation_year: Option<u32>,
    /// The school's number.
    pub school_id: Option<u32>,
}

/// A dry run of an import: nothing is written.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct RosterCheck {
    /// The headings, or "1", "2", … where there are none.
    pub headings: Vec<String>,
    /// How the columns are read.
    pub columns: RosterColumns,
    /// Students that would be added, the first 200 rows as read.
    pub rows: Vec<RosterRow>,
    /// Students that would be added.
    pub new: u32,
    /// Rows left out because a student of the same school number, or of the same name and year, is there.
    pub known: u32,
    /// Every fault with its line and column. While there is one, nothing can be imported.
    pub faults: Vec<RosterFault>,
}

/// One row of a roster as read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RosterRow {
    /// Line in the text, from 1.
    pub line: u32,
    /// The student.
    pub student: StudentInput,
    /// Already on the roster.
    pub known: bool,
}

/// A fault in a roster.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RosterFault {
    /// Line in the text, from 1.
    pub line: u32,
    /// Column from 0, where one cell is meant.
    pub column: Option<u32>,
    /// What is wrong.
    pub fault: RosterFaultKind,
}

/// What can be wrong in a roster.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RosterFaultKind {
    /// No name.
    NameMissing,
    /// Not a year between 1950 and 2100.
    YearNotAYear,
    /// The same school number stands on an earlier line.
    SchoolIdTwice,
    /// Another number of cells than the first line.
    CellsMissing,
    /// The line can't be read as a table.
    Unreadable,
}

/// An import was carried out, whole.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RosterImported {
    /// Students added.
    pub added: u32,
    /// Rows left out as already known.
    pub known: u32,
    /// Number of the change, for undo. None where nobody was added.
    pub change: Option<i64>,
}

/// Puts a career on a student's shortlist, or takes it off.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Shortlist {
    /// Student.
    pub student_id: String,
    /// Career's address.
    pub career: String,
    /// On or off.
    pub on: bool,
}
