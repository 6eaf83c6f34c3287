//! Flipped bytes of a backup: its database, its manifest, the copy of the file of keys beside it. What is restored from
//! it is exactly what it held, or nothing is restored and the check of the backups says that it is damaged.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tempfile::TempDir;
use tokio::runtime::Runtime;
use waymark_records::{
    BackupReason, BackupState, Backups, Folder, Records, RecordsError, Unwatched, Watcher,
};

use super::{Met, PASSPHRASE, Same, copy, make, mixed, rows_of};
use crate::pages::PAGE;

/// One bit of one of a backup's files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Flip {
    /// Which.
    pub file: Which,
    /// The byte.
    pub at: usize,
    /// The bit.
    pub bit: u8,
    /// Whether the backups are checked before the restore, or after it.
    pub checked_first: bool,
}

/// A backup's files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Which {
    /// The encrypted database.
    Database,
    /// What describes it.
    Manifest,
    /// The copy of the file of keys.
    Keys,
}

impl Which {
    const fn ending(self) -> &'static str {
        match self {
            Self::Database => "backup",
            Self::Manifest => "manifest",
            Self::Keys => "keys",
        }
    }

    /// The file in a place that has one backup.
    fn of(self, place: &Path) -> PathBuf {
        let mut entries = std::fs::read_dir(place).unwrap().map(|entry| entry.unwrap().path());
        entries.find(|path| path.extension().is_some_and(|ending| ending == self.ending())).unwrap()
    }
}

/// Records with a backup, which hold more by now than it does.
pub struct BackupFlips {
    runtime: Runtime,
    place: TempDir,
    /// Rows of the backup, as an unharmed one is restored.
    rows: Vec<String>,
    places: Vec<Flip>,
}

impl BackupFlips {
    /// Makes them.
    #[must_use]
    pub fn new() -> Self {
        let runtime = Runtime::new().unwrap();
        let place = TempDir::new().unwrap();
        runtime.block_on(async {
            make(place.path()).await;
            let folder = Folder::at(place.path().join("closed"));
            let records = Records::unlock(&folder, PASSPHRASE, Same::anew()).unwrap();
            records.backups(None).unwrap().make(BackupReason::ByHand, &unwatched()).unwrap();
            let first = records.students(String::new(), None).await.unwrap().swap_remove(0);
            records.remove_student(first.id).await.unwrap();
            records.close().await.unwrap();
        });
        let mut flips = Self { runtime, place, rows: Vec::new(), places: Vec::new() };
        let scratch = TempDir::new().unwrap();
        flips.lay_out(scratch.path());
        let now = flips.rows_now(scratch.path());
        assert_eq!(flips.checked_and_restored(scratch.path(), true), Ok((Met::WithoutEffect, false)));
        flips.rows = flips.rows_now(scratch.path());
        assert_ne!(flips.rows, now, "a restore changes the records");
        flips.places = flips.every_part();
        flips
    }

    /// How many places there are that every long run must have struck: each byte of the manifest and of the beginning of
    /// the database, and one byte of each of its pages.
    #[must_use]
    pub fn parts(&self) -> usize {
        self.places.len()
    }

    /// The flip of this number: the parts one after the other, then places by chance.
    #[must_use]
    pub fn flip(&self, number: u64) -> Flip {
        if let Some(flip) = usize::try_from(number).ok().and_then(|number| self.places.get(number)) {
            return *flip;
        }
        let drawn = mixed(number);
        let file = [Which::Database, Which::Database, Which::Manifest, Which::Keys][(drawn % 4) as usize];
        let length = std::fs::metadata(file.of(&self.original())).unwrap().len();
        flip_of(file, usize::try_from(mixed(drawn) % length).unwrap())
    }

