//! A new data key: the records are encrypted anew, for whoever fears that the old key was seen. The passphrase and the
//! recovery keys stay what they are.
//!
//! Everything is made beside what holds (`records.db.new`, `records.keys.new`), checked and synced. Until then a
//! person can call it off, and a stop at any moment leaves the old records as they were. Then come two renames:
//!
//! 1. `records.db.new` over `records.db`. From here on the new key holds.
//! 2. `records.keys.new` over `records.keys`.
//!
//! A stop between the two leaves records that the old file of keys does not open, with the new file of keys beside
//! them. Both open with the same secret, so the next opening finds out which data key opens the records and does what
//! was left to do ([`completed`]): the second rename, or taking the unused files away. The old file of records has
//! another name (`records.db.before`) from before the first rename until the new one was opened.
//!
//! No document is written to the records folder yet. Where one lies there, this refuses: its key would be lost.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use super::copies::{PlaceOutcome, bring_present};
use super::export::export;
use super::folder::{Folder, replace_file, sync_folder};
use super::{Secret, Unsealed, Vault, existing};
use crate::{RecordsError, store};

/// Told how far it is, in bytes of so many; may call it off.
pub type Progress = Box<dyn FnMut(u64, u64) -> ControlFlow<()> + Send>;

impl Vault {
    /// Encrypts the records, which must be closed, under a new data key.
    pub fn new_key(&self, passphrase: &str, progress: Progress) -> Result<Vec<PlaceOutcome>, RecordsError> {
        let opened = super::restore::unseal(
            &self.folder,
            &self.places,
            Secret::Passphrase(passphrase),
            self.surroundings.as_ref(),
        )?;
        if std::fs::read_dir(self.folder.documents()).is_ok_and(|mut entries| entries.next().is_some()) {
            return Err(RecordsError::Internal("documents under the old key"));
        }
        let made = self.make_beside(opened, passphrase, progress);
        if made.is_err() {
            remove_new(&self.folder)?;
        }
        made?;
        replace(&self.folder, &mut |_| Ok(()))?;
        let present = existing(&self.folder)?;
        // Copies for older backups stay as they are: their data key is another.
        let brought = self.known_places().into_iter().map(|place| {
            let state = bring_present(&place, &present);
            PlaceOutcome { place, state }
        });
        Ok(brought.collect())
    }

    fn make_beside(
        &self,
        opened: Unsealed,
        passphrase: &str,
        progress: Progress,
    ) -> Result<(), RecordsError> {
        remove_new(&self.folder)?;
        let cost = opened.envelope.cost().raised_to(self.cost);
        let (envelope, keys) = opened.envelope.with_new_data_key(
            opened.keys.private,
            passphrase.as_bytes(),
            cost,
            self.surroundings.as_ref(),
        )?;
        let new = self.folder.new_database();
        export(&self.folder.database(), &opened.keys.data, &new, &keys.data, progress)?;
        std::fs::File::open(&new)?.sync_all()?;
        replace_file(&self.folder.new_keys(), &envelope.to_bytes()?)
    }
}

/// The moments at which a power cut would leave another state behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Moment {
    Made,
    OldKept,
    DatabaseReplaced,
    KeysReplaced,
}

/// The last step, which nobody can call off. `before_going_on` is asked at each moment, for tests that stop there.
fn replace(
    folder: &Folder,
    before_going_on: &mut dyn FnMut(Moment) -> Result<(), RecordsError>,
) -> Result<(), RecordsError> {
    before_going_on(Moment::Made)?;
    keep_old(&folder.database(), &folder.database_before())?;
    sync_folder(folder.path())?;
    before_going_on(Moment::OldKept)?;
    std::fs::rename(folder.new_database(), folder.database())?;
    sync_folder(folder.path())?;
    before_going_on(Moment::DatabaseReplaced)?;
    std::fs::rename(folder.new_keys(), folder.keys())?;
    sync_folder(folder.path())?;
    before_going_on(Moment::KeysReplaced)?;
    remove(&folder.database_before())
}

/// Gives the old file a second name. Where the disk knows no second names, the next step's rename is atomic all the
/// same, and what it brings was checked.
fn keep_old(database: &Path, before: &Path) -> Result<(), RecordsError> {
    remove(before)?;
    if let Err(error) = std::fs::hard_link(database, before) {
        tracing::info!(kind = ?error.kind(), "the old records got no second name");
    }
    Ok(())
}

/// Does what a new key that was cut off left to do, and takes away what nothing needs.
pub(super) fn completed(
    folder: &Folder,
    unsealed: Unsealed,
    secret: Secret<'_>,
) -> Result<Unsealed, RecordsError> {
    if !was_cut_off(folder) {
        return Ok(unsealed);
    }
    if store::opens(&folder.database(), &unsealed.keys.data)? {
        remove_new(folder)?;
        remove(&folder.database_before())?;
        return Ok(unsealed);
    }
    let Ok(envelope) = super::envelope::Envelope::read(&folder.new_keys()) else { return Ok(unsealed) };
    let Ok((keys, by)) = secret.open(&envelope) else { return Ok(unsealed) };
    if !store::opens(&folder.database(), &keys.data)? {
        // Neither opens it: that is damage, and all of this may still be needed.
        return Ok(unsealed);
    }
    std::fs::rename(folder.new_keys(), folder.keys())?;
    sync_folder(folder.path())?;
    remove(&folder.database_before())?;
    Ok(Unsealed { envelope, keys, by, restored: None })
}

/// Whether a new key left something to do, which takes the passphrase or a recovery key.
pub(super) fn was_cut_off(folder: &Folder) -> bool {
    leftovers(folder).iter().any(|path| path.exists())
}

fn leftovers(folder: &Folder) -> [PathBuf; 3] {
    [folder.new_database(), folder.new_keys(), folder.database_before()]
}

fn remove_new(folder: &Folder) -> Result<(), RecordsError> {
    for path in [folder.new_keys(), folder.new_database()] {
        remove(&path)?;
    }
    for ending in ["-journal", "-wal", "-shm"] {
        remove(&store::beside(&folder.new_database(), ending))?;
    }
    Ok(())
}

fn remove(path: &Path) -> Result<(), RecordsError> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

#[cfg(test)]
#[path = "new_key_tests.rs"]
mod tests;
