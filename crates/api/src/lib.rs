//! Everything a person can do, one operation each: the contract between the pages and whatever serves them.
//!
//! A host (the window, the loopback server of the tests) makes one [`Desk`] and hands it each call by name through
//! [`contract::call`] and [`contract::document`]. This crate knows no window, no network and no SQL.
#![forbid(unsafe_code)]

pub mod applications;
pub mod backups;
pub mod careers;
pub mod catalogue;
pub mod changes;
pub mod contract;
pub mod damage;
mod desk;
pub mod errors;
pub mod home;
pub mod jobs;
pub mod lock;
pub mod log;
pub mod meeting;
#[doc(hidden)]
pub mod outside;
pub mod palette;
pub mod rights;
pub mod settings;
pub mod shapes;
pub mod students;
pub mod vault;
mod words;

pub use desk::{Desk, Paths};
pub use errors::ApiError;
pub use settings::managed::managed_file;
pub use waymark_catalogue::shapes::Language;
pub use waymark_records::{Computer, Cost, Surroundings};
pub use waymark_system::keychain::{Keychain, KeychainFault};

/// A finished file on its way to a place that the person chooses. A host gets it from [`log::hand_over`] and no other
/// way, so that nothing leaves which is not logged.
#[derive(Debug, Clone)]
pub struct Document {
    /// A name to begin with, without folder.
    pub name: String,
    /// Its media type.
    pub media_type: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Characters that no font on this computer can print.
    pub missing: Vec<char>,
    /// Whose data it holds.
    pub discloses: log::Discloses,
}

/// Writes a document to the place that the person chose, whole or not at all.
pub fn write_document(path: &std::path::Path, document: &Document) -> Result<(), ApiError> {
    use waymark_records::RecordsError;
    waymark_records::replace_file(path, &document.bytes).map_err(|error| match error {
        RecordsError::DiskFull => errors::StorageError::DiskFull.into(),
        _ => errors::DocumentsError::NotWritten.into(),
    })
}
