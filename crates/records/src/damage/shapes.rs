//! What the rows of each table look like, read from a new file of the same schema. By it a page whose way from the root
//! is lost is told from a page of another table.

use rusqlite::Connection;
use rusqlite::types::Value;

use crate::RecordsError;

/// A table, its columns in the order in which a record keeps them.
pub(super) struct Table {
    pub(super) name: String,
    pub(super) columns: Vec<Column>,
    /// The column that is the row's own number, kept outside of the record.
    pub(super) alias: Option<usize>,
    /// Rows lie in the tree of their key.
    pub(super) without_rowid: bool,
    /// Places of the key's columns.
    pub(super) key: Vec<usize>,
    pub(super) references: Vec<Reference>,
}

/// A column.
pub(super) struct Column {
    pub(super) name: String,
    pub(super) like: Like,
    pub(super) required: bool,
    /// A record may end before it.
    pub(super) may_lack: bool,
}

/// What a column's values look like: by its type, and by its name where that says more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Like {
    Id,
    Time,
    Integer,
    Bytes,
    /// Encrypted for itself, and written as a text.
    Sealed,
    Text,
}

/// A reference from rows of one table to rows of another.
pub(super) struct Reference {
    pub(super) parent: String,
    pub(super) from: Vec<String>,
    pub(super) to: Vec<String>,
}

/// An index: what its records hold, in order. No name stands for the number of the row.
pub(super) struct Index {
    pub(super) name: String,
    pub(super) table: String,
    pub(super) columns: Vec<Option<String>>,
    pub(super) likes: Vec<(Like, bool)>,
}

/// Every table and index of a file.
pub(super) struct Shapes {
    pub(super) tables: Vec<Table>,
    pub(super) indexes: Vec<Index>,
}

impl Shapes {
    pub(super) fn read(connection: &Connection) -> Result<Self, RecordsError> {
        let names = "SELECT name, wr FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name";
        let listed: Vec<(String, bool)> = rows(connection, names, "", |row| Ok((row.get(0)?, row.get(1)?)))?;
        let (mut tables, mut indexes) = (Vec::new(), Vec::new());
        for (name, without_rowid) in listed {
            let table = table(connection, name, without_rowid)?;
            let names = "SELECT name, origin FROM pragma_index_list(?)";
            for (index, origin) in rows(connection, names, &table.name, |row| {
                Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))
            })? {
                // The key of a table without row numbers is the table itself.
                if !(table.without_rowid && origin == "pk") {
                    indexes.push(Index::read(connection, index, &table)?);
                }
            }
            tables.push(table);
        }
        Ok(Self { tables, indexes })
    }

    pub(super) fn table(&self, name: &str) -> Option<&Table> {
        self.tables.iter().find(|table| table.name == name)
    }
}

fn table(connection: &Connection, name: String, without_rowid: bool) -> Result<Table, RecordsError> {
    let sql =
        "SELECT name, type, \"notnull\", dflt_value IS NOT NULL, pk FROM pragma_table_info(?) ORDER BY cid";
    let mut read: Vec<(Column, i64, String)> = rows(connection, sql, &name, |row| {
        let (column, kind): (String, String) = (row.get(0)?, row.get(1)?);
        let (required, default, pk): (bool, bool, i64) = (row.get(2)?, row.get(3)?, row.get(4)?);
        let like = like(&column, &kind);
        let required = required || (without_rowid && pk > 0);
        Ok((Column { name: column, like, required, may_lack: default || !required }, pk, kind))
    })?;
    if without_rowid {
        read.sort_by_key(|(_, pk, _)| if *pk > 0 { *pk } else { i64::MAX });
    }
    let key: Vec<usize> =
        read.iter().enumerate().filter(|(_, (_, pk, _))| *pk > 0).map(|(at, _)| at).collect();
    let alias = match key.as_slice() {
        [only] if !without_rowid && read.get(*only).is_some_and(|(_, _, kind)| kind == "INTEGER") => {
            Some(*only)
        }
        _ => None,
    };
    let sql = "SELECT id, \"table\", \"from\", \"to\" FROM pragma_foreign_key_list(?) ORDER BY id, seq";
    let mut references: Vec<(i64, Reference)> = Vec::new();
    for (id, parent, from, to) in rows(connection, sql, &name, |row| {
        Ok((
            row.get::<_, i64>(0)?,
            row.get::<_, String>(1)?,
            row.get::<_, String>(2)?,
            row.get::<_, String>(3)?,
        ))
    })? {
        match references.last_mut() {
            Some((last, reference)) if *last == id => {
                reference.from.push(from);
                reference.to.push(to);
            }
            _ => references.push((id, Reference { parent, from: vec![from], to: vec![to] })),
        }
    }
    let columns = read.into_iter().map(|(column, _, _)| column).collect();
    let references = references.into_iter().map(|(_, reference)| reference).collect();
    Ok(Table { name, columns, alias, without_rowid, key, references })
}

