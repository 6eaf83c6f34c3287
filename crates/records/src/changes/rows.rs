//! Rows of the records' tables as data, and their images in the log of changes.

use std::collections::BTreeMap;

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, OptionalExtension, ToSql, params_from_iter};
use serde::{Deserialize, Serialize};

use super::Change;
use super::delta::Delta;
use crate::RecordsError;

/// From this length on the log keeps a delta of a text instead of the text before and after.
const LONG: usize = 256;

/// A table whose rows are logged.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Table {
    pub(crate) name: &'static str,
    pub(crate) key: &'static [&'static str],
    pub(crate) columns: &'static [&'static str],
}

/// Every table whose rows are logged.
pub(crate) const TABLES: &[&Table] = &[
    &STUDENT,
    &SHORTLIST,
    &APPLICATION,
    &ANSWER,
    &VERSION,
    &VERSION_ANSWER,
    &CAREER_NOTE,
    &CAREER_SEARCH,
    &SETTING,
    &MEMORY_AID,
    &DISCLOSURE,
    &ACCESS,
    &HOLD,
    &RETENTION,
    &CERTIFICATE,
];

pub(crate) static STUDENT: Table = Table {
    name: "student",
    key: &["id"],
    columns: &["id", "name", "graduation_year", "school_id", "sample", "created_at"],
};
pub(crate) static SHORTLIST: Table = Table {
    name: "shortlist",
    key: &["student_id", "career"],
    columns: &["student_id", "career", "added_at"],
};
pub(crate) static APPLICATION: Table = Table {
    name: "application",
    key: &["id"],
    columns: &[
        "id",
        "student_id",
        "career",
        "programme",
        "institution",
        "form",
        "form_version",
        "created_at",
        "saved_at",
        "sections",
        "complete",
        "faults",
        "between_us",
    ],
};
pub(crate) static ANSWER: Table = Table {
    name: "answer",
    key: &["application_id", "key"],
    columns: &["application_id", "key", "value", "prefilled"],
};
pub(crate) static VERSION: Table = Table {
    name: "version",
    key: &["application_id", "number"],
    columns: &["application_id", "number", "session", "opened_at", "saved_at", "restored_from"],
};
pub(crate) static VERSION_ANSWER: Table = Table {
    name: "version_answer",
    key: &["application_id", "key", "number"],
    columns: &["application_id", "key", "number", "value"],
};
pub(crate) static CAREER_NOTE: Table =
    Table { name: "career_note", key: &["career"], columns: &["career", "text", "saved_at"] };
pub(crate) static CAREER_SEARCH: Table =
    Table { name: "career_search", key: &["id"], columns: &["id", "name", "query", "saved_at"] };
pub(crate) static SETTING: Table = Table { name: "setting", key: &["name"], columns: &["name", "value"] };
pub(crate) static MEMORY_AID: Table =
    Table { name: "memory_aid", key: &["student_id"], columns: &["student_id", "sealed", "saved_at"] };
pub(crate) static DISCLOSURE: Table = Table {
    name: "disclosure",
    key: &["id"],
    columns: &["id", "at", "student_id", "output", "subject", "batch", "audience", "party", "interest"],
};
pub(crate) static ACCESS: Table =
    Table { name: "access", key: &["id"], columns: &["id", "at", "student_id", "view"] };
pub(crate) static HOLD: Table = Table {
    name: "hold",
    key: &["id"],
    columns: &["id", "student_id", "kind", "reason", "opened_at", "closed_at"],
};
pub(crate) static RETENTION: Table =
    Table { name: "retention", key: &["category"], columns: &["category", "years"] };
pub(crate) static CERTIFICATE: Table =
    Table { name: "certificate", key: &["id"], columns: &["id", "at", "actor", "counts"] };

