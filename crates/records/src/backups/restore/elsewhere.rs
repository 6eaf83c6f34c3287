//! Restoring with nothing but a folder of backups: on another computer, or where the records are gone. The envelope
//! beside the backups and the passphrase or a recovery key of that time open them.

use std::sync::Arc;

use serde::Serialize;

use super::{Opened, Secret};
use crate::RecordsError;
use crate::backups::manifest::{Header, Manifest};
use crate::backups::place::{BackupPlace, is_name, time_of};
use crate::surroundings::written;

/// A folder of backups, of whatever records.
#[derive(Debug, Clone)]
pub struct Elsewhere(pub(super) BackupPlace);

/// A backup in it. What it holds is sealed until it is opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct ElsewhereRow {
    /// Its name.
    pub name: String,
    /// When it was made, by its name, RFC 3339 UTC.
    pub made_at: String,
    /// Bytes.
    pub size: u64,
    /// Id of the records that it is of, where its description can be read: several people may share a folder.
    pub records: Option<String>,
    /// Whether the file of keys that opens it is there.
    pub openable: bool,
}

impl Elsewhere {
    /// The backups in this folder, or in the `backups` folder within it, as a copy of a whole records folder has it.
    pub fn at(place: BackupPlace) -> Result<Self, RecordsError> {
        if !place.is_there() {
            return Err(RecordsError::FolderNotThere);
        }
        let within = BackupPlace::at(place.path().join("backups"));
        let deeper = place.names()?.is_empty() && within.is_there() && !within.names()?.is_empty();
        Ok(Self(if deeper { within } else { place }))
    }

    /// Its backups, newest first.
    pub fn list(&self) -> Result<Vec<ElsewhereRow>, RecordsError> {
        let envelopes = self.0.envelopes()?;
        let rows = self.0.names()?.into_iter().map(|name| {
            let header = Header::read(&self.0.manifest(&name)).ok();
            let key = header.as_ref().map(|header| header.key_id.as_str());
            ElsewhereRow {
                made_at: time_of(&name).map(written).unwrap_or_default(),
                size: std::fs::metadata(self.0.backup(&name)).map_or(0, |file| file.len()),
                openable: envelopes.iter().any(|envelope| key.is_none_or(|key| envelope.key_id() == key)),
                records: header.map(|header| header.records),
                name,
            }
        });
        Ok(rows.collect())
    }

    /// Opens a backup with the passphrase or the recovery key of its time.
    pub fn open(&self, name: &str, secret: &Secret) -> Result<Opened, RecordsError> {
        if !is_name(name) || !self.0.backup(name).try_exists()? {
            return Err(RecordsError::NotFound);
        }
        let mut envelopes = self.0.envelopes()?;
        if let Ok(header) = Header::read(&self.0.manifest(name)) {
            envelopes.retain(|envelope| envelope.key_id() == header.key_id);
        }
        let mut wrong = RecordsError::BackupKeysMissing;
        for envelope in envelopes {
            match secret.open(&envelope) {
                Ok(held) => {
                    let fits = Manifest::read(&self.0.manifest(name), name, &held.data)
                        .is_ok_and(|read| read.is_some());
                    let opened = Opened::of(&self.0, name, held, Arc::new(envelope));
                    // Without a description it is not known which of several keys is the one.
                    if fits || opened.connection(&(Arc::new(crate::Unwatched) as _)).is_ok() {
                        return Ok(opened);
                    }
                    wrong = RecordsError::BackupDamaged;
                }
                Err(error @ (RecordsError::WrongPassphrase | RecordsError::WrongRecoveryKey)) => {
                    wrong = error;
                }
                Err(RecordsError::KeysDamaged) => {}
                Err(error) => return Err(error),
            }
        }
        Err(wrong)
    }
}