    /// Tries a flip. An error says what was restored wrongly, or what passed for good.
    pub fn strike(&self, flip: &Flip) -> Result<Met, String> {
        let scratch = TempDir::new().unwrap();
        self.lay_out(scratch.path());
        let struck = flip.file.of(&scratch.path().join("backups"));
        let mut bytes = std::fs::read(&struck).unwrap();
        bytes[flip.at] ^= 1 << flip.bit;
        std::fs::write(&struck, &bytes).unwrap();
        let before = self.rows_now(scratch.path());
        let (met, damaged) = self
            .checked_and_restored(scratch.path(), flip.checked_first)
            .map_err(|fault| format!("{flip:?}: {fault}"))?;
        let rows = self.rows_now(scratch.path());
        match met {
            Met::WithoutEffect if rows != self.rows => {
                Err(format!("{flip:?}: other rows were restored, and not a word"))
            }
            Met::WithoutEffect => Ok(met),
            _ if rows != before => Err(format!("{flip:?}: refused, and the records are others")),
            _ if !damaged => Err(format!("{flip:?}: the check finds a backup whole that can't be restored")),
            // Whoever has lost the description of a whole backup, or the copy of keys that lie beside the records, has
            // lost no backup.
            _ if flip.file != Which::Database => Err(format!("{flip:?}: a whole backup can't be restored")),
            _ => Ok(met),
        }
    }

    /// Whether the backup was restored, and whether the check says that it is damaged.
    fn checked_and_restored(&self, folder: &Path, checked_first: bool) -> Result<(Met, bool), String> {
        let folder = Folder::at(folder);
        let records =
            Records::unlock(&folder, PASSPHRASE, Same::anew()).map_err(|fault| format!("{fault:?}"))?;
        let backups = records.backups(None).map_err(|fault| format!("{fault:?}"))?;
        let mut damaged = checked_first.then(|| is_damaged(&backups)).transpose()?;
        let name =
            backups.list().map_err(|fault| format!("{fault:?}"))?.pop().ok_or("the backup is gone")?.name;
        let prepared = backups.open(&name, false, None).and_then(|opened| {
            opened.prepare(&folder, &unwatched())?;
            Ok(opened)
        });
        self.runtime.block_on(records.close()).map_err(|fault| format!("{fault:?}"))?;
        let met = match prepared {
            Ok(opened) => {
                opened.put_in_place(&folder, Same::anew().as_ref()).map_err(|fault| format!("{fault:?}"))?;
                Met::WithoutEffect
            }
            Err(RecordsError::BackupDamaged) => Met::Refused,
            Err(other) => return Err(format!("a damaged backup is told as {other:?}")),
        };
        if damaged.is_none() {
            damaged = Some(is_damaged(&backups)?);
        }
        Ok((met, damaged == Some(true)))
    }

    fn original(&self) -> PathBuf {
        self.place.path().join("closed/backups")
    }

    fn lay_out(&self, to: &Path) {
        copy(&self.place.path().join("closed"), to);
        copy(&self.original(), &to.join("backups"));
    }

    fn rows_now(&self, folder: &Path) -> Vec<String> {
        rows_of(folder, &self.place.path().join("closed/records.keys")).expect("whole records")
    }

    fn every_part(&self) -> Vec<Flip> {
        let length = |file: Which| {
            usize::try_from(std::fs::metadata(file.of(&self.original())).unwrap().len()).unwrap()
        };
        let manifest = (0..length(Which::Manifest)).map(|at| flip_of(Which::Manifest, at));
        let beginning = (0..100).map(|at| flip_of(Which::Database, at));
        let pages = (0..length(Which::Database) / PAGE)
            .map(|page| flip_of(Which::Database, page * PAGE + (mixed(page as u64) % PAGE as u64) as usize));
        manifest.chain(beginning).chain(pages).collect()
    }
}

impl Default for BackupFlips {
    fn default() -> Self {
        Self::new()
    }
}

fn flip_of(file: Which, at: usize) -> Flip {
    let drawn = mixed(at as u64);
    Flip { file, at, bit: (drawn % 8) as u8, checked_first: drawn & 8 == 0 }
}

fn unwatched() -> Arc<dyn Watcher> {
    Arc::new(Unwatched)
}

/// Checks the only backup. What the check finds, the list says.
fn is_damaged(backups: &Backups) -> Result<bool, String> {
    let found = backups.check_all(&unwatched()).map_err(|fault| format!("the check fails: {fault:?}"))?;
    let listed = backups.list().map_err(|fault| format!("{fault:?}"))?;
    let state = listed.first().and_then(|row| row.first);
    match (found.checked, found.damaged, state) {
        (1, 0, Some(BackupState::Whole)) => Ok(false),
        (1, 1, Some(BackupState::Damaged | BackupState::NotDescribed)) => Ok(true),
        other => Err(format!("the check and the list differ: {other:?}")),
    }
}
