//! Students who were removed: no row of theirs is left, and the log still holds all of it, so that the removal can be
//! undone. Until they are erased, their record is there.

use rusqlite::Connection;
use serde::Serialize;
use ts_rs::TS;

use crate::changes::log;
use crate::{Records, RecordsError};

/// A student who was removed and can still be brought back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Removed {
    /// The student.
    pub id: String,
    /// Their name when they were removed.
    pub name: String,
    /// When they were removed, RFC 3339 UTC.
    pub removed_at: String,
}

impl Records {
    /// Students who were removed and not erased, the last removed first.
    pub async fn removed_students(&self) -> Result<Vec<Removed>, RecordsError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT DISTINCT about FROM change_about a
                 WHERE NOT EXISTS (SELECT 1 FROM student WHERE id = a.about)
                   AND NOT EXISTS (SELECT 1 FROM application WHERE id = a.about)",
            )?;
            let ids: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
            let mut removed = Vec::new();
            for id in ids {
                removed.extend(removed_student(connection, &id)?);
            }
            removed.sort_by(|one, other| other.removed_at.cmp(&one.removed_at));
            Ok(removed)
        })
        .await
    }

    /// The name of a student, also of one who was removed.
    pub async fn name_of(&self, student: String) -> Result<String, RecordsError> {
        self.read(move |connection| {
            let mut statement = connection.prepare_cached("SELECT name FROM student WHERE id = ?")?;
            if let Some(name) = statement.query_map([&student], |row| row.get(0))?.next() {
                return Ok(name?);
            }
            removed_student(connection, &student)?.map(|one| one.name).ok_or(RecordsError::NotFound)
        })
        .await
    }
}

fn removed_student(connection: &Connection, id: &str) -> Result<Option<Removed>, RecordsError> {
    let removal = log::removal_of_student(connection, id)?;
    Ok(removal.map(|(name, removed_at)| Removed { id: id.to_owned(), name, removed_at }))
}