impl Table {
    fn named(name: &str) -> Result<&'static Self, RecordsError> {
        TABLES.iter().find(|table| table.name == name).copied().ok_or(RecordsError::Damaged)
    }

    /// The key's values in a row.
    pub(crate) fn key_of(&self, row: &Row) -> Result<Vec<Value>, RecordsError> {
        self.key.iter().map(|column| row.get(*column).cloned().ok_or(RecordsError::Internal("key"))).collect()
    }

    fn where_key(&self) -> String {
        self.key.iter().map(|column| format!("{column} = ?")).collect::<Vec<_>>().join(" AND ")
    }
}

/// A value of a row. Our tables hold texts and whole numbers only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub(crate) enum Value {
    Null,
    Integer(i64),
    Text(String),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Integer(number) => ValueRef::Integer(*number),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
        }))
    }
}

/// A row or a part of one, by column.
pub(crate) type Row = BTreeMap<String, Value>;

/// Makes a row: `row! { "id" => id, "name" => name }`.
macro_rules! row {
    ($($column:literal => $value:expr),* $(,)?) => {
        $crate::changes::Row::from([ $( ($column.to_owned(), $crate::changes::Value::from($value)) ),* ])
    };
}
pub(crate) use row;

/// What one row was and is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Image {
    table: String,
    key: Vec<Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    before: Option<Row>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    after: Option<Row>,
    /// Long texts, by column, in place of `before` and `after`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    texts: BTreeMap<String, Delta>,
}

impl Image {
    /// A row that was added. One without its key can't be found again and is refused.
    pub(super) fn inserted(table: &'static Table, row: Row) -> Result<Self, RecordsError> {
        let key = table.key_of(&row)?;
        Ok(Self { table: table.name.into(), key, before: None, after: Some(row), texts: BTreeMap::new() })
    }

    /// A row that was taken away.
    pub(super) fn deleted(table: &'static Table, row: Row) -> Result<Self, RecordsError> {
        let key = table.key_of(&row)?;
        Ok(Self { table: table.name.into(), key, before: Some(row), after: None, texts: BTreeMap::new() })
    }

    pub(super) fn updated(table: &'static Table, key: &[Value], old: &Row, new: Row) -> Self {
        let (mut before, mut after, mut texts) = (Row::new(), Row::new(), BTreeMap::new());
        for (column, value) in new {
            match (old.get(&column), value) {
                (Some(Value::Text(was)), Value::Text(is)) if was.len().max(is.len()) >= LONG => {
                    texts.insert(column, Delta::between(was, &is));
                }
                (was, value) => {
                    before.insert(column.clone(), was.cloned().unwrap_or(Value::Null));
                    after.insert(column, value);
                }
            }
        }
        Self { table: table.name.into(), key: key.to_vec(), before: Some(before), after: Some(after), texts }
    }

    /// The answer that this image is about: its application and key.
    pub(crate) fn answer(&self) -> Option<(&str, &str)> {
        match (self.table == ANSWER.name, self.key.as_slice()) {
            (true, [Value::Text(application), Value::Text(key)]) => Some((application, key)),
            _ => None,
        }
    }

    /// Whether this is a version of that application.
    pub(crate) fn is_version_of(&self, application: &str) -> bool {
        self.table == VERSION.name && matches!(self.key.first(), Some(Value::Text(id)) if id == application)
    }

    /// Puts the row back as it was, if it is still what this change made of it.
    pub(super) fn revert(&self, change: &mut Change<'_>) -> Result<(), RecordsError> {
        let table = Table::named(&self.table)?;
        let now = select(change.connection, table, &self.key)?;
        match (&self.before, &self.after, now) {
            (None, Some(after), Some(now)) if same(table, &now, after) => {
                change.delete(table, &self.key).map(|_| ())
            }
            (Some(before), None, None) => change.insert(table, before.clone()),
            (Some(before), Some(after), Some(now))
                if after.iter().all(|(column, value)| now.get(column) == Some(value)) =>
            {
                let mut back = before.clone();
                for (column, delta) in &self.texts {
                    let Some(Value::Text(text)) = now.get(column) else {
                        return Err(RecordsError::ChangedSince);
                    };
                    let old = delta.revert(text).ok_or(RecordsError::ChangedSince)?;
                    back.insert(column.clone(), Value::Text(old));
                }
                change.update(table, &self.key, back).map(|_| ())
            }
            _ => Err(RecordsError::ChangedSince),
        }
    }
}

