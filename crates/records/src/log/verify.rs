//! The check of the log: the chain link by link, the tables that must be what the log says, and the ends of the chain
//! that the backups have kept, which a log that was cut or made anew can't show. It changes nothing.

use rusqlite::Connection;
use serde::Serialize;
use ts_rs::TS;

use super::{HAPPENED, carried};
use crate::changes::chain::{self, LinkFault};
use crate::changes::fold::{RowFault, compare};
use crate::{LogHead, Records, RecordsError};

/// Where the log ended when a backup was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupHead {
    /// When the backup was made, RFC 3339 UTC.
    pub made_at: String,
    /// The end of its log; none where the backup's description can't be read.
    pub head: Option<LogHead>,
}

/// What the check of the log has found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LogCheck {
    /// Sealed entries that hold.
    pub entries: u64,
    /// Parts whose content was erased under a certificate.
    pub erased: u64,
    /// Backups whose log ends at an entry that this log has.
    pub backups: u64,
    /// Backups from before these records went back to an older one: the entry of that says so.
    pub left_backups: u64,
    /// Backups that could not be asked.
    pub unread_backups: u64,
    /// The first thing that does not hold.
    pub broken: Option<LogFault>,
}

/// What does not hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "fault", rename_all = "snake_case")]
pub enum LogFault {
    /// An entry is not there, and later ones are.
    Missing {
        /// Its number.
        number: i64,
    },
    /// An entry is not what was sealed.
    Altered {
        /// Its number.
        number: i64,
    },
    /// An entry has another content than was sealed.
    Content {
        /// Its number.
        number: i64,
    },
    /// The content of an entry is gone without a certificate.
    Gone {
        /// Its number.
        number: i64,
    },
    /// A row is not what an entry left.
    Row {
        /// Its table.
        table: String,
        /// Number of the entry.
        number: i64,
    },
    /// A row that an entry left is not there.
    RowMissing {
        /// Its table.
        table: String,
        /// Number of the entry.
        number: i64,
    },
    /// A row is there that no entry speaks of.
    RowAdded {
        /// Its table.
        table: String,
    },
    /// The log does not have the entry at which a backup's log ends.
    Backup {
        /// When the backup was made, RFC 3339 UTC.
        made_at: String,
        /// Number of the entry.
        number: i64,
    },
}

impl Records {
    /// Checks the log, against the ends that backups have kept too.
    pub async fn check_log(&self, heads: Vec<BackupHead>) -> Result<LogCheck, RecordsError> {
        self.read(|connection| {
            // What is written meanwhile belongs to none of the questions.
            let moment = connection.unchecked_transaction()?;
            let mut check = check(&moment)?;
            hold_against(&moment, heads, &mut check)?;
            Ok(check)
        })
        .await
    }
}

/// Holds the log against the ends that backups have kept.
fn hold_against(
    connection: &Connection,
    heads: Vec<BackupHead>,
    check: &mut LogCheck,
) -> Result<(), RecordsError> {
    let left = carried::left(connection)?;
    for BackupHead { made_at, head } in heads {
        let Some(head) = head else {
            check.unread_backups += 1;
            continue;
        };
        if chain::holds(connection, &head)? {
            check.backups += 1;
        } else if left.contains(&(head.number, head.hash)) {
            check.left_backups += 1;
        } else if check.broken.is_none() {
            check.broken = Some(LogFault::Backup { made_at, number: head.number });
        }
    }
    Ok(())
}

fn check(connection: &Connection) -> Result<LogCheck, RecordsError> {
    let verdict = chain::verify(connection)?;
    let mut broken = verdict.broken.map(|link| {
        let number = link.number;
        match link.fault {
            LinkFault::Missing => LogFault::Missing { number },
            LinkFault::Altered => LogFault::Altered { number },
            LinkFault::Content => LogFault::Content { number },
            LinkFault::GoneWithoutCertificate => LogFault::Gone { number },
        }
    });
    for table in HAPPENED {
        if broken.is_some() {
            break;
        }
        let name = table.name.to_owned();
        broken = compare(connection, table)?.map(|fault| match fault {
            RowFault::Altered(number) => LogFault::Row { table: name, number },
            RowFault::Missing(number) => LogFault::RowMissing { table: name, number },
            RowFault::Added => LogFault::RowAdded { table: name },
        });
    }
    Ok(LogCheck {
        entries: verdict.changes,
        erased: verdict.erased,
        backups: 0,
        left_backups: 0,
        unread_backups: 0,
        broken,
    })
}
