//! Making a backup. Nothing here touches the writer's connection, so typing goes on.
//!
//! The order, and what a stop at each step leaves behind:
//! 1. the live file is checked in full: a backup of a damaged file is not made;
//! 2. `VACUUM INTO` a file `….making`: left over, it is removed by the next backup;
//! 3. the copy is checked in full, synced, counted and summed;
//! 4. the envelope lies beside it, then the manifest: a manifest without its backup is removed by the next one;
//! 5. the copy gets its name, the folder is synced: from here on it is a backup.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use super::check::{self, Watcher, go_on};
use super::manifest::{BackupReason, Header, Manifest};
use super::place::{BackupPlace, HalfWritten, new_name, remove_if_there};
use super::second::SecondState;
use super::thin::{Kept, SCARCE, thin};
use super::{Backups, place};
use crate::surroundings::{Surroundings, written};
use crate::vault::Held;
use crate::vault::envelope::Envelope;
use crate::vault::folder::{Folder, replace_file, sync_folder};
use crate::{RecordsError, Unwatched};

/// Parts of the work, as a watcher hears of them.
const LIVE: u64 = 0;
const COPY: u64 = 30;
const CHECK: u64 = 60;
const SUM: u64 = 85;
const NAME: u64 = 90;
const SECOND: u64 = 92;
const ALL: u64 = 100;

/// A backup was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// Its name.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// When, RFC 3339 UTC.
    pub at: String,
    /// How it went with the second place.
    pub second: SecondState,
    /// Whether more old backups than usual were dropped because space was scarce.
    pub thinned_early: bool,
    /// Why old backups could not be dropped, where they could not. The backup is made all the same.
    pub not_thinned: Option<RecordsError>,
}

impl Backups {
    /// Makes a backup, verified, and copies it to the second place where that is there.
    pub fn make(&self, reason: BackupReason, watch: &Arc<dyn Watcher>) -> Result<Made, RecordsError> {
        watch.at(LIVE, ALL);
        let (made, in_second) = match self.make_in(&self.first, reason, watch) {
            Ok(made) => (made, false),
            Err(RecordsError::DiskFull) => self.make_where_room_is(reason, watch)?,
            Err(error) => return Err(error),
        };
        watch.at(SECOND, ALL);
        let second = if in_second { SecondState::Whole { copied: 1 } } else { self.bring_up(watch.as_ref()) };
        let (thinned_early, not_thinned) = self.thin_places(&made.name);
        watch.at(ALL, ALL);
        let Manifest { name, size, made_at: at, .. } = made;
        Ok(Made { name, size, at, second, thinned_early, not_thinned })
    }

    /// The disk of the records is full: old backups may go there, and the stick may have room.
    fn make_where_room_is(
        &self,
        reason: BackupReason,
        watch: &Arc<dyn Watcher>,
    ) -> Result<(Manifest, bool), RecordsError> {
        if self.thin_place(&self.first, 0, None)? {
            match self.make_in(&self.first, reason, watch) {
                Err(RecordsError::DiskFull) => {}
                made => return Ok((made?, false)),
            }
        }
        let second = self.second.as_ref().filter(|second| second.is_there());
        Ok((self.make_in(second.ok_or(RecordsError::DiskFull)?, reason, watch)?, true))
    }

    fn make_in(
        &self,
        place: &BackupPlace,
        reason: BackupReason,
        watch: &Arc<dyn Watcher>,
    ) -> Result<Manifest, RecordsError> {
        place.make()?;
        if *place == self.first {
            self.clear_away(place)?;
        }
        let name = new_name(self.surroundings.as_ref())?;
        let made = self.make_named(place, &name, reason, watch);
        if made.is_err() {
            // What was begun only takes up room. The first fault is the one to tell.
            let _ = place.remove(&name);
        }
        made
    }