/// Whether a row still is what it was. When a draft was last saved and how ready it is are not its content: its
/// answers are, and they have rows of their own.
fn same(table: &Table, now: &Row, then: &Row) -> bool {
    let derived = |column: &str| {
        table == &APPLICATION && matches!(column, "saved_at" | "sections" | "complete" | "faults")
    };
    now.iter().all(|(column, value)| derived(column) || then.get(column).unwrap_or(&Value::Null) == value)
}

pub(super) fn select(
    connection: &Connection,
    table: &Table,
    key: &[Value],
) -> Result<Option<Row>, RecordsError> {
    let sql = format!("SELECT {} FROM {} WHERE {}", table.columns.join(", "), table.name, table.where_key());
    let mut statement = connection.prepare_cached(&sql)?;
    Ok(statement.query_row(params_from_iter(key), |row| read_row(table, row)).optional()?)
}

pub(super) fn select_where(
    connection: &Connection,
    table: &Table,
    column: &str,
    value: &Value,
) -> Result<Vec<Row>, RecordsError> {
    let sql = format!("SELECT {} FROM {} WHERE {column} = ?", table.columns.join(", "), table.name);
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map([value], |row| read_row(table, row))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn read_row(table: &Table, row: &rusqlite::Row<'_>) -> rusqlite::Result<Row> {
    table
        .columns
        .iter()
        .enumerate()
        .map(|(index, column)| Ok(((*column).to_owned(), read_value(row, index)?)))
        .collect()
}

fn read_value(row: &rusqlite::Row<'_>, index: usize) -> rusqlite::Result<Value> {
    Ok(match row.get_ref(index)? {
        ValueRef::Integer(number) => Value::Integer(number),
        ValueRef::Text(_) => Value::Text(row.get(index)?),
        _ => Value::Null,
    })
}

pub(super) fn insert(connection: &Connection, table: &Table, row: &Row) -> Result<(), RecordsError> {
    let marks = vec!["?"; table.columns.len()].join(", ");
    let sql = format!("INSERT INTO {} ({}) VALUES ({marks})", table.name, table.columns.join(", "));
    let values = table.columns.iter().map(|column| row.get(*column).unwrap_or(&Value::Null));
    connection.prepare_cached(&sql)?.execute(params_from_iter(values))?;
    Ok(())
}

pub(super) fn update(
    connection: &Connection,
    table: &Table,
    key: &[Value],
    new: &Row,
) -> Result<(), RecordsError> {
    let sets = new.keys().map(|column| format!("{column} = ?")).collect::<Vec<_>>().join(", ");
    let sql = format!("UPDATE {} SET {sets} WHERE {}", table.name, table.where_key());
    connection.prepare_cached(&sql)?.execute(params_from_iter(new.values().chain(key)))?;
    Ok(())
}

pub(super) fn delete(connection: &Connection, table: &Table, key: &[Value]) -> Result<(), RecordsError> {
    let sql = format!("DELETE FROM {} WHERE {}", table.name, table.where_key());
    connection.prepare_cached(&sql)?.execute(params_from_iter(key))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_without_its_whole_key_is_never_logged() {
        let row = row! { "application_id" => "a", "value" => "words" };
        let fault = Some(RecordsError::Internal("key"));
        assert_eq!(Image::inserted(&ANSWER, row.clone()).err(), fault);
        assert_eq!(Image::deleted(&ANSWER, row).err(), fault);
    }
}
