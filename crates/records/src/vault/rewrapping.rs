//! Wrapping anew goes through many files in several places, some of them away, and can be cut off between any two. What
//! the files of keys are to be is written down first (`records.keys.rewrapping`): they are the same for every place, so
//! that whoever opens the records next goes on without the old passphrase, and knows which places it did not reach. It
//! holds what those places will hold, and no secret beside it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::copies::{PlaceOutcome, PlaceState, bring_present, put, whole_copies};
use super::envelope::Envelope;
use super::folder::{Folder, replace_file, sync_folder};
use super::secrets::Keys;
use super::{Vault, existing};
use crate::RecordsError;

/// What the files of keys are to be, and where they are not that yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rewrapping {
    /// Check sum of the file of keys before, which opens with what held then and is not kept itself. Where it is still
    /// that of the one that holds, nothing was changed.
    before: String,
    /// The files as they are to be, one for each data key.
    files: Vec<Envelope>,
    /// Places that do not have them yet, or have a copy that nobody could open.
    left: Vec<PathBuf>,
}

/// A changed file of keys: as it lies in the records folder, and as its copies lie in backup places.
pub(super) struct Changed {
    here: Envelope,
    copy: Envelope,
}

impl Changed {
    pub(super) fn new(vault: &Vault, here: Envelope, keys: &Keys) -> Result<Self, RecordsError> {
        let copy = here.for_backups(&keys.data, vault.surroundings.as_ref())?;
        Ok(Self { here, copy })
    }
}

/// Asked before each write, for tests that stop there.
pub(super) type Stop<'s> = &'s mut dyn FnMut() -> Result<(), RecordsError>;

impl Rewrapping {
    /// What was written down and still holds. What can't be read is none: a copy of the present file of keys comes to
    /// each place with the next backup all the same.
    pub(super) fn read(folder: &Folder) -> Option<Self> {
        let bytes = std::fs::read(folder.rewrapping()).ok()?;
        let present = existing(folder).ok()?;
        let read: Self = serde_json::from_slice(&bytes).ok()?;
        let whole = |file: &Envelope| {
            let bytes = file.to_bytes().ok()?;
            Envelope::parse(&bytes).ok().filter(|file| file.records() == present.records())
        };
        let holds = read.before != present.check_sum() && read.files.iter().all(|file| whole(file).is_some());
        holds.then_some(read)
    }

    /// The files of keys, for whoever wraps them anew once more.
    pub(super) fn files(&self) -> &[Envelope] {
        &self.files
    }

