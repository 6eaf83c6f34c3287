//! What an erasing reaches in one file, the records or a copy of them: the student, and every application that is
//! theirs or was. Counting and clearing go by these ids, so that a copy loses what the records have lost, also a draft
//! that was nobody's yet when the copy was made.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension};

use super::scrub;
use super::{EraseScope, Erased};
use crate::RecordsError;
use crate::changes::rows::{DISCLOSURE, select_where};
use crate::changes::{Change, Row, Value, chain, log};

/// See above.
#[derive(Debug)]
pub(super) struct Reach {
    student: String,
    scope: EraseScope,
    /// The applications, and the student where the whole record goes: the log speaks of them under these.
    pub(super) ids: BTreeSet<String>,
}

impl Reach {
    /// What is reached here. `known` are ids that the records had for the same erasing.
    pub(super) fn of(
        connection: &Connection,
        student: &str,
        scope: EraseScope,
        known: &BTreeSet<String>,
    ) -> Result<Self, RecordsError> {
        let mut ids = applications_of(connection, student)?;
        ids.extend(known.iter().cloned());
        if scope == EraseScope::Record {
            ids.insert(student.to_owned());
        }
        Ok(Self { student: student.to_owned(), scope, ids })
    }

    /// How much that is.
    pub(super) fn count(&self, connection: &Connection) -> Result<Erased, RecordsError> {
        let of_student = |table: &str| -> Result<u32, RecordsError> {
            let sql = format!("SELECT count(*) FROM {table} WHERE student_id = ?");
            Ok(connection.prepare_cached(&sql)?.query_row([&self.student], |row| row.get(0))?)
        };
        let of_ids = |table: &str, condition: &str| -> Result<u32, RecordsError> {
            let sql = format!("SELECT count(*) FROM {table} WHERE {condition}");
            let mut statement = connection.prepare_cached(&sql)?;
            self.ids.iter().try_fold(0_u32, |sum, id| {
                let found: u32 = statement.query_row([id], |row| row.get(0))?;
                Ok(sum.saturating_add(found))
            })
        };
        let drafts = Erased {
            applications: of_ids("application", "id = ?")?,
            answers: of_ids("answer", "application_id = ?")?,
            versions: of_ids("version", "application_id = ?")?,
            changes: chain::count(connection, &self.ids)?,
            ..Erased::default()
        };
        if self.scope == EraseScope::Drafts {
            return Ok(drafts);
        }
        Ok(Erased {
            students: of_ids("student", "id = ?")?,
            shortlist: of_student("shortlist")?,
            details: of_student("student_detail")?,
            memory_aids: of_student("memory_aid")?,
            disclosures: of_student("disclosure")?.saturating_add(of_ids("disclosure", OF_NOBODY)?),
            accesses: of_student("access")?,
            holds: of_student("hold")?,
            ..drafts
        })
    }

    /// Takes the rows away beside the log, which would keep them, clears what the log has kept, and asks for the file to
    /// be written anew.
    pub(super) fn clear(&self, connection: &Connection, certificate: &str) -> Result<(), RecordsError> {
        const OF_DRAFT: [&str; 4] = [
            "DELETE FROM version_answer WHERE application_id = ?",
            "DELETE FROM version WHERE application_id = ?",
            "DELETE FROM answer WHERE application_id = ?",
            "DELETE FROM application WHERE id = ?",
        ];
        const OF_STUDENT: [&str; 7] = [
            "DELETE FROM shortlist WHERE student_id = ?",
            "DELETE FROM student_detail WHERE student_id = ?",
            "DELETE FROM memory_aid WHERE student_id = ?",
            "DELETE FROM disclosure WHERE student_id = ?",
            "DELETE FROM access WHERE student_id = ?",
            "DELETE FROM hold WHERE student_id = ?",
            "DELETE FROM student WHERE id = ?",
        ];
        for id in &self.ids {
            connection.prepare_cached(&format!("DELETE FROM disclosure WHERE {OF_NOBODY}"))?.execute([id])?;
            for sql in OF_DRAFT {
                connection.prepare_cached(sql)?.execute([id])?;
            }
        }
        if self.scope == EraseScope::Record {
            for sql in OF_STUDENT {
                connection.prepare_cached(sql)?.execute([&self.student])?;
            }
        }
        chain::erase(connection, &self.ids, certificate)?;
        scrub::ask(connection)
    }

    /// Outputs of a draft that had no student then belong to whoever has the draft. They go with the student's record;
    /// where the draft alone goes, nothing would say any more whose they are. They are taken out, and come back under
    /// the student's name, in the log as well: what stands in a row of theirs is never altered.
    pub(super) fn take_outputs(&self, change: &mut Change<'_>) -> Result<Vec<Row>, RecordsError> {
        let mut taken = Vec::new();
        if self.scope == EraseScope::Record {
            return Ok(taken);
        }
        for id in &self.ids {
            let outputs = select_where(change.connection, &DISCLOSURE, "subject", &Value::from(id.as_str()))?;
            for mut row in outputs {
                if row.get("student_id") == Some(&Value::Null) {
                    row.insert("student_id".to_owned(), Value::from(self.student.as_str()));
                    taken.push(row);
                }
            }
        }
        Ok(taken)
    }
}

/// An output of an application that was nobody's when it left.
const OF_NOBODY: &str = "student_id IS NULL AND subject = ?";

/// Each application that is the student's or was theirs when it was removed. One that is another student's by now is
/// that student's.
pub(super) fn applications_of(
    connection: &Connection,
    student: &str,
) -> Result<BTreeSet<String>, RecordsError> {
    let mut applications: BTreeSet<String> = connection
        .prepare_cached("SELECT id FROM application WHERE student_id = ?")?
        .query_map([student], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for application in log::applications_of(connection, student)? {
        let owner: Option<Option<String>> = connection
            .prepare_cached("SELECT student_id FROM application WHERE id = ?")?
            .query_row([&application], |row| row.get(0))
            .optional()?;
        if owner.is_none() {
            applications.insert(application);
        }
    }
    Ok(applications)
}
