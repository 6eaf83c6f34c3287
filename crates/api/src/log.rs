//! The log of disclosures, changes and views: every output is logged before it leaves, and a person says for whom it
//! was, then or later.

mod export;
pub(crate) mod outputs;
mod words;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use waymark_records::{
    Audience, ForWhom, LogCheck, LogKind, LogQuery, LogRow, LogStudent, RecordsError, Said,
};

use crate::Desk;
use crate::backups::heads;
use crate::errors::{ApiError, LogError};
use crate::shapes::{Nothing, Saved};

pub use export::{LogAsTable, PrintDisclosures, csv, pdf};
pub use outputs::{Discloses, Logged, Output, hand_over};
pub(crate) use words::LogWords;

/// Rows of a page of the log where nobody says how many.
const PAGE: usize = 100;
/// The most rows of a page.
const LARGEST_PAGE: usize = 1_000;
/// Students who are named in a row; the others are counted.
const NAMED: usize = 3;
/// The longest party and the longest interest, in characters: a line each on paper.
const LONGEST: usize = 300;

/// Which part of the log is wanted.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct LogFilter {
    /// Only what is about this student.
    pub student: Option<String>,
    /// Only this kind.
    pub kind: Option<LogKind>,
    /// Only outputs that were for these.
    pub audience: Option<Said>,
    /// From this time on, RFC 3339 UTC.
    pub from: Option<String>,
    /// Before this time, RFC 3339 UTC.
    pub until: Option<String>,
}

impl LogFilter {
    fn query(self, after: Option<String>, most: usize, named: usize) -> LogQuery {
        let Self { student, kind, audience, from, until } = self;
        LogQuery { student, kind, audience, from, until, after, most, named }
    }
}

/// Asks for a page of the log.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ListLog {
    /// Which part of it.
    pub filter: LogFilter,
    /// Only what stands after the row of this place.
    pub after: Option<String>,
    /// The most rows; none is a page.
    pub most: Option<usize>,
}

/// A page of the log.
#[derive(Debug, Clone, Serialize, TS)]
pub struct LogPage {
    /// The rows, the newest first.
    pub rows: Vec<LogRow>,
    /// Whether there are more after them.
    pub more: bool,
    /// The student whose log it is, where one was asked for.
    pub student: Option<LogStudent>,
    /// Outputs of all students of which nobody has said for whom they were.
    pub unsaid: u32,
}

/// A page of the log, the newest first.
pub async fn list(desk: &Desk, input: ListLog) -> Result<LogPage, ApiError> {
    let records = desk.records().await?;
    let student = match &input.filter.student {
        Some(id) => Some(named(&records, id.clone()).await?),
        None => None,
    };
    let most = input.most.unwrap_or(PAGE).clamp(1, LARGEST_PAGE);
    let found = records.log(input.filter.query(input.after, most, NAMED)).await?;
    Ok(LogPage { rows: found.rows, more: found.more, student, unsaid: records.count_unsaid().await? })
}

/// Says for whom outputs were.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AnswerForWhom {
    /// The outputs that left together.
    pub batch: String,
    /// For whom they were.
    pub audience: Audience,
    /// Who received them, where it was somebody else.
    pub party: Option<String>,
    /// Their legitimate interest, where it was somebody else.
    pub interest: Option<String>,
    /// Whether this corrects what was said before; that stays in the log of changes.
    pub correcting: bool,
}

/// Says for whom the outputs of a batch were, all of them at once.
pub async fn answer(desk: &Desk, input: AnswerForWhom) -> Result<Saved, ApiError> {
    let whom = match input.audience {
        Audience::Other => ForWhom::Other {
            party: line(input.party, LogError::PartyMissing)?,
            interest: line(input.interest, LogError::InterestMissing)?,
        },
        known => ForWhom::Known(known),
    };
    let records = desk.records().await?;
    let done = records.say_for_whom(input.batch.clone(), whom, input.correcting).await;
    let done = done.map_err(|error| match error {
        RecordsError::NotFound => LogError::NotFound.into(),
        RecordsError::ChangedSince => LogError::Answered.into(),
        other => ApiError::from(other),
    })?;
    Ok(Saved { id: input.batch, change: done.change, saved_at: done.at })
}

/// Checks the log: its chain, the tables that must be what it says, and the ends that backups have kept of it.
pub async fn verify(desk: &Desk, _: Nothing) -> Result<LogCheck, ApiError> {
    let heads = heads(desk).await?;
    let records = desk.records().await?;
    Ok(records.check_log(heads).await?)
}

/// A short text that must be there.
fn line(text: Option<String>, missing: LogError) -> Result<String, ApiError> {
    let text = text.unwrap_or_default().trim().to_owned();
    match text.chars().count() {
        0 => Err(missing.into()),
        count if count > LONGEST => Err(LogError::TooLong { most: LONGEST }.into()),
        _ => Ok(text),
    }
}

/// A student as the log names them: without a name where they are no longer in the records.
async fn named(records: &waymark_records::Records, id: String) -> Result<LogStudent, ApiError> {
    match records.student(id.clone()).await {
        Ok(student) => Ok(LogStudent { id, name: Some(student.name) }),
        Err(RecordsError::NotFound) => Ok(LogStudent { id, name: None }),
        Err(error) => Err(error.into()),
    }
}
