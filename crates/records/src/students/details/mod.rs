//! What is known of a student beyond the roster's line: read, saved, put in order, taken away. Answers of applications
//! come from here.

pub(crate) mod shapes;

use rusqlite::{Connection, OptionalExtension, Row as SqlRow, params};

use super::is_there;
use crate::changes::rows::{STUDENT_DETAIL, row};
use crate::changes::{Act, Change, Done, Value};
use crate::{Records, RecordsError};
use shapes::{Detail, DetailKind, DetailRow};

impl Records {
    /// Everything that is known of a student, by kind and in the order of each kind.
    pub async fn student_details(&self, student: String) -> Result<Vec<DetailRow>, RecordsError> {
        self.read(move |connection| {
            is_there(connection, &student)?;
            details_of(connection, &student)
        })
        .await
    }

    /// Adds a detail, or changes the one of this id, and gives its id. Of a kind of which a student has one, the one that
    /// is there is changed.
    pub async fn save_detail(
        &self,
        student: String,
        id: Option<String>,
        detail: Detail,
    ) -> Result<Done<String>, RecordsError> {
        let content = serde_json::to_string(&detail).map_err(|_| RecordsError::Internal("detail"))?;
        let kind = detail.kind();
        self.transact(Act::on("students.save_detail", student.clone()), move |change| {
            is_there(change.connection, &student)?;
            let there = match id {
                Some(id) => Some(own(change.connection, &student, &id, kind)?),
                None if kind.is_single() => single(change.connection, &student, kind)?,
                None => None,
            };
            let at = change.at.clone();
            let Some(id) = there else { return add(change, &student, kind, &content) };
            let now: String = change
                .connection
                .prepare_cached("SELECT content FROM student_detail WHERE id = ?")?
                .query_row([&id], |row| row.get(0))?;
            if now != content {
                let new = row! { "content" => content, "saved_at" => at };
                change.update(&STUDENT_DETAIL, &[Value::from(id.as_str())], new)?;
            }
            Ok(id)
        })
        .await
    }

    /// Takes a detail away.
    pub async fn remove_detail(&self, student: String, id: String) -> Result<Done<()>, RecordsError> {
        self.transact(Act::on("students.remove_detail", student.clone()), move |change| {
            let belongs = "SELECT 1 FROM student_detail WHERE id = ? AND student_id = ?";
            if !change.connection.prepare_cached(belongs)?.exists([&id, &student])? {
                return Err(RecordsError::NotFound);
            }
            change.delete(&STUDENT_DETAIL, &[Value::from(id)]).map(|_| ())
        })
        .await
    }

    /// Puts the details of one kind in this order. Those that are not named follow in the order that they had.
    pub async fn order_details(
        &self,
        student: String,
        kind: DetailKind,
        ids: Vec<String>,
    ) -> Result<Done<()>, RecordsError> {
        self.transact(Act::on("students.order_details", student.clone()), move |change| {
            let before = ids_of(change.connection, &student, kind)?;
            if ids.iter().any(|id| !before.contains(id)) {
                return Err(RecordsError::NotFound);
            }
            let rest = before.iter().filter(|id| !ids.contains(id));
            for (id, position) in ids.iter().chain(rest).zip(0_i64..) {
                change.update(
                    &STUDENT_DETAIL,
                    &[Value::from(id.as_str())],
                    row! { "position" => position },
                )?;
            }
            Ok(())
        })
        .await
    }
}

/// Every detail of a student, by kind and in the order of each kind.
pub(crate) fn details_of(connection: &Connection, student: &str) -> Result<Vec<DetailRow>, RecordsError> {
    let mut statement = connection.prepare_cached(
        "SELECT id, content, saved_at FROM student_detail WHERE student_id = ? ORDER BY position, id",
    )?;
    let mut rows = statement.query([student])?;
    let mut details = Vec::new();
    while let Some(row) = rows.next()? {
        details.push(read(row)?);
    }
    details.sort_by_key(|row| row.detail.kind());
    Ok(details)
}

fn read(row: &SqlRow<'_>) -> Result<DetailRow, RecordsError> {
    let content = row.get_ref(1)?.as_str().map_err(|_| RecordsError::Damaged)?;
    let detail = serde_json::from_str(content).map_err(|_| RecordsError::Damaged)?;
    Ok(DetailRow { id: row.get(0)?, detail, saved_at: row.get(2)? })
}

/// The id, where it is a detail of this student and kind.
fn own(connection: &Connection, student: &str, id: &str, kind: DetailKind) -> Result<String, RecordsError> {
    let sql = "SELECT id FROM student_detail WHERE id = ? AND student_id = ? AND kind = ?";
    let found =
        connection.prepare_cached(sql)?.query_row(params![id, student, kind.name()], |row| row.get(0));
    found.optional()?.ok_or(RecordsError::NotFound)
}

fn single(connection: &Connection, student: &str, kind: DetailKind) -> Result<Option<String>, RecordsError> {
    Ok(ids_of(connection, student, kind)?.into_iter().next())
}

fn ids_of(connection: &Connection, student: &str, kind: DetailKind) -> Result<Vec<String>, RecordsError> {
    let mut statement = connection.prepare_cached(
        "SELECT id FROM student_detail WHERE student_id = ? AND kind = ? ORDER BY position, id",
    )?;
    let ids = statement.query_map(params![student, kind.name()], |row| row.get(0))?;
    Ok(ids.collect::<Result<_, _>>()?)
}

fn add(
    change: &mut Change<'_>,
    student: &str,
    kind: DetailKind,
    content: &str,
) -> Result<String, RecordsError> {
    let position: i64 = change
        .connection
        .prepare_cached(
            "SELECT coalesce(max(position) + 1, 0) FROM student_detail WHERE student_id = ? AND kind = ?",
        )?
        .query_row(params![student, kind.name()], |row| row.get(0))?;
    let (id, at) = (change.new_id()?, change.at.clone());
    change.insert(
        &STUDENT_DETAIL,
        row! {
            "id" => id.as_str(),
            "student_id" => student,
            "kind" => kind.name(),
            "position" => position,
            "content" => content,
            "saved_at" => at,
        },
    )?;
    Ok(id)
}
