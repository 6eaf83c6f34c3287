//! Erasing a student, or their drafts alone: rows, versions, what the log of changes says of them, and what is left in
//! the file. The chain of the log stays whole. What stays is a certificate that names nobody.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::holds::{holds_of, is_held};
use super::{Hold, scrub};
use crate::changes::rows::{CERTIFICATE, row};
use crate::changes::{Act, Done, chain, log};
use crate::surroundings::new_id;
use crate::{Records, RecordsError};

/// What is erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum EraseScope {
    /// The student's whole record.
    Record,
    /// Their applications with drafts and versions; the student stays.
    Drafts,
}

/// How much is erased, by kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Erased {
    /// Students.
    pub students: u32,
    /// Applications.
    pub applications: u32,
    /// Answers of drafts.
    pub answers: u32,
    /// Versions of drafts.
    pub versions: u32,
    /// Careers on the shortlist.
    pub shortlist: u32,
    /// Memory aids.
    pub memory_aids: u32,
    /// Entries in the record of disclosures.
    pub disclosures: u32,
    /// Entries in the record of accesses.
    pub accesses: u32,
    /// Holds, all of them closed.
    pub holds: u32,
    /// Parts of the log of changes.
    pub changes: u32,
}

/// What would be erased, and what stands in the way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ErasePreview {
    /// How much.
    pub counts: Erased,
    /// Open holds: while there is one, nothing can be erased.
    pub holds: Vec<Hold>,
    /// Id that the certificate will have, to be printed on a copy that bears the name.
    pub certificate: String,
}

/// That something was erased.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Certificate {
    /// A random id.
    pub id: String,
    /// When, RFC 3339 UTC.
    pub at: String,
    /// By whom.
    pub actor: String,
    /// How much.
    pub counts: Erased,
}

impl Records {
    /// What erasing would take away.
    pub async fn preview_erase(
        &self,
        student: String,
        scope: EraseScope,
    ) -> Result<ErasePreview, RecordsError> {
        let certificate = new_id(self.surroundings().as_ref())?.to_string();
        self.read(move |connection| {
            known(connection, &student)?;
            let about = about(connection, &student, scope)?;
            let counts = count(connection, &student, scope, &about)?;
            let holds = holds_of(connection, &student)?;
            let holds = holds.into_iter().filter(|hold| hold.closed_at.is_none()).collect();
            Ok(ErasePreview { counts, holds, certificate })
        })
        .await
    }

    /// Erases, and gives the certificate. Refused while a hold stands. The second answer says that no trace is left in
    /// the records' own files; where the file could not be written anew (no room, a reader under way), that is made
    /// good at the next opening. Backups are another matter.
    pub async fn erase(
        &self,
        student: String,
        scope: EraseScope,
        certificate: String,
    ) -> Result<Done<(Certificate, bool)>, RecordsError> {
        // What is being typed is chained first: an open change can't be erased in part.
        self.seal_open_change().await?;
        let id = certificate.clone();
        let act = match scope {
            EraseScope::Record => "rights.erase",
            EraseScope::Drafts => "rights.erase_drafts",
        };
        let done = self
            .transact(Act::on(act, certificate.clone()), move |change| {
                known(change.connection, &student)?;
                if is_held(change.connection, &student)? {
                    return Err(RecordsError::Held);
                }
                let about = about(change.connection, &student, scope)?;
                let counts = count(change.connection, &student, scope, &about)?;
                let written = serde_json::to_string(&counts).map_err(|_| RecordsError::Internal("counts"))?;
                let at = change.at.clone();
                let row = row! { "id" => id.as_str(), "at" => at.as_str(), "actor" => "counselor", "counts" => written };
                change.insert(&CERTIFICATE, row)?;
                clear(change.connection, &student, scope, &about, &id)?;
                Ok(Certificate { id, at, actor: "counselor".into(), counts })
            })
            .await?;
        let cleaned = self.write(|connection| scrub::make_good(connection)).await;
        if let Err(error) = &cleaned {
            tracing::warn!(fault = %error, "the file is written anew at the next opening");
        }
        Ok(Done { value: (done.value, cleaned.is_ok()), change: done.change, at: done.at })
    }

    /// The certificates of what was erased, newest first.
    pub async fn certificates(&self) -> Result<Vec<Certificate>, RecordsError> {
        self.read(|connection| {
            let mut statement = connection
                .prepare_cached("SELECT id, at, actor, counts FROM certificate ORDER BY at DESC, id")?;
            let mut rows = statement.query([])?;
            let mut certificates = Vec::new();
            while let Some(row) = rows.next()? {
                let counts = row.get_ref(3)?.as_str().map_err(|_| RecordsError::Damaged)?;
                certificates.push(Certificate {
                    id: row.get(0)?,
                    at: row.get(1)?,
                    actor: row.get(2)?,
                    counts: serde_json::from_str(counts).map_err(|_| RecordsError::Damaged)?,
                });
            }
            Ok(certificates)
        })
        .await
    }
}

/// An erasure as it was carried out in the records, to be carried out in copies of them.
#[derive(Debug, Clone)]
pub struct Erasure {
    /// The student.
    pub student: String,
    /// What was erased.
    pub scope: EraseScope,
    /// The certificate of it.
    pub certificate: Certificate,
}