impl Index {
    fn read(connection: &Connection, name: String, table: &Table) -> Result<Self, RecordsError> {
        let sql = "SELECT name FROM pragma_index_xinfo(?) ORDER BY seqno";
        let columns: Vec<Option<String>> = rows(connection, sql, &name, |row| row.get(0))?;
        let likes = columns
            .iter()
            .map(|column| {
                let found = table.columns.iter().find(|one| Some(&one.name) == column.as_ref());
                found.map_or((Like::Integer, true), |column| (column.like, column.required))
            })
            .collect();
        Ok(Self { name, table: table.name.clone(), columns, likes })
    }

    /// How well a record fits; none where it does not.
    pub(super) fn fits(&self, record: &[Value]) -> Option<u32> {
        if record.len() != self.likes.len() {
            return None;
        }
        record.iter().zip(&self.likes).map(|(value, (like, required))| like.fits(value, *required)).sum()
    }
}

impl Table {
    /// How well a record fits; none where it does not.
    pub(super) fn fits(&self, record: &[Value]) -> Option<u32> {
        let lacking = self.columns.get(record.len()..)?;
        if record.is_empty() || lacking.iter().any(|column| !column.may_lack) {
            return None;
        }
        record
            .iter()
            .zip(&self.columns)
            .enumerate()
            .map(|(at, (value, column))| {
                if self.alias == Some(at) {
                    return (*value == Value::Null).then_some(1);
                }
                column.like.fits(value, column.required)
            })
            .sum()
    }
}

impl Like {
    fn fits(self, value: &Value, required: bool) -> Option<u32> {
        match (self, value) {
            (_, Value::Null) => (!required).then_some(0),
            (Self::Id, Value::Text(text)) => is_id(text).then_some(2),
            (Self::Time, Value::Text(text)) => text.parse::<jiff::Timestamp>().is_ok().then_some(2),
            (Self::Text, Value::Text(_)) => Some(0),
            // A nonce and a tag at the least, and nothing that looks like words.
            (Self::Sealed, Value::Text(text)) => {
                (text.len() >= 48 && !text.contains(['-', ' '])).then_some(1)
            }
            (Self::Integer, Value::Integer(_)) | (Self::Bytes, Value::Blob(_)) => Some(1),
            _ => None,
        }
    }
}

pub(super) fn is_id(text: &str) -> bool {
    text.len() == 36 && uuid::Uuid::try_parse(text).is_ok()
}

fn like(name: &str, kind: &str) -> Like {
    let named = |ending: &str| name.ends_with(ending);
    match kind {
        "INTEGER" => Like::Integer,
        "BLOB" => Like::Bytes,
        _ if name == "school_id" => Like::Text,
        _ if name == "sealed" => Like::Sealed,
        _ if name == "id" || name == "about" || named("_id") => Like::Id,
        _ if name == "at" || name == "until" || named("_at") => Like::Time,
        _ => Like::Text,
    }
}

fn rows<T>(
    connection: &Connection,
    sql: &str,
    about: &str,
    read: impl FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
) -> Result<Vec<T>, RecordsError> {
    let mut statement = connection.prepare(sql)?;
    let given: &[&str] = if about.is_empty() { &[] } else { &[about] };
    let rows = statement.query_map(rusqlite::params_from_iter(given), read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}
