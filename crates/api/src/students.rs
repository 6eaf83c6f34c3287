//! Students: the roster, one student's page, what is known of them, the sample student, import by paste or file, and the shortlist.

pub mod details;
pub mod memory_aid;
pub(crate) mod printed;
mod roster;
mod sample;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use waymark_catalogue::shapes::Language;
use waymark_records::{StudentInput, StudentRow};

use crate::Desk;
use crate::applications::{ApplicationInList, in_list};
use crate::errors::{ApiError, OperationError, StudentsError, not_found};
use crate::home::CareerName;
use crate::shapes::Saved;

pub(crate) use roster::read_text_of_nobody as read_text;
pub use roster::{check as check_roster, import as import_roster};
pub use sample::add as add_sample;

/// Years of graduation that are taken for one.
pub(crate) const YEARS: std::ops::RangeInclusive<u16> = 1950..=2100;

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
    /// Applications that are left out because they are between the student and the counselor; none outside a meeting.
    pub hidden: u32,
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

/// The roster, or the part of it that was asked for.
pub async fn list(desk: &Desk, input: ListStudents) -> Result<Vec<StudentRow>, ApiError> {
    let records = desk.records().await?;
    Ok(desk.scope().students(&records, input.text, input.graduation_year).await?)
}

/// A student's page.
pub async fn show(desk: &Desk, input: ShowStudent) -> Result<StudentPage, ApiError> {
    let records = desk.records().await?;
    let scope = desk.scope();
    let student = scope.student(&records, input.id.clone()).await;
    let student = student.map_err(not_found(StudentsError::NotFound))?;
    let (applications, hidden) = scope.applications_of(&records, input.id.clone()).await?;
    let shortlist = records.shortlist(input.id).await?.into_iter().map(|entry| entry.career).collect();
    Ok(StudentPage {
        student,
        applications: applications.into_iter().map(|row| in_list(desk, row)).collect::<Result<_, _>>()?,
        hidden,
        shortlist: crate::careers::names(desk, shortlist, input.language).await?,
    })
}

/// Adds a student.
pub async fn add(desk: &Desk, input: StudentInput) -> Result<Saved, ApiError> {
    let student = checked(input)?;
    let done = desk.records().await?.add_students("students.add", vec![student], false).await?;
    let id = done.value.into_iter().next().ok_or(OperationError::Failed)?;
    Ok(Saved { id, change: done.change, saved_at: done.at })
}

/// Changes a student.
pub async fn edit(desk: &Desk, input: EditStudent) -> Result<Saved, ApiError> {
    let student = checked(input.student)?;
    let records = desk.records().await?;
    let done =
        records.edit_student(input.id.clone(), student).await.map_err(not_found(StudentsError::NotFound))?;
    Ok(Saved { id: input.id, change: done.change, saved_at: done.at })
}

/// Takes away a student with their drafts and shortlist.
pub async fn remove(desk: &Desk, input: StudentId) -> Result<Saved, ApiError> {
    let records = desk.records().await?;
    let done = records.remove_student(input.id.clone()).await.map_err(not_found(StudentsError::NotFound))?;
    Ok(Saved { id: input.id, change: done.change, saved_at: done.at })
}

/// Puts a career on a student's shortlist, or takes it off.
pub async fn shortlist(desk: &Desk, input: Shortlist) -> Result<Saved, ApiError> {
    if input.on {
        crate::careers::known(desk, &input.career).await?;
    }
    let records = desk.records().await?;
    let done = records.set_shortlist(input.student_id.clone(), input.career, input.on).await;
    let done = done.map_err(not_found(StudentsError::NotFound))?;
    Ok(Saved { id: input.student_id, change: done.change, saved_at: done.at })
}

/// A student as typed, without blanks around what was typed.
fn checked(input: StudentInput) -> Result<StudentInput, ApiError> {
    let name = input.name.trim().to_owned();
    if name.is_empty() {
        return Err(StudentsError::NameEmpty.into());
    }
    if input.graduation_year.is_some_and(|year| !YEARS.contains(&year)) {
        return Err(StudentsError::YearOutOfRange { least: *YEARS.start(), greatest: *YEARS.end() }.into());
    }
    let school_id = input.school_id.map(|id| id.trim().to_owned()).filter(|id| !id.is_empty());
    Ok(StudentInput { name, school_id, ..input })
}