/// Erases from a copy of the records what was erased from the records themselves, under the same certificate. A copy in
/// which the student never was is left as it is; says which of the two it was.
pub(crate) fn erase_from_copy(connection: &mut Connection, erasure: &Erasure) -> Result<bool, RecordsError> {
    let Erasure { student, scope, certificate } = erasure;
    let transaction = connection.transaction()?;
    let about = about(&transaction, student, *scope)?;
    let counts = count(&transaction, student, *scope, &about)?;
    if counts == Erased::default() {
        return Ok(false);
    }
    let written = serde_json::to_string(&certificate.counts).map_err(|_| RecordsError::Internal("counts"))?;
    transaction.execute(
        "INSERT OR IGNORE INTO certificate (id, at, actor, counts) VALUES (?, ?, ?, ?)",
        params![certificate.id, certificate.at, certificate.actor, written],
    )?;
    clear(&transaction, student, *scope, &about, &certificate.id)?;
    transaction.commit()?;
    scrub::make_good(connection)?;
    Ok(true)
}

fn known(connection: &Connection, student: &str) -> Result<(), RecordsError> {
    // Somebody who was removed is still in the log, and is erased from there.
    let there = connection
        .prepare_cached(
            "SELECT 1 FROM student WHERE id = ?1 UNION ALL SELECT 1 FROM change_about WHERE about = ?1",
        )?
        .exists([student])?;
    if there { Ok(()) } else { Err(RecordsError::NotFound) }
}

/// Every id under which the log may speak of what is erased: the student, and each application that is theirs or was
/// theirs when it was removed. One that is another student's by now is that student's.
fn about(
    connection: &Connection,
    student: &str,
    scope: EraseScope,
) -> Result<BTreeSet<String>, RecordsError> {
    let mut applications: BTreeSet<String> = connection
        .prepare_cached("SELECT id FROM application WHERE student_id = ?")?
        .query_map([student], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for application in log::applications_of(connection, student)? {
        let owner: Option<Option<String>> = connection
            .prepare_cached("SELECT student_id FROM application WHERE id = ?")?
            .query_row([&application], |row| row.get(0))
            .optional()?;
        if owner.is_none() {
            applications.insert(application);
        }
    }
    if scope == EraseScope::Record {
        applications.insert(student.to_owned());
    }
    Ok(applications)
}

fn count(
    connection: &Connection,
    student: &str,
    scope: EraseScope,
    about: &BTreeSet<String>,
) -> Result<Erased, RecordsError> {
    let of_student = |sql: &str| -> Result<u32, RecordsError> {
        Ok(connection.prepare_cached(sql)?.query_row([student], |row| row.get(0))?)
    };
    let drafts = Erased {
        applications: of_student("SELECT count(*) FROM application WHERE student_id = ?")?,
        answers: of_student(
            "SELECT count(*) FROM answer WHERE application_id IN (SELECT id FROM application WHERE student_id = ?)",
        )?,
        versions: of_student(
            "SELECT count(*) FROM version WHERE application_id IN (SELECT id FROM application WHERE student_id = ?)",
        )?,
        changes: chain::count(connection, about)?,
        ..Erased::default()
    };
    if scope == EraseScope::Drafts {
        return Ok(drafts);
    }
    Ok(Erased {
        students: of_student("SELECT count(*) FROM student WHERE id = ?")?,
        shortlist: of_student("SELECT count(*) FROM shortlist WHERE student_id = ?")?,
        memory_aids: of_student("SELECT count(*) FROM memory_aid WHERE student_id = ?")?,
        disclosures: of_student("SELECT count(*) FROM disclosure WHERE student_id = ?")?,
        accesses: of_student("SELECT count(*) FROM access WHERE student_id = ?")?,
        holds: of_student("SELECT count(*) FROM hold WHERE student_id = ?")?,
        ..drafts
    })
}

/// Takes the rows away beside the log, which would keep them, clears what the log has kept, and asks for the file to be
/// written anew.
fn clear(
    connection: &Connection,
    student: &str,
    scope: EraseScope,
    about: &BTreeSet<String>,
    certificate: &str,
) -> Result<(), RecordsError> {
    const DRAFTS: [&str; 4] = [
        "DELETE FROM version_answer WHERE application_id IN (SELECT id FROM application WHERE student_id = ?)",
        "DELETE FROM version WHERE application_id IN (SELECT id FROM application WHERE student_id = ?)",
        "DELETE FROM answer WHERE application_id IN (SELECT id FROM application WHERE student_id = ?)",
        "DELETE FROM application WHERE student_id = ?",
    ];
    const RECORD: [&str; 6] = [
        "DELETE FROM shortlist WHERE student_id = ?",
        "DELETE FROM memory_aid WHERE student_id = ?",
        "DELETE FROM disclosure WHERE student_id = ?",
        "DELETE FROM access WHERE student_id = ?",
        "DELETE FROM hold WHERE student_id = ?",
        "DELETE FROM student WHERE id = ?",
    ];
    let more: &[&str] = if scope == EraseScope::Record { &RECORD } else { &[] };
    for sql in DRAFTS.iter().chain(more) {
        connection.prepare_cached(sql)?.execute([student])?;
    }
    chain::erase(connection, about, certificate)?;
    scrub::ask(connection)
}