    fn make_named(
        &self,
        place: &BackupPlace,
        name: &str,
        reason: BackupReason,
        watch: &Arc<dyn Watcher>,
    ) -> Result<Manifest, RecordsError> {
        let made_at = written(self.now());
        let making = place.making(name);
        let live = check::beside(&self.folder.database(), &self.held.data, watch)?;
        check::whole(&live, watch.as_ref())?;
        watch.at(COPY, ALL);
        go_on(watch.as_ref())?;
        live.execute("VACUUM INTO ?", [path_text(&making)?])?;
        drop(live);
        watch.at(CHECK, ALL);
        go_on(watch.as_ref())?;
        let copy = check::finished(&making, &self.held.data, watch)?;
        check::whole(&copy, watch.as_ref())?;
        let content = check::content(&copy)?;
        drop(copy);
        watch.at(SUM, ALL);
        owner_only_file(&making)?;
        File::open(&making)?.sync_all()?;
        let (sha256, size) = check::sum(&making, watch.as_ref())?;
        let checked_at = written(self.now());
        let documents = copy_documents(&self.folder.documents(), &place.documents())?;
        let manifest = Manifest {
            name: name.into(),
            made_at,
            reason,
            size,
            sha256,
            content,
            checked_at,
            whole: true,
            documents,
        };
        self.keep_keys(place)?;
        self.write_manifest(place, &manifest)?;
        watch.at(NAME, ALL);
        go_on(watch.as_ref())?;
        std::fs::rename(&making, place.backup(name))?;
        sync_folder(place.path())?;
        Ok(manifest)
    }

    /// Keeps the keys beside the backups that they open: as they are now, not as they were when this work began. The
    /// passphrase may be another one since, and the old one must not come back. Where the file of keys can't be read or
    /// is of another data key, a copy that is there is left as it is, and a missing one is made of what is known.
    pub(super) fn keep_keys(&self, place: &BackupPlace) -> Result<(), RecordsError> {
        let known = self.envelope.key_id();
        match Envelope::read(&self.folder.keys()) {
            Ok(present) if present.key_id() == known => self.keep_envelope(place, &present),
            _ if Envelope::read(&place.keys(&known)).is_ok() => Ok(()),
            _ => self.keep_envelope(place, &self.envelope),
        }
    }

    fn keep_envelope(&self, place: &BackupPlace, envelope: &Envelope) -> Result<(), RecordsError> {
        place.keep_envelope(&envelope.for_backups(&self.held.data, self.surroundings.as_ref())?)
    }

    pub(super) fn header(&self) -> Header {
        Header::of(self.envelope.records(), &self.envelope.key_id())
    }

    pub(super) fn write_manifest(
        &self,
        place: &BackupPlace,
        manifest: &Manifest,
    ) -> Result<(), RecordsError> {
        manifest.write(
            &place.manifest(&manifest.name),
            self.header(),
            &self.held.data,
            self.surroundings.as_ref(),
        )
    }

    /// Removes what a stop has left behind: backups that never got their name, manifests without a backup, keys and
    /// manifests that were being written. Only where a manifest, a copy of keys or the place itself says that they are of
    /// these records.
    pub(super) fn clear_away(&self, place: &BackupPlace) -> Result<(), RecordsError> {
        for name in place.begun()? {
            if *place == self.first || self.owns(place, &name) {
                // Nothing else: there may be a backup of this name, which was to be copied again.
                remove_if_there(&place.making(&name))?;
            }
        }
        let ours: Vec<String> = place
            .envelopes()?
            .iter()
            .filter(|envelope| envelope.records() == self.envelope.records())
            .map(Envelope::key_id)
            .chain([self.envelope.key_id()])
            .collect();
        for (path, of) in place.half_written()? {
            let goes = *place == self.first
                || match &of {
                    HalfWritten::Keys(key_id) => ours.contains(key_id),
                    HalfWritten::Manifest(name) => self.owns(place, name),
                };
            if goes {
                remove_if_there(&path)?;
            }
        }
        for name in place.manifests()? {
            if !place.backup(&name).try_exists()? && self.owns(place, &name) {
                remove_if_there(&place.manifest(&name))?;
            }
        }
        Ok(())
    }

    /// Whether the manifest of a backup says that it belongs to these records.
    pub(super) fn owns(&self, place: &BackupPlace, name: &str) -> bool {
        Header::read(&place.manifest(name)).is_ok_and(|header| header.records == self.envelope.records())
    }

    /// Drops old backups by the table. Says whether space was so scarce that more had to go, and why it could not be done
    /// where it could not: a stick may be pulled out under it, and the other place is thinned all the same.
    fn thin_places(&self, made: &str) -> (bool, Option<RecordsError>) {
        let (mut early, mut fault) = (false, None);
        for place in self.places().filter(|place| place.is_there()) {
            match place.free().and_then(|free| self.thin_place(place, free, Some(made))) {
                Ok(went) => early |= went,
                Err(error) => {
                    tracing::warn!(fault = %error, "old backups could not be thinned");
                    fault = fault.or(Some(error));
                }
            }
        }
        (early, fault)
    }

