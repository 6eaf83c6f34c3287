//! Holds: while one stands open, the student's record is not erased, whatever the retention rules say. Opening and
//! closing one is logged and no step of undo.

use rusqlite::{Connection, Row as SqlRow};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::changes::rows::{HOLD, row};
use crate::changes::{Act, Done, Value};
use crate::students::is_there;
use crate::{Records, RecordsError};

/// Why a record is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum HoldKind {
    /// A legal matter: litigation, an investigation, a court order.
    Legal,
    /// Somebody has asked to inspect the record and has not been answered yet: it may not be destroyed meanwhile
    /// (34 CFR 99.10(e)).
    Inspection,
}

impl HoldKind {
    const fn written(self) -> &'static str {
        match self {
            Self::Legal => "legal",
            Self::Inspection => "inspection",
        }
    }

    fn read(text: &str) -> Result<Self, RecordsError> {
        match text {
            "legal" => Ok(Self::Legal),
            "inspection" => Ok(Self::Inspection),
            _ => Err(RecordsError::Damaged),
        }
    }
}

/// A hold on a student's record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Hold {
    /// Its id.
    pub id: String,
    /// The student.
    pub student_id: String,
    /// Why.
    pub kind: HoldKind,
    /// In the counselor's words.
    pub reason: String,
    /// RFC 3339 UTC.
    pub opened_at: String,
    /// None while it stands.
    pub closed_at: Option<String>,
}

impl Records {
    /// The holds on a student's record, newest first; closed ones too.
    pub async fn holds(&self, student: String) -> Result<Vec<Hold>, RecordsError> {
        self.read(move |connection| holds_of(connection, &student)).await
    }

    /// Puts a hold on a student's record and gives its id.
    pub async fn open_hold(
        &self,
        student: String,
        kind: HoldKind,
        reason: String,
    ) -> Result<Done<String>, RecordsError> {
        self.transact(Act::on("rights.hold", student.clone()), move |change| {
            is_there(change.connection, &student)?;
            let (id, at) = (change.new_id()?, change.at.clone());
            let row = row! {
                "id" => id.as_str(),
                "student_id" => student,
                "kind" => kind.written(),
                "reason" => reason,
                "opened_at" => at,
            };
            change.insert(&HOLD, row)?;
            Ok(id)
        })
        .await
    }

    /// Closes a hold.
    pub async fn close_hold(&self, id: String) -> Result<Done<()>, RecordsError> {
        self.transact(Act::on("rights.release", id.clone()), move |change| {
            let open = "SELECT closed_at IS NULL FROM hold WHERE id = ?";
            if !change.connection.prepare_cached(open)?.query_row([&id], |row| row.get(0))? {
                return Ok(());
            }
            let at = change.at.clone();
            change.update(&HOLD, &[Value::from(id)], row! { "closed_at" => at }).map(|_| ())
        })
        .await
    }
}

/// The holds on a student's record, newest first.
pub(super) fn holds_of(connection: &Connection, student: &str) -> Result<Vec<Hold>, RecordsError> {
    let mut statement = connection.prepare_cached(
        "SELECT id, student_id, kind, reason, opened_at, closed_at FROM hold WHERE student_id = ?
         ORDER BY opened_at DESC, id",
    )?;
    let mut rows = statement.query([student])?;
    let mut holds = Vec::new();
    while let Some(row) = rows.next()? {
        holds.push(read_hold(row)?);
    }
    Ok(holds)
}

/// Whether a hold on the student's record stands.
pub(super) fn is_held(connection: &Connection, student: &str) -> Result<bool, RecordsError> {
    let sql = "SELECT 1 FROM hold WHERE student_id = ? AND closed_at IS NULL";
    Ok(connection.prepare_cached(sql)?.exists([student])?)
}

fn read_hold(row: &SqlRow<'_>) -> Result<Hold, RecordsError> {
    Ok(Hold {
        id: row.get(0)?,
        student_id: row.get(1)?,
        kind: HoldKind::read(row.get_ref(2)?.as_str().map_err(|_| RecordsError::Damaged)?)?,
        reason: row.get(3)?,
        opened_at: row.get(4)?,
        closed_at: row.get(5)?,
    })
}
