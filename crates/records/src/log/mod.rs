//! What left the records, who looked into them, and what was changed: written here for outputs, read here for all.
//!
//! An output is logged before it leaves, in a transaction of its own: what can't be logged can't leave. Where it then
//! could not be written after all, its rows say so; a program that ends in between leaves a row for an output that may
//! not have left, never an output without its row.

pub(crate) mod carried;
mod list;
mod outputs;
pub(crate) mod shapes;
#[cfg(test)]
mod tests;
pub(crate) mod verify;

use crate::changes::rows::{ACCESS, CERTIFICATE, DISCLOSURE, HOLD, Table};

/// What has happened, whatever the records say by now. Nothing may stand there that the log of changes does not say, and
/// going back to a backup takes none of it back.
const HAPPENED: [&Table; 4] = [&DISCLOSURE, &ACCESS, &HOLD, &CERTIFICATE];
