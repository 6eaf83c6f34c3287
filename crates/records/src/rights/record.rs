//! All that the records hold about one student, in one piece, to give to whoever has the right to it. Memory aids stay
//! in: they are the counselor's own and no education record (34 CFR 99.3).

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, params};
use serde::Serialize;

use super::Hold;
use super::holds::holds_of;
use super::reach::applications_of;
use crate::applications::draft::{Answers, parse};
use crate::students::details::details_of;
use crate::{DetailRow, Records, RecordsError, ShortlistEntry};

/// The whole record of one student. Documented in `docs/RECORD.md`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StudentRecord {
    /// UUIDv7.
    pub id: String,
    /// The name as it is written.
    pub name: String,
    /// Year of graduation.
    pub graduation_year: Option<u16>,
    /// The school's own number.
    pub school_id: Option<String>,
    /// When they were added, RFC 3339 UTC.
    pub created_at: String,
    /// What is known of them beyond the roster's line.
    pub details: Vec<DetailRow>,
    /// Careers on the shortlist.
    pub shortlist: Vec<ShortlistEntry>,
    /// Applications with every version of their drafts.
    pub applications: Vec<RecordedApplication>,
    /// To whom what was disclosed.
    pub disclosures: Vec<RecordedDisclosure>,
    /// What was looked at in sessions with the student.
    pub accesses: Vec<RecordedAccess>,
    /// Holds.
    pub holds: Vec<Hold>,
    /// What was done to the record.
    pub changes: Vec<RecordedChange>,
}

/// An application as it is kept.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RecordedApplication {
    /// UUIDv7.
    pub id: String,
    /// Address of the career.
    pub career: Option<String>,
    /// Programme.
    pub programme: Option<String>,
    /// Institution.
    pub institution: Option<String>,
    /// Form pack.
    pub form: String,
    /// Its version.
    pub form_version: u32,
    /// The student asked that it stay between them and the counselor.
    pub between_us: bool,
    /// When it was begun, RFC 3339 UTC.
    pub created_at: String,
    /// When it was last saved, RFC 3339 UTC.
    pub saved_at: String,
    /// The draft as it is.
    pub answers: Answers,
    /// Its versions, oldest first.
    pub versions: Vec<RecordedVersion>,
}

/// A version of a draft: what changed in it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RecordedVersion {
    /// Number.
    pub number: u32,
    /// When its session began, RFC 3339 UTC.
    pub opened_at: String,
    /// When its session ended, RFC 3339 UTC.
    pub saved_at: String,
    /// The version that it restored.
    pub restored_from: Option<u32>,
    /// Answers that it changed; null took one away.
    pub changed: Answers,
}

/// A disclosure as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RecordedDisclosure {
    /// RFC 3339 UTC.
    pub at: String,
    /// What left.
    pub output: String,
    /// For whom; none where nobody has said.
    pub audience: Option<String>,
    /// The party, where it is another.
    pub party: Option<String>,
    /// Its legitimate interest.
    pub interest: Option<String>,
    /// When it was found that it could not be written: it did not leave. RFC 3339 UTC.
    pub failed_at: Option<String>,
}

/// A view in a session with the student.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RecordedAccess {
    /// RFC 3339 UTC.
    pub at: String,
    /// What was looked at.
    pub view: String,
}

/// A change as the log tells it, without what was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RecordedChange {
    /// Number in the log.
    pub number: i64,
    /// What was done.
    pub act: String,
    /// When it began, RFC 3339 UTC.
    pub at: String,
    /// When it ended, RFC 3339 UTC.
    pub until: String,
}

impl Records {
    /// All about one student, as of one moment.
    pub async fn student_record(&self, student: String) -> Result<StudentRecord, RecordsError> {
        self.read(move |connection| {
            // One read transaction: nothing changes between the parts.
            let moment = connection.unchecked_transaction()?;
            record(&moment, &student)
        })
        .await
    }
}

fn record(connection: &Connection, student: &str) -> Result<StudentRecord, RecordsError> {
    let mut row = connection
        .prepare_cached("SELECT name, graduation_year, school_id, created_at FROM student WHERE id = ?")?
        .query_row([student], |row| {
            Ok(StudentRecord {
                id: student.to_owned(),
                name: row.get(0)?,
                graduation_year: row.get(1)?,
                school_id: row.get(2)?,
                created_at: row.get(3)?,
                details: Vec::new(),
                shortlist: Vec::new(),
                applications: Vec::new(),
                disclosures: Vec::new(),
                accesses: Vec::new(),
                holds: Vec::new(),
                changes: Vec::new(),
            })
        })?;
    row.details = details_of(connection, student)?;
    row.shortlist = all(connection, SHORTLIST, student, |row| {
        Ok(ShortlistEntry { career: row.get(0)?, added_at: row.get(1)? })
    })?;
    row.applications = applications(connection, student)?;
    let drafts = applications_of(connection, student)?;
    row.disclosures = disclosures(connection, student, &drafts)?;
    row.accesses =
        all(connection, ACCESSES, student, |row| Ok(RecordedAccess { at: row.get(0)?, view: row.get(1)? }))?;
    row.holds = holds_of(connection, student)?;
    row.changes = changes(connection, student, &drafts)?;
    Ok(row)
}

