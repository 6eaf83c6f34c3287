//! Of whom an answer may speak: of everybody, or in a meeting of its one student, without what is between the student
//! and the counselor. Whatever lists or counts students and applications asks here and never the records themselves.

use waymark_records::{ApplicationRow, Records, RecordsError, StudentRow};

use crate::Desk;

/// Everybody, or the one student of a meeting.
pub(crate) struct Scope<'a> {
    desk: &'a Desk,
    only: Option<String>,
}

impl Desk {
    /// Of whom an answer may speak now.
    pub(crate) fn scope(&self) -> Scope<'_> {
        Scope { desk: self, only: self.meeting.student() }
    }
}

impl Scope<'_> {
    /// Students by text and year, by name.
    pub(crate) async fn students(
        &self,
        records: &Records,
        text: String,
        year: Option<u16>,
    ) -> Result<Vec<StudentRow>, RecordsError> {
        let mut students = records.students(text, year).await?;
        if let Some(only) = &self.only {
            students.retain(|student| student.id == *only);
            for student in &mut students {
                self.count(records, student).await?;
            }
        }
        Ok(students)
    }

    /// One student.
    pub(crate) async fn student(&self, records: &Records, id: String) -> Result<StudentRow, RecordsError> {
        let mut student = records.student(id).await?;
        match &self.only {
            Some(only) if student.id != *only => Err(RecordsError::NotFound),
            Some(_) => self.count(records, &mut student).await.map(|()| student),
            None => Ok(student),
        }
    }

    /// Applications, the one saved last first.
    pub(crate) async fn applications(&self, records: &Records) -> Result<Vec<ApplicationRow>, RecordsError> {
        match &self.only {
            Some(only) => Ok(self.applications_of(records, only.clone()).await?.0),
            None => records.applications().await,
        }
    }

    /// The applications of one student, the one saved last first, and how many are left out because they are between
    /// the student and the counselor.
    pub(crate) async fn applications_of(
        &self,
        records: &Records,
        student: String,
    ) -> Result<(Vec<ApplicationRow>, u32), RecordsError> {
        let Some(only) = &self.only else { return Ok((records.applications_of(student).await?, 0)) };
        if student != *only {
            return Ok((Vec::new(), 0));
        }
        let (hidden, seen): (Vec<_>, Vec<_>) =
            records.applications_of(student).await?.into_iter().partition(|row| row.between_us);
        Ok((seen, u32::try_from(hidden.len()).unwrap_or(u32::MAX)))
    }

    /// Careers looked at lately, the newest first: in a meeting only those looked at in it.
    pub(crate) async fn careers_viewed(&self, records: &Records) -> Result<Vec<String>, RecordsError> {
        if self.only.is_some() { Ok(self.desk.meeting.careers()) } else { records.careers_viewed().await }
    }

    /// What a student's row counts, from what is in sight.
    async fn count(&self, records: &Records, student: &mut StudentRow) -> Result<(), RecordsError> {
        let (seen, _) = self.applications_of(records, student.id.clone()).await?;
        student.applications = u32::try_from(seen.len()).unwrap_or(u32::MAX);
        student.last_saved_at = seen.into_iter().next().map(|row| row.saved_at);
        Ok(())
    }
}
