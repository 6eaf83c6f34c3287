//! Whether a records file is whole: the seal of every page, free ones too, the structure of every tree, and every
//! reference from row to row. What a check finds is counted, never quoted: SQLite's own words may name what is inside.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use crate::surroundings::written;
use crate::vault::folder::replace_file;
use crate::{Folder, RecordsError};

/// The time between two quick checks of a file that was always closed in order.
const WEEK: SignedDuration = SignedDuration::from_hours(7 * 24);

/// What a full check found. Nothing in it is all that is wished for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct Findings {
    /// Pages whose seal does not fit.
    pub seals: usize,
    /// Faults of the trees and of what a column may hold.
    pub structure: usize,
    /// Rows that hang on a row which is not there.
    pub references: usize,
}

impl Findings {
    /// Whether the file is whole.
    #[must_use]
    pub fn none(self) -> bool {
        self == Self::default()
    }
}

/// How often seals that do not fit are looked at again. SQLCipher looks past SQLite's own locks, so a page that is being
/// written at this very moment may look broken; what is broken is still so when it is looked at again.
const LOOKS: usize = 3;

/// The full check: every page's seal, every tree, every reference.
///
/// # Errors
/// Where the file can't be asked at all; damage is a finding.
pub fn full_check(connection: &Connection) -> Result<Findings, RecordsError> {
    full_check_below(connection, &BTreeSet::new())
}

/// The full check of a file whose log still holds these pages. The seals are looked at in the file itself, past the log:
/// a page that was torn while the log was being folded in is whole in the log, and the tree's check reads it there.
pub(crate) fn full_check_below(
    connection: &Connection,
    in_log: &BTreeSet<u32>,
) -> Result<Findings, RecordsError> {
    check_in_parts(connection, in_log, &|| Ok(()))
}

/// The full check, asking between its three parts whether to go on; a refusal ends it.
pub(crate) fn full_check_while(
    connection: &Connection,
    go_on: &dyn Fn() -> Result<(), RecordsError>,
) -> Result<Findings, RecordsError> {
    check_in_parts(connection, &BTreeSet::new(), go_on)
}

fn check_in_parts(
    connection: &Connection,
    in_log: &BTreeSet<u32>,
    go_on: &dyn Fn() -> Result<(), RecordsError>,
) -> Result<Findings, RecordsError> {
    let seals = broken_seals(connection, in_log)?;
    // A page that does not open makes SQLCipher refuse all others from then on: what follows would say nothing.
    if seals > 0 {
        return Ok(Findings { seals, ..Findings::default() });
    }
    go_on()?;
    let structure = lines(connection, "PRAGMA integrity_check", |line| line != "ok")?;
    go_on()?;
    let references = lines(connection, "PRAGMA foreign_key_check", |_| true)?;
    Ok(Findings { seals, structure, references })
}

/// SQLCipher looks through all pages in one go while the pragma is being prepared: SQLite's machine does not step
/// meanwhile, and so a progress handler is not asked. Who wants to stop this waits until it is through, and must have a
/// limit of their own, as those have who wait for a job of `api`.
fn broken_seals(connection: &Connection, in_log: &BTreeSet<u32>) -> Result<usize, RecordsError> {
    let is_fault = |line: &str| !page_of(line).is_some_and(|page| in_log.contains(&page));
    let mut broken = 0;
    for _ in 0..LOOKS {
        broken = lines(connection, "PRAGMA cipher_integrity_check", is_fault)?;
        if broken == 0 {
            break;
        }
    }
    Ok(broken)
}

impl crate::Records {
    /// The full check of the open records, beside whatever is being written.
    pub async fn full_check(&self) -> Result<Findings, RecordsError> {
        self.read(full_check).await
    }
}

/// The page that a line of SQLCipher's speaks of.
fn page_of(line: &str) -> Option<u32> {
    let number = line.split_once("page ")?.1;
    number.split(|letter: char| !letter.is_ascii_digit()).next()?.parse().ok()
}

/// The quick check: every tree, without its indexes.
pub(crate) fn quick_check(connection: &Connection) -> Result<Findings, RecordsError> {
    let structure = lines(connection, "PRAGMA quick_check", |line| line != "ok")?;
    Ok(Findings { structure, ..Findings::default() })
}

