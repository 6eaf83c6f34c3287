//! Backups without a student who was erased. Each backup that holds anything of theirs is written anew under a name of
//! the same time, checked like any backup, and takes the place of the old one only then; the old one goes last. Those
//! that can't be reached, or that stand under an older key, are named: they age out.

use std::collections::BTreeSet;
use std::fs::File;
use std::sync::Arc;

use rusqlite::OpenFlags;

use super::check::{self, Watcher, go_on};
use super::list::BackupState;
use super::make::{owner_only_file, path_text};
use super::manifest::Manifest;
use super::place::{BackupPlace, new_name_of, time_of};
use super::{Backups, SecondState};
use crate::rights::erase::erase_from_copy;
use crate::surroundings::written;
use crate::vault::folder::sync_folder;
use crate::{Erasure, RecordsError, store};

/// What became of the backups.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rewritten {
    /// Written anew without the student.
    pub rewritten: u32,
    /// In which there was nothing of the student.
    pub untouched: u32,
    /// That still hold them: under an older key, damaged, or without a description.
    pub left: Vec<String>,
    /// Whether a second place is set and could not be reached, or not wholly.
    pub second_left: bool,
}

impl Backups {
    /// Erases from every backup that can be reached what was erased from the records.
    pub fn erase(&self, erasure: &Erasure, watch: &Arc<dyn Watcher>) -> Result<Rewritten, RecordsError> {
        let mut done = Rewritten::default();
        let mut replaced = BTreeSet::new();
        let places: Vec<&BackupPlace> = self.places().filter(|place| place.is_there()).collect();
        let mut all = Vec::new();
        for place in places {
            all.extend(place.names()?.into_iter().map(|name| (place, name)));
        }
        let total = all.len() as u64;
        for ((place, name), at) in all.into_iter().zip(0..) {
            watch.at(at, total);
            go_on(watch.as_ref())?;
            if *place != self.first && (replaced.contains(&name) || self.first.backup(&name).try_exists()?) {
                continue;
            }
            match self.look(place, &name) {
                None => {}
                Some((BackupState::Whole, Some(manifest))) => {
                    if self.rewrite(place, &manifest, erasure, watch)? {
                        done.rewritten += 1;
                        replaced.insert(name);
                    } else {
                        done.untouched += 1;
                    }
                }
                Some(_) => done.left.push(name),
            }
        }
        done.second_left = self.follow_in_second(&replaced, watch.as_ref())?;
        watch.at(total, total);
        Ok(done)
    }

    /// The second place gets what was written anew, and loses what that stands for. Says whether something is left.
    fn follow_in_second(
        &self,
        replaced: &BTreeSet<String>,
        watch: &dyn Watcher,
    ) -> Result<bool, RecordsError> {
        match (self.bring_up(watch), &self.second) {
            (SecondState::None, _) => Ok(false),
            (SecondState::Whole { .. }, Some(second)) => {
                for name in replaced {
                    second.remove(name)?;
                }
                Ok(false)
            }
            _ => Ok(true),
        }
    }

    fn rewrite(
        &self,
        place: &BackupPlace,
        old: &Manifest,
        erasure: &Erasure,
        watch: &Arc<dyn Watcher>,
    ) -> Result<bool, RecordsError> {
        let time = time_of(&old.name).ok_or(RecordsError::Internal("name of a backup"))?;
        let name = new_name_of(time, self.surroundings.as_ref())?;
        let made = self.without(place, &name, old, erasure, watch);
        match made {
            Ok(true) => place.remove(&old.name)?,
            // Nothing of the student was in it, or it could not be done: what was begun goes.
            Ok(false) => place.remove(&name)?,
            Err(error) => {
                // The first fault is the one to tell.
                let _ = place.remove(&name);
                return Err(error);
            }
        }
        Ok(made.unwrap_or(false))
    }

    fn without(
        &self,
        place: &BackupPlace,
        name: &str,
        old: &Manifest,
        erasure: &Erasure,
        watch: &Arc<dyn Watcher>,
    ) -> Result<bool, RecordsError> {
        let making = place.making(name);
        let from = check::finished(&place.backup(&old.name), &self.held.data, watch)?;
        from.execute("VACUUM INTO ?", [path_text(&making)?])?;
        drop(from);
        let mut copy = store::connect(&making, &self.held.data, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        store::set_up(&copy)?;
        // One of an older schema is brought up to date first: only then does it know of whom its log speaks.
        store::migrate(&mut copy, self.surroundings.as_ref())?;
        if !erase_from_copy(&mut copy, erasure)? {
            return Ok(false);
        }
        copy.execute_batch("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE;")?;
        copy.close().map_err(|(_, error)| error)?;
        let copy = check::finished(&making, &self.held.data, watch)?;
        check::whole(&copy, watch.as_ref())?;
        let mut content = check::content(&copy)?;
        drop(copy);
        if content.schema != old.content.schema {
            // Its chain is a new one, under salts of its own: it is no part of the chain of the records.
            content.head = None;
        }
        owner_only_file(&making)?;
        File::open(&making)?.sync_all()?;
        let (sha256, size) = check::sum(&making, watch.as_ref())?;
        let manifest = Manifest {
            name: name.into(),
            size,
            sha256,
            content,
            checked_at: written(self.now()),
            whole: true,
            ..old.clone()
        };
        self.write_manifest(place, &manifest)?;
        std::fs::rename(&making, place.backup(name))?;
        sync_folder(place.path())?;
        Ok(true)
    }
}
