//! Inputs and answers that every area shares.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// No input.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct Nothing {}

/// Something was saved; the change can be undone by its number.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Saved {
    /// Id of what was made or changed.
    pub id: String,
    /// Number of the change, for undo. None where nothing had to change.
    pub change: Option<i64>,
    /// When it was saved, RFC 3339 UTC.
    pub saved_at: String,
}
