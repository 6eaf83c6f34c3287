//! The log of the first two schemas, moved into the one that is chained. Nothing of it is lost: each change keeps its
//! number, time and images; only its parts, commitments and hash are new.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, params};

use super::image::Image;
use super::log;
use crate::RecordsError;
use crate::surroundings::Surroundings;

struct Before {
    number: i64,
    at: String,
    actor: String,
    act: String,
    subject: String,
    images: Vec<Image>,
    undoes: Option<i64>,
}

/// What a change that is not there means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gaps {
    /// The file is damaged.
    Refused,
    /// A salvage could not read it. The check of the log names it.
    Kept,
}

/// Moves every change of `change_before`, which is dropped then.
pub(crate) fn move_log(
    connection: &Connection,
    surroundings: &dyn Surroundings,
    gaps: Gaps,
) -> Result<(), RecordsError> {
    let students = students_by_application(connection)?;
    let mut last = 0;
    let mut add = connection.prepare(
        "INSERT INTO change (number, at, until, actor, act, undoes) VALUES (?1, ?2, ?2, ?3, ?4, ?5)",
    )?;
    each(connection, |change| {
        // A number that an older program skipped would look like a change that was taken away.
        if change.number != last + 1 && gaps == Gaps::Refused {
            return Err(RecordsError::Damaged);
        }
        last = change.number;
        add.execute(params![change.number, change.at, change.actor, change.act, change.undoes])?;
        log::write_moved(connection, surroundings, change.number, &change.subject, &change.images, &students)
    })?;
    drop(add);
    connection.execute_batch("DROP TABLE change_before")?;
    Ok(())
}

/// Whose an application was, as far as the old log tells: those that were removed are nowhere else.
fn students_by_application(
    connection: &Connection,
) -> Result<BTreeMap<String, BTreeSet<String>>, RecordsError> {
    let mut known: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    each(connection, |change| {
        for (application, student) in change.images.iter().flat_map(Image::application_students) {
            known.entry(application).or_default().insert(student);
        }
        Ok(())
    })?;
    Ok(known)
}

fn each(
    connection: &Connection,
    mut work: impl FnMut(Before) -> Result<(), RecordsError>,
) -> Result<(), RecordsError> {
    let mut statement = connection.prepare(
        "SELECT number, at, actor, act, subject, images, undoes FROM change_before ORDER BY number",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let images: String = row.get(5)?;
        work(Before {
            number: row.get(0)?,
            at: row.get(1)?,
            actor: row.get(2)?,
            act: row.get(3)?,
            subject: row.get(4)?,
            images: serde_json::from_str(&images).map_err(|_| RecordsError::Damaged)?,
            undoes: row.get(6)?,
        })?;
    }
    Ok(())
}
