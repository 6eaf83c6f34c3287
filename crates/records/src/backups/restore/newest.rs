//! Which backup can take the place of records that can't be opened: the newest one that is whole, in whichever of their
//! places it lies. Until a passphrase or a recovery key opens one, nothing is known of it but its name.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use serde::Serialize;

use super::{Elsewhere, ElsewhereRow, Opened, Secret};
use crate::RecordsError;
use crate::backups::check::{Watcher, go_on};
use crate::backups::place::BackupPlace;
use crate::vault::envelope::Envelope;
use crate::vault::folder::Folder;

/// Parts of looking whether a backup is whole: its keys, its sum, itself.
pub(super) const PARTS: u64 = 3;

/// The backup places of records that can't be opened.
pub struct Places {
    places: Vec<BackupPlace>,
    /// Id of the records, where their file of keys or a backup beside them can still say it: several people may share a
    /// place.
    records: Option<String>,
}

/// A backup of these records, by what its name tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct FoundBackup {
    /// What its name tells.
    #[serde(flatten)]
    pub row: ElsewhereRow,
    /// The place in which it lies; the first one where it is in both.
    pub folder: String,
}

/// The newest backup that is whole.
pub struct NewestGood {
    /// It, opened and checked in full.
    pub opened: Opened,
    /// The place in which it lies.
    pub folder: PathBuf,
    /// How many newer ones were passed over, because they are damaged or no longer open with the same secret.
    pub passed: u64,
}

impl Places {
    /// The place within the records folder, and the second one where one is set.
    #[must_use]
    pub fn of(folder: &Folder, second: Option<BackupPlace>) -> Self {
        let first = BackupPlace::within(folder);
        let own = Envelope::read(&folder.keys()).ok().map(|envelope| envelope.records().to_owned());
        // A place that can't be read is told of when it is listed.
        let beside = || Elsewhere(first.clone()).list().ok()?.into_iter().find_map(|row| row.records);
        let records = own.or_else(beside);
        Self { places: std::iter::once(first).chain(second).collect(), records }
    }

    /// Their backups, newest first. A place that is away has none.
    ///
    /// # Errors
    /// Why a place could not be read, where the other one has nothing either.
    pub fn list(&self) -> Result<Vec<FoundBackup>, RecordsError> {
        let copies = self.copies()?;
        let rows = copies.into_values().rev().filter_map(|copies| {
            let best = copies.iter().position(|copy| copy.row.openable).unwrap_or(0);
            copies.into_iter().nth(best)
        });
        Ok(rows.collect())
    }

    /// Each backup by its name, with its copies, the one in the first place first.
    fn copies(&self) -> Result<BTreeMap<String, Vec<FoundBackup>>, RecordsError> {
        let mut found: BTreeMap<String, Vec<FoundBackup>> = BTreeMap::new();
        let mut fault = None;
        for place in self.places.iter().filter(|place| place.is_there()) {
            match Elsewhere(place.clone()).list() {
                Ok(rows) => {
                    for row in rows.into_iter().filter(|row| self.is_ours(row)) {
                        let folder = place.path().display().to_string();
                        found.entry(row.name.clone()).or_default().push(FoundBackup { row, folder });
                    }
                }
                Err(error) => {
                    tracing::warn!(%error, "a backup place could not be read");
                    fault = Some(error);
                }
            }
        }
        match fault {
            Some(fault) if found.is_empty() => Err(fault),
            _ => Ok(found),
        }
    }

    fn is_ours(&self, row: &ElsewhereRow) -> bool {
        match (&self.records, &row.records) {
            (Some(ours), Some(theirs)) => ours == theirs,
            _ => true,
        }
    }

    /// The newest whole backup that this secret opens, read and checked in full; `from` is the newest that is wished.
    /// A secret that does not open that one is a wrong secret, unless it is not known whose backup that is.
    ///
    /// # Errors
    /// `NotFound` where there is none; a wrong secret; else what is wrong with the newest.
    pub fn newest_good(
        &self,
        from: Option<&str>,
        secret: &Secret,
        watch: &Arc<dyn Watcher>,
    ) -> Result<NewestGood, RecordsError> {
        let (mut passed, mut fault, mut refused) = (0, None, None);
        let mut others = BTreeSet::new();
        let copies = self.copies()?;
        let wished =
            copies.into_iter().rev().filter(|(name, _)| from.is_none_or(|from| name.as_str() <= from));
        for (name, copies) in wished {
            if copies.iter().all(|copy| others.contains(&copy.row.records)) {
                continue;
            }
            let mut wrong = None;
            for copy in &copies {
                let place = BackupPlace::at(&copy.folder);
                match whole(&place, &name, secret, watch) {
                    Ok(opened) => {
                        return Ok(NewestGood { opened, folder: place.path().to_path_buf(), passed });
                    }
                    Err(RecordsError::Stopped) => return Err(RecordsError::Stopped),
                    Err(error @ (RecordsError::WrongPassphrase | RecordsError::WrongRecoveryKey)) => {
                        wrong = Some(error);
                    }
                    Err(error) => fault = fault.or(Some(error)),
                }
            }
            match wrong {
                Some(wrong) if self.records.is_none() => {
                    refused = Some(wrong);
                    others.extend(copies.into_iter().map(|copy| copy.row.records));
                }
                Some(wrong) if fault.is_none() => return Err(wrong),
                _ => passed += 1,
            }
        }
        Err(fault.or(refused).unwrap_or(RecordsError::NotFound))
    }
}

fn whole(
    place: &BackupPlace,
    name: &str,
    secret: &Secret,
    watch: &Arc<dyn Watcher>,
) -> Result<Opened, RecordsError> {
    watch.at(0, PARTS);
    let opened = Elsewhere(place.clone()).open(name, secret)?;
    go_on(watch.as_ref())?;
    watch.at(1, PARTS);
    opened.verify(watch)?;
    watch.at(PARTS, PARTS);
    Ok(opened)
}
