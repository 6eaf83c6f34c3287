//! How the records are opened: what an unclean stop left is read before SQLite touches it, what may be missing is noted,
//! and the file is checked before anybody works with it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension};

use super::check::{self, Checks, Kind};
use super::wal::{Verdict, Wal};
use super::{aside, salvage};
use crate::store::{self, Connections};
use crate::surroundings::{Surroundings, written};
use crate::vault::envelope::DataKey;
use crate::{Folder, RecordsError};

/// How the records were found when they were opened.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Opening {
    /// The program or the computer had stopped before they were closed.
    pub unclean: bool,
    /// Changes that were saved once and are not there, or may not be.
    pub lost: Option<Lost>,
}

/// Changes that are or may be missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lost {
    /// Whether some surely are; otherwise at most the one that was being saved in the moment of the stop.
    pub certain: bool,
    /// The last change that is there, RFC 3339 UTC; none where there is no change at all.
    pub from: Option<String>,
    /// The last time at which anything was written before the stop.
    pub to: Option<String>,
    /// Where the files lie as they were found.
    pub set_aside: PathBuf,
}

/// Opens the records of a folder.
pub(crate) fn open(
    folder: &Folder,
    key: &Arc<DataKey>,
    surroundings: &dyn Surroundings,
    before_update: impl FnOnce() -> Result<(), RecordsError>,
) -> Result<(Connections, Opening), RecordsError> {
    salvage::finish(folder)?;
    let now = surroundings.now();
    let log = left_over(&folder.wal())?;
    let lost = match &log {
        Some((Wal { verdict: Verdict::LostCommits { certain, .. }, .. }, modified)) => {
            // SQLite drops what it does not understand: the copy comes first, and without it nothing is opened.
            Some((*certain, *modified, aside::set_aside(folder, "lost-changes", now)?))
        }
        _ => None,
    };
    let checks = Checks::of(folder);
    let kind = match (&log, checks.due(now)) {
        (Some(_), _) => Some(Kind::Full),
        (None, true) => Some(Kind::Quick),
        (None, false) => None,
    };
    let in_log = log.as_ref().map(|(log, _)| log.pages()).unwrap_or_default();
    let check = |connection: &Connection| is_good(connection, kind, &in_log);
    let opened = store::open(&folder.database(), key, surroundings, check, before_update);
    let mut connections = opened.map_err(|error| found_damaged(folder, now, error))?;
    if let Some(kind) = kind
        && let Err(error) = checks.note(folder, kind, now)
    {
        // The records are open and whole; only the next check comes sooner than it would have to.
        tracing::warn!(fault = %error, "the time of the check could not be noted");
    }
    let lost = lost
        .map(|(certain, modified, set_aside)| -> Result<Lost, RecordsError> {
            let to = modified.map(written);
            Ok(Lost { certain, from: connections.writer.work(|writer| last_change(writer))?, to, set_aside })
        })
        .transpose()?;
    Ok((connections, Opening { unclean: log.is_some(), lost }))
}

/// The log of changes that an unclean stop left, with the time at which it was last written; none after a stop in order.
fn left_over(path: &Path) -> Result<Option<(Wal, Option<Timestamp>)>, RecordsError> {
    match std::fs::metadata(path) {
        Ok(file) if file.len() > 0 => {
            let modified = file.modified().ok().and_then(|time| Timestamp::try_from(time).ok());
            Ok(Some((super::wal::parse(&aside::read_what_can_be(path)?), modified)))
        }
        Ok(_) => Ok(None),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error.into()),
    }
}

fn is_good(connection: &Connection, kind: Option<Kind>, in_log: &BTreeSet<u32>) -> Result<(), RecordsError> {
    let findings = match kind {
        Some(Kind::Full) => check::full_check_below(connection, in_log)?,
        Some(Kind::Quick) => check::quick_check(connection)?,
        None => return Ok(()),
    };
    if findings.none() {
        return Ok(());
    }
    tracing::error!(?findings, "the records file is damaged");
    Err(RecordsError::Damaged)
}

/// A damaged file is copied aside before anybody decides what becomes of it.
fn found_damaged(folder: &Folder, now: Timestamp, error: RecordsError) -> RecordsError {
    if error == RecordsError::Damaged
        && let Err(fault) = aside::set_aside(folder, "damaged", now)
    {
        // The file itself stays where it is; whatever would change it copies it first or does nothing.
        tracing::warn!(fault = %fault, "the damaged file could not be copied aside");
    }
    error
}

/// The time of the last change that is in a file.
pub(super) fn last_change(connection: &Connection) -> Result<Option<String>, RecordsError> {
    let sql = "SELECT until FROM change ORDER BY number DESC LIMIT 1";
    Ok(connection.query_row(sql, [], |row| row.get(0)).optional()?)
}
