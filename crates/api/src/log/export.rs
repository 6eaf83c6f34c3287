//! The log as files: as a table of what the filters leave, and one student's record of disclosures on paper. Both hold
//! students' data, and so both are logged when they leave.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use waymark_catalogue::shapes::Language;
use waymark_documents::DisclosuresSheet;
use waymark_records::{Audience, Disclosed, LogKind, LogRow, LogStudent};

use super::words::LogWords;
use super::{Discloses, LARGEST_PAGE, LogFilter};
use crate::applications::document_language;
use crate::errors::{ApiError, DocumentsError, StudentsError, not_found};
use crate::words::Words;
use crate::{Desk, Document};

/// Asks for the log as a table.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct LogAsTable {
    /// Which part of it.
    pub filter: LogFilter,
    /// Language.
    pub language: Language,
    /// Today in the reader's own time zone, `YYYY-MM-DD`.
    pub today: String,
}

/// Asks for a student's record of disclosures on paper.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PrintDisclosures {
    /// Whose.
    pub student: String,
    /// Language.
    pub language: Language,
    /// Today in the reader's own time zone, `YYYY-MM-DD`.
    pub today: String,
}

/// The log as a table, a line for each student in a row.
pub async fn csv(desk: &Desk, input: LogAsTable) -> Result<Document, ApiError> {
    let (words, day) = (LogWords::of(input.language)?, day(&input.today)?);
    let rows = rows(desk, input.filter, usize::MAX).await?;
    let students: BTreeSet<&str> =
        rows.iter().flat_map(|row| &row.students).map(|one| one.id.as_str()).collect();
    let disclosed =
        students.into_iter().map(|id| Disclosed { student: Some(id.to_owned()), subject: None }).collect();
    Ok(Document {
        name: format!("{} {day}.csv", words.get("log_file")),
        media_type: "text/csv",
        bytes: table(&rows, words).map_err(|_| ApiError::from(DocumentsError::NotMade))?,
        missing: Vec::new(),
        discloses: Discloses::Students(disclosed),
    })
}

/// A student's record of disclosures, the oldest first.
pub async fn pdf(desk: &Desk, input: PrintDisclosures) -> Result<Document, ApiError> {
    let (words, dates) = (LogWords::of(input.language)?, Words::of(input.language)?);
    let day = day(&input.today)?;
    let student = desk.records().await?.student(input.student.clone()).await;
    let student = student.map_err(not_found(StudentsError::NotFound))?.name;
    let filter = LogFilter {
        student: Some(input.student.clone()),
        kind: Some(LogKind::Disclosure),
        ..LogFilter::default()
    };
    let mut left = rows(desk, filter, 0).await?;
    left.retain(|row| !row.failed);
    left.reverse();
    let sheet = DisclosuresSheet {
        language: document_language(input.language),
        title: words.get("log_pdf_title").to_owned(),
        student,
        note: words.get("log_pdf_note").to_owned(),
        none: words.get("log_pdf_none").to_owned(),
        printed: dates.day(&input.today),
        heads: ["log_csv_time", "log_what", "log_pdf_received", "log_csv_interest"]
            .map(|key| words.get(key).to_owned()),
        rows: left.iter().map(|row| printed(row, words, dates)).collect(),
    };
    let rendered = desk.press(move |press| press.disclosures_pdf(&sheet)).await?;
    Ok(Document {
        // As with applications: the file's name carries no name of a person.
        name: format!("{} {day}.pdf", words.get("log_file_student")),
        media_type: "application/pdf",
        bytes: rendered.bytes,
        missing: rendered.missing,
        discloses: Discloses::of(Some(input.student), None),
    })
}

/// Every row that the filter leaves, the newest first.
async fn rows(desk: &Desk, filter: LogFilter, named: usize) -> Result<Vec<LogRow>, ApiError> {
    let records = desk.records().await?;
    let mut rows: Vec<LogRow> = Vec::new();
    loop {
        let after = rows.last().map(|row| row.place.clone());
        let page = records.log(filter.clone().query(after, LARGEST_PAGE, named)).await?;
        rows.extend(page.rows);
        if !page.more {
            return Ok(rows);
        }
    }
}

fn printed(row: &LogRow, words: LogWords, dates: &Words) -> [String; 4] {
    let (date, time) = row.at.split_once('T').unwrap_or((&row.at, ""));
    let clock: String = time.chars().take(5).collect();
    let received = match (row.audience, &row.party) {
        (Some(Audience::Other), Some(party)) => party.clone(),
        (audience, _) => words.audience(audience).to_owned(),
    };
    let interest = row.interest.clone().unwrap_or_else(|| "–".to_owned());
    [format!("{}, {clock}", dates.day(date)), words.row(row), received, interest]
}

fn table(rows: &[LogRow], words: LogWords) -> Result<Vec<u8>, Box<dyn std::error::Error + Send + Sync>> {
    let mut out = csv::Writer::from_writer(Vec::new());
    let heads = [
        "log_csv_time",
        "log_csv_kind",
        "log_what",
        "log_who",
        "log_for",
        "log_csv_party",
        "log_csv_interest",
    ];
    out.write_record(heads.map(|key| words.get(key)))?;
    let nobody = [LogStudent { id: String::new(), name: Some(String::new()) }];
    for row in rows {
        let whom = match row.kind {
            LogKind::Disclosure if row.failed => words.get("log_failed"),
            LogKind::Disclosure => words.audience(row.audience),
            _ => "",
        };
        for student in if row.students.is_empty() { &nobody[..] } else { &row.students } {
            let cells = [
                row.at.clone(),
                words.kind(row.kind).to_owned(),
                words.row(row),
                words.student(student),
                whom.to_owned(),
                row.party.clone().unwrap_or_default(),
                row.interest.clone().unwrap_or_default(),
            ];
            out.write_record(cells.map(inert))?;
        }
    }
    Ok(out.into_inner()?)
}

/// A cell that no spreadsheet takes for a formula.
fn inert(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@']) { format!("'{cell}") } else { cell }
}

/// The day becomes part of the file's name: only a day may stand there.
fn day(today: &str) -> Result<Date, ApiError> {
    today.parse().map_err(|_| ApiError::bad_input())
}
