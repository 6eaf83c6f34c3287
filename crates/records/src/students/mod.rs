//! Students: add, edit, list, import, remove, and their shortlist of careers.

pub(crate) mod details;
pub(crate) mod shapes;

use rusqlite::{Connection, OptionalExtension, Row as SqlRow};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::changes::rows::{
    ANSWER, APPLICATION, MEMORY_AID, SHORTLIST, STUDENT, STUDENT_DETAIL, VERSION, VERSION_ANSWER, row,
};
use crate::changes::{Act, Change, Done, Row, Value};
use crate::{Records, RecordsError};
use shapes::{ShortlistEntry, StudentInput, StudentRow};

const SELECT: &str = "SELECT s.id, s.name, s.graduation_year, s.school_id, s.sample,
    (SELECT count(*) FROM application a WHERE a.student_id = s.id),
    (SELECT max(a.saved_at) FROM application a WHERE a.student_id = s.id)
    FROM student s";

impl Records {
    /// Students whose name or school number holds the text, by name. Accents and case do not matter.
    pub async fn students(&self, text: String, year: Option<u16>) -> Result<Vec<StudentRow>, RecordsError> {
        self.read(move |connection| {
            let wanted = folded(&text);
            let mut statement = connection.prepare_cached(SELECT)?;
            let rows = statement.query_map([], read_student)?;
            let mut students = Vec::new();
            for student in rows {
                let student: StudentRow = student?;
                let fits = wanted.is_empty()
                    || folded(&student.name).contains(&wanted)
                    || student.school_id.as_deref().is_some_and(|id| folded(id).contains(&wanted));
                if fits && year.is_none_or(|year| student.graduation_year == Some(year)) {
                    students.push((folded(&student.name), student));
                }
            }
            students.sort_by(|(a, x), (b, y)| a.cmp(b).then_with(|| x.id.cmp(&y.id)));
            Ok(students.into_iter().map(|(_, student)| student).collect())
        })
        .await
    }

    /// One student.
    pub async fn student(&self, id: String) -> Result<StudentRow, RecordsError> {
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(&format!("{SELECT} WHERE s.id = ?"))?;
            statement.query_row([id], read_student).optional()?.ok_or(RecordsError::NotFound)
        })
        .await
    }

    /// How many students there are.
    pub async fn count_students(&self) -> Result<u32, RecordsError> {
        self.read(
            |connection| Ok(connection.query_row("SELECT count(*) FROM student", [], |row| row.get(0))?),
        )
        .await
    }

    /// Adds students, all or none, and gives their ids in the same order.
    pub async fn add_students(
        &self,
        act: &'static str,
        students: Vec<StudentInput>,
        sample: bool,
    ) -> Result<Done<Vec<String>>, RecordsError> {
        self.transact(Act::on(act, ""), move |change| {
            students.into_iter().map(|student| insert(change, student, sample)).collect()
        })
        .await
    }

    /// Changes a student.
    pub async fn edit_student(&self, id: String, student: StudentInput) -> Result<Done<()>, RecordsError> {
        self.transact(Act::on("students.edit", id.clone()), move |change| {
            change.update(&STUDENT, &[id.into()], written_row(student)).map(|_| ())
        })
        .await
    }

    /// Takes away a student with everything that hangs on them. Can be undone.
    pub async fn remove_student(&self, id: String) -> Result<Done<()>, RecordsError> {
        self.transact(Act::on("students.remove", id.clone()), move |change| {
            let student = Value::from(id);
            for application in applications_of(change.connection, &student)? {
                remove_application(change, &application.into())?;
            }
            change.delete_where(&SHORTLIST, "student_id", &student)?;
            change.delete_where(&STUDENT_DETAIL, "student_id", &student)?;
            change.delete(&MEMORY_AID, std::slice::from_ref(&student))?;
            if change.delete(&STUDENT, &[student])? { Ok(()) } else { Err(RecordsError::NotFound) }
        })
        .await
    }

    /// The student's shortlist of careers, in the order of adding.
    pub async fn shortlist(&self, student: String) -> Result<Vec<ShortlistEntry>, RecordsError> {
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(
                "SELECT career, added_at FROM shortlist WHERE student_id = ? ORDER BY added_at, career",
            )?;
            let entries = statement.query_map([student], |row| {
                Ok(ShortlistEntry { career: row.get(0)?, added_at: row.get(1)? })
            })?;
            Ok(entries.collect::<Result<_, _>>()?)
        })
        .await
    }

    /// Puts a career on the shortlist, or takes it off. Nothing happens where it is so already.
    pub async fn set_shortlist(
        &self,
        student: String,
        career: String,
        on: bool,
    ) -> Result<Done<()>, RecordsError> {
        self.transact(Act::on("students.shortlist", student.clone()), move |change| {
            let key = [Value::from(student.as_str()), Value::from(career.as_str())];
            if !on {
                return change.delete(&SHORTLIST, &key).map(|_| ());
            }
            let there = change
                .connection
                .prepare_cached("SELECT 1 FROM shortlist WHERE student_id = ? AND career = ?")?
                .exists([&student, &career])?;
            is_there(change.connection, &student)?;
            if there {
                return Ok(());
            }
            let at = change.at.clone();
            change.insert(&SHORTLIST, row! { "student_id" => student, "career" => career, "added_at" => at })
        })
        .await
    }
}

/// Refuses a student who is not there.
pub(crate) fn is_there(connection: &Connection, student: &str) -> Result<(), RecordsError> {
    let there = connection.prepare_cached("SELECT 1 FROM student WHERE id = ?")?.exists([student])?;
    if there { Ok(()) } else { Err(RecordsError::NotFound) }
}

/// Takes away an application with its answers and versions.
pub(crate) fn remove_application(change: &mut Change<'_>, application: &Value) -> Result<bool, RecordsError> {
    change.delete_where(&VERSION_ANSWER, "application_id", application)?;
    change.delete_where(&VERSION, "application_id", application)?;
    change.delete_where(&ANSWER, "application_id", application)?;
    change.delete(&APPLICATION, std::slice::from_ref(application))
}

/// A text for comparing: without accents, in lower case.
#[must_use]
pub fn folded(text: &str) -> String {
    text.trim().nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

fn applications_of(connection: &Connection, student: &Value) -> Result<Vec<String>, RecordsError> {
    let mut statement = connection.prepare_cached("SELECT id FROM application WHERE student_id = ?")?;
    let ids = statement.query_map([student], |row| row.get(0))?;
    Ok(ids.collect::<Result<_, _>>()?)
}

fn insert(change: &mut Change<'_>, student: StudentInput, sample: bool) -> Result<String, RecordsError> {
    let id = change.new_id()?;
    let at = change.at.clone();
    let mut row = written_row(student);
    row.extend(row! { "id" => id.as_str(), "sample" => i64::from(sample), "created_at" => at });
    change.insert(&STUDENT, row)?;
    Ok(id)
}

fn written_row(student: StudentInput) -> Row {
    row! {
        "name" => student.name,
        "graduation_year" => student.graduation_year.map(i64::from),
        "school_id" => student.school_id,
    }
}

fn read_student(row: &SqlRow<'_>) -> rusqlite::Result<StudentRow> {
    Ok(StudentRow {
        id: row.get(0)?,
        name: row.get(1)?,
        graduation_year: row.get(2)?,
        school_id: row.get(3)?,
        sample: row.get(4)?,
        applications: row.get(5)?,
        last_saved_at: row.get(6)?,
    })
}
