//! What the log says that rows of a table must be: its images, applied one after the other. What was erased says
//! nothing any more, and the rows that it spoke of went with it.

use std::collections::BTreeMap;

use rusqlite::Connection;

use super::log::Content;
use super::rows::{CERTIFICATE, Row, Table, Value, select};
use crate::RecordsError;

/// A row as the log tells it.
#[derive(Debug)]
struct Told {
    /// What it is; nothing where it was taken away.
    row: Option<Row>,
    /// The last change that speaks of it.
    change: i64,
}

/// A row that is not what the log says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RowFault {
    /// It is another than this change left.
    Altered(i64),
    /// This change left it, and it is not there.
    Missing(i64),
    /// No change speaks of it.
    Added,
}

/// Holds every row of a table against the log; gives the first that is not what the log says.
pub(crate) fn compare(
    connection: &Connection,
    table: &'static Table,
) -> Result<Option<RowFault>, RecordsError> {
    let told = tell(connection, table)?;
    let mut faults: Vec<(i64, RowFault)> = Vec::new();
    for (key, told) in &told {
        let key: Vec<Value> = serde_json::from_str(key).map_err(|_| RecordsError::Damaged)?;
        let fault = match (&told.row, select(connection, table, &key)?) {
            (Some(told_row), Some(row)) if *told_row == row => continue,
            (None, None) => continue,
            (Some(_), None) => RowFault::Missing(told.change),
            (_, Some(_)) => RowFault::Altered(told.change),
        };
        faults.push((told.change, fault));
    }
    faults.sort_by_key(|(change, _)| *change);
    if let Some((_, fault)) = faults.into_iter().next() {
        return Ok(Some(fault));
    }
    for key in keys(connection, table)? {
        if told.contains_key(&key) {
            continue;
        }
        let of_a_copy = table.name == CERTIFICATE.name && is_erased_under(connection, &key)?;
        if !of_a_copy {
            return Ok(Some(RowFault::Added));
        }
    }
    Ok(None)
}

/// Whether the log has parts that were erased under this certificate. In a backup that was written anew it has no entry of
/// its own: the chain ends there where it ended when the backup was made.
fn is_erased_under(connection: &Connection, key: &str) -> Result<bool, RecordsError> {
    let key: Vec<Value> = serde_json::from_str(key).map_err(|_| RecordsError::Damaged)?;
    let id = key.first().and_then(Value::text).unwrap_or_default();
    Ok(connection.prepare_cached("SELECT 1 FROM change_part WHERE erased = ? LIMIT 1")?.exists([id])?)
}

/// Every row of the table that the log speaks of, by its key.
fn tell(connection: &Connection, table: &'static Table) -> Result<BTreeMap<String, Told>, RecordsError> {
    let mut statement = connection.prepare_cached(
        "SELECT change, content FROM change_part WHERE content IS NOT NULL AND instr(content, ?) > 0
         ORDER BY change, part",
    )?;
    let mut rows = statement.query([format!("\"table\":\"{}\"", table.name)])?;
    let mut told: BTreeMap<String, Told> = BTreeMap::new();
    // The images of a change have their places in the whole of it, over all of its parts.
    let mut images = Vec::new();
    let mut open = None;
    while let Some(row) = rows.next()? {
        let change: i64 = row.get(0)?;
        if open != Some(change) {
            apply(std::mem::take(&mut images), table, open, &mut told)?;
            open = Some(change);
        }
        images.extend(Content::read(row, 1)?.images);
    }
    apply(images, table, open, &mut told)?;
    Ok(told)
}

fn apply(
    mut images: Vec<(u32, super::Image)>,
    table: &'static Table,
    change: Option<i64>,
    told: &mut BTreeMap<String, Told>,
) -> Result<(), RecordsError> {
    let Some(change) = change else { return Ok(()) };
    images.sort_by_key(|(place, _)| *place);
    for (_, image) in images {
        let Some(key) = image.key_in(table) else { continue };
        let key = written(key)?;
        let before = told.remove(&key).and_then(|told| told.row);
        told.insert(key, Told { row: image.row_after(before)?, change });
    }
    Ok(())
}

fn keys(connection: &Connection, table: &'static Table) -> Result<Vec<String>, RecordsError> {
    let sql = format!("SELECT {} FROM {}", table.key.join(", "), table.name);
    let mut statement = connection.prepare(&sql)?;
    let columns = table.key.len();
    let rows = statement.query_map([], |row| {
        (0..columns).map(|at| row.get::<_, String>(at).map(Value::Text)).collect::<rusqlite::Result<Vec<_>>>()
    })?;
    rows.map(|key| written(&key?)).collect()
}

fn written(key: &[Value]) -> Result<String, RecordsError> {
    serde_json::to_string(key).map_err(|_| RecordsError::Internal("key"))
}
