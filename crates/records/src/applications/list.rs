//! Applications in lists, and what they are for.

use rusqlite::{OptionalExtension, Row as SqlRow, ToSql};

use super::shapes::{ApplicationRow, Plan, Progress};
use crate::changes::rows::{APPLICATION, row};
use crate::changes::{Act, Done};
use crate::students::remove_application;
use crate::{Records, RecordsError};

const SELECT: &str = "SELECT a.id, a.student_id, a.career, a.programme, a.institution, s.name, a.form,
    a.form_version, a.created_at, a.saved_at, a.sections, a.complete, a.faults,
    (SELECT count(*) FROM version v WHERE v.application_id = a.id), a.between_us
    FROM application a LEFT JOIN student s ON s.id = a.student_id";

impl Records {
    /// Every application, the one saved last first.
    pub async fn applications(&self) -> Result<Vec<ApplicationRow>, RecordsError> {
        self.select_applications("ORDER BY a.saved_at DESC, a.id", Vec::new()).await
    }

    /// The applications of one student, the one saved last first.
    pub async fn applications_of(&self, student: String) -> Result<Vec<ApplicationRow>, RecordsError> {
        self.select_applications("WHERE a.student_id = ? ORDER BY a.saved_at DESC, a.id", vec![student]).await
    }

    /// One application.
    pub async fn application(&self, id: String) -> Result<ApplicationRow, RecordsError> {
        self.read(move |connection| find(connection, &id)).await
    }

    /// Changes what an application is for.
    pub async fn change_plan(&self, id: String, plan: Plan) -> Result<Done<()>, RecordsError> {
        self.transact(Act::on("applications.plan", id.clone()), move |change| {
            if let Some(student) = &plan.student_id {
                crate::students::is_there(change.connection, student)?;
            }
            let columns = row! {
                "student_id" => plan.student_id,
                "career" => plan.career,
                "programme" => plan.programme,
                "institution" => plan.institution,
            };
            change.update(&APPLICATION, &[id.into()], columns).map(|_| ())
        })
        .await
    }

    /// Marks an application as between the student and the counselor, or takes the mark off.
    pub async fn set_between_us(&self, id: String, on: bool) -> Result<Done<()>, RecordsError> {
        self.transact(Act::on("applications.between_us", id.clone()), move |change| {
            change.update(&APPLICATION, &[id.into()], row! { "between_us" => i64::from(on) }).map(|_| ())
        })
        .await
    }

    /// Takes away an application with its answers and versions. Can be undone.
    pub async fn remove_application(&self, id: String) -> Result<Done<()>, RecordsError> {
        self.transact(Act::on("applications.remove", id.clone()), move |change| {
            if remove_application(change, &id.into())? { Ok(()) } else { Err(RecordsError::NotFound) }
        })
        .await
    }

    async fn select_applications(
        &self,
        rest: &'static str,
        values: Vec<String>,
    ) -> Result<Vec<ApplicationRow>, RecordsError> {
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(&format!("{SELECT} {rest}"))?;
            let values: Vec<&dyn ToSql> = values.iter().map(|value| value as &dyn ToSql).collect();
            let rows = statement.query_map(values.as_slice(), read_application)?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
        .await
    }
}

/// Refuses an application that is not there.
pub(super) fn is_there(connection: &rusqlite::Connection, id: &str) -> Result<(), RecordsError> {
    let there = connection.prepare_cached("SELECT 1 FROM application WHERE id = ?")?.exists([id])?;
    if there { Ok(()) } else { Err(RecordsError::NotFound) }
}

pub(super) fn find(connection: &rusqlite::Connection, id: &str) -> Result<ApplicationRow, RecordsError> {
    let mut statement = connection.prepare_cached(&format!("{SELECT} WHERE a.id = ?"))?;
    statement.query_row([id], read_application).optional()?.ok_or(RecordsError::NotFound)
}

fn read_application(row: &SqlRow<'_>) -> rusqlite::Result<ApplicationRow> {
    Ok(ApplicationRow {
        id: row.get(0)?,
        plan: Plan {
            student_id: row.get(1)?,
            career: row.get(2)?,
            programme: row.get(3)?,
            institution: row.get(4)?,
        },
        student_name: row.get(5)?,
        form: row.get(6)?,
        form_version: row.get(7)?,
        created_at: row.get(8)?,
        saved_at: row.get(9)?,
        progress: Progress { sections: row.get(10)?, complete: row.get(11)?, faults: row.get(12)? },
        versions: row.get(13)?,
        between_us: row.get(14)?,
    })
}
