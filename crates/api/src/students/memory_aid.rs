//! A counselor's own memory aid on a student. It is in no export, and the school's recovery key does not open it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::StudentId;
use crate::Desk;
use crate::errors::{ApiError, StudentsError, not_found};
use crate::shapes::Saved;

/// A memory aid, as far as it can be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct MemoryAid {
    /// Whether it can be read and written.
    pub state: MemoryAidState,
    /// What was written; empty where there is nothing, or where it can't be read.
    pub text: String,
    /// When it was saved, RFC 3339 UTC; none where nothing was written.
    pub saved_at: Option<String>,
}

/// Whether a memory aid can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MemoryAidState {
    /// It can.
    Open,
    /// The school's recovery key opened the records: it can't.
    SchoolKey,
    /// The counselor's recovery key is from before memory aids: another has to be made first.
    NeedsRecoveryKey,
    /// It was sealed under a key that is no more. It can be taken away.
    OtherKey,
}

/// Saves a memory aid.
#[derive(Clone, Deserialize, TS)]
pub struct SaveMemoryAid {
    /// Id of the student.
    pub id: String,
    /// The text; an empty one takes it away.
    pub text: String,
}

/// The memory aid on a student.
pub async fn show(desk: &Desk, input: StudentId) -> Result<MemoryAid, ApiError> {
    let records = desk.records().await?;
    let (readable, text, saved_at) = match records.memory_aid(input.id).await? {
        waymark_records::MemoryAid::None => (true, String::new(), None),
        waymark_records::MemoryAid::Written { text, saved_at } => (true, text, Some(saved_at)),
        waymark_records::MemoryAid::Sealed { saved_at } => (false, String::new(), Some(saved_at)),
    };
    let state = match (records.has_private_key(), readable) {
        (true, true) => MemoryAidState::Open,
        (true, false) => MemoryAidState::OtherKey,
        // What a first-version file lacks comes with a new recovery key; what the school's key does not open does not.
        (false, _) if desk.vault().keys_state()?.recovery_key_is_new => MemoryAidState::SchoolKey,
        (false, _) => MemoryAidState::NeedsRecoveryKey,
    };
    Ok(MemoryAid { state, text, saved_at })
}

/// Saves the memory aid on a student.
pub async fn save(desk: &Desk, input: SaveMemoryAid) -> Result<Saved, ApiError> {
    let records = desk.records().await?;
    let done = records.save_memory_aid(input.id.clone(), input.text).await;
    let done = done.map_err(not_found(StudentsError::NotFound))?;
    Ok(Saved { id: input.id, change: done.change, saved_at: done.at })
}