    /// Drops old backups of a place that has so many bytes left, never the one that was just `made`: by a clock that was
    /// set back it may look like an old one. Says whether more went than the table says.
    pub(super) fn thin_place(
        &self,
        place: &BackupPlace,
        free: u64,
        made: Option<&str>,
    ) -> Result<bool, RecordsError> {
        let owned: Vec<(String, Kept)> =
            place.names()?.into_iter().filter_map(|name| self.kept(place, name)).collect();
        let list: Vec<Kept> = owned.iter().map(|(_, kept)| *kept).collect();
        let fates = thin(&list, self.now(), free);
        let usual = thin(&list, self.now(), SCARCE);
        let mut early = false;
        for (((name, _), fate), usual) in owned.iter().zip(fates).zip(usual) {
            if fate.is_kept() || made == Some(name.as_str()) {
                continue;
            }
            place.remove(name)?;
            early |= usual.is_kept();
        }
        Ok(early)
    }

    /// A backup of these records as the table sees it; nothing where it belongs to others.
    fn kept(&self, place: &BackupPlace, name: String) -> Option<(String, Kept)> {
        let at = place::time_of(&name).filter(|_| self.owns(place, &name))?;
        let good = match Manifest::read(&place.manifest(&name), &name, &self.held.data) {
            // Its key is an older one: what it says is sealed, and that it was whole is how it got its name.
            Ok(None) => true,
            Ok(Some(manifest)) => manifest.whole && size_of(place, &name) == Some(manifest.size),
            Err(_) => false,
        };
        Some((name, Kept { at, good }))
    }
}

/// Bytes of a backup; nothing where it is not there.
pub(super) fn size_of(place: &BackupPlace, name: &str) -> Option<u64> {
    std::fs::metadata(place.backup(name)).ok().map(|file| file.len())
}

/// Before a newer program brings records up to date: a verified backup, or nothing is changed.
pub(crate) fn before_update(
    folder: &Folder,
    held: Held,
    surroundings: Arc<dyn Surroundings>,
) -> Result<(), RecordsError> {
    let made = Backups::of(folder, held, None, surroundings)
        .and_then(|backups| backups.make(BackupReason::Update, &(Arc::new(Unwatched) as Arc<dyn Watcher>)));
    match made {
        Ok(_) => Ok(()),
        Err(error @ (RecordsError::Damaged | RecordsError::KeysDamaged)) => Err(error),
        Err(RecordsError::DiskFull) => {
            let size = std::fs::metadata(folder.database()).map_or(0, |file| file.len());
            Err(RecordsError::NoRoomBeforeUpdate { megabytes: size.div_ceil(1024 * 1024).max(1) })
        }
        Err(fault) => {
            tracing::error!(%fault, "no backup could be made before the update");
            Err(RecordsError::NotBackedUpBeforeUpdate)
        }
    }
}

/// Copies the documents that are not there yet, and names all of them. They are encrypted files named by their content:
/// one of the same name and size is the same.
pub(super) fn copy_documents(from: &Path, to: &Path) -> Result<Vec<String>, RecordsError> {
    let entries = match std::fs::read_dir(from) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error.into()),
    };
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry?;
        let (Ok(name), true) = (entry.file_name().into_string(), entry.file_type()?.is_file()) else {
            continue;
        };
        let (source, target) = (entry.path(), to.join(&name));
        let size = entry.metadata()?.len();
        if !std::fs::metadata(&target).is_ok_and(|there| there.len() == size) {
            std::fs::create_dir_all(to)?;
            replace_file(&target, &std::fs::read(&source)?)?;
        }
        names.push(name);
    }
    names.sort_unstable();
    Ok(names)
}

/// SQLite takes names of files as texts.
pub(super) fn path_text(path: &Path) -> Result<&str, RecordsError> {
    path.to_str().ok_or(RecordsError::FolderUnusable)
}

#[cfg(unix)]
pub(super) fn owner_only_file(path: &Path) -> Result<(), RecordsError> {
    use std::os::unix::fs::PermissionsExt;
    match std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600)) {
        // A stick's file system may know no owners.
        Err(error) if error.kind() != std::io::ErrorKind::PermissionDenied => Err(error.into()),
        _ => Ok(()),
    }
}

#[cfg(not(unix))]
pub(super) fn owner_only_file(_: &Path) -> Result<(), RecordsError> {
    Ok(())
}
