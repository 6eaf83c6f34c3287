//! Rows of the records' tables as data: reading and writing them by table and key.

use std::collections::BTreeMap;

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, OptionalExtension, ToSql, params_from_iter};
use serde::{Deserialize, Serialize};

pub(crate) use super::tables::*;
use crate::RecordsError;

/// A value of a row. Our tables hold texts and whole numbers only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub(crate) enum Value {
    Null,
    Integer(i64),
    Text(String),
}

impl Value {
    /// The text that it is.
    pub(crate) fn text(&self) -> Option<String> {
        if let Self::Text(text) = self { Some(text.clone()) } else { None }
    }
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

pub(crate) fn select(
    connection: &Connection,
    table: &Table,
    key: &[Value],
) -> Result<Option<Row>, RecordsError> {
    let sql = format!("SELECT {} FROM {} WHERE {}", table.columns.join(", "), table.name, table.where_key());
    let mut statement = connection.prepare_cached(&sql)?;
    Ok(statement.query_row(params_from_iter(key), |row| read_row(table, row)).optional()?)
}

pub(crate) fn select_where(
    connection: &Connection,
    table: &Table,
    column: &str,
    value: &Value,
) -> Result<Vec<Row>, RecordsError> {
    rows(connection, table, &format!(" WHERE {column} = ?"), &[value])
}

/// Every row of a table.
pub(crate) fn all(connection: &Connection, table: &Table) -> Result<Vec<Row>, RecordsError> {
    rows(connection, table, "", &[])
}

fn rows(
    connection: &Connection,
    table: &Table,
    which: &str,
    values: &[&Value],
) -> Result<Vec<Row>, RecordsError> {
    let sql = format!("SELECT {} FROM {}{which}", table.columns.join(", "), table.name);
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(params_from_iter(values), |row| read_row(table, row))?;
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
