//! How a change is written to the log: in parts, one for each group of students and applications that it speaks of, so
//! that erasing one student clears theirs and leaves the others'. A session of typing is one change: it stays open,
//! each save is merged into it, and it is chained as soon as something else is written, or before a backup, or when
//! the records close.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

use super::image::{Image, as_one};
use super::{Act, chain};
use crate::surroundings::Surroundings;
use crate::{Records, RecordsError};

/// After this long without typing the next save is a step of its own.
pub(crate) const PAUSE: SignedDuration = SignedDuration::from_mins(10);

/// What one part of a change holds. The images have their places in the whole change, so that an undo can go
/// backwards through all parts.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Content {
    pub(super) subject: String,
    pub(super) images: Vec<(u32, Image)>,
}

impl Content {
    /// Reads it from a column of a row of `change_part`.
    pub(super) fn read(row: &Row<'_>, column: usize) -> Result<Self, RecordsError> {
        let text = row.get_ref(column)?.as_str().map_err(|_| RecordsError::Damaged)?;
        serde_json::from_str(text).map_err(|_| RecordsError::Damaged)
    }
}

/// Of whom a part speaks, and its images with their places.
type PartOf<'a> = (BTreeSet<String>, Vec<(u32, &'a Image)>);

/// What is about to be logged.
pub(super) struct Entry<'a> {
    pub(super) at: &'a str,
    pub(super) act: &'a Act,
    pub(super) undoes: Option<i64>,
    pub(super) images: Vec<Image>,
}

/// The last change, while it is open.
struct Open {
    number: i64,
    until: String,
    act: String,
}

/// Writes a change to the log and gives its number.
pub(super) fn write(
    connection: &Connection,
    surroundings: &dyn Surroundings,
    entry: Entry<'_>,
) -> Result<i64, RecordsError> {
    if let Some(open) = open_change(connection)? {
        if entry.act.typed && open.act == entry.act.name && is_near(&open.until, entry.at) {
            let (subject, mut images) = contents(connection, open.number)?;
            if subject.as_deref() == Some(entry.act.subject.as_str()) {
                images.extend(entry.images);
                return merge(connection, open.number, entry.at, &entry.act.subject, &images);
            }
        }
        close(connection, surroundings, open.number)?;
    }
    let number = connection
        .prepare_cached(
            "INSERT INTO change (at, until, actor, act, undoes) VALUES (?1, ?1, 'counselor', ?2, ?3)
             RETURNING number",
        )?
        .query_row(params![entry.at, entry.act.name, entry.undoes], |row| row.get(0))?;
    write_parts(connection, number, &entry.act.subject, &entry.images)?;
    if !entry.act.typed {
        close(connection, surroundings, number)?;
    }
    Ok(number)
}

/// Closes the open change, where there is one: its parts are bound, and it is chained.
pub(crate) fn close_open(
    connection: &Connection,
    surroundings: &dyn Surroundings,
) -> Result<(), RecordsError> {
    match open_change(connection)? {
        Some(open) => close(connection, surroundings, open.number),
        None => Ok(()),
    }
}

/// Writes the parts of a change of an older schema and chains it. `students` says whose an application was.
pub(super) fn write_moved(
    connection: &Connection,
    surroundings: &dyn Surroundings,
    number: i64,
    subject: &str,
    images: &[Image],
    students: &BTreeMap<String, BTreeSet<String>>,
) -> Result<(), RecordsError> {
    let mut abouts = Vec::with_capacity(images.len());
    for image in images {
        let mut about = image.about(connection, images)?;
        let owners: Vec<_> = about.iter().filter_map(|one| students.get(one)).flatten().cloned().collect();
        about.extend(owners);
        abouts.push(about);
    }
    write_parts_about(connection, number, subject, images, abouts)?;
    close(connection, surroundings, number)
}

/// Every image of a change that is still there, in order.
pub(super) fn images_of(connection: &Connection, number: i64) -> Result<Vec<Image>, RecordsError> {
    contents(connection, number).map(|(_, images)| images)
}

/// Applications that the log knows as a student's, also those that are gone.
pub(crate) fn applications_of(
    connection: &Connection,
    student: &str,
) -> Result<BTreeSet<String>, RecordsError> {
    let mut statement = connection.prepare_cached(
        "SELECT p.content FROM change_about a JOIN change_part p ON p.change = a.change AND p.part = a.part
         WHERE a.about = ? AND p.content IS NOT NULL",
    )?;
    let mut rows = statement.query([student])?;
    let mut applications = BTreeSet::new();
    while let Some(row) = rows.next()? {
        let content = Content::read(row, 0)?;
        let told = content.images.iter().flat_map(|(_, image)| image.application_students());
        applications.extend(told.filter(|(_, owner)| owner == student).map(|(application, _)| application));
    }
    Ok(applications)
}

/// Name and time in the newest change that took a student's row away; none where the log knows of none.
pub(crate) fn removal_of_student(
    connection: &Connection,
    student: &str,
) -> Result<Option<(String, String)>, RecordsError> {
    let mut statement = connection.prepare_cached(
        "SELECT c.until, p.content FROM change_about a
         JOIN change c ON c.number = a.change
         JOIN change_part p ON p.change = a.change AND p.part = a.part
         WHERE a.about = ? AND p.content IS NOT NULL ORDER BY a.change DESC",
    )?;
    let mut rows = statement.query([student])?;
    while let Some(row) = rows.next()? {
        let content = Content::read(row, 1)?;
        if let Some(name) = content.images.iter().find_map(|(_, image)| image.removed_student(student)) {
            return Ok(Some((name, row.get(0)?)));
        }
    }
    Ok(None)
}

