//! Backups without a student who was erased. Each backup that holds anything of theirs is written anew under a name of
//! the same time, checked like any backup, and takes the place of the old one only then; the old one goes last. Those
//! that are damaged or stand under an older key can't be: they are named, and age out. All of this is done in the turn
//! of work on backups (`api::backups::Keeping::turn_of`): one that was under way is finished by then and is seen.

use std::collections::BTreeSet;
use std::fs::File;
use std::path::PathBuf;
use std::sync::Arc;

use rusqlite::OpenFlags;

use super::check::{self, Watcher, go_on};
use super::list::BackupState;
use super::make::{owner_only_file, path_text};
use super::manifest::Manifest;
use super::place::{BackupPlace, new_name_of, time_of};
use super::{Backups, SecondState};
use crate::rights::erase::{erase_from_copy, is_in_copy};
use crate::surroundings::written;
use crate::vault::folder::sync_folder;
use crate::{Erasure, Left, RecordsError, store};

#[cfg(test)]
mod tests;

/// What became of the copies of the records.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rewritten {
    /// Backups written anew.
    pub rewritten: u32,
    /// Backups in which there was nothing to erase.
    pub untouched: u32,
    /// Backups in which there is nothing to erase any more.
    pub clean: BTreeSet<String>,
    /// Copies that were set aside and were written anew.
    pub aside_rewritten: u32,
    /// Copies that were set aside and were deleted as a whole.
    pub aside_deleted: u32,
    /// Folders of copies that were set aside and hold nothing of it any more.
    pub aside_done: BTreeSet<PathBuf>,
    /// What still holds something.
    pub left: Left,
}

impl Backups {
    /// Erases from every copy that can be reached what was erased from the records. What can't be done in one copy is
    /// said and keeps none of the others from being done.
    pub fn erase(&self, erasures: &[Erasure], watch: &Arc<dyn Watcher>) -> Result<Rewritten, RecordsError> {
        let mut done = Rewritten::default();
        let from_backups: Vec<&Erasure> = erasures.iter().filter(|one| one.copies.backups).collect();
        if !from_backups.is_empty() {
            self.erase_from_places(&from_backups, &mut done, watch)?;
        }
        self.erase_from_aside(erasures, &mut done, watch)?;
        Ok(done)
    }

    fn erase_from_places(
        &self,
        erasures: &[&Erasure],
        done: &mut Rewritten,
        watch: &Arc<dyn Watcher>,
    ) -> Result<(), RecordsError> {
        // What a backup that was cut off has left behind holds them as well.
        self.clear_away(&self.first)?;
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
            // A copy in the second place of what was written anew in the first goes once the new one is there.
            if replaced.contains(&name) {
                continue;
            }
            if done.clean.contains(&name) || erasures.iter().all(|one| one.clean.contains(&name)) {
                done.clean.insert(name);
                continue;
            }
            let outcome = match self.erase_from_one(place, &name, erasures, watch) {
                Err(fault) if !matches!(fault, RecordsError::Stopped | RecordsError::DiskFull) => {
                    // One that can't be read just now keeps none of the others from being done.
                    tracing::warn!(%fault, "a backup could not be looked at");
                    Outcome::Left
                }
                outcome => outcome?,
            };
            match outcome {
                Outcome::Others => {}
                Outcome::Left => {
                    if !done.left.backups.contains(&name) {
                        done.left.backups.push(name);
                    }
                }
                Outcome::Untouched => {
                    done.untouched += 1;
                    done.clean.insert(name);
                }
                Outcome::Rewritten(new) => {
                    done.rewritten += 1;
                    done.clean.insert(new);
                    replaced.insert(name);
                }
            }
        }
        done.left.second = self.follow_in_second(&replaced, watch.as_ref())?;
        watch.at(total, total);
        Ok(())
    }

    fn erase_from_one(
        &self,
        place: &BackupPlace,
        name: &str,
        erasures: &[&Erasure],
        watch: &Arc<dyn Watcher>,
    ) -> Result<Outcome, RecordsError> {
        let look = match self.look(place, name) {
            // It may be whole all the same, and is described anew then.
            Some((BackupState::NotDescribed, _)) if self.check_one(place, name, watch)? => {
                self.look(place, name)
            }
            look => look,
        };
        let manifest = match look {
            None => return Ok(Outcome::Others),
            Some((BackupState::Whole, Some(manifest))) => manifest,
            Some(_) => return Ok(Outcome::Left),
        };
        match self.rewrite(place, &manifest, erasures, watch) {
            Ok(Some(new)) => Ok(Outcome::Rewritten(new)),
            Ok(None) => Ok(Outcome::Untouched),
            Err(RecordsError::Damaged) => {
                // It was whole when it was last looked at. The check writes down that it is not.
                self.check_one(place, name, watch)?;
                Ok(Outcome::Left)
            }
            Err(fault @ (RecordsError::Stopped | RecordsError::DiskFull)) => Err(fault),
            // A place that can't be written to keeps what it has; the others are done all the same.
            Err(fault) => {
                tracing::warn!(%fault, "a backup could not be written anew");
                Ok(Outcome::Left)
            }
        }
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
            (SecondState::Failed(RecordsError::Stopped), _) => Err(RecordsError::Stopped),
            _ => Ok(true),
        }
    }

    /// Gives the name of the backup that took the place of the old one; none where there was nothing to erase.
    fn rewrite(
        &self,
        place: &BackupPlace,
        old: &Manifest,
        erasures: &[&Erasure],
        watch: &Arc<dyn Watcher>,
    ) -> Result<Option<String>, RecordsError> {
        let time = time_of(&old.name).ok_or(RecordsError::Internal("name of a backup"))?;
        let name = new_name_of(time, self.surroundings.as_ref())?;
        let made = self.without(place, &name, old, erasures, watch);
        match made {
            Ok(true) => {
                place.remove(&old.name)?;
                Ok(Some(name))
            }
            // There was nothing to erase in it, or it could not be done: what was begun goes.
            Ok(false) => place.remove(&name).map(|()| None),
            Err(error) => {
                // The first fault is the one to tell.
                let _ = place.remove(&name);
                Err(error)
            }
        }
    }

    fn without(
        &self,
        place: &BackupPlace,
        name: &str,
        old: &Manifest,
        erasures: &[&Erasure],
        watch: &Arc<dyn Watcher>,
    ) -> Result<bool, RecordsError> {
        let making = place.making(name);
        let from = check::finished(&place.backup(&old.name), &self.held.data, watch)?;
        if store::is_newest(&from)? && !is_in_any(&from, erasures)? {
            return Ok(false);
        }
        // A copy is made of it and not a byte is written to it; SQLite takes the making of a copy for writing.
        from.pragma_update(None, "query_only", false)?;
        from.execute("VACUUM INTO ?", [path_text(&making)?])?;
        drop(from);
        let mut copy = store::connect(&making, &self.held.data, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        store::set_up(&copy)?;
        // One of an older schema is brought up to date first: only then does it know of whom its log speaks.
        store::migrate(&mut copy, self.surroundings.as_ref())?;
        if !erase_from_copy(&mut copy, erasures)? {
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

/// What became of one backup.
enum Outcome {
    /// It belongs to other records.
    Others,
    /// It can't be written anew.
    Left,
    Untouched,
    /// Under this name.
    Rewritten(String),
}

fn is_in_any(copy: &rusqlite::Connection, erasures: &[&Erasure]) -> Result<bool, RecordsError> {
    for erasure in erasures {
        if is_in_copy(copy, erasure)? {
            return Ok(true);
        }
    }
    Ok(false)
}
