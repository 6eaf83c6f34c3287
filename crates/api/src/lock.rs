//! Locking the records, and what was typed and could not be saved before that: it waits in memory, sealed, until they
//! are opened again.

use std::sync::{MutexGuard, PoisonError};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;
use waymark_records::{Records, SealedText};
use zeroize::Zeroizing;

use crate::Desk;
use crate::errors::{ApiError, OperationError};
use crate::shapes::Nothing;
use crate::vault::{VaultStatus, status_of};

/// Minutes without a touch after which the records are locked; one of these is chosen.
pub const IDLE_MINUTES: [u16; 7] = [1, 2, 5, 10, 15, 30, 60];

/// What is meant where nobody chose.
pub(crate) const USUAL_IDLE_MINUTES: u16 = 10;

/// New values of one thing that can be written in: an application's answers, a note, the fields of a dialog.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct UnsavedText {
    /// What it was typed in.
    pub what: UnsavedIn,
    /// The application, the address of the career, the student, or the name of the dialog with what it is on.
    pub id: String,
    /// The newest value of each key; null takes an answer away.
    pub edits: std::collections::BTreeMap<String, Value>,
}

/// What a text was typed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum UnsavedIn {
    /// An application.
    Application,
    /// A note on a career.
    CareerNote,
    /// The counselor's memory aid on a student.
    MemoryAid,
    /// The fields of a dialog or page that are saved by a button only.
    Form,
}

/// What is unsaved, one for each thing that was typed in.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct Unsaved {
    /// In keeping them: newer values join older ones, and a text without any is saved by now and kept no longer.
    pub texts: Vec<UnsavedText>,
}

/// Closes the records: what is under way ends first. However that goes, they are closed afterwards.
pub async fn lock(desk: &Desk, _: Nothing) -> Result<VaultStatus, ApiError> {
    if let Err(error) = desk.close().await {
        // What was acknowledged is on the disk; the next opening folds the log in.
        tracing::error!(code = error.code, "the records did not close in order");
    }
    Ok(status_of(desk, false))
}

/// Keeps what could not be saved, sealed and in memory, until these records are opened again.
pub async fn keep_unsaved(desk: &Desk, input: Unsaved) -> Result<Nothing, ApiError> {
    let records = desk.records().await?;
    let mut kept = desk.unsaved();
    let (at, mut all) = find(&records, &kept)?;
    for text in input.texts {
        let same = all.texts.iter().position(|old| (old.what, &old.id) == (text.what, &text.id));
        match same {
            Some(same) if text.edits.is_empty() => drop(all.texts.remove(same)),
            Some(same) => all.texts[same].edits.extend(text.edits),
            None if text.edits.is_empty() => {}
            None => all.texts.push(text),
        }
    }
    let plain = Zeroizing::new(serde_json::to_vec(&all).map_err(|_| OperationError::Failed)?);
    let sealed = if all.texts.is_empty() { None } else { Some(records.seal_text(&plain)?) };
    // What other records sealed waits for those.
    if let Some(at) = at {
        kept.remove(at);
    }
    kept.extend(sealed);
    Ok(Nothing {})
}

/// What these records kept. It stays kept until it is said to be saved. In a meeting only what is the student's, and no
/// memory aid for whoever opened the records with a key that opens none.
pub async fn take_unsaved(desk: &Desk, _: Nothing) -> Result<Unsaved, ApiError> {
    let records = desk.records().await?;
    let (_, mut all) = find(&records, &desk.unsaved())?;
    if !records.has_private_key() {
        all.texts.retain(|text| text.what != UnsavedIn::MemoryAid);
    }
    if !all.texts.is_empty() && desk.meeting.student().is_some() {
        let seen = desk.scope().applications(&records).await?;
        all.texts.retain(|text| {
            text.what == UnsavedIn::Application && seen.iter().any(|application| application.id == text.id)
        });
    }
    Ok(all)
}

/// What these records sealed, and where it is among the sealed texts.
fn find(records: &Records, kept: &[SealedText]) -> Result<(Option<usize>, Unsaved), ApiError> {
    for (at, one) in kept.iter().enumerate() {
        if let Some(text) = records.open_text(one)? {
            let read = serde_json::from_slice(&text).map_err(|_| OperationError::Failed)?;
            return Ok((Some(at), read));
        }
    }
    Ok((None, Unsaved::default()))
}

impl Desk {
    /// Whether the records are open; nothing while they are being opened or closed.
    #[must_use]
    pub fn is_open(&self) -> Option<bool> {
        self.open.try_read().ok().map(|open| open.is_some())
    }

    /// After how long without a touch the records are to be locked.
    #[must_use]
    pub fn idle_limit(&self) -> Duration {
        Duration::from_secs(60 * u64::from(self.idle_minutes()))
    }

    fn unsaved(&self) -> MutexGuard<'_, Vec<SealedText>> {
        self.unsaved.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The nearest choice that keeps the records open no longer than asked for.
pub(crate) fn idle_choice(minutes: u16) -> u16 {
    IDLE_MINUTES.into_iter().rev().find(|choice| *choice <= minutes).unwrap_or(IDLE_MINUTES[0])
}

#[cfg(test)]
mod tests {
    use super::idle_choice;

    #[test]
    fn never_is_no_choice_and_no_more_than_an_hour() {
        let chosen = [0, 1, 3, 10, 14, 60, 10_000].map(idle_choice);
        assert_eq!(chosen, [1, 1, 2, 10, 10, 60, 60]);
    }
}
