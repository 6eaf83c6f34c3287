//! The second place: a folder or a stick that may be absent. Finished backups are copied there, byte for byte, and held
//! against their sums on the way, so that a damaged one is not spread. What it missed while it was away follows when
//! it is back.

use std::fs::OpenOptions;
use std::io::{Read, Write};
use std::path::Path;

use super::Backups;
use super::check::{Sum, Watcher, go_on, sum};
use super::list::BackupState;
use super::make::copy_documents;
use super::manifest::Manifest;
use super::place::{BackupPlace, remove_if_there, time_of};
use super::thin::{Kept, thin};
use crate::RecordsError;
use crate::vault::folder::sync_folder;

/// How it went with the second place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SecondState {
    /// None is set.
    None,
    /// It is not reachable now.
    Absent,
    /// It has every backup that it is to have.
    Whole {
        /// Copied there now.
        copied: u32,
    },
    /// It is there and could not be written to, or not wholly.
    Failed(RecordsError),
}

/// Bytes that were copied.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Copied {
    /// SHA-256 in hexadecimal.
    pub(crate) sha256: String,
    /// How many.
    pub(crate) size: u64,
}

impl Backups {
    /// Copies to the second place what it lacks. Its faults are no faults of the backup: they are told beside it.
    pub fn bring_up(&self, watch: &dyn Watcher) -> SecondState {
        match &self.second {
            None => SecondState::None,
            Some(second) if !second.is_there() => SecondState::Absent,
            Some(second) => match self.copy_missing(second, watch) {
                Ok(copied) => SecondState::Whole { copied },
                Err(fault) => SecondState::Failed(fault),
            },
        }
    }

    fn copy_missing(&self, second: &BackupPlace, watch: &dyn Watcher) -> Result<u32, RecordsError> {
        self.clear_away(second)?;
        let mut copied = 0;
        for (name, manifest) in self.wanted(second)? {
            go_on(watch)?;
            if second.backup(&name).try_exists()? && self.is_whole_there(second, &manifest, watch)? {
                continue;
            }
            match self.copy_to(second, &manifest, watch) {
                Ok(()) => copied += 1,
                // This one is not what its manifest says; the check of all backups tells it. Others may be whole.
                Err(RecordsError::Damaged) => tracing::error!("a damaged backup was not copied"),
                Err(fault) => return Err(fault),
            }
        }
        // Kept fresh also where there was nothing to copy: the passphrase may be another one by now.
        self.keep_keys(second)?;
        Ok(copied)
    }

    /// Whether the copy there is whole, as far as is known. What its manifest does not say, its bytes do; and where they
    /// are the right ones it is described as whole.
    fn is_whole_there(
        &self,
        second: &BackupPlace,
        manifest: &Manifest,
        watch: &dyn Watcher,
    ) -> Result<bool, RecordsError> {
        if matches!(self.look(second, &manifest.name), None | Some((BackupState::Whole, _))) {
            return Ok(true);
        }
        let is_same = match sum(&second.backup(&manifest.name), watch) {
            Ok(found) => found == (manifest.sha256.clone(), manifest.size),
            Err(RecordsError::Stopped) => return Err(RecordsError::Stopped),
            // What can't be read is not whole, and is made anew.
            Err(_) => false,
        };
        if is_same {
            self.write_manifest(second, manifest)?;
        }
        Ok(is_same)
    }

    /// The good backups that the second place would keep if it had all of them, newest first.
    fn wanted(&self, second: &BackupPlace) -> Result<Vec<(String, Manifest)>, RecordsError> {
        let mut all = Vec::new();
        for name in self.first.names()? {
            let read = Manifest::read(&self.first.manifest(&name), &name, &self.held.data);
            if let (Ok(Some(manifest)), Some(at)) = (read, time_of(&name))
                && manifest.whole
            {
                all.push((name, manifest, Kept { at, good: true }));
            }
        }
        let list: Vec<Kept> = all.iter().map(|(_, _, kept)| *kept).collect();
        let fates = thin(&list, self.now(), second.free()?);
        let kept = all.into_iter().zip(fates).filter(|(_, fate)| fate.is_kept());
        Ok(kept.map(|((name, manifest, _), _)| (name, manifest)).collect())
    }

    /// The manifest goes first, so that what a stop leaves behind says whose it is. A copy that is there and not whole is
    /// said to be damaged until the new one has its name, and stays where that can't be made.
    fn copy_to(
        &self,
        second: &BackupPlace,
        manifest: &Manifest,
        watch: &dyn Watcher,
    ) -> Result<(), RecordsError> {
        let name = &manifest.name;
        let again = second.backup(name).try_exists()?;
        let done = (|| {
            copy_documents(&self.first.documents(), &second.documents())?;
            self.keep_keys(second)?;
            self.write_manifest(second, &Manifest { whole: !again, ..manifest.clone() })?;
            let making = second.making(name);
            let copied = copy_synced(&self.first.backup(name), &making, watch)?;
            if copied != (Copied { sha256: manifest.sha256.clone(), size: manifest.size }) {
                return Err(RecordsError::Damaged);
            }
            std::fs::rename(&making, second.backup(name))?;
            sync_folder(second.path())?;
            if again { self.write_manifest(second, manifest) } else { Ok(()) }
        })();
        if done.is_err() {
            // The first fault is the one to tell.
            let _ = if again { remove_if_there(&second.making(name)) } else { second.remove(name) };
        }
        done
    }
}

/// Copies a file as its owner's alone, synced, and sums what went through.
pub(crate) fn copy_synced(from: &Path, to: &Path, watch: &dyn Watcher) -> Result<Copied, RecordsError> {
    let mut options = OpenOptions::new();
    options.create(true).truncate(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let (mut source, mut target) = (std::fs::File::open(from)?, options.open(to)?);
    let mut sum = Sum::default();
    let mut part = vec![0; 256 * 1024];
    loop {
        if let Err(stopped) = go_on(watch) {
            remove_if_there(to)?;
            return Err(stopped);
        }
        match source.read(&mut part)? {
            0 => break,
            read => {
                sum.take(&part[..read]);
                target.write_all(&part[..read])?;
            }
        }
    }
    target.sync_all()?;
    let (sha256, size) = sum.ended();
    Ok(Copied { sha256, size })
}
