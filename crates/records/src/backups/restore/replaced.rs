//! The records that a backup is to replace while they are closed: opened once more before they go, where the keys at hand
//! open them, to ask what has happened by them. Where they can't be asked, they still hold it where they are set aside.

use std::sync::Arc;

use super::{Opened, Secret};
use crate::surroundings::Surroundings;
use crate::vault::envelope::Envelope;
use crate::vault::folder::Folder;
use crate::{Records, RecordsError};

/// Why records that are replaced can't be asked what has happened by them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotAsked {
    /// They are other records than those of the backup.
    OtherRecords,
    /// They are under another key, which what opened the backup does not open.
    OtherKey,
    /// They are damaged, or can't be opened just now.
    Unreadable,
}

impl Opened {
    /// Opens the records that lie in this folder and are of the same person's as this backup. `secret` is what opened the
    /// backup: under a key that was made since, it may still be the right one.
    ///
    /// # Errors
    /// Why they are not to be opened. They are as they were then.
    pub fn replaced(
        &self,
        folder: &Folder,
        secret: &Secret,
        surroundings: Arc<dyn Surroundings>,
    ) -> Result<Records, NotAsked> {
        let held = match Envelope::read(&folder.keys()) {
            Ok(present) if present.records() != self.envelope.records() => {
                return Err(NotAsked::OtherRecords);
            }
            Ok(present) if present.key_id() != self.envelope.key_id() => {
                secret.open(&present).map_err(|fault| match fault {
                    RecordsError::KeysDamaged => NotAsked::Unreadable,
                    _ => NotAsked::OtherKey,
                })?
            }
            // Without a file of keys they are those of the backup where its key opens them.
            Ok(_) | Err(_) => self.held.clone(),
        };
        Records::start_with(folder, &held, surroundings).map_err(|fault| {
            tracing::warn!(%fault, "records that a backup replaces could not be asked what has happened");
            NotAsked::Unreadable
        })
    }
}
