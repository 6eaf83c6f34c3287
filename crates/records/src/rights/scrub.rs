//! What is left of erased rows in the file itself: free space within pages, free pages, the write-ahead log. The file is
//! written anew without any of it. That it has to be done is remembered in the transaction that erases, so that a stop
//! in between is made good at the next opening.

use rusqlite::{Connection, params};

use crate::RecordsError;

/// Name of the row that remembers it. Written beside the log of changes: it is no act of anybody's.
const PENDING: &str = "scrub";

/// Remembers that the file has to be written anew.
pub(super) fn ask(connection: &Connection) -> Result<(), RecordsError> {
    connection
        .prepare_cached("INSERT OR REPLACE INTO setting (name, value) VALUES (?, 'pending')")?
        .execute([PENDING])?;
    Ok(())
}

/// Writes the file anew where that is still to be done.
pub(crate) fn make_good(connection: &Connection) -> Result<(), RecordsError> {
    if !connection.prepare_cached("SELECT 1 FROM setting WHERE name = ?")?.exists([PENDING])? {
        return Ok(());
    }
    write_anew(connection)?;
    connection.prepare_cached("DELETE FROM setting WHERE name = ?")?.execute(params![PENDING])?;
    Ok(())
}

/// Every page is written anew from what is still there, and the log of writes is emptied.
fn write_anew(connection: &Connection) -> Result<(), RecordsError> {
    connection.execute_batch("VACUUM")?;
    let busy: i64 = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    // A reader that is under way keeps the log from being emptied: it stays pending, and the next try makes it good.
    if busy == 0 { Ok(()) } else { Err(RecordsError::InUse) }
}
