//! Restoring: a backup takes the place of the records, and what was there is set aside, never deleted.
//!
//! The order, and what a stop at each moment means:
//! 1. the backup is verified and copied to `records.db.restoring`; where its key is another one, the envelope that
//!    opens it to `records.keys.restoring`. What has happened by the records that are left is written into the copy.
//!    Both are synced. Left over, they are removed; the records are untouched;
//! 2. the records are closed, `set-aside/DATE/` is made, and the file `records.restore` that names it is put in place
//!    with one rename. From here on the restore is decided: whoever comes next finishes it, before anything is opened;
//! 3. the log of the records, the records and, where another comes, their envelope are renamed into `set-aside/DATE/`;
//! 4. the new envelope, then the new records get their names, each made sure of before the next. There are records again;
//! 5. `records.restore` is removed.
//!
//! Steps 3 to 5 can be done any number of times over: each file that is still to be moved is moved, and no new file has
//! its name before every old one is gone.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rusqlite::{Connection, OpenFlags};
use serde::{Deserialize, Serialize};

use super::check::{self, Watcher};
use super::manifest::{BackupReason, Header, Manifest};
use super::place::{BackupPlace, is_name, remove_if_there, time_of};
use super::second::copy_synced;
use super::{Backups, Unwatched};
use crate::log::carried::carry_over;
use crate::surroundings::{Surroundings, written};
use crate::vault::envelope::Envelope;
use crate::vault::folder::{Folder, replace_file, sync_folder};
use crate::vault::{self, Held};
use crate::{Carried, LogHead, RecordsError, RecoveryKey, store};

mod elsewhere;
mod newest;
mod replaced;
#[cfg(test)]
mod tests;

pub use elsewhere::{Elsewhere, ElsewhereRow};
pub use newest::{FoundBackup, NewestGood, Places};
pub use replaced::NotAsked;

/// Where a decided restore is named.
const DECIDED: &str = "records.restore";

/// What opens records or a backup of them; a backup with what was valid at its time.
pub enum Secret {
    /// The passphrase.
    Passphrase(String),
    /// The recovery key.
    Recovery(RecoveryKey),
}

impl Secret {
    /// As the file of keys takes it.
    pub(crate) fn typed(&self) -> vault::Secret<'_> {
        match self {
            Self::Passphrase(passphrase) => vault::Secret::Passphrase(passphrase),
            Self::Recovery(key) => vault::Secret::Recovery(key),
        }
    }

    fn open(&self, envelope: &Envelope) -> Result<Held, RecordsError> {
        self.typed().open(envelope).map(|(keys, by)| Held::of(keys, by))
    }
}

/// A backup that can be looked into and restored.
pub struct Opened {
    place: BackupPlace,
    name: String,
    held: Held,
    envelope: Arc<Envelope>,
    /// Nothing where it is missing or damaged; the backup may be whole all the same.
    manifest: Option<Manifest>,
}

/// A backup is in the place of the records.
pub struct Restored {
    /// Where what was there before lies now; nothing where there was nothing.
    pub aside: Option<PathBuf>,
    /// Whether the passphrase and the recovery key are those of the backup's time from now on.
    pub other_key: bool,
    pub(crate) held: Held,
}

impl Backups {
    /// Opens a backup, from the first place if it is there, or from the second one. One under an older key needs the
    /// passphrase or the recovery key of that time.
    pub fn open(&self, name: &str, in_second: bool, secret: Option<&Secret>) -> Result<Opened, RecordsError> {
        let place = if in_second { self.second.as_ref().ok_or(RecordsError::NotFound)? } else { &self.first };
        if !is_name(name) || !place.backup(name).try_exists()? {
            return Err(RecordsError::NotFound);
        }
        let header = Header::read(&place.manifest(name)).ok();
        let ours = header.as_ref().is_none_or(|header| header.key_id == self.envelope.key_id());
        if ours {
            return Ok(Opened::of(place, name, self.held.clone(), Arc::clone(&self.envelope)));
        }
        let secret = secret.ok_or(RecordsError::BackupOlderKey)?;
        let key_id = header.map(|header| header.key_id).unwrap_or_default();
        let mut there = self.places().filter(|place| place.is_there());
        let envelope = there.find_map(|place| Envelope::read(&place.keys(&key_id)).ok());
        let envelope = envelope.ok_or(RecordsError::BackupKeysMissing)?;
        let held = secret.open(&envelope)?;
        Ok(Opened::of(place, name, held, Arc::new(envelope)))
    }
}

