//! Published facts about careers: built from `data/`, read from one read-only file. Never sees a student.
//!
//! [`build()`] compiles the folder and names every fault in it; [`Catalogue`] answers from the file that it wrote.

#![forbid(unsafe_code)]

pub mod build;
mod error;
mod index;
mod read;
mod seal;
pub mod shapes;
mod words;

pub use build::{BuildFaults, BuildReport, Fault, FaultKind, build};
pub use error::CatalogueError;
pub use read::Catalogue;

/// Marks a file as a catalogue (`PRAGMA application_id`): the letters `Wmrk`.
pub(crate) const APPLICATION_ID: i32 = 0x576d_726b;

/// Version of the file's inner shape (`PRAGMA user_version`). Raised whenever `schema.sql`, or what its columns mean,
/// changes: reader and file always ship together, so that no reader needs to know two of them.
pub(crate) const SCHEMA_VERSION: i32 = 2;