/// Outputs of the student, and of their drafts that were nobody's yet when they left.
fn disclosures(
    connection: &Connection,
    student: &str,
    drafts: &BTreeSet<String>,
) -> Result<Vec<RecordedDisclosure>, RecordsError> {
    let read = |row: &rusqlite::Row<'_>| {
        let told = RecordedDisclosure {
            at: row.get(1)?,
            output: row.get(2)?,
            audience: row.get(3)?,
            party: row.get(4)?,
            interest: row.get(5)?,
            failed_at: row.get(6)?,
        };
        Ok((row.get(0)?, told))
    };
    let mut found: Vec<(String, RecordedDisclosure)> = all(connection, DISCLOSURES, student, read)?;
    for draft in drafts {
        found.extend(all(connection, DISCLOSURES_OF_DRAFT, draft, read)?);
    }
    found.sort_by(|(one, a), (other, b)| a.at.cmp(&b.at).then_with(|| one.cmp(other)));
    Ok(found.into_iter().map(|(_, told)| told).collect())
}

/// What the log says of the student and of their drafts, each change once.
fn changes(
    connection: &Connection,
    student: &str,
    drafts: &BTreeSet<String>,
) -> Result<Vec<RecordedChange>, RecordsError> {
    let mut found: BTreeMap<i64, RecordedChange> = BTreeMap::new();
    for about in drafts.iter().map(String::as_str).chain([student]) {
        for change in all(connection, CHANGES, about, |row| {
            Ok(RecordedChange { number: row.get(0)?, act: row.get(1)?, at: row.get(2)?, until: row.get(3)? })
        })? {
            found.insert(change.number, change);
        }
    }
    Ok(found.into_values().collect())
}

const SHORTLIST: &str =
    "SELECT career, added_at FROM shortlist WHERE student_id = ? ORDER BY added_at, career";
const DISCLOSURES: &str =
    "SELECT id, at, output, audience, party, interest, failed_at FROM disclosure WHERE student_id = ?";
const DISCLOSURES_OF_DRAFT: &str =
    "SELECT id, at, output, audience, party, interest, failed_at FROM disclosure
    WHERE student_id IS NULL AND subject = ?";
const ACCESSES: &str = "SELECT at, view FROM access WHERE student_id = ? ORDER BY at, id";
const CHANGES: &str = "SELECT DISTINCT c.number, c.act, c.at, c.until FROM change c
    JOIN change_about a ON a.change = c.number WHERE a.about = ?";

fn all<T>(
    connection: &Connection,
    sql: &str,
    id: &str,
    read: impl FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
) -> Result<Vec<T>, RecordsError> {
    Ok(connection.prepare_cached(sql)?.query_map([id], read)?.collect::<Result<_, _>>()?)
}

fn applications(connection: &Connection, student: &str) -> Result<Vec<RecordedApplication>, RecordsError> {
    let sql =
        "SELECT id, career, programme, institution, form, form_version, between_us, created_at, saved_at
               FROM application WHERE student_id = ? ORDER BY created_at, id";
    let mut applications = all(connection, sql, student, |row| {
        Ok(RecordedApplication {
            id: row.get(0)?,
            career: row.get(1)?,
            programme: row.get(2)?,
            institution: row.get(3)?,
            form: row.get(4)?,
            form_version: row.get(5)?,
            between_us: row.get(6)?,
            created_at: row.get(7)?,
            saved_at: row.get(8)?,
            answers: Answers::new(),
            versions: Vec::new(),
        })
    })?;
    for application in &mut applications {
        let answers = "SELECT key, value FROM answer WHERE application_id = ? ORDER BY key";
        for (key, value) in all(connection, answers, &application.id, pair)? {
            application.answers.insert(key, parse(&value.unwrap_or_else(|| "null".into()))?);
        }
        application.versions = versions(connection, &application.id)?;
        // Of the newest version its own row does not say.
        if let Some(newest) = application.versions.last_mut() {
            newest.saved_at.clone_from(&application.saved_at);
        }
    }
    Ok(applications)
}

fn versions(connection: &Connection, application: &str) -> Result<Vec<RecordedVersion>, RecordsError> {
    let sql = "SELECT number, opened_at, saved_at, restored_from FROM version WHERE application_id = ? ORDER BY number";
    let mut versions = all(connection, sql, application, |row| {
        Ok(RecordedVersion {
            number: row.get(0)?,
            opened_at: row.get(1)?,
            saved_at: row.get(2)?,
            restored_from: row.get(3)?,
            changed: Answers::new(),
        })
    })?;
    let mut changed = connection.prepare_cached(
        "SELECT key, value FROM version_answer WHERE application_id = ? AND number = ? ORDER BY key",
    )?;
    for version in &mut versions {
        for row in changed.query_map(params![application, version.number], pair)? {
            let (key, value) = row?;
            version.changed.insert(key, value.map_or(Ok(serde_json::Value::Null), |value| parse(&value))?);
        }
    }
    Ok(versions)
}

fn pair(row: &rusqlite::Row<'_>) -> rusqlite::Result<(String, Option<String>)> {
    Ok((row.get(0)?, row.get(1)?))
}
