//! The readers of bytes that come from outside, laid open for the fuzzers of `tests/fuzz`. The program itself reaches
//! them by its own ways and never through here.

use crate::ApiError;
use crate::settings::{Kept, managed::Managed};
use crate::students::RosterColumns;

/// Reads a file of settings; says whether it could be read.
#[must_use]
pub fn settings(bytes: &[u8]) -> bool {
    Kept::parse(bytes).is_ok()
}

/// Reads a file in which a school has set values; says whether it could be read.
#[must_use]
pub fn managed(bytes: &[u8]) -> bool {
    Managed::parse(bytes).is_ok()
}

/// Reads a roster; gives the rows and the faults found.
pub fn roster(text: &str, columns: Option<RosterColumns>) -> Result<(usize, usize), ApiError> {
    crate::students::read_text(text, columns)
}
