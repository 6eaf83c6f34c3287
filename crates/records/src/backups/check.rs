//! Whether a file is whole: every page's seal, SQLite's own check of its trees, and every reference between rows.
//! Runs on a connection of its own, beside the writer; it can be stopped at any moment but while the seals are looked at.

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use rusqlite::{Connection, OpenFlags, OptionalExtension};
use sha2::{Digest, Sha256};

use super::manifest::Content;
use crate::changes::chain::{self, LogHead};
use crate::damage::full_check_while;
use crate::vault::envelope::{DataKey, hex};
use crate::{RecordsError, store};

/// Steps of SQLite's machine between two looks at whether to stop.
const LOOK_EVERY: i32 = 20_000;

/// Bytes read at once.
const PART: usize = 256 * 1024;

/// Who watches work that takes long: hears how far it is, and may stop it.
pub trait Watcher: Send + Sync {
    /// So much of so much is done.
    fn at(&self, done: u64, total: u64);

    /// Whether the work is to stop.
    fn is_to_stop(&self) -> bool;
}

/// Nobody watches.
#[derive(Debug, Clone, Copy)]
pub struct Unwatched;

impl Watcher for Unwatched {
    fn at(&self, _: u64, _: u64) {}

    fn is_to_stop(&self) -> bool {
        false
    }
}

/// Goes on, or ends because it is to stop.
pub(crate) fn go_on(watch: &dyn Watcher) -> Result<(), RecordsError> {
    if watch.is_to_stop() { Err(RecordsError::Stopped) } else { Ok(()) }
}

/// A connection to the open records beside those that they work with.
pub(crate) fn beside(
    path: &Path,
    key: &DataKey,
    watch: &Arc<dyn Watcher>,
) -> Result<Connection, RecordsError> {
    let mut connection = store::connect(path, key, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    store::set_up(&connection)?;
    attend(&mut connection, watch)?;
    Ok(connection)
}

/// A connection to a finished file, which is never written to: not by so much as a log beside it.
pub(crate) fn finished(
    path: &Path,
    key: &DataKey,
    watch: &Arc<dyn Watcher>,
) -> Result<Connection, RecordsError> {
    let mut connection = store::connect(path, key, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    connection
        .execute_batch("PRAGMA query_only = ON; PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF;")?;
    attend(&mut connection, watch)?;
    Ok(connection)
}

/// Lets whoever watches stop what is asked of the connection.
pub(crate) fn attend(connection: &mut Connection, watch: &Arc<dyn Watcher>) -> Result<(), RecordsError> {
    let watch = Arc::clone(watch);
    Ok(connection.progress_handler(LOOK_EVERY, Some(move || watch.is_to_stop()))?)
}

/// The full check; what it finds is damage.
pub(crate) fn whole(connection: &Connection, watch: &dyn Watcher) -> Result<(), RecordsError> {
    let found = full_check_while(connection, &|| go_on(watch))?;
    if found.none() { Ok(()) } else { Err(RecordsError::Damaged) }
}

fn has_row(connection: &Connection, sql: &str) -> Result<bool, RecordsError> {
    Ok(connection.query_row(sql, [], |_| Ok(())).optional()?.is_some())
}

/// What a file holds, counted.
pub(crate) fn content(connection: &Connection) -> Result<Content, RecordsError> {
    Ok(Content {
        schema: connection.pragma_query_value(None, "user_version", |row| row.get(0))?,
        rows: store::row_counts(connection)?,
        change: last_change(connection)?,
        head: head(connection)?,
        newest_draft_at: connection
            .query_row("SELECT max(saved_at) FROM application", [], |row| row.get(0))?,
    })
}

/// Number of the last change; 0 where there was none.
pub(crate) fn last_change(connection: &Connection) -> Result<i64, RecordsError> {
    Ok(connection.query_row("SELECT coalesce(max(number), 0) FROM change", [], |row| row.get(0))?)
}

/// Head of the chain of changes. Records of an older schema have no chain.
fn head(connection: &Connection) -> Result<Option<LogHead>, RecordsError> {
    let chained = has_row(connection, "SELECT 1 FROM pragma_table_info('change') WHERE name = 'hash'")?;
    if chained { chain::head(connection).map(Some) } else { Ok(None) }
}

/// SHA-256 and length of a file.
pub(crate) fn sum(path: &Path, watch: &dyn Watcher) -> Result<(String, u64), RecordsError> {
    let mut file = File::open(path)?;
    let mut sum = Sum::default();
    let mut part = vec![0; PART];
    loop {
        go_on(watch)?;
        match file.read(&mut part)? {
            0 => return Ok(sum.ended()),
            read => sum.take(&part[..read]),
        }
    }
}

/// Bytes on their way, counted and summed.
#[derive(Default)]
pub(crate) struct Sum {
    hash: Sha256,
    size: u64,
}

impl Sum {
    pub(crate) fn take(&mut self, bytes: &[u8]) {
        self.hash.update(bytes);
        self.size += bytes.len() as u64;
    }

    pub(crate) fn ended(self) -> (String, u64) {
        (hex(&self.hash.finalize()), self.size)
    }
}
