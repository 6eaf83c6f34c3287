//! Whole copies of the records that a restore, a salvage or damage has set aside. They hold whom the records held then. One
//! that the present key opens and that is whole can lose a student as a backup does; another can only be deleted as a
//! whole, which nobody but the counselor decides.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rusqlite::{Connection, OpenFlags};
use serde::Serialize;
use ts_rs::TS;

use super::check::{self, Watcher, go_on};
use super::{Backups, Rewritten};
use crate::rights::erase::erase_from_copy;
use crate::vault::folder::sync_folder;
use crate::{AsideWish, Erasure, Folder, RecordsError, store};

/// A copy that was set aside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AsideCopy {
    /// Its folder.
    pub folder: String,
    /// Whether the present key opens it; whether it is whole shows only when it is read through.
    pub opens: bool,
}

impl Backups {
    /// The copies of the records that were set aside, the newest first.
    pub fn aside(&self) -> Result<Vec<AsideCopy>, RecordsError> {
        let mut copies = Vec::new();
        for path in aside_folders(&self.folder)? {
            let database = Folder::at(path.clone()).database();
            // One that can't be read at all just now is one that does not open.
            let opens = database.is_file() && store::opens(&database, &self.held.data).unwrap_or(false);
            copies.push(AsideCopy { folder: path.display().to_string(), opens });
        }
        Ok(copies)
    }

    /// Erases from what was set aside.
    pub(super) fn erase_from_aside(
        &self,
        erasures: &[Erasure],
        done: &mut Rewritten,
        watch: &Arc<dyn Watcher>,
    ) -> Result<(), RecordsError> {
        for path in aside_folders(&self.folder)? {
            let of_this: Vec<&Erasure> = erasures.iter().filter(|one| one.aside.contains(&path)).collect();
            if of_this.is_empty() {
                continue;
            }
            go_on(watch.as_ref())?;
            match self.erase_from_folder(&path, &of_this, watch) {
                Ok(found) => {
                    done.aside_rewritten += u32::from(found);
                    done.aside_done.insert(path);
                }
                Err(fault @ (RecordsError::Stopped | RecordsError::DiskFull)) => return Err(fault),
                // Only what no key here opens or what is not whole is deleted; a fault of the disk may pass.
                Err(RecordsError::Damaged | RecordsError::Newer { .. })
                    if of_this.iter().any(|one| one.copies.aside == AsideWish::RewriteOrDelete) =>
                {
                    match delete(&path) {
                        Ok(()) => {
                            done.aside_deleted += 1;
                            done.aside_done.insert(path);
                        }
                        Err(fault) => {
                            tracing::error!(%fault, "a copy that was set aside could not be deleted");
                            done.left.aside.push(path);
                        }
                    }
                }
                Err(fault) => {
                    tracing::warn!(%fault, "a copy that was set aside could not be written anew");
                    done.left.aside.push(path);
                }
            }
        }
        Ok(())
    }

    /// Says whether there was anything to erase. It is done in the file itself, each step whole by SQLite's own means: a
    /// file beside it would meet the old one's log.
    fn erase_from_folder(
        &self,
        path: &Path,
        erasures: &[&Erasure],
        watch: &Arc<dyn Watcher>,
    ) -> Result<bool, RecordsError> {
        let database = Folder::at(path.to_path_buf()).database();
        let mut copy = self.open_aside(&database)?;
        check::whole(&copy, watch.as_ref())?;
        store::migrate(&mut copy, self.surroundings.as_ref())?;
        let found = erase_from_copy(&mut copy, erasures)?;
        store::complete(copy)?;
        sync_folder(path)?;
        Ok(found)
    }

    fn open_aside(&self, database: &Path) -> Result<Connection, RecordsError> {
        // A log without its file, or an empty file, is no copy that can be read.
        if std::fs::metadata(database).map_or(0, |file| file.len()) == 0 {
            return Err(RecordsError::Damaged);
        }
        let copy = store::connect(database, &self.held.data, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        store::steps_taken(&copy)?;
        store::set_up(&copy)?;
        Ok(copy)
    }
}

/// Folders in which there is a file of records, or what was written to one last, the newest first.
pub(crate) fn aside_folders(folder: &Folder) -> Result<Vec<PathBuf>, RecordsError> {
    let entries = match std::fs::read_dir(folder.set_aside()) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error.into()),
    };
    let mut folders = Vec::new();
    for entry in entries {
        let entry = entry?;
        // A link leads elsewhere: what lies there was not set aside here.
        if !entry.file_type()?.is_dir() {
            continue;
        }
        let copy = Folder::at(entry.path());
        if copy.database().is_file() || copy.wal().is_file() {
            folders.push(entry.path());
        }
    }
    folders.sort_unstable_by(|one, other| other.cmp(one));
    Ok(folders)
}

/// Deletes a copy as a whole.
fn delete(path: &Path) -> Result<(), RecordsError> {
    std::fs::remove_dir_all(path)?;
    path.parent().map_or(Ok(()), sync_folder)
}
