//! Undo of what a person did to the records.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

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