/// How many lines of an answer are faults. An answer that breaks off for damage is one itself; a read that the disk
/// refused is none, for what could not be read may be whole.
fn lines(connection: &Connection, sql: &str, fault: impl Fn(&str) -> bool) -> Result<usize, RecordsError> {
    let counted = || -> Result<usize, RecordsError> {
        let mut statement = connection.prepare(sql)?;
        let mut rows = statement.query([])?;
        let mut found = 0;
        while let Some(row) = rows.next()? {
            // `foreign_key_check` answers with more than a text; its first column is one as well.
            let line = row.get::<_, String>(0)?;
            if is_refused_read(&line) {
                return Err(RecordsError::Io);
            }
            found += usize::from(fault(&line));
        }
        Ok(found)
    };
    match counted() {
        Err(RecordsError::Damaged) => Ok(1),
        other => other,
    }
}

/// Whether a line of a check speaks of a read that failed, in SQLCipher's words or in SQLite's.
fn is_refused_read(line: &str) -> bool {
    let code = line.split_once("error code=").map(|(_, code)| code);
    let code =
        code.and_then(|code| code.split(|letter: char| !letter.is_ascii_digit()).next()?.parse::<i32>().ok());
    line.starts_with("error reading ") || code.is_some_and(|code| code & 0xff == rusqlite::ffi::SQLITE_IOERR)
}

/// When a file was last found whole. It lies beside the file, so that a check changes nothing in it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checks {
    /// The last full check, RFC 3339 UTC.
    pub full: Option<String>,
    /// The last quick one.
    pub quick: Option<String>,
}

/// Which check was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Full,
    Quick,
}

impl Checks {
    /// What is known. A file that can't be read says that nothing is: the next check comes sooner.
    #[must_use]
    pub fn of(folder: &Folder) -> Self {
        let read = std::fs::read(folder.checks()).ok();
        read.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
    }

    /// Whether the weekly check is due. A clock that was set back makes it due too.
    pub(crate) fn due(&self, now: Timestamp) -> bool {
        let last = [&self.full, &self.quick].into_iter().flatten().filter_map(|at| at.parse().ok()).max();
        last.is_none_or(|last: Timestamp| last > now || now.duration_since(last) >= WEEK)
    }

    /// Notes a check that found nothing.
    pub(crate) fn note(mut self, folder: &Folder, kind: Kind, now: Timestamp) -> Result<(), RecordsError> {
        let at = Some(written(now));
        match kind {
            Kind::Full => self.full = at,
            Kind::Quick => self.quick = at,
        }
        let bytes = serde_json::to_vec(&self).map_err(|_| RecordsError::Internal("checks"))?;
        replace_file(&folder.checks(), &bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_that_a_seal_does_not_fit_is_read_from_each_of_sqlcipher_s_lines() {
        assert_eq!(page_of("HMAC verification failed for page 17"), Some(17));
        assert_eq!(page_of("error reading 4096 bytes from file page 9 at offset 32768"), Some(9));
        assert_eq!(page_of("page 3 has an invalid size of 12 bytes (expected 4096 bytes)"), Some(3));
        assert_eq!(page_of("something else"), None);
    }

    #[test]
    fn a_read_that_the_disk_refuses_is_no_damage() {
        assert!(is_refused_read("error reading 4096 bytes from file page 9 at offset 32768"));
        assert!(is_refused_read("Tree 4 page 7: unable to get the page. error code=266"));
        assert!(!is_refused_read("Tree 4 page 7: unable to get the page. error code=26"));
        assert!(!is_refused_read("HMAC verification failed for page 17"));
    }

    #[test]
    fn a_check_is_due_after_a_week_and_when_nothing_is_known() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let checks = Checks { full: None, quick: Some("2026-11-01T08:00:00.000Z".into()) };
        assert!(!checks.due(at("2026-11-08T07:59:59Z")));
        assert!(checks.due(at("2026-11-08T08:00:00Z")));
        assert!(checks.due(at("2026-10-31T08:00:00Z")), "the clock was set back");
        assert!(Checks::default().due(at("2026-11-08T08:00:00Z")));
        let full = Checks { full: Some("2026-11-07T08:00:00.000Z".into()), ..checks };
        assert!(!full.due(at("2026-11-09T08:00:00Z")), "a full check is a quick one too");
    }
}
