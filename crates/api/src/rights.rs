//! A student's rights in their record: all of it to take away, holds, retention, erasing and its certificates.
//!
//! No backup is made before an erasing, one or many, though one is made before other things that change much at once: it
//! would keep just what is to go. What guards against a slip is the preview, the name that is typed, and the certificate.

mod copies;
pub(crate) mod export;
mod sheet;
mod words;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use waymark_catalogue::shapes::Language;
use waymark_records::{
    AsideWish, Certificate, Copies, Due, ErasePreview, EraseScope, Hold, HoldKind, LONGEST_KEPT_DAYS,
    RecordsError, Removed, RetentionCategory, RetentionRule,
};

use crate::Desk;
use crate::errors::{ApiError, RightsError, StudentsError, not_found};
use crate::jobs::JobId;
use crate::shapes::{Nothing, Saved};
use crate::students::StudentId;

pub(crate) use copies::Tried;
pub use copies::{GoneOn, KnownCopies, UnfinishedErasure, copies, go_on, unfinished};

/// Asks for a student's whole record as a file.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ExportStudent {
    /// UUIDv7.
    pub student_id: String,
    /// Language of the PDF in it.
    pub language: Language,
}

/// Asks for a copy of a certificate of erasure that bears the name; only before the erasing.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PrintCertificate {
    /// UUIDv7.
    pub student_id: String,
    /// What will be erased.
    pub scope: EraseScope,
    /// Id from the preview.
    pub certificate: String,
    /// Language.
    pub language: Language,
}

/// Asks what erasing would take away.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PreviewErase {
    /// UUIDv7.
    pub student_id: String,
    /// What is to be erased.
    pub scope: EraseScope,
}

/// Erases. Cannot be undone.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Erase {
    /// UUIDv7.
    pub student_id: String,
    /// What is erased.
    pub scope: EraseScope,
    /// Id from the preview.
    pub certificate: String,
    /// Whether the backups that can be reached are written anew without it, as a job.
    pub backups: bool,
    /// What becomes of copies of the records that were set aside; none lets them be.
    #[serde(default)]
    #[ts(optional)]
    pub aside: Option<AsideWish>,
    /// Whether others are erased right after this one: the copies then are written anew once for all of them, which
    /// `rights.go_on` begins.
    #[serde(default)]
    #[ts(optional)]
    pub more_follow: Option<bool>,
}

/// It was erased.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ErasedRecord {
    /// The certificate that stays.
    pub certificate: Certificate,
    /// Whether the file was written anew already; if not, that is made good at the next opening.
    pub clean: bool,
    /// The job that writes the backups anew, where that was wished.
    pub job: Option<JobId>,
    /// Day by which the last backup that still holds it is dropped, where the program is used, `YYYY-MM-DD`.
    pub backups_until: String,
}

/// Puts a hold on a student's record.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct OpenHold {
    /// UUIDv7.
    pub student_id: String,
    /// Why.
    pub kind: HoldKind,
    /// In the counselor's words; not empty.
    pub reason: String,
}

/// A hold's id.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct HoldId {
    /// UUIDv7.
    pub id: String,
}

/// Asks who is due under the rule of a category.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FindDue {
    /// Category.
    pub category: RetentionCategory,
}

/// What erasing would take away, and what stands in the way.
pub async fn preview_erase(desk: &Desk, input: PreviewErase) -> Result<ErasePreview, ApiError> {
    let records = desk.records().await?;
    records.preview_erase(input.student_id, input.scope).await.map_err(not_found(StudentsError::NotFound))
}

/// Erases a student, or their drafts; also one who was removed. What is to go from the copies is remembered until it is
/// gone from all of them.
pub async fn erase(desk: &Desk, input: Erase) -> Result<ErasedRecord, ApiError> {
    let wanted = Copies { backups: input.backups, aside: input.aside.unwrap_or_default() };
    let done = {
        let records = desk.records().await?;
        let done = records.erase(input.student_id, input.scope, input.certificate, wanted).await;
        done.map_err(not_found(StudentsError::NotFound))?
    };
    let (certificate, clean) = done.value;
    let begins = wanted != Copies::default() && !input.more_follow.unwrap_or(false);
    let job = if begins { copies::begin(desk).await } else { Ok(None) };
    let job = job.unwrap_or_else(|fault| {
        // It is erased, and the certificate is to be told; the copies are remembered and done later.
        tracing::warn!(code = fault.code, "erasing from copies did not begin yet");
        None
    });
    Ok(ErasedRecord { certificate, clean, job, backups_until: last_day(desk.surroundings.now())? })
}

/// Day by which the last backup that was made until then is dropped, where the program is used.
fn last_day(of: Timestamp) -> Result<String, ApiError> {
    let last = SignedDuration::from_hours(24 * i64::from(LONGEST_KEPT_DAYS));
    let last = of.checked_add(last).map_err(|_| RecordsError::Internal("day"))?;
    Ok(last.strftime("%Y-%m-%d").to_string())
}

/// Students who were removed and not erased: their record is still there.
pub async fn removed(desk: &Desk, _: Nothing) -> Result<Vec<Removed>, ApiError> {
    Ok(desk.records().await?.removed_students().await?)
}

/// The certificates of what was erased, newest first.
pub async fn certificates(desk: &Desk, _: Nothing) -> Result<Vec<Certificate>, ApiError> {
    Ok(desk.records().await?.certificates().await?)
}

/// The holds on a student's record, newest first; closed ones too.
pub async fn holds(desk: &Desk, input: StudentId) -> Result<Vec<Hold>, ApiError> {
    Ok(desk.records().await?.holds(input.id).await?)
}

/// Puts a hold on a student's record.
pub async fn open_hold(desk: &Desk, input: OpenHold) -> Result<Saved, ApiError> {
    let reason = input.reason.trim().to_owned();
    if reason.is_empty() {
        return Err(RightsError::ReasonEmpty.into());
    }
    let records = desk.records().await?;
    let done = records.open_hold(input.student_id, input.kind, reason).await;
    let done = done.map_err(not_found(StudentsError::NotFound))?;
    Ok(Saved { id: done.value, change: done.change, saved_at: done.at })
}

/// Closes a hold.
pub async fn close_hold(desk: &Desk, input: HoldId) -> Result<Saved, ApiError> {
    let records = desk.records().await?;
    let done = records.close_hold(input.id.clone()).await.map_err(not_found(RightsError::HoldNotFound))?;
    Ok(Saved { id: input.id, change: done.change, saved_at: done.at })
}

/// The rule of each category.
pub async fn retention(desk: &Desk, _: Nothing) -> Result<Vec<RetentionRule>, ApiError> {
    Ok(desk.records().await?.retention().await?)
}

/// Sets the rule of a category, or takes it away.
pub async fn set_retention(desk: &Desk, input: RetentionRule) -> Result<Vec<RetentionRule>, ApiError> {
    let records = desk.records().await?;
    records.set_retention(input).await?;
    Ok(records.retention().await?)
}

/// Who is due under the rule of a category this year.
pub async fn due(desk: &Desk, input: FindDue) -> Result<Vec<Due>, ApiError> {
    let year = desk.surroundings.now().strftime("%Y").to_string();
    let year = year.parse().map_err(|_| RecordsError::Internal("year"))?;
    Ok(desk.records().await?.due(input.category, year).await?)
}
