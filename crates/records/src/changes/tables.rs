//! The tables whose rows are logged: their keys, their columns, and whose record a row of them belongs to.

use super::rows::{Row, Value};
use crate::RecordsError;

/// A table whose rows are logged.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Table {
    pub(crate) name: &'static str,
    pub(crate) key: &'static [&'static str],
    pub(crate) columns: &'static [&'static str],
    pub(crate) owner: Owner,
}

/// Whose record a row belongs to. Erasing a student clears what the log says of their rows.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Owner {
    /// Nobody's: the counselor's own, or the school's.
    Nobody,
    /// The student whose id stands in this column.
    Student(&'static str),
    /// The application whose id stands in this column, and with it its student.
    Application(&'static str),
    /// The student whose id stands in one column; where none does, the application of the other, and with it whoever it
    /// is for later.
    StudentOr { student: &'static str, application: &'static str },
    /// An application itself: its own id, and the student's in `student_id`.
    Itself,
}

/// Every table whose rows are logged.
pub(crate) const TABLES: &[&Table] = &[
    &STUDENT,
    &STUDENT_DETAIL,
    &SHORTLIST,
    &APPLICATION,
    &ANSWER,
    &VERSION,
    &VERSION_ANSWER,
    &CAREER_NOTE,
    &CAREER_SEARCH,
    &SETTING,
    &MEMORY_AID,
    &DISCLOSURE,
    &ACCESS,
    &HOLD,
    &RETENTION,
    &CERTIFICATE,
];

pub(crate) static STUDENT: Table = Table {
    name: "student",
    key: &["id"],
    columns: &["id", "name", "graduation_year", "school_id", "sample", "created_at"],
    owner: Owner::Student("id"),
};
pub(crate) static STUDENT_DETAIL: Table = Table {
    name: "student_detail",
    key: &["id"],
    columns: &["id", "student_id", "kind", "position", "content", "saved_at"],
    owner: Owner::Student("student_id"),
};
pub(crate) static SHORTLIST: Table = Table {
    name: "shortlist",
    key: &["student_id", "career"],
    columns: &["student_id", "career", "added_at"],
    owner: Owner::Student("student_id"),
};
pub(crate) static APPLICATION: Table = Table {
    name: "application",
    key: &["id"],
    columns: &[
        "id",
        "student_id",
        "career",
        "programme",
        "institution",
        "form",
        "form_version",
        "created_at",
        "saved_at",
        "sections",
        "complete",
        "faults",
        "between_us",
    ],
    owner: Owner::Itself,
};
pub(crate) static ANSWER: Table = Table {
    name: "answer",
    key: &["application_id", "key"],
    columns: &["application_id", "key", "value", "prefilled"],
    owner: Owner::Application("application_id"),
};
pub(crate) static VERSION: Table = Table {
    name: "version",
    key: &["application_id", "number"],
    columns: &["application_id", "number", "session", "opened_at", "saved_at", "restored_from"],
    owner: Owner::Application("application_id"),
};
pub(crate) static VERSION_ANSWER: Table = Table {
    name: "version_answer",
    key: &["application_id", "key", "number"],
    columns: &["application_id", "key", "number", "value"],
    owner: Owner::Application("application_id"),
};
pub(crate) static CAREER_NOTE: Table = Table {
    name: "career_note",
    key: &["career"],
    columns: &["career", "text", "saved_at"],
    owner: Owner::Nobody,
};
pub(crate) static CAREER_SEARCH: Table = Table {
    name: "career_search",
    key: &["id"],
    columns: &["id", "name", "query", "saved_at"],
    owner: Owner::Nobody,
};
pub(crate) static SETTING: Table =
    Table { name: "setting", key: &["name"], columns: &["name", "value"], owner: Owner::Nobody };
pub(crate) static MEMORY_AID: Table = Table {
    name: "memory_aid",
    key: &["student_id"],
    columns: &["student_id", "sealed", "saved_at"],
    owner: Owner::Student("student_id"),
};
pub(crate) static DISCLOSURE: Table = Table {
    name: "disclosure",
    key: &["id"],
    columns: &[
        "id",
        "at",
        "student_id",
        "output",
        "subject",
        "batch",
        "audience",
        "party",
        "interest",
        "failed_at",
    ],
    owner: Owner::StudentOr { student: "student_id", application: "subject" },
};
pub(crate) static ACCESS: Table = Table {
    name: "access",
    key: &["id"],
    columns: &["id", "at", "student_id", "view"],
    owner: Owner::Student("student_id"),
};
pub(crate) static HOLD: Table = Table {
    name: "hold",
    key: &["id"],
    columns: &["id", "student_id", "kind", "reason", "opened_at", "closed_at"],
    owner: Owner::Student("student_id"),
};
pub(crate) static RETENTION: Table =
    Table { name: "retention", key: &["category"], columns: &["category", "years"], owner: Owner::Nobody };
pub(crate) static CERTIFICATE: Table = Table {
    name: "certificate",
    key: &["id"],
    columns: &["id", "at", "actor", "counts"],
    owner: Owner::Nobody,
};

impl Table {
    pub(super) fn named(name: &str) -> Result<&'static Self, RecordsError> {
        TABLES.iter().find(|table| table.name == name).copied().ok_or(RecordsError::Damaged)
    }

    /// The key's values in a row.
    pub(crate) fn key_of(&self, row: &Row) -> Result<Vec<Value>, RecordsError> {
        self.key.iter().map(|column| row.get(*column).cloned().ok_or(RecordsError::Internal("key"))).collect()
    }

    pub(super) fn where_key(&self) -> String {
        self.key.iter().map(|column| format!("{column} = ?")).collect::<Vec<_>>().join(" AND ")
    }
}
