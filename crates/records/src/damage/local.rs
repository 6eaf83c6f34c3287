//! A copy of records on this computer's own disk, for a folder in which they can't be kept. Nothing is written where they
//! lie: not a lock, and not a byte of SQLite's.

use super::aside::copy;
use crate::vault::folder::sync_folder;
use crate::{Folder, FolderState, RecordsError};

/// Copies keys, records file and what SQLite had not folded into it. The records file comes last: until it is there the
/// copy counts as none.
///
/// # Errors
/// `AlreadyThere` where the other folder has records; what could not be read or written otherwise.
pub fn copy_records(from: &Folder, to: &Folder) -> Result<(), RecordsError> {
    if from.state()? != FolderState::Records {
        return Err(RecordsError::NoRecords);
    }
    if to.state()? != FolderState::Empty {
        return Err(RecordsError::AlreadyThere);
    }
    to.make()?;
    if from.wal().try_exists()? {
        copy(&from.wal(), &to.wal())?;
    }
    let written = copy(&from.database(), &to.unfinished()).and_then(|()| copy(&from.keys(), &to.keys()));
    if let Err(error) = written {
        for begun in [to.wal(), to.unfinished(), to.keys()] {
            // What was begun here is a copy; the first fault is the one to tell.
            let _ = std::fs::remove_file(begun);
        }
        return Err(error);
    }
    std::fs::rename(to.unfinished(), to.database())?;
    sync_folder(to.path())
}