impl Records {
    /// Chains the session of typing that is still open, so that the log's head covers all that was saved.
    pub async fn seal_open_change(&self) -> Result<(), RecordsError> {
        let surroundings = self.surroundings();
        self.write(move |connection| {
            if open_change(connection)?.is_none() {
                return Ok(());
            }
            let transaction = connection.transaction()?;
            close_open(&transaction, surroundings.as_ref())?;
            Ok(transaction.commit()?)
        })
        .await
    }
}

fn open_change(connection: &Connection) -> Result<Option<Open>, RecordsError> {
    let last: Option<(Open, bool)> = connection
        .prepare_cached("SELECT number, until, act, hash IS NULL FROM change ORDER BY number DESC LIMIT 1")?
        .query_row([], |row| {
            Ok((Open { number: row.get(0)?, until: row.get(1)?, act: row.get(2)? }, row.get(3)?))
        })
        .optional()?;
    Ok(last.and_then(|(open, is_open)| is_open.then_some(open)))
}

fn is_near(before: &str, at: &str) -> bool {
    let between =
        before.parse::<Timestamp>().and_then(|before| Ok(at.parse::<Timestamp>()?.duration_since(before)));
    between.is_ok_and(|between| between.abs() < PAUSE)
}

/// Subject and images of a change, in order; of what was erased there is nothing.
fn contents(connection: &Connection, number: i64) -> Result<(Option<String>, Vec<Image>), RecordsError> {
    let mut statement = connection.prepare_cached(
        "SELECT content FROM change_part WHERE change = ? AND content IS NOT NULL ORDER BY part",
    )?;
    let mut rows = statement.query([number])?;
    let mut subject = None;
    let mut images: BTreeMap<u32, Image> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let content = Content::read(row, 0)?;
        subject.get_or_insert(content.subject);
        images.extend(content.images);
    }
    Ok((subject, images.into_values().collect()))
}

fn merge(
    connection: &Connection,
    number: i64,
    at: &str,
    subject: &str,
    images: &[Image],
) -> Result<i64, RecordsError> {
    let images = as_one(connection, images)?;
    let parts = write_parts(connection, number, subject, &images)?;
    connection
        .prepare_cached("DELETE FROM change_part WHERE change = ? AND part >= ?")?
        .execute(params![number, i64::try_from(parts).map_err(|_| RecordsError::Internal("parts"))?])?;
    connection
        .prepare_cached("UPDATE change SET until = ? WHERE number = ?")?
        .execute(params![at, number])?;
    Ok(number)
}

/// Writes the parts of a change that is not bound yet over those that it has, and gives how many they are; the table's
/// triggers keep what is bound. Of whom they speak is added to what is known already: what an open change once said of
/// somebody may still be in it.
fn write_parts(
    connection: &Connection,
    number: i64,
    subject: &str,
    images: &[Image],
) -> Result<usize, RecordsError> {
    let abouts = images.iter().map(|image| image.about(connection, images)).collect::<Result<Vec<_>, _>>()?;
    write_parts_about(connection, number, subject, images, abouts)
}

fn write_parts_about(
    connection: &Connection,
    number: i64,
    subject: &str,
    images: &[Image],
    abouts: Vec<BTreeSet<String>>,
) -> Result<usize, RecordsError> {
    let mut parts: Vec<PartOf<'_>> = Vec::new();
    let mut places: BTreeMap<BTreeSet<String>, usize> = BTreeMap::new();
    for ((image, about), at) in images.iter().zip(abouts).zip(0_u32..) {
        let place = *places.entry(about.clone()).or_insert_with(|| {
            parts.push((about, Vec::new()));
            parts.len() - 1
        });
        if let Some((_, part)) = parts.get_mut(place) {
            part.push((at, image));
        }
    }
    let mut add = connection.prepare_cached(
        "INSERT INTO change_part (change, part, content) VALUES (?, ?, ?)
         ON CONFLICT (change, part) DO UPDATE SET content = excluded.content, salt = NULL, erased = NULL",
    )?;
    let mut name = connection
        .prepare_cached("INSERT OR IGNORE INTO change_about (about, change, part) VALUES (?, ?, ?)")?;
    for ((about, images), part) in parts.iter().zip(0_i64..) {
        let content = serde_json::json!({ "subject": subject, "images": images }).to_string();
        add.execute(params![number, part, content])?;
        for one in about {
            name.execute(params![one, number, part])?;
        }
    }
    Ok(parts.len())
}

/// Binds the parts of a change, each under a salt of its own, and chains it.
fn close(connection: &Connection, surroundings: &dyn Surroundings, number: i64) -> Result<(), RecordsError> {
    let parts = connection
        .prepare_cached("SELECT part, content FROM change_part WHERE change = ? ORDER BY part")?
        .query_map([number], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<Vec<(i64, String)>, _>>()?;
    let mut bind = connection
        .prepare_cached("UPDATE change_part SET salt = ?, commitment = ? WHERE change = ? AND part = ?")?;
    for (part, content) in parts {
        let mut salt = [0; 16];
        surroundings.random(&mut salt)?;
        bind.execute(params![salt, chain::commitment(&salt, &content), number, part])?;
    }
    chain::seal(connection, number)
}
