//! Going back to an older backup takes back what was written, and must not take back what happened: what left, who
//! looked, what was erased and which holds stand. These rows are carried over, under one entry of the log that names
//! where the log ended that was left, so that the check of the log knows the backups of that time again.

use std::collections::BTreeSet;

use rusqlite::Connection;

use crate::changes::rows::{ACCESS, CERTIFICATE, DISCLOSURE, HOLD, SETTING, Table, all, row, select};
use crate::changes::{Act, Change, Done, Row, Value, chain};
use crate::{LogHead, Records, RecordsError};

/// What happened, whatever the records say.
const TABLES: [&Table; 4] = [&DISCLOSURE, &ACCESS, &CERTIFICATE, &HOLD];

/// Name of the setting that holds the ends of logs that were left.
const LEFT: &str = "log.left";

/// What records say has happened, to be taken along when an older backup takes their place.
#[derive(Debug)]
pub struct Carried {
    rows: Vec<(&'static Table, Row)>,
    head: LogHead,
}

impl Records {
    /// What has happened by these records, and where their log ends.
    pub async fn to_carry(&self) -> Result<Carried, RecordsError> {
        self.seal_open_change().await?;
        self.read(|connection| {
            let mut rows = Vec::new();
            for table in TABLES {
                rows.extend(all(connection, table)?.into_iter().map(|row| (table, row)));
            }
            Ok(Carried { rows, head: chain::head(connection)? })
        })
        .await
    }

    /// Writes that these records were gone back to: what has happened since is added, a hold that was lifted since is
    /// lifted, and the ends of the log that was left are kept. `backups` are the ends that the backups have kept.
    pub async fn carry_over(
        &self,
        carried: Carried,
        backups: Vec<LogHead>,
    ) -> Result<Done<()>, RecordsError> {
        let subject = carried.head.number.to_string();
        self.transact(Act::on("backups.restore", subject), move |change| {
            for (table, row) in carried.rows {
                take(change, table, row)?;
            }
            let mut left = left(change.connection)?;
            for head in backups.into_iter().chain([carried.head]) {
                if !chain::holds(change.connection, &head)? {
                    left.insert((head.number, head.hash));
                }
            }
            keep(change, &left)
        })
        .await
    }
}

/// Adds a row that is not there; to one that is there only what was said of it since.
fn take(change: &mut Change<'_>, table: &'static Table, row: Row) -> Result<(), RecordsError> {
    let key = table.key_of(&row)?;
    let Some(there) = select(change.connection, table, &key)? else { return change.insert(table, row) };
    let unsaid = |column: &String| there.get(column) == Some(&Value::Null);
    let said: Row = row.into_iter().filter(|(column, _)| unsaid(column)).collect();
    change.update(table, &key, said).map(|_| ())
}

fn keep(change: &mut Change<'_>, left: &BTreeSet<(i64, String)>) -> Result<(), RecordsError> {
    let value = serde_json::to_string(left).map_err(|_| RecordsError::Internal("left"))?;
    match change.update(&SETTING, &[Value::from(LEFT)], row! { "value" => value.as_str() }) {
        Err(RecordsError::NotFound) => change.insert(&SETTING, row! { "name" => LEFT, "value" => value }),
        other => other.map(|_| ()),
    }
}

/// The ends, number and hash, of logs that were left for an older backup.
pub(super) fn left(connection: &Connection) -> Result<BTreeSet<(i64, String)>, RecordsError> {
    let Some(row) = select(connection, &SETTING, &[Value::from(LEFT)])? else {
        return Ok(BTreeSet::new());
    };
    let text = row.get("value").and_then(Value::text).unwrap_or_default();
    serde_json::from_str(&text).map_err(|_| RecordsError::Damaged)
}
