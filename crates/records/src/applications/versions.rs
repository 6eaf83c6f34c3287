//! Versions of a draft: one for each session of typing, kept for good. A session ends with the opening of the records
//! that it belongs to, or when nothing was typed for ten minutes.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use super::draft::{Answers, parse};
use super::shapes::VersionRow;
use crate::changes::Change;
use crate::changes::log::PAUSE;
use crate::changes::rows::{VERSION, VERSION_ANSWER, row};
use crate::{Records, RecordsError};

/// Which version a save goes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Opening {
    /// The open one, or a new one where its session has ended.
    Continue,
    /// A new one, which restores this one.
    Restore(u32),
}

impl Records {
    /// The versions of a draft, newest first.
    pub async fn versions(&self, id: String) -> Result<Vec<VersionRow>, RecordsError> {
        self.read(move |connection| {
            let application = super::list::find(connection, &id)?;
            let mut statement = connection.prepare_cached(
                "SELECT number, opened_at, saved_at, restored_from FROM version WHERE application_id = ?
                 ORDER BY number DESC",
            )?;
            let mut versions = statement
                .query_map([&id], |row| {
                    Ok(VersionRow {
                        number: row.get(0)?,
                        opened_at: row.get(1)?,
                        saved_at: row.get(2)?,
                        restored_from: row.get(3)?,
                        changed: Vec::new(),
                    })
                })?
                .collect::<Result<Vec<_>, _>>()?;
            if let Some(newest) = versions.first_mut() {
                newest.saved_at = application.saved_at;
            }
            let mut keys = connection.prepare_cached(
                "SELECT key FROM version_answer WHERE application_id = ? AND number = ? ORDER BY key",
            )?;
            for version in &mut versions {
                let changed = keys.query_map(params![id, version.number], |row| row.get(0))?;
                version.changed = changed.collect::<Result<_, _>>()?;
            }
            Ok(versions)
        })
        .await
    }

    /// Every answer of a draft as it was at a version.
    pub async fn version(&self, id: String, number: u32) -> Result<Answers, RecordsError> {
        self.read(move |connection| answers_at(connection, &id, number)).await
    }
}

pub(super) fn answers_at(connection: &Connection, id: &str, number: u32) -> Result<Answers, RecordsError> {
    let there = connection
        .prepare_cached("SELECT 1 FROM version WHERE application_id = ? AND number = ?")?
        .exists(params![id, number])?;
    if !there {
        return Err(RecordsError::NotFound);
    }
    // With a bare column beside max(), SQLite gives the column of the row that holds the maximum.
    let mut statement = connection.prepare_cached(
        "SELECT key, value, max(number) FROM version_answer WHERE application_id = ? AND number <= ? GROUP BY key",
    )?;
    let rows = statement.query_map(params![id, number], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let mut answers = Answers::new();
    for row in rows {
        let (key, value): (String, Option<String>) = row?;
        if let Some(value) = value {
            answers.insert(key, parse(&value)?);
        }
    }
    Ok(answers)
}

/// The first version of a new draft.
pub(super) fn begin(change: &mut Change<'_>, id: &str) -> Result<(), RecordsError> {
    let at = change.at.clone();
    let session = change.session;
    change.insert(
        &VERSION,
        row! { "application_id" => id, "number" => 1, "session" => session, "opened_at" => at.as_str(), "saved_at" => at.as_str() },
    )
}

/// An answer that a new draft begins with.
pub(super) fn first_answer(
    change: &mut Change<'_>,
    id: &str,
    key: &str,
    value: &str,
) -> Result<(), RecordsError> {
    change.insert(
        &VERSION_ANSWER,
        row! { "application_id" => id, "number" => 1, "key" => key, "value" => value },
    )
}

/// Keeps changed answers in the open version, or in a new one, and gives its number. Versions are history: an undo
/// adds to them and takes nothing away, so they are written beside the log of changes. When the newest one was last saved
/// is what the application says; its own row is told only when it is the newest no more, for every save of a letter
/// would write a page more.
pub(super) fn keep(
    change: &Change<'_>,
    id: &str,
    opening: Opening,
    changed: &[(String, Option<String>)],
) -> Result<u32, RecordsError> {
    let newest = newest(change.connection, id)?;
    if changed.is_empty() {
        return Ok(newest.map_or(0, |version| version.number));
    }
    let number = match (opening, newest) {
        (Opening::Continue, Some(version)) if version.is_open(change) => version.number,
        (opening, newest) => {
            if let Some(version) = &newest {
                change
                    .connection
                    .prepare_cached(
                        "UPDATE version SET saved_at = ? WHERE application_id = ? AND number = ?",
                    )?
                    .execute(params![version.saved_at, id, version.number])?;
            }
            open(change, id, newest.map_or(1, |version| version.number + 1), opening)?
        }
    };
    let mut statement = change.connection.prepare_cached(
        "INSERT INTO version_answer (application_id, number, key, value) VALUES (?, ?, ?, ?)
         ON CONFLICT (application_id, key, number) DO UPDATE SET value = excluded.value",
    )?;
    for (key, value) in changed {
        statement.execute(params![id, number, key, value])?;
    }
    Ok(number)
}

struct Newest {
    number: u32,
    session: String,
    saved_at: String,
    restored: bool,
}

impl Newest {
    fn is_open(&self, change: &Change<'_>) -> bool {
        let pause = self
            .saved_at
            .parse::<Timestamp>()
            .and_then(|saved| Ok(change.at.parse::<Timestamp>()?.duration_since(saved)));
        !self.restored && self.session == change.session && pause.is_ok_and(|pause| pause.abs() < PAUSE)
    }
}

fn newest(connection: &Connection, id: &str) -> Result<Option<Newest>, RecordsError> {
    let mut statement = connection.prepare_cached(
        "SELECT v.number, v.session, a.saved_at, v.restored_from IS NOT NULL
         FROM version v JOIN application a ON a.id = v.application_id WHERE v.application_id = ?
         ORDER BY v.number DESC LIMIT 1",
    )?;
    let newest = statement.query_row([id], |row| {
        Ok(Newest { number: row.get(0)?, session: row.get(1)?, saved_at: row.get(2)?, restored: row.get(3)? })
    });
    Ok(newest.optional()?)
}

fn open(change: &Change<'_>, id: &str, number: u32, opening: Opening) -> Result<u32, RecordsError> {
    let restored_from = match opening {
        Opening::Continue => None,
        Opening::Restore(number) => Some(number),
    };
    change
        .connection
        .prepare_cached(
            "INSERT INTO version (application_id, number, session, opened_at, saved_at, restored_from)
             VALUES (?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![id, number, change.session, change.at, change.at, restored_from])?;
    Ok(number)
}
