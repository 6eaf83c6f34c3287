//! The records as a whole under another data key: SQLCipher writes them row by row into a new file, which is then held
//! against the old and checked page by page.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rusqlite::{OpenFlags, params};

use super::new_key::Progress;
use super::secrets::DataKey;
use crate::damage::full_check;
use crate::{RecordsError, store};

/// SQLite's own steps between two looks at whether to stop.
const STEPS: i32 = 1_000;

/// Writes the records at `from` to a new file at `to`. The old file is left as it is, its log folded in.
pub(super) fn export(
    from: &Path,
    old: &DataKey,
    to: &Path,
    new: &DataKey,
    mut progress: Progress,
) -> Result<(), RecordsError> {
    let stopped = Arc::new(AtomicBool::new(false));
    let tell = Arc::clone(&stopped);
    let told = Box::new(move |done, total| {
        let answer = progress(done, total);
        tell.fetch_or(answer.is_break(), Ordering::SeqCst);
        answer
    });
    let written = write(from, old, to, new, told);
    // SQLCipher's own account of a stop is that its work failed.
    if stopped.load(Ordering::SeqCst) { Err(RecordsError::Stopped) } else { written }
}

fn write(
    from: &Path,
    old: &DataKey,
    to: &Path,
    new: &DataKey,
    mut progress: Progress,
) -> Result<(), RecordsError> {
    let total = std::fs::metadata(from)?.len();
    let target = to.to_path_buf();
    // An attached file is made only where the connection may make one. The old one is there: its length was asked.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
    let mut connection = store::connect(from, old, flags)?;
    // A log that stayed beside the file would be taken for one of the new file's.
    connection.execute_batch(
        "PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE; PRAGMA foreign_keys = OFF;
         PRAGMA temp_store = MEMORY;",
    )?;
    if progress(0, total).is_break() {
        return Err(RecordsError::Stopped);
    }
    connection.progress_handler(
        STEPS,
        Some(move || {
            let done = std::fs::metadata(&target).map_or(0, |about| about.len());
            progress(done.min(total), total) == ControlFlow::Break(())
        }),
    )?;
    let path = to.to_str().ok_or(RecordsError::FolderUnusable)?;
    connection.execute("ATTACH DATABASE ? AS fresh KEY ?", params![path, store::raw_key(new)?.as_str()])?;
    // Nothing is lost with a file that is thrown away where this stops; the whole is synced at the end.
    connection.execute_batch("PRAGMA fresh.journal_mode = MEMORY; PRAGMA fresh.synchronous = OFF;")?;
    connection
        .query_row("SELECT sqlcipher_export('fresh')", [], |_| Ok(()))
        .map_err(|fault| told(fault, to, total))?;
    for name in ["user_version", "application_id"] {
        let value: i64 = connection.pragma_query_value(None, name, |row| row.get(0))?;
        connection.pragma_update(Some("fresh"), name, value)?;
    }
    let rows = store::row_counts(&connection)?;
    connection.execute_batch("DETACH DATABASE fresh")?;
    connection.progress_handler(0, None::<fn() -> bool>)?;
    connection.close().map_err(|(_, error)| RecordsError::from(error))?;
    check(to, new, &rows)
}

/// SQLCipher's account of its own work has no code for what went wrong, but SQLite's words for one; and where there is no
/// room for so many bytes, that was it.
fn told(fault: rusqlite::Error, to: &Path, bytes: u64) -> RecordsError {
    let words = if let rusqlite::Error::SqliteFailure(_, Some(words)) = &fault { words.as_str() } else { "" };
    if words.contains("disk is full") {
        return RecordsError::DiskFull;
    }
    if words.contains("disk I/O error") {
        return RecordsError::Io;
    }
    let free = to.parent().and_then(|folder| fs4::available_space(folder).ok());
    match RecordsError::from(fault) {
        RecordsError::Internal(_) if free.is_some_and(|free| free < bytes) => RecordsError::DiskFull,
        other => other,
    }
}

/// The new file is whole and has the old one's tables with as many rows.
fn check(path: &Path, key: &DataKey, rows: &BTreeMap<String, u64>) -> Result<(), RecordsError> {
    let connection = store::connect(path, key, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let same = store::row_counts(&connection)? == *rows;
    if same && full_check(&connection)?.none() { Ok(()) } else { Err(RecordsError::Damaged) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_without_a_code_is_told_by_its_words_and_by_the_room_there_is() {
        let folder = tempfile::TempDir::new().unwrap();
        let to = folder.path().join("fresh.db");
        let fault = |code, words: &str| {
            rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), Some(words.to_owned()))
        };
        let plain = || fault(rusqlite::ffi::SQLITE_ERROR, "no such table");
        assert_eq!(told(plain(), &to, u64::MAX), RecordsError::DiskFull);
        assert_eq!(told(plain(), &to, 1), RecordsError::Internal("sqlite"));
        let full = fault(rusqlite::ffi::SQLITE_ERROR, "database or disk is full");
        assert_eq!(told(full, &to, 1), RecordsError::DiskFull);
        let failing = fault(rusqlite::ffi::SQLITE_ERROR, "disk I/O error");
        assert_eq!(told(failing, &to, 1), RecordsError::Io);
        let stopped = fault(rusqlite::ffi::SQLITE_INTERRUPT, "interrupted");
        assert_eq!(told(stopped, &to, u64::MAX), RecordsError::Stopped);
    }
}