    fn keep(&self, folder: &Folder) -> Result<(), RecordsError> {
        if !self.left.is_empty() {
            let bytes = serde_json::to_vec(self).map_err(|_| RecordsError::Internal("rewrapping"))?;
            return replace_file(&folder.rewrapping(), &bytes);
        }
        match std::fs::remove_file(folder.rewrapping()) {
            Ok(()) => sync_folder(folder.path()),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Brings the files to every place that is left and within reach.
    fn go_on(mut self, folder: &Folder, stop: Stop<'_>) -> Result<Vec<PlaceOutcome>, RecordsError> {
        let present = existing(folder)?;
        let mut outcomes = Vec::new();
        for place in self.left.clone() {
            let state = self.bring_to(&place, &present, stop)?;
            outcomes.push(PlaceOutcome { place, state });
        }
        let done =
            |place: &PathBuf| outcomes.iter().any(|one| one.place == *place && one.state == PlaceState::Done);
        let before = self.left.len();
        self.left.retain(|place| !done(place));
        stop()?;
        if self.left.is_empty() || self.left.len() < before {
            self.keep(folder)?;
        }
        Ok(outcomes)
    }

    /// The present file as it lies in backup places, where no copy has a slot for the keychain. A new data key that came
    /// since has brought its own.
    fn copy_of<'a>(&'a self, present: &'a Envelope) -> Option<&'a Envelope> {
        if !present.has_keychain() {
            return Some(present);
        }
        self.files.iter().find(|file| file.key_id() == present.key_id())
    }

    fn bring_to(&self, place: &Path, present: &Envelope, stop: Stop<'_>) -> Result<PlaceState, RecordsError> {
        if !place.is_dir() {
            return Ok(PlaceState::Absent);
        }
        stop()?;
        let mut state = self.copy_of(present).map_or(PlaceState::Done, |copy| bring_present(place, copy));
        if state != PlaceState::Done {
            return Ok(state);
        }
        for copy in whole_copies(place).unwrap_or_default() {
            let key_id = copy.envelope.key_id();
            if copy.envelope.records() != present.records() || key_id == present.key_id() {
                continue;
            }
            let Some(file) = self.files.iter().find(|file| file.key_id() == key_id) else {
                state = PlaceState::OlderKeys;
                continue;
            };
            stop()?;
            if put(&copy.path, file).is_err() {
                return Ok(PlaceState::NotWritable);
            }
        }
        Ok(state)
    }
}

/// A change that was written down and whose file of keys never took the place is none: it must not take hold later, when
/// that file is another for another reason.
fn forget_what_was_not_begun(folder: &Folder) -> Result<(), RecordsError> {
    let Ok(bytes) = std::fs::read(folder.rewrapping()) else { return Ok(()) };
    let Ok(read) = serde_json::from_slice::<Rewrapping>(&bytes) else { return Ok(()) };
    if read.before != existing(folder)?.check_sum() {
        return Ok(());
    }
    Rewrapping { left: Vec::new(), ..read }.keep(folder)
}

impl Vault {
    /// Puts a changed file of keys in the place of the present one, and those of older data keys with it: `edit` changes
    /// one, or gives nothing where it can't open it.
    pub(super) fn rewrap(
        &self,
        before: &Envelope,
        changed: Changed,
        edit: &dyn Fn(&Envelope) -> Result<Option<Envelope>, RecordsError>,
        stop: Stop<'_>,
    ) -> Result<Vec<PlaceOutcome>, RecordsError> {
        let places = self.known_places();
        // Copies of one data key are told apart by what opens them alone: one that opens is enough for all.
        let earlier = Rewrapping::read(&self.folder);
        let earlier = earlier.iter().flat_map(|earlier| earlier.files().to_vec());
        let copies = super::copies::copies_in(&places).into_iter().map(|copy| copy.envelope);
        let mut files = BTreeMap::from([(changed.copy.key_id(), changed.copy)]);
        for older in copies.chain(earlier).filter(|older| older.records() == changed.here.records()) {
            if !files.contains_key(&older.key_id())
                && let Some(edited) = edit(&older)?
            {
                files.insert(edited.key_id(), edited);
            }
        }
        let files = files.into_values().collect();
        let rewrapping = Rewrapping { before: before.check_sum().to_owned(), files, left: places };
        stop()?;
        rewrapping.keep(&self.folder)?;
        stop()?;
        if let Err(fault) = replace_file(&self.folder.keys(), &changed.here.to_bytes()?) {
            forget_what_was_not_begun(&self.folder)?;
            return Err(fault);
        }
        rewrapping.go_on(&self.folder, stop)
    }

    /// Goes on with wrapping anew that was cut off or did not reach every place, without any secret. Gives the places
    /// whose copies still open with what held before.
    pub fn go_on_rewrapping(&self) -> Result<Vec<PlaceOutcome>, RecordsError> {
        forget_what_was_not_begun(&self.folder)?;
        let Some(rewrapping) = Rewrapping::read(&self.folder) else { return Ok(Vec::new()) };
        let outcomes = rewrapping.go_on(&self.folder, &mut || Ok(()))?;
        Ok(outcomes.into_iter().filter(|one| one.state != PlaceState::Done).collect())
    }
}

#[cfg(test)]
#[path = "rewrapping_tests.rs"]
mod tests;
