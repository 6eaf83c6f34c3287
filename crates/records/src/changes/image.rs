//! What one row was before a change and is after it: how it is put back, how two that follow each other become one, and
//! of whom it speaks.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::Change;
use super::delta::Delta;
use super::rows::{ANSWER, APPLICATION, Row, STUDENT, Table, VERSION, VERSION_ANSWER, Value, select};
use super::tables::Owner;
use crate::RecordsError;

/// From this length on the log keeps a delta of a text instead of the text before and after.
const LONG: usize = 256;

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

    /// The row as it was before this change, from the row as this change has left it.
    fn row_before(&self, after: Option<Row>) -> Result<Option<Row>, RecordsError> {
        let Some(before) = &self.before else { return Ok(None) };
        let Some(mut row) = after else { return Ok(Some(before.clone())) };
        for (column, delta) in &self.texts {
            let Some(Value::Text(text)) = row.get(column) else { return Err(RecordsError::Damaged) };
            let old = delta.revert(text).ok_or(RecordsError::Damaged)?;
            row.insert(column.clone(), Value::Text(old));
        }
        row.extend(before.clone());
        Ok(Some(row))
    }

    /// The row as this change has left it, from the row as it was before.
    pub(super) fn row_after(&self, before: Option<Row>) -> Result<Option<Row>, RecordsError> {
        let Some(after) = &self.after else { return Ok(None) };
        let Some(mut row) = before else { return Ok(Some(after.clone())) };
        for (column, delta) in &self.texts {
            let Some(Value::Text(text)) = row.get(column) else { return Err(RecordsError::Damaged) };
            let new = delta.apply(text).ok_or(RecordsError::Damaged)?;
            row.insert(column.clone(), Value::Text(new));
        }
        row.extend(after.clone());
        Ok(Some(row))
    }

    /// The row's key, where it is one of this table.
    pub(super) fn key_in(&self, table: &Table) -> Option<&[Value]> {
        (self.table == table.name).then_some(self.key.as_slice())
    }

    /// The image that leads from one row to another; nothing where they are the same.
    fn between(
        table: &'static Table,
        key: &[Value],
        first: Option<Row>,
        last: Option<Row>,
    ) -> Result<Option<Self>, RecordsError> {
        match (first, last) {
            (None, None) => Ok(None),
            (None, Some(row)) => Self::inserted(table, row).map(Some),
            (Some(row), None) => Self::deleted(table, row).map(Some),
            (Some(first), Some(last)) => {
                let changed: Row =
                    last.into_iter().filter(|(column, value)| first.get(column) != Some(value)).collect();
                Ok(if changed.is_empty() { None } else { Some(Self::updated(table, key, &first, changed)) })
            }
        }
    }

    /// The application that this image is of, with each student whose it was or is.
    pub(super) fn application_students(&self) -> Vec<(String, String)> {
        if self.table != APPLICATION.name {
            return Vec::new();
        }
        let Some(id) = self.key.first().and_then(Value::text) else { return Vec::new() };
        let rows = [&self.before, &self.after].into_iter().flatten();
        rows.filter_map(|row| row.get("student_id").and_then(Value::text))
            .map(|one| (id.clone(), one))
            .collect()
    }

    /// The name in the row of this student, where this image took it away.
    pub(super) fn removed_student(&self, student: &str) -> Option<String> {
        let is_theirs = self.table == STUDENT.name
            && self.after.is_none()
            && self.key.first().and_then(Value::text).as_deref() == Some(student);
        self.before.as_ref().filter(|_| is_theirs)?.get("name").and_then(Value::text)
    }

    /// Of whom this image speaks: ids of students and applications. `others` are the images of the same change.
    pub(super) fn about(
        &self,
        connection: &Connection,
        others: &[Self],
    ) -> Result<BTreeSet<String>, RecordsError> {
        let table = Table::named(&self.table)?;
        let mut about = BTreeSet::new();
        match table.owner {
            Owner::Nobody => {}
            Owner::Student(column) => about.extend(self.values_of(connection, table, column)?),
            Owner::Itself => {
                about.extend(self.values_of(connection, table, "id")?);
                about.extend(self.values_of(connection, table, "student_id")?);
            }
            Owner::Application(column) => {
                about.extend(self.about_application(connection, table, column, others)?);
            }
            Owner::StudentOr { student, application } => {
                about.extend(self.values_of(connection, table, student)?);
                if about.is_empty() {
                    about.extend(self.about_application(connection, table, application, others)?);
                }
            }
        }
        Ok(about)
    }

    fn about_application(
        &self,
        connection: &Connection,
        table: &'static Table,
        column: &str,
        others: &[Self],
    ) -> Result<BTreeSet<String>, RecordsError> {
        let mut about = BTreeSet::new();
        for application in self.values_of(connection, table, column)? {
            about.extend(students_of(connection, &application, others)?);
            about.insert(application);
        }
        Ok(about)
    }

    /// What stands in a column before and after; as the row has it now where the change did not touch it.
    fn values_of(
        &self,
        connection: &Connection,
        table: &'static Table,
        column: &str,
    ) -> Result<BTreeSet<String>, RecordsError> {
        let in_key = table.key.iter().position(|one| *one == column).and_then(|at| self.key.get(at));
        let told = [&self.before, &self.after].into_iter().flatten().filter_map(|row| row.get(column));
        let mut values: BTreeSet<String> = told.chain(in_key).filter_map(Value::text).collect();
        if values.is_empty()
            && let Some(row) = select(connection, table, &self.key)?
        {
            values.extend(row.get(column).and_then(Value::text));
        }
        Ok(values)
    }

    /// The answer that this image is about: its application and key.
    pub(crate) fn answer(&self) -> Option<(&str, &str)> {
        match (self.table == ANSWER.name, self.key.as_slice()) {
            (true, [Value::Text(application), Value::Text(key)]) => Some((application, key)),
            _ => None,
        }
    }

    /// The application that this image is of, or of a part of.
    pub(crate) fn application(&self) -> Option<&str> {
        let of_one = [APPLICATION.name, ANSWER.name, VERSION.name, VERSION_ANSWER.name];
        match (of_one.contains(&self.table.as_str()), self.key.first()) {
            (true, Some(Value::Text(id))) => Some(id),
            _ => None,
        }
    }

    /// The application that this change has begun.
    pub(crate) fn begun_application(&self) -> Option<&str> {
        if self.table == APPLICATION.name && self.before.is_none() { self.application() } else { None }
    }

    /// Whether the row that was added is there as it was.
    pub(crate) fn is_still(&self, connection: &Connection) -> Result<bool, RecordsError> {
        let table = Table::named(&self.table)?;
        let now = select(connection, table, &self.key)?;
        Ok(matches!((self.added(), now), (Some(added), Some(now)) if same(table, &now, added)))
    }

    /// The row that was added.
    pub(crate) fn added(&self) -> Option<&Row> {
        if self.before.is_none() { self.after.as_ref() } else { None }
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

/// The students of an application: as it is now, and as the images of the same change tell, which may have removed it.
fn students_of(
    connection: &Connection,
    application: &str,
    images: &[Image],
) -> Result<BTreeSet<String>, RecordsError> {
    let key = [Value::from(application)];
    let mut students = BTreeSet::new();
    if let Some(row) = select(connection, &APPLICATION, &key)? {
        students.extend(row.get("student_id").and_then(Value::text));
    }
    for image in images.iter().filter(|image| image.table == APPLICATION.name && image.key == key) {
        students.extend(image.values_of(connection, &APPLICATION, "student_id")?);
    }
    Ok(students)
}

/// Images of changes that follow each other as those of one change: each row once, from what it was before all of them
/// to what it is now. A row that is what it was is left out.
pub(super) fn as_one(connection: &Connection, images: &[Image]) -> Result<Vec<Image>, RecordsError> {
    let mut places: Vec<(String, Vec<Value>)> = Vec::new();
    for image in images {
        let place = (image.table.clone(), image.key.clone());
        if !places.contains(&place) {
            places.push(place);
        }
    }
    let mut merged = Vec::new();
    for (name, key) in places {
        let table = Table::named(&name)?;
        let last = select(connection, table, &key)?;
        let mut first = last.clone();
        for image in images.iter().rev().filter(|image| image.table == name && image.key == key) {
            first = image.row_before(first)?;
        }
        merged.extend(Image::between(table, &key, first, last)?);
    }
    Ok(merged)
}

/// Whether a row still is what it was. When a draft was last saved and how ready it is are not its content: its
/// answers are, and they have rows of their own.
fn same(table: &Table, now: &Row, then: &Row) -> bool {
    let derived = |column: &str| {
        table == &APPLICATION && matches!(column, "saved_at" | "sections" | "complete" | "faults")
    };
    // A column that a later schema added is in no image of before.
    now.iter().all(|(column, value)| derived(column) || then.get(column).is_none_or(|was| was == value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::changes::rows::row;

    #[test]
    fn a_row_without_its_whole_key_is_never_logged() {
        let row = row! { "application_id" => "a", "value" => "words" };
        let fault = Some(RecordsError::Internal("key"));
        assert_eq!(Image::inserted(&ANSWER, row.clone()).err(), fault);
        assert_eq!(Image::deleted(&ANSWER, row).err(), fault);
    }
}
