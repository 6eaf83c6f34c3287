//! What a backup holds, before anything is restored from it: counts, the drafts saved last, and for each student
//! whether going back would change them, bring them back or take them away.

use std::collections::BTreeMap;
use std::sync::Arc;

use rusqlite::{Connection, types::ValueRef};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::Backups;
use super::check::{self, Watcher};
use super::manifest::BackupReason;
use super::restore::Opened;
use crate::RecordsError;

/// Drafts named, the newest first.
const NEWEST_DRAFTS: i64 = 8;

/// What a backup holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct Preview {
    /// Its name.
    pub name: String,
    /// When it was made, RFC 3339 UTC.
    pub made_at: String,
    /// Why, where its description can be read.
    pub reason: Option<BackupReason>,
    /// Students in it.
    pub students: u64,
    /// Applications in it.
    pub applications: u64,
    /// Versions of drafts in it.
    pub versions: u64,
    /// Notes on careers in it.
    pub notes: u64,
    /// The drafts that were saved last.
    pub newest_drafts: Vec<DraftTime>,
    /// What going back would do to the present records; none where there are none that are open.
    pub changed: Option<Changed>,
}

/// When a draft was saved, and whose it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct DraftTime {
    /// The student, where it is a student's.
    pub student: Option<String>,
    /// RFC 3339 UTC.
    pub saved_at: String,
}

/// What going back to a backup would change. Names of students, in the order of their names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct Changed {
    /// Students who are the same in both.
    pub same: u64,
    /// Students whose entry or drafts are others in the backup.
    pub changed: Vec<String>,
    /// Students who are in the backup and not in the records now.
    pub back: Vec<String>,
    /// Students who are in the records now and not in the backup.
    pub gone: Vec<String>,
    /// Whether drafts of no student, notes or saved searches are others.
    pub others: bool,
}

impl Opened {
    /// Looks into the backup, and holds it against the records where they are open.
    pub fn preview(
        &self,
        against: Option<&Backups>,
        watch: &Arc<dyn Watcher>,
    ) -> Result<Preview, RecordsError> {
        let connection = self.connection(watch)?;
        let content = check::content(&connection)?;
        let changed = match against {
            None => None,
            Some(records) => {
                let live = check::beside(&records.folder.database(), &records.held.data, watch)?;
                Some(compare(&prints(&connection)?, &prints(&live)?))
            }
        };
        Ok(Preview {
            name: self.name().into(),
            made_at: self.made_at(),
            reason: self.reason(),
            students: content.count("student"),
            applications: content.count("application"),
            versions: content.count("version"),
            notes: content.count("career_note"),
            newest_drafts: newest_drafts(&connection)?,
            changed,
        })
    }
}

fn newest_drafts(connection: &Connection) -> Result<Vec<DraftTime>, RecordsError> {
    let mut statement = connection.prepare(
        "SELECT s.name, a.saved_at FROM application a LEFT JOIN student s ON s.id = a.student_id
         ORDER BY a.saved_at DESC, a.id LIMIT ?",
    )?;
    let rows = statement
        .query_map([NEWEST_DRAFTS], |row| Ok(DraftTime { student: row.get(0)?, saved_at: row.get(1)? }))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A student's name, and a sum over all that is theirs.
type Prints = BTreeMap<String, (String, Sha256)>;

/// What belongs to whom, in columns that every schema has: the owner first. Times of saving are no content.
const CONTENT: &[&str] = &[
    "SELECT id, name, graduation_year, school_id FROM student ORDER BY id",
    "SELECT student_id, career FROM shortlist ORDER BY student_id, added_at, career",
    "SELECT coalesce(student_id, ''), id, career, programme, institution, form, form_version FROM application
     ORDER BY id",
    "SELECT coalesce(a.student_id, ''), w.application_id, w.key, w.value FROM answer w
     JOIN application a ON a.id = w.application_id ORDER BY w.application_id, w.key",
    "SELECT '', career, text FROM career_note ORDER BY career",
];

fn prints(connection: &Connection) -> Result<Prints, RecordsError> {
    let mut prints = Prints::new();
    for (number, sql) in CONTENT.iter().enumerate() {
        let mut statement = connection.prepare(sql)?;
        let columns = statement.column_count();
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (_, sum) = prints.entry(row.get(0)?).or_default();
            sum.update([u8::try_from(number).unwrap_or(u8::MAX)]);
            for column in 1..columns {
                take(sum, row.get_ref(column)?);
            }
        }
    }
    let mut names = connection.prepare("SELECT id, name FROM student")?;
    let mut rows = names.query([])?;
    while let Some(row) = rows.next()? {
        if let Some((name, _)) = prints.get_mut(&row.get::<_, String>(0)?) {
            *name = row.get(1)?;
        }
    }
    Ok(prints)
}

/// Each value with its kind and length, so that no two rows of other values sum up alike.
fn take(sum: &mut Sha256, value: ValueRef<'_>) {
    match value {
        ValueRef::Null => sum.update([0]),
        ValueRef::Integer(number) => {
            sum.update([1]);
            sum.update(number.to_le_bytes());
        }
        ValueRef::Real(number) => {
            sum.update([2]);
            sum.update(number.to_le_bytes());
        }
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => {
            sum.update([3]);
            sum.update((bytes.len() as u64).to_le_bytes());
            sum.update(bytes);
        }
    }
}

fn compare(backup: &Prints, now: &Prints) -> Changed {
    let sum = |prints: &Prints, id: &str| prints.get(id).map(|(_, sum)| sum.clone().finalize());
    let mut changed = Changed { same: 0, changed: vec![], back: vec![], gone: vec![], others: false };
    for (id, (name, _)) in backup.iter().filter(|(id, _)| !id.is_empty()) {
        match sum(now, id) {
            None => changed.back.push(name.clone()),
            there if there == sum(backup, id) => changed.same += 1,
            Some(_) => changed.changed.push(name.clone()),
        }
    }
    let gone = now.iter().filter(|(id, _)| !id.is_empty() && !backup.contains_key(*id));
    changed.gone.extend(gone.map(|(_, (name, _))| name.clone()));
    changed.others = sum(backup, "") != sum(now, "");
    for names in [&mut changed.changed, &mut changed.back, &mut changed.gone] {
        names.sort_by_cached_key(|name| crate::folded(name));
    }
    changed
}
