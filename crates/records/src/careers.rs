//! What the counsellor keeps about careers: notes of their own, and which were looked at lately.

mod searches;

use rusqlite::{OptionalExtension, params};

use crate::changes::rows::{CAREER_NOTE, row};
use crate::changes::{Act, Done, Value};
use crate::surroundings::written;
use crate::{Records, RecordsError};

pub use searches::SavedSearchRow;

/// How many careers looked at lately are remembered.
pub const MOST_VIEWED: usize = 24;

/// A note on a career.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CareerNoteRow {
    /// The note.
    pub text: String,
    /// When it was saved, RFC 3339 UTC.
    pub saved_at: String,
}

impl Records {
    /// The note on a career, where there is one.
    pub async fn career_note(&self, career: String) -> Result<Option<CareerNoteRow>, RecordsError> {
        self.read(move |connection| {
            let mut statement =
                connection.prepare_cached("SELECT text, saved_at FROM career_note WHERE career = ?")?;
            let note = statement
                .query_row([career], |row| Ok(CareerNoteRow { text: row.get(0)?, saved_at: row.get(1)? }));
            Ok(note.optional()?)
        })
        .await
    }

    /// Saves the note on a career; an empty one is taken away.
    pub async fn save_career_note(&self, career: String, text: String) -> Result<Done<()>, RecordsError> {
        self.transact(Act::typing("careers.save_note", career.clone()), move |change| {
            if text.is_empty() {
                return change.delete(&CAREER_NOTE, &[Value::from(career.as_str())]).map(|_| ());
            }
            let row = row! { "career" => career, "text" => text, "saved_at" => change.at.as_str() };
            change.put(&CAREER_NOTE, row).map(|_| ())
        })
        .await
    }

    /// Remembers that a career was looked at. Nothing that a person did, so it is no change and has no undo.
    pub async fn career_viewed(&self, career: String) -> Result<(), RecordsError> {
        let at = written(self.surroundings().now());
        self.write(move |connection| {
            let transaction = connection.transaction()?;
            transaction.execute(
                "INSERT INTO career_viewed (career, viewed_at) VALUES (?, ?)
                 ON CONFLICT (career) DO UPDATE SET viewed_at = excluded.viewed_at",
                params![career, at],
            )?;
            transaction.execute(
                "DELETE FROM career_viewed WHERE career NOT IN
                 (SELECT career FROM career_viewed ORDER BY viewed_at DESC LIMIT ?)",
                [i64::try_from(MOST_VIEWED).unwrap_or(i64::MAX)],
            )?;
            Ok(transaction.commit()?)
        })
        .await
    }

    /// Careers looked at lately, newest first.
    pub async fn careers_viewed(&self) -> Result<Vec<String>, RecordsError> {
        self.read(|connection| {
            let mut statement = connection
                .prepare_cached("SELECT career FROM career_viewed ORDER BY viewed_at DESC, career")?;
            let careers = statement.query_map([], |row| row.get(0))?;
            Ok(careers.collect::<Result<_, _>>()?)
        })
        .await
    }
}
