//! Opening and closing the records: the folder, the keys, first run, passphrase, recovery key.

pub(crate) mod envelope;
pub(crate) mod folder;
pub(crate) mod recovery;

use std::sync::Arc;

use envelope::{Cost, DataKey, Envelope, Secrets};
use folder::{Folder, FolderState, replace_file, sync_folder};
use recovery::RecoveryKey;

use crate::surroundings::{Surroundings, new_id};
use crate::{Records, RecordsError, store};

impl Records {
    /// First run: makes keys and records in the folder, opens them, and gives the recovery key, which is kept nowhere.
    /// The rename of the finished database is the last step; until then the folder counts as empty.
    pub fn create(
        folder: &Folder,
        passphrase: &str,
        cost: Cost,
        surroundings: Arc<dyn Surroundings>,
    ) -> Result<(Self, RecoveryKey), RecordsError> {
        folder.make()?;
        if folder.state()? != FolderState::Empty {
            return Err(RecordsError::AlreadyThere);
        }
        let recovery = RecoveryKey::new(surroundings.as_ref())?;
        let secrets = Secrets { passphrase: passphrase.as_bytes(), recovery: recovery.secret() };
        let id = new_id(surroundings.as_ref())?.to_string();
        let (envelope, key) = Envelope::new(&id, &secrets, cost, surroundings.as_ref())?;
        store::make(&folder.unfinished(), &key, surroundings.as_ref())?;
        replace_file(&folder.keys(), &envelope.to_bytes()?)?;
        std::fs::rename(folder.unfinished(), folder.database())?;
        sync_folder(folder.path())?;
        Ok((Self::start(folder, key, surroundings)?, recovery))
    }

    /// Opens the records with their passphrase.
    pub fn unlock(
        folder: &Folder,
        passphrase: &str,
        surroundings: Arc<dyn Surroundings>,
    ) -> Result<Self, RecordsError> {
        let key = existing(folder)?.open_with_passphrase(passphrase.as_bytes())?;
        Self::start(folder, key, surroundings)
    }

    /// Opens the records with the recovery key and gives them a new passphrase.
    pub fn recover(
        folder: &Folder,
        recovery: &RecoveryKey,
        passphrase: &str,
        cost: Cost,
        surroundings: Arc<dyn Surroundings>,
    ) -> Result<Self, RecordsError> {
        let envelope = existing(folder)?;
        let key = envelope.open_with_recovery(recovery.secret())?;
        let changed = envelope.with_passphrase(&key, passphrase.as_bytes(), cost, surroundings.as_ref())?;
        // Opened first: a passphrase is not changed for records that turn out not to open.
        let records = Self::start(folder, key, surroundings)?;
        replace_file(&folder.keys(), &changed.to_bytes()?)?;
        Ok(records)
    }

    fn start(
        folder: &Folder,
        key: DataKey,
        surroundings: Arc<dyn Surroundings>,
    ) -> Result<Self, RecordsError> {
        let connections = store::open(&folder.database(), &key, surroundings.as_ref())?;
        Self::run(folder.clone(), key, connections, surroundings)
    }
}

fn existing(folder: &Folder) -> Result<Envelope, RecordsError> {
    match folder.state()? {
        FolderState::Empty => Err(RecordsError::NoRecords),
        FolderState::Records => Envelope::read(&folder.keys()),
    }
}
