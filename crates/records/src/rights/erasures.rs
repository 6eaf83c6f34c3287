//! Erasures that are still to be carried out in copies of the records: backups, and what was set aside. They are kept in
//! the records, in the transaction that erases, so that a stop, a crash or a stick in a drawer ends none of them. An
//! entry names the student by id alone, and goes once no copy holds anything of theirs any more.

use std::collections::BTreeSet;
use std::path::PathBuf;

use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Certificate, EraseScope};
use crate::{Records, RecordsError, Rewritten};

/// What the names of these rows begin with. They are written beside the log of changes: what they are about is logged
/// with the erasing, and a log that keeps who was erased would not have erased them.
const NAMES: &str = "erasing/";

/// What becomes of copies that were set aside.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AsideWish {
    /// They stay as they are.
    #[default]
    Keep,
    /// Those that the present key opens and that are whole are written anew; others stay.
    Rewrite,
    /// The same, and those that can't be written anew are deleted as a whole.
    RewriteOrDelete,
}

/// From which copies of the records something is to be erased too.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Copies {
    /// The backups.
    pub backups: bool,
    /// What was set aside.
    pub aside: AsideWish,
}

/// An erasure as it was carried out in the records, to be carried out in copies of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erasure {
    /// The student.
    pub student: String,
    /// What was erased.
    pub scope: EraseScope,
    /// The certificate of it.
    pub certificate: Certificate,
    /// Ids under which the records knew what was erased: a draft may be nobody's in an older copy.
    pub ids: BTreeSet<String>,
    /// In which copies.
    pub copies: Copies,
    /// Backups in which there is nothing of it any more.
    pub clean: BTreeSet<String>,
    /// Folders that were set aside before it and are not done yet. What is set aside later is none of its business: it
    /// holds nothing of this any more, and is somebody's evidence.
    #[serde(default)]
    pub aside: BTreeSet<PathBuf>,
    /// What the last try had to leave; none before the first.
    pub left: Option<Left>,
}

/// What still holds something that was erased.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Left {
    /// Backups, by name: damaged, without a description, or under an older key.
    pub backups: Vec<String>,
    /// Whether a second place is set and could not be reached, or not wholly.
    pub second: bool,
    /// Copies that were set aside and can't be written anew.
    pub aside: Vec<PathBuf>,
}

impl Left {
    /// Whether nothing is left.
    #[must_use]
    pub fn nothing(&self) -> bool {
        self.backups.is_empty() && !self.second && self.aside.is_empty()
    }

    /// As far as these are copies from which something was to be erased at all.
    fn of(&self, backups: bool, aside: &BTreeSet<PathBuf>) -> Self {
        let mut left =
            if backups { self.clone() } else { Self { aside: self.aside.clone(), ..Self::default() } };
        left.aside.retain(|path| aside.contains(path));
        left
    }
}

impl Erasure {
    pub(super) fn new(
        student: String,
        scope: EraseScope,
        certificate: &Certificate,
        ids: BTreeSet<String>,
        (copies, aside): (Copies, BTreeSet<PathBuf>),
    ) -> Self {
        let certificate = certificate.clone();
        Self { student, scope, certificate, ids, copies, clean: BTreeSet::new(), aside, left: None }
    }
}

impl Records {
    /// Erasures that are not carried out in every copy yet, the oldest first.
    pub async fn erasures(&self) -> Result<Vec<Erasure>, RecordsError> {
        self.read(all).await
    }

    /// Notes what came of carrying out these erasures, by their certificates, in the copies. What is done is forgotten.
    pub async fn erasures_tried(
        &self,
        certificates: Vec<String>,
        found: Rewritten,
    ) -> Result<(), RecordsError> {
        self.write(move |connection| {
            let transaction = connection.transaction()?;
            for erasure in all(&transaction)? {
                if !certificates.contains(&erasure.certificate.id) {
                    continue;
                }
                let aside: BTreeSet<PathBuf> = erasure.aside.difference(&found.aside_done).cloned().collect();
                let left = found.left.of(erasure.copies.backups, &aside);
                if left.nothing() {
                    transaction.execute("DELETE FROM setting WHERE name = ?", [name(&erasure)])?;
                } else {
                    let clean = found.clean.clone();
                    keep(&transaction, &Erasure { clean, aside, left: Some(left), ..erasure })?;
                }
            }
            Ok(transaction.commit()?)
        })
        .await
    }
}

fn name(erasure: &Erasure) -> String {
    format!("{NAMES}{}", erasure.certificate.id)
}

/// Keeps an erasure that is to be carried out in copies; one that is not is nothing to remember.
pub(crate) fn keep(connection: &Connection, erasure: &Erasure) -> Result<(), RecordsError> {
    if erasure.copies == Copies::default() {
        return Ok(());
    }
    let value = serde_json::to_string(erasure).map_err(|_| RecordsError::Internal("erasure"))?;
    connection
        .prepare_cached("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)")?
        .execute(params![name(erasure), value])?;
    Ok(())
}

pub(crate) fn all(connection: &Connection) -> Result<Vec<Erasure>, RecordsError> {
    let mut statement =
        connection.prepare_cached("SELECT value FROM setting WHERE name GLOB 'erasing/*' ORDER BY name")?;
    let mut rows = statement.query([])?;
    let mut erasures: Vec<Erasure> = Vec::new();
    while let Some(row) = rows.next()? {
        let value = row.get_ref(0)?.as_str().map_err(|_| RecordsError::Damaged)?;
        erasures.push(serde_json::from_str(value).map_err(|_| RecordsError::Damaged)?);
    }
    erasures.sort_by(|one, other| one.certificate.at.cmp(&other.certificate.at));
    Ok(erasures)
}
