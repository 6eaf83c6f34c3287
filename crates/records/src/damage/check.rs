//! Whether a records file is whole: the seal of every page, free ones too, the structure of every tree, and every
//! reference from row to row. What a check finds is counted, never quoted: SQLite's own words may name what is inside.

use jiff::{SignedDuration, Timestamp};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use crate::surroundings::written;
use crate::vault::folder::replace_file;
use crate::{Folder, RecordsError};

/// The time between two quick checks of a file that was always closed in order.
const WEEK: SignedDuration = SignedDuration::from_hours(7 * 24);

/// What a full check found. Nothing in it is all that is wished for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
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

/// Steps of a full check, for whoever shows how far it is.
pub const STEPS: u32 = 3;

/// The full check: every page's seal, every tree, every reference. `step` is told how many of `STEPS` are done.
///
/// # Errors
/// Only where the file can't be asked at all; damage is a finding.
pub fn full_check(connection: &Connection, step: &mut dyn FnMut(u32)) -> Result<Findings, RecordsError> {
    step(0);
    let seals = lines(connection, "PRAGMA cipher_integrity_check", |_| true)?;
    step(1);
    // A page that does not open makes SQLCipher refuse all others from then on: what follows would say nothing.
    if seals > 0 {
        return Ok(Findings { seals, ..Findings::default() });
    }
    let structure = lines(connection, "PRAGMA integrity_check", |line| line != "ok")?;
    step(2);
    let references = lines(connection, "PRAGMA foreign_key_check", |_| true)?;
    step(STEPS);
    Ok(Findings { seals, structure, references })
}

impl crate::Records {
    /// The full check of the open records, beside whatever is being written.
    pub async fn full_check(&self) -> Result<Findings, RecordsError> {
        self.read(|connection| full_check(connection, &mut |_| ())).await
    }
}

/// The quick check: every tree, without its indexes.
pub(crate) fn quick_check(connection: &Connection) -> Result<Findings, RecordsError> {
    let structure = lines(connection, "PRAGMA quick_check", |line| line != "ok")?;
    Ok(Findings { structure, ..Findings::default() })
}

/// How many lines of an answer are faults. An answer that breaks off for damage is one itself.
fn lines(connection: &Connection, sql: &str, fault: impl Fn(&str) -> bool) -> Result<usize, RecordsError> {
    let counted = || -> rusqlite::Result<usize> {
        let mut statement = connection.prepare(sql)?;
        let mut rows = statement.query([])?;
        let mut found = 0;
        while let Some(row) = rows.next()? {
            // `foreign_key_check` answers with more than a text; its first column is one as well.
            found += usize::from(fault(&row.get::<_, String>(0)?));
        }
        Ok(found)
    };
    match counted().map_err(RecordsError::from) {
        Err(RecordsError::Damaged) => Ok(1),
        other => other,
    }
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