impl Opened {
    fn of(place: &BackupPlace, name: &str, held: Held, envelope: Arc<Envelope>) -> Self {
        let manifest = Manifest::read(&place.manifest(name), name, &held.data).ok().flatten();
        Self { place: place.clone(), name: name.into(), held, envelope, manifest }
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn made_at(&self) -> String {
        let named = || time_of(&self.name).map(written).unwrap_or_default();
        self.manifest.as_ref().map_or_else(named, |manifest| manifest.made_at.clone())
    }

    pub(super) fn reason(&self) -> Option<BackupReason> {
        self.manifest.as_ref().map(|manifest| manifest.reason)
    }

    /// A connection to the backup. What is wrong with it is a damaged backup, not damaged records.
    pub(super) fn connection(&self, watch: &Arc<dyn Watcher>) -> Result<Connection, RecordsError> {
        let path = self.place.backup(&self.name);
        check::finished(&path, &self.held.data, watch).map_err(of_backup)
    }

    /// Reads the backup through and holds it against its description and all its own references, where it lies.
    pub(super) fn verify(&self, watch: &Arc<dyn Watcher>) -> Result<(), RecordsError> {
        let (sha256, size) = check::sum(&self.place.backup(&self.name), watch.as_ref())?;
        self.is_as_described(&sha256, size)?;
        watch.at(2, newest::PARTS);
        self.connection(watch).and_then(|connection| is_good(&connection, watch)).map_err(of_backup)
    }

    fn is_as_described(&self, sha256: &str, size: u64) -> Result<(), RecordsError> {
        let fits = |manifest: &Manifest| manifest.sha256 == sha256 && manifest.size == size;
        if self.manifest.as_ref().is_none_or(fits) { Ok(()) } else { Err(RecordsError::BackupDamaged) }
    }

    /// Step 1: verifies the backup and copies it beside the records, which may be open meanwhile.
    pub fn prepare(&self, folder: &Folder, watch: &Arc<dyn Watcher>) -> Result<(), RecordsError> {
        discard(folder)?;
        let prepared = self.copy_beside(folder, watch);
        if prepared.is_err() {
            // The first fault is the one to tell; what stays is removed by the next one.
            let _ = discard(folder);
        }
        prepared.map_err(of_backup)
    }

    fn copy_beside(&self, folder: &Folder, watch: &Arc<dyn Watcher>) -> Result<(), RecordsError> {
        watch.at(0, 3);
        let copied = copy_synced(&self.place.backup(&self.name), &restoring(folder), watch.as_ref())?;
        self.is_as_described(&copied.sha256, copied.size)?;
        watch.at(1, 3);
        is_good(&check::finished(&restoring(folder), &self.held.data, watch)?, watch)?;
        watch.at(2, 3);
        let there = Envelope::read(&folder.keys());
        if !there.is_ok_and(|there| there.key_id() == self.envelope.key_id()) {
            replace_file(&restoring_keys(folder), &self.envelope.to_bytes()?)?;
        }
        super::make::copy_documents(&self.place.documents(), &folder.documents())?;
        sync_folder(folder.path())?;
        watch.at(3, 3);
        Ok(())
    }

    /// Between steps 1 and 2: what has happened by the records that are left goes into the prepared copy, so that it
    /// comes with it or not at all.
    pub fn take_along(
        &self,
        folder: &Folder,
        carried: Carried,
        backups: Vec<LogHead>,
        surroundings: &dyn Surroundings,
    ) -> Result<(), RecordsError> {
        let path = restoring(folder);
        let write = || {
            let mut copy = store::connect(&path, &self.held.data, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
            // It stays one file: no log beside it would come along.
            store::set_up_alone(&copy)?;
            store::migrate(&mut copy, surroundings)?;
            carry_over(&mut copy, surroundings, carried, backups)?;
            copy.close().map_err(|(_, fault)| fault.into())
        };
        write().map_err(of_backup)?;
        std::fs::File::open(&path)?.sync_all()?;
        sync_folder(folder.path())
    }

    /// Steps 2 to 5: puts the prepared backup in the place of the records, which are closed.
    pub fn put_in_place(
        &self,
        folder: &Folder,
        surroundings: &dyn Surroundings,
    ) -> Result<Restored, RecordsError> {
        let other_key = restoring_keys(folder).try_exists()?;
        let aside = decide(folder, surroundings)?;
        finish_watched(folder, &Unwatched)?;
        let aside = aside.filter(|aside| aside.is_dir());
        Ok(Restored { aside, other_key, held: self.held.clone() })
    }
}

/// Refuses a backup, where it lies or as it was copied, of a newer schema and one that is not whole.
fn is_good(connection: &Connection, watch: &Arc<dyn Watcher>) -> Result<(), RecordsError> {
    store::steps_taken(connection)?;
    check::whole(connection, watch.as_ref())
}

/// What is damaged here is the backup.
fn of_backup(error: RecordsError) -> RecordsError {
    if error == RecordsError::Damaged { RecordsError::BackupDamaged } else { error }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Decided {
    /// Name of the folder within `set-aside`.
    aside: String,
}

/// Step 2. Gives the folder for what is set aside, where there is something.
fn decide(folder: &Folder, surroundings: &dyn Surroundings) -> Result<Option<PathBuf>, RecordsError> {
    let aside = folder.free_aside(surroundings.now())?;
    let name = aside.file_name().and_then(|name| name.to_str()).ok_or(RecordsError::Internal("aside"))?;
    let decided = Decided { aside: name.to_owned() };
    let bytes = serde_json::to_vec(&decided).map_err(|_| RecordsError::Internal("decided"))?;
    let anything = old_files(folder).iter().any(|path| path.exists());
    replace_file(&folder.path().join(DECIDED), &bytes)?;
    Ok(Some(aside).filter(|_| anything))
}

/// Finishes a restore that was decided and cut off, and clears away one that was not. To be called by whoever owns the
/// folder, before anything in it is opened.
pub(crate) fn finish(folder: &Folder) -> Result<(), RecordsError> {
    finish_watched(folder, &Unwatched)
}

/// The watcher hears of each step.
fn finish_watched(folder: &Folder, watch: &dyn Watcher) -> Result<(), RecordsError> {
    let decided = folder.path().join(DECIDED);
    if !decided.try_exists()? {
        return discard(folder);
    }
    set_aside(folder, &aside_of(&decided)?, watch)?;
    // Asked for by itself, and synced by itself: a power cut keeps any of the renames that were not synced, so the
    // records may have got their name where the keys have not.
    if restoring_keys(folder).try_exists()? {
        std::fs::rename(restoring_keys(folder), folder.keys())?;
        watch.at(5, 9);
        sync_folder(folder.path())?;
    }
    if restoring(folder).try_exists()? {
        std::fs::rename(restoring(folder), folder.database())?;
        watch.at(6, 9);
        sync_folder(folder.path())?;
    }
    watch.at(7, 9);
    remove_if_there(&decided)?;
    watch.at(8, 9);
    sync_folder(folder.path())
}

/// Step 3.
fn set_aside(folder: &Folder, aside: &str, watch: &dyn Watcher) -> Result<(), RecordsError> {
    let target = folder.set_aside().join(aside);
    for (step, path) in (0..).zip(old_files(folder)) {
        if !path.try_exists()? {
            continue;
        }
        std::fs::create_dir_all(&target)?;
        let name = path.file_name().ok_or(RecordsError::Internal("aside"))?;
        std::fs::rename(&path, target.join(name))?;
        watch.at(step, 9);
    }
    if target.is_dir() {
        sync_folder(&target)?;
        sync_folder(&folder.set_aside())?;
    }
    sync_folder(folder.path())
}

/// What goes: the log first, so that it is never seen beside other records; the envelope only where another comes. Once
/// the new records have their name, what lies there is not old.
fn old_files(folder: &Folder) -> Vec<PathBuf> {
    let mut files = Vec::new();
    if restoring(folder).exists() {
        let database = folder.database();
        files.extend([store::beside(&database, "-wal"), store::beside(&database, "-shm"), database]);
    }
    if restoring_keys(folder).exists() {
        files.push(folder.keys());
    }
    files
}

/// The folder that was decided on. A name that is none, in a file that somebody changed, leads nowhere else.
pub(crate) fn aside_of(decided: &Path) -> Result<String, RecordsError> {
    let named = serde_json::from_slice(&std::fs::read(decided)?).map(|decided: Decided| decided.aside);
    let plain = |name: &String| {
        !name.is_empty()
            && name.len() < 40
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    Ok(named.ok().filter(plain).unwrap_or_else(|| "interrupted".into()))
}

/// Removes a prepared restore that nobody has decided on.
fn discard(folder: &Folder) -> Result<(), RecordsError> {
    let restoring = restoring(folder);
    for path in [store::beside(&restoring, "-journal"), restoring, restoring_keys(folder)] {
        match remove_if_there(&path) {
            // In a folder that can't be written to nothing was ever prepared.
            Ok(()) | Err(RecordsError::ReadOnly | RecordsError::FolderUnusable) => {}
            Err(fault) => return Err(fault),
        }
    }
    Ok(())
}

fn restoring(folder: &Folder) -> PathBuf {
    folder.path().join("records.db.restoring")
}

fn restoring_keys(folder: &Folder) -> PathBuf {
    folder.path().join("records.keys.restoring")
}
