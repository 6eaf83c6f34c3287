//! Why the catalogue cannot answer.

use std::fmt::Display;

use thiserror::Error;

/// The catalogue file cannot be used. The pages turn [`CatalogueError::code`] into words.
#[derive(Debug, Error)]
pub enum CatalogueError {
    /// No file at the path.
    #[error("there is no catalogue file")]
    Missing,
    /// The file is cut short, altered, or no catalogue.
    #[error("the catalogue file is damaged: {reason}")]
    Damaged {
        /// What was found, for the log.
        reason: String,
    },
    /// The file was written for another version of the program.
    #[error("the catalogue file has version {found}, this program reads {expected}")]
    OtherVersion {
        /// Version of the file.
        found: i32,
        /// Version that this program reads.
        expected: i32,
    },
    /// The operating system does not let the file be read.
    #[error("the catalogue file cannot be read: {reason}")]
    Unreadable {
        /// What the system says, for the log.
        reason: String,
    },
}

impl CatalogueError {
    /// Stable code: `missing`, `damaged`, `other_version` or `unreadable`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Damaged { .. } => "damaged",
            Self::OtherVersion { .. } => "other_version",
            Self::Unreadable { .. } => "unreadable",
        }
    }

    pub(crate) fn damaged(reason: impl Display) -> Self {
        Self::Damaged { reason: reason.to_string() }
    }
}

impl From<std::io::Error> for CatalogueError {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::NotFound => Self::Missing,
            std::io::ErrorKind::UnexpectedEof => Self::damaged(error),
            _ => Self::Unreadable { reason: error.to_string() },
        }
    }
}

impl From<rusqlite::Error> for CatalogueError {
    /// A sealed file that SQLite then cannot read is either damaged since, or out of reach.
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode::{CannotOpen, PermissionDenied, SystemIoFailure};
        match error.sqlite_error_code() {
            Some(CannotOpen | PermissionDenied | SystemIoFailure) => {
                Self::Unreadable { reason: error.to_string() }
            }
            _ => Self::damaged(error),
        }
    }
}

impl From<serde_json::Error> for CatalogueError {
    fn from(error: serde_json::Error) -> Self {
        Self::damaged(error)
    }
}
