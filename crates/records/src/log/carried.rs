//! Going back to an older backup takes back what was written, and must not take back what happened: what left, who
//! looked, what was erased and which holds stand. These rows are carried over, under one entry of the log that names
//! where the log ended that was left, so that the check of the log knows the backups of that time again.

use std::collections::BTreeSet;

use rusqlite::Connection;

use super::HAPPENED;
use crate::changes::rows::{SETTING, Table, all, row, select};
use crate::changes::{Act, By, Change, Row, Value, carry_out, chain};
use crate::rights::erase::erase_from_copy;
use crate::rights::erasures;
use crate::surroundings::{Surroundings, new_id};
use crate::{Erasure, LogHead, Records, RecordsError};

/// Name of the setting that holds the ends of logs that were left.
const LEFT: &str = "log.left";

/// What records say has happened, to be taken along when an older backup takes their place.
#[derive(Debug)]
pub struct Carried {
    rows: Vec<(&'static Table, Row)>,
    erasures: Vec<Erasure>,
    head: LogHead,
}

impl Records {
    /// What has happened by these records, and where their log ends.
    pub async fn to_carry(&self) -> Result<Carried, RecordsError> {
        if let Err(fault) = self.seal_open_change().await {
            // Records in trouble may be why somebody goes back: what stands in them is taken along all the same.
            tracing::warn!(%fault, "the last change could not be sealed before a backup takes its place");
        }
        self.read(|connection| {
            let mut rows = Vec::new();
            for table in HAPPENED {
                rows.extend(all(connection, table)?.into_iter().map(|row| (table, row)));
            }
            Ok(Carried { rows, erasures: erasures::all(connection)?, head: chain::head(connection)? })
        })
        .await
    }
}

/// Writes into records that nobody has opened yet that they were gone back to: what has happened since is added, a hold
/// that was lifted since is lifted, and the ends of the log that was left are kept. `backups` are the ends that the
/// backups have kept.
pub(crate) fn carry_over(
    connection: &mut Connection,
    surroundings: &dyn Surroundings,
    carried: Carried,
    backups: Vec<LogHead>,
) -> Result<(), RecordsError> {
    let act = Act::on("backups.restore", carried.head.number.to_string());
    let session = new_id(surroundings)?.to_string();
    let by = By { surroundings, session: &session };
    let Carried { rows, erasures, head } = carried;
    carry_out(connection, by, &act, None, |change| {
        // A copy that has the head that is left is the later one: it knows better.
        let is_later = chain::holds(change.connection, &head)?;
        for (table, row) in rows {
            take(change, table, row, is_later)?;
        }
        let mut left = left(change.connection)?;
        for head in backups.into_iter().chain([head]) {
            if !chain::holds(change.connection, &head)? {
                left.insert((head.number, head.hash));
            }
        }
        for erasure in &erasures {
            erasures::keep(change.connection, erasure)?;
        }
        keep(change, &left)
    })?;
    // Who was erased, from the backups too, does not come back with one that was not reached yet.
    let erased: Vec<&Erasure> = erasures.iter().filter(|erasure| erasure.copies.backups).collect();
    if !erased.is_empty() {
        erase_from_copy(connection, &erased)?;
    }
    Ok(())
}

/// Adds a row that is not there. To one that is there comes what was said of it since: that it did not leave, that it was
/// lifted, and for whom it was, as one answer.
fn take(
    change: &mut Change<'_>,
    table: &'static Table,
    row: Row,
    is_later: bool,
) -> Result<(), RecordsError> {
    let key = table.key_of(&row)?;
    let Some(there) = select(change.connection, table, &key)? else { return change.insert(table, row) };
    let unsaid = |column: &str| there.get(column).is_none_or(|value| *value == Value::Null);
    let answered = row.get("audience").is_some_and(|value| *value != Value::Null);
    let answer = answered && (unsaid("audience") || !is_later);
    let said: Row = row
        .into_iter()
        .filter(|(column, _)| match column.as_str() {
            "failed_at" | "closed_at" => unsaid(column),
            "audience" | "party" | "interest" => answer,
            _ => false,
        })
        .collect();
    change.update(table, &key, said).map(|_| ())
}

fn keep(change: &mut Change<'_>, left: &BTreeSet<(i64, String)>) -> Result<(), RecordsError> {
    let value = serde_json::to_string(left).map_err(|_| RecordsError::Internal("left"))?;
    change.put(&SETTING, row! { "name" => LEFT, "value" => value }).map(|_| ())
}

/// The ends, number and hash, of logs that were left for an older backup.
pub(super) fn left(connection: &Connection) -> Result<BTreeSet<(i64, String)>, RecordsError> {
    let Some(row) = select(connection, &SETTING, &[Value::from(LEFT)])? else {
        return Ok(BTreeSet::new());
    };
    let text = row.get("value").and_then(Value::text).unwrap_or_default();
    serde_json::from_str(&text).map_err(|_| RecordsError::Damaged)
}
