//! What leaves: which documents disclose, and the one way in which any of them leaves.
//!
//! The order is the promise. The document is made, the person has chosen a place, and then: its rows are written to the
//! log and are on the disk; it leaves; where it could not, the rows say so. What can't be logged does not leave. A
//! program that ends between the two leaves a row for an output that may not have left, never an output without a row.

use std::collections::BTreeSet;

use serde::Serialize;
use ts_rs::TS;
use waymark_records::{Disclosed, LogStudent};

use super::{NAMED, named};
use crate::errors::{ApiError, OperationError};
use crate::{Desk, Document};

/// Whose data a document holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Discloses {
    /// Nobody's: published facts alone.
    Nothing,
    /// That of students, each with what of theirs is put out. A table that nobody is in holds none.
    Students(Vec<Disclosed>),
}

impl Discloses {
    /// That of one student, or of whoever a draft will be for.
    pub(crate) fn of(student: Option<String>, subject: Option<String>) -> Self {
        Self::Students(vec![Disclosed { student, subject }])
    }
}

/// Every operation that makes a document, and whether it holds students' data. A document that is not here, or that
/// says otherwise of itself, is not handed out.
pub(crate) const OUTPUTS: &[(&str, bool)] = &[
    ("applications.pdf", true),
    ("careers.pdf", false),
    ("careers.compare_pdf", false),
    ("careers.compare_xlsx", false),
    ("rights.export", true),
    ("rights.certificate", true),
    ("log.csv", true),
    ("log.pdf", true),
];

/// A document that is made and has not left yet.
#[derive(Debug, Clone)]
pub struct Output {
    operation: &'static str,
    document: Document,
}

impl Output {
    /// What an operation made. Refused where the table does not have it, or has it as something else.
    pub(crate) fn new(operation: &'static str, document: Document) -> Result<Self, ApiError> {
        let disclosing = matches!(document.discloses, Discloses::Students(_));
        match OUTPUTS.iter().find(|(name, _)| *name == operation) {
            Some((_, listed)) if *listed == disclosing => Ok(Self { operation, document }),
            _ => {
                tracing::error!(operation, "a document does not say rightly whose data it holds");
                Err(OperationError::Failed.into())
            }
        }
    }

    /// A name to begin with, without folder.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.document.name
    }

    /// Its media type.
    #[must_use]
    pub fn media_type(&self) -> &'static str {
        self.document.media_type
    }
}

/// What the log says of an output that has left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Logged {
    /// Outputs that left together, answered together.
    pub batch: String,
    /// Name of the operation that made it.
    pub output: String,
    /// Students in it; at most three are named.
    pub students: Vec<LogStudent>,
    /// How many there are altogether.
    pub students_count: usize,
}

/// Lets an output leave: logs it, then hands it to `leave`. Gives what that gives, and what was logged.
pub async fn hand_over<T, F, L>(
    desk: &Desk,
    output: Output,
    leave: F,
) -> Result<(T, Option<Logged>), ApiError>
where
    F: FnOnce(Document) -> L,
    L: Future<Output = Result<T, ApiError>>,
{
    let Output { operation, document } = output;
    let students = match &document.discloses {
        Discloses::Students(students) if !students.is_empty() => students.clone(),
        _ => return Ok((leave(document).await?, None)),
    };
    let logged = log(desk, operation, students).await?;
    match leave(document).await {
        Ok(left) => Ok((left, Some(logged))),
        Err(error) => {
            did_not_leave(desk, logged.batch).await;
            Err(error)
        }
    }
}

async fn log(desk: &Desk, operation: &'static str, students: Vec<Disclosed>) -> Result<Logged, ApiError> {
    let records = desk.records().await?;
    let ids: BTreeSet<String> = students.iter().filter_map(|one| one.student.clone()).collect();
    let batch = records.log_output(operation, students).await?.value;
    let (students_count, mut students) = (ids.len(), Vec::new());
    for id in ids.into_iter().take(NAMED) {
        students.push(named(&records, id).await?);
    }
    Ok(Logged { batch, output: operation.to_owned(), students, students_count })
}

/// The person hears why the output could not be written. Where not even this can be noted, the row stands as it is:
/// rather one too many than one too few.
async fn did_not_leave(desk: &Desk, batch: String) {
    let noted = match desk.records().await {
        Ok(records) => records.output_failed(batch).await.map_err(ApiError::from).map(|_| ()),
        Err(error) => Err(error),
    };
    if let Err(error) = noted {
        tracing::warn!(code = error.code, "an output that did not leave is logged as if it had");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::DOCUMENTS;

    #[test]
    fn every_document_says_whether_it_holds_students_data() {
        let mut listed: Vec<&str> = OUTPUTS.iter().map(|(name, _)| *name).collect();
        let mut made = DOCUMENTS.to_vec();
        listed.sort_unstable();
        made.sort_unstable();
        assert_eq!(listed, made);
    }

    #[test]
    fn a_document_that_keeps_quiet_about_its_students_is_not_handed_out() {
        let document = |discloses| Document {
            name: "x.pdf".to_owned(),
            media_type: "application/pdf",
            bytes: Vec::new(),
            missing: Vec::new(),
            discloses,
        };
        let quiet = || document(Discloses::Nothing);
        assert!(Output::new("applications.pdf", quiet()).is_err());
        assert!(Output::new("no.such_document", quiet()).is_err());
        assert!(Output::new("careers.pdf", document(Discloses::of(None, None))).is_err());
        assert!(Output::new("careers.pdf", quiet()).is_ok());
    }
}
