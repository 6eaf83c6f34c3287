//! Undo of what a person did to the records.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Desk;
use crate::errors::{ApiError, ChangesError, not_found};

/// Undoes one change.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Undo {
    /// Its number.
    pub change: i64,
}

/// It was undone; the undoing is itself a change.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Undone {
    /// Number of the new change, to do it again.
    pub change: i64,
}

/// Takes one change back.
pub async fn undo(desk: &Desk, input: Undo) -> Result<Undone, ApiError> {
    let records = desk.records().await?;
    let packs = desk.packs()?;
    let today = crate::applications::today(desk);
    let done = records
        .undo(input.change, move |form, version, answers| {
            // A draft on a form that this program does not know keeps its answers and says nothing of readiness.
            packs.version(form, version).map(|pack| pack.progress(answers, &today)).unwrap_or_default()
        })
        .await
        .map_err(not_found(ChangesError::NotFound))?;
    done.change.map(|change| Undone { change }).ok_or_else(|| ChangesError::NotFound.into())
}
