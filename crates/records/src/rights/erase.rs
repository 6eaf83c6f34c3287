//! Erasing a student, or their drafts alone: rows, versions, what the log of changes says of them, and what is left in
//! the file. The chain of the log stays whole. What stays is a certificate that names nobody.

use std::collections::BTreeSet;

use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::erasures::{AsideWish, Copies, Erasure, keep};
use super::holds::{holds_of, is_held};
use super::reach::Reach;
use super::{Hold, scrub};
use crate::backups::aside_folders;
use crate::changes::rows::{CERTIFICATE, DISCLOSURE, row};
use crate::changes::{Act, Done};
use crate::surroundings::new_id;
use crate::{AsideCopy, Records, RecordsError};

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
    /// What is known of them beyond the roster's line.
    #[serde(default)]
    pub details: u32,
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
    /// Copies of the records that were set aside: they hold whom the records held then, so perhaps this student too.
    pub aside: Vec<AsideCopy>,
    /// Id that the certificate will have, to be printed on a copy that bears the name.
    pub certificate: String,
}

/// That something was erased.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
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
        let backups = self.backups(None)?;
        self.read(move |connection| {
            known(connection, &student)?;
            let counts = Reach::of(connection, &student, scope, &BTreeSet::new())?.count(connection)?;
            let holds = holds_of(connection, &student)?;
            let holds = holds.into_iter().filter(|hold| hold.closed_at.is_none()).collect();
            Ok(ErasePreview { counts, holds, aside: backups.aside()?, certificate })
        })
        .await
    }

    /// Erases, and gives the certificate. Refused while a hold stands. The second answer says that no trace is left in
    /// the records' own files; where the file could not be written anew (no room, a reader under way), that is made
    /// good at the next opening. What is to be erased from copies is remembered in the same transaction, see
    /// [`Self::erasures`].
    pub async fn erase(
        &self,
        student: String,
        scope: EraseScope,
        certificate: String,
        copies: Copies,
    ) -> Result<Done<(Certificate, bool)>, RecordsError> {
        // What is being typed is chained first: an open change can't be erased in part.
        self.seal_open_change().await?;
        let id = certificate.clone();
        let aside = match copies.aside {
            AsideWish::Keep => BTreeSet::new(),
            AsideWish::Rewrite | AsideWish::RewriteOrDelete => {
                aside_folders(self.folder())?.into_iter().collect()
            }
        };
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
                let reach = Reach::of(change.connection, &student, scope, &BTreeSet::new())?;
                let counts = reach.count(change.connection)?;
                let written = serde_json::to_string(&counts).map_err(|_| RecordsError::Internal("counts"))?;
                let at = change.at.clone();
                let row = row! { "id" => id.as_str(), "at" => at.as_str(), "actor" => "counselor", "counts" => written };
                change.insert(&CERTIFICATE, row)?;
                let outputs = reach.take_outputs(change)?;
                let ids = reach.ids.clone();
                reach.clear(change.connection, &id)?;
                for output in outputs {
                    change.insert(&DISCLOSURE, output)?;
                }
                let certificate = Certificate { id, at, actor: "counselor".into(), counts };
                let erasure = Erasure::new(student, scope, &certificate, ids, (copies, aside));
                keep(change.connection, &erasure)?;
                Ok(certificate)
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

/// Whether a copy of the newest schema holds anything of what was erased.
pub(crate) fn is_in_copy(connection: &Connection, erasure: &Erasure) -> Result<bool, RecordsError> {
    let reach = Reach::of(connection, &erasure.student, erasure.scope, &erasure.ids)?;
    Ok(reach.count(connection)? != Erased::default())
}

/// Erases from a copy of the records what was erased from the records themselves, under the same certificates. Says
/// whether there was anything of it; what an earlier try has erased and not cleared away is cleared away.
pub(crate) fn erase_from_copy(
    connection: &mut Connection,
    erasures: &[&Erasure],
) -> Result<bool, RecordsError> {
    let mut found = false;
    for Erasure { student, scope, certificate, ids, .. } in erasures {
        let transaction = connection.transaction()?;
        let reach = Reach::of(&transaction, student, *scope, ids)?;
        if reach.count(&transaction)? == Erased::default() {
            continue;
        }
        found = true;
        let written =
            serde_json::to_string(&certificate.counts).map_err(|_| RecordsError::Internal("counts"))?;
        transaction.execute(
            "INSERT OR IGNORE INTO certificate (id, at, actor, counts) VALUES (?, ?, ?, ?)",
            params![certificate.id, certificate.at, certificate.actor, written],
        )?;
        reach.clear(&transaction, &certificate.id)?;
        transaction.commit()?;
    }
    scrub::make_good(connection)?;
    Ok(found)
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
