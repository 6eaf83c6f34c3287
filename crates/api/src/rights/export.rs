//! A student's whole record as one file: `record.json`, whose shape `docs/RECORD.md` documents, `record.pdf` for people,
//! and the documents that are attached. And the copy of a certificate of erasure that bears the name.

use std::io::{Cursor, Write};

use serde::Serialize;
use waymark_records::StudentRecord;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::sheet::Paper;
use super::words::RecordWords;
use super::{ExportStudent, PrintCertificate};
use crate::applications::today;
use crate::errors::{ApiError, DocumentsError, StudentsError, not_found};
use crate::log::{Discloses, LogWords};
use crate::words::Words;
use crate::{Desk, Document, Language};

/// Name and version of the JSON's shape.
const FORMAT: &str = "waymark-student-record";
const VERSION: u32 = 1;

/// The JSON file.
#[derive(Serialize)]
struct File<'a> {
    format: &'static str,
    version: u32,
    /// When it was written, RFC 3339 UTC.
    written_at: String,
    student: &'a StudentRecord,
}

/// All about one student, as a ZIP file.
pub async fn export(desk: &Desk, input: ExportStudent) -> Result<Document, ApiError> {
    let record = record_of(desk, input.student_id.clone()).await?;
    let paper = paper(desk, careers_in(&record), input.language).await?;
    let sheet = paper.record(&record, &today(desk))?;
    let printed = desk.press(move |press| press.record_pdf(&sheet)).await?;
    let written_at = format!("{:.3}", desk.surroundings.now());
    let file = File { format: FORMAT, version: VERSION, written_at, student: &record };
    let json = serde_json::to_vec_pretty(&file).map_err(|_| DocumentsError::NotMade)?;
    let bytes = packed(&[("record.json", &json), ("record.pdf", &printed.bytes)])
        .map_err(|_| DocumentsError::NotMade)?;
    Ok(Document {
        name: format!("{} {}.zip", paper.words.file, today(desk)),
        media_type: "application/zip",
        bytes,
        missing: printed.missing,
        discloses: Discloses::of(Some(input.student_id), None),
    })
}

/// The certificate of an erasure that is about to be, on a copy that bears the name.
pub async fn certificate(desk: &Desk, input: PrintCertificate) -> Result<Document, ApiError> {
    let records = desk.records().await?;
    // Also of one who was removed: the log still has the name.
    let name = records.name_of(input.student_id.clone()).await;
    let name = name.map_err(not_found(StudentsError::NotFound))?;
    let preview = records.preview_erase(input.student_id.clone(), input.scope).await;
    let preview = preview.map_err(not_found(StudentsError::NotFound))?;
    drop(records);
    let paper = paper(desk, Vec::new(), input.language).await?;
    let sheet = paper.certificate(&name, &input.certificate, input.scope, &preview.counts, &today(desk));
    let printed = desk.press(move |press| press.record_pdf(&sheet)).await?;
    Ok(Document {
        name: format!("{} {}.pdf", paper.words.certificate_file, today(desk)),
        media_type: "application/pdf",
        bytes: printed.bytes,
        missing: printed.missing,
        discloses: Discloses::of(Some(input.student_id), None),
    })
}

async fn record_of(desk: &Desk, student: String) -> Result<StudentRecord, ApiError> {
    desk.records().await?.student_record(student).await.map_err(not_found(StudentsError::NotFound))
}

/// Addresses of the careers that a record speaks of.
fn careers_in(record: &StudentRecord) -> Vec<String> {
    let shortlist = record.shortlist.iter().map(|one| one.career.clone());
    let plans = record.applications.iter().filter_map(|one| one.career.clone());
    let viewed = record.accesses.iter().filter_map(|one| one.view.strip_prefix("career/"));
    shortlist.chain(plans).chain(viewed.map(str::to_owned)).collect()
}

async fn paper(desk: &Desk, careers: Vec<String>, language: Language) -> Result<Paper<'_>, ApiError> {
    // Without its catalogue, a record still is the student's: careers are told by their addresses then.
    let named = crate::careers::names(desk, careers, language).await.unwrap_or_default();
    Ok(Paper {
        desk,
        language,
        words: RecordWords::of(language)?,
        log: LogWords::of(language)?,
        dates: Words::of(language)?,
        careers: named.into_iter().map(|career| (career.slug, career.title)).collect(),
    })
}

/// The files in one. None carries a time: the same record gives the same bytes but for `written_at`.
fn packed(files: &[(&str, &[u8])]) -> zip::result::ZipResult<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default())?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}
