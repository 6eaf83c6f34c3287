//! What the records say about students.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A student in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StudentRow {
    /// UUIDv7.
    pub id: String,
    /// The name as it is written; never split, never cut.
    pub name: String,
    /// Year of graduation.
    pub graduation_year: Option<u16>,
    /// The school's own number for the student.
    pub school_id: Option<String>,
    /// The fictional student of the first run.
    pub sample: bool,
    /// Applications of this student.
    pub applications: u32,
    /// When the newest of their drafts was last saved, RFC 3339 UTC.
    pub last_saved_at: Option<String>,
}

/// What a person types about a student.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StudentInput {
    /// The name as it is written.
    pub name: String,
    /// Year of graduation.
    pub graduation_year: Option<u16>,
    /// The school's own number.
    pub school_id: Option<String>,
}

/// A career on a student's shortlist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ShortlistEntry {
    /// The career's address.
    pub career: String,
    /// When it was put there, RFC 3339 UTC.
    pub added_at: String,
}
