//! Opening and closing the records: the folder, the keys, first run, passphrase, recovery keys.

pub(crate) mod copies;
pub(crate) mod cost;
pub(crate) mod envelope;
mod export;
pub(crate) mod folder;
pub(crate) mod keychain;
pub(crate) mod new_key;
pub(crate) mod recovery;
mod restore;
pub(crate) mod rewrap;
mod rewrapping;
pub(crate) mod seal;
pub(crate) mod secrets;
pub(crate) mod tries;

#[cfg(all(test, target_os = "linux"))]
mod memory_tests;

use std::path::PathBuf;
use std::sync::Arc;

use cost::Cost;
use envelope::{DataKey, Envelope};
use folder::{Folder, FolderState, replace_file, sync_folder};
use recovery::{RecoveryKey, SchoolPublicKey};
use rewrapping::Changed;
use secrets::{Keys, OpenedBy};

use crate::surroundings::{Surroundings, new_id};
use crate::{Records, RecordsError, damage, store};

pub use restore::RestoredKeys;

/// A records folder with what its keys may need: the backup places, where copies of the file of keys lie, and what the
/// derivation of a key shall cost.
#[derive(Clone)]
pub struct Vault {
    /// The records folder.
    pub folder: Folder,
    /// Every backup place, whether or not it is there.
    pub places: Vec<PathBuf>,
    /// What the derivation shall cost. A file that has less is raised to it once its passphrase opens it.
    pub cost: Cost,
    /// Time and randomness.
    pub surroundings: Arc<dyn Surroundings>,
}

/// The secret that a person types.
#[derive(Clone, Copy)]
pub(crate) enum Secret<'a> {
    Passphrase(&'a str),
    Recovery(&'a RecoveryKey),
}

impl Secret<'_> {
    pub(crate) fn open(self, envelope: &Envelope) -> Result<(Keys, OpenedBy), RecordsError> {
        match self {
            Self::Passphrase(passphrase) => {
                Ok((envelope.open_with_passphrase(passphrase.as_bytes())?, OpenedBy::Passphrase))
            }
            Self::Recovery(key) => envelope.open_with_recovery(key),
        }
    }
}

/// Keys that are at hand, for as long as work needs them.
#[derive(Clone)]
pub(crate) struct Held {
    pub(crate) data: Arc<DataKey>,
    pub(crate) private: Option<Arc<secrets::PrivateKey>>,
    pub(crate) by: OpenedBy,
}

impl Held {
    pub(crate) fn of(keys: Keys, by: OpenedBy) -> Self {
        Self { data: Arc::new(keys.data), private: keys.private.map(Arc::new), by }
    }
}

/// A file of keys that a secret has opened.
struct Unsealed {
    envelope: Envelope,
    keys: Keys,
    by: OpenedBy,
    restored: Option<RestoredKeys>,
}

impl Records {
    /// First run: makes keys and records in the folder, opens them, and gives the recovery key, which is kept nowhere.
    /// The rename of the finished database is the last step; until then the folder counts as empty.
    pub fn create(
        folder: &Folder,
        passphrase: &str,
        cost: Cost,
        surroundings: Arc<dyn Surroundings>,
    ) -> Result<(Self, RecoveryKey), RecordsError> {
        Vault { folder: folder.clone(), places: Vec::new(), cost, surroundings }.create(passphrase, None)
    }

    /// Opens the records with their passphrase, by what lies in their folder alone.
    pub fn unlock(
        folder: &Folder,
        passphrase: &str,
        surroundings: Arc<dyn Surroundings>,
    ) -> Result<Self, RecordsError> {
        let unsealed = restore::unseal(folder, &[], Secret::Passphrase(passphrase), surroundings.as_ref())?;
        Self::start(folder, unsealed, surroundings)
    }

    /// Opens the records with a recovery key and gives them a new passphrase, by what lies in their folder alone.
    pub fn recover(
        folder: &Folder,
        recovery: &RecoveryKey,
        passphrase: &str,
        cost: Cost,
        surroundings: Arc<dyn Surroundings>,
    ) -> Result<Self, RecordsError> {
        Vault { folder: folder.clone(), places: Vec::new(), cost, surroundings }.recover(recovery, passphrase)
    }

    fn start(
        folder: &Folder,
        unsealed: Unsealed,
        surroundings: Arc<dyn Surroundings>,
    ) -> Result<Self, RecordsError> {
        let held = Held::of(unsealed.keys, unsealed.by);
        let mut records = Self::start_with(folder, &held, surroundings)?;
        records.restored_keys = unsealed.restored;
        Ok(records)
    }

    /// Opens the records with keys that are at hand.
    pub(crate) fn start_with(
        folder: &Folder,
        held: &Held,
        surroundings: Arc<dyn Surroundings>,
    ) -> Result<Self, RecordsError> {
        let before_update = || crate::backups::before_update(folder, held.clone(), Arc::clone(&surroundings));
        let open = || damage::open(folder, &held.data, surroundings.as_ref(), before_update);
        // SQLCipher can take a read that the disk refused for damage. What is damaged still is when it is read again.
        let (connections, opening) = match open() {
            Err(RecordsError::Damaged) => open()?,
            other => other?,
        };
        let key = Arc::clone(&held.data);
        let mut records = Self::run(folder.clone(), key, connections, opening, surroundings)?;
        records.private.clone_from(&held.private);
        records.opened_by = held.by;
        Ok(records)
    }
}

impl Vault {
    /// First run, as [`Records::create`] has it. Where the school has a recovery key, it opens them from the beginning.
    pub fn create(
        &self,
        passphrase: &str,
        school: Option<&SchoolPublicKey>,
    ) -> Result<(Records, RecoveryKey), RecordsError> {
        let Self { folder, cost, surroundings, .. } = self;
        folder.make()?;
        if folder.state()? != FolderState::Empty {
            return Err(RecordsError::AlreadyThere);
        }
        let recovery = RecoveryKey::new(surroundings.as_ref())?;
        let id = new_id(surroundings.as_ref())?.to_string();
        let (envelope, keys) =
            Envelope::new(&id, passphrase.as_bytes(), &recovery, *cost, surroundings.as_ref())?;
        let envelope = match school {
            Some(school) => envelope.with_school(&keys, Some(school), surroundings.as_ref())?,
            None => envelope,
        };
        store::make(&folder.unfinished(), &keys.data, surroundings.as_ref())?;
        replace_file(&folder.keys(), &envelope.to_bytes()?)?;
        std::fs::rename(folder.unfinished(), folder.database())?;
        sync_folder(folder.path())?;
        let unsealed = Unsealed { envelope, keys, by: OpenedBy::Passphrase, restored: None };
        Ok((Records::start(folder, unsealed, surroundings.clone())?, recovery))
    }

    /// Whether this is the school's recovery key that opens the records.
    pub fn is_schools(&self, key: &SchoolPublicKey) -> Result<bool, RecordsError> {
        Ok(existing(&self.folder)?.is_schools(key))
    }

    /// Brings what can be read in a damaged records file into a new one, puts that in its place and opens it. The damaged
    /// one stays, set aside.
    ///
    /// # Errors
    /// `NothingReadable` where no row can be read, `Stopped` where it was told to stop; in both cases nothing was changed.
    pub fn salvage(
        &self,
        secret: &crate::Secret,
        words: &damage::StandIn,
        watch: &Arc<dyn crate::Watcher>,
    ) -> Result<(Records, damage::SalvageReport), RecordsError> {
        let unsealed =
            restore::unseal(&self.folder, &self.places, secret.typed(), self.surroundings.as_ref())?;
        let (key, surroundings) = (&unsealed.keys.data, self.surroundings.as_ref());
        let report = damage::salvage(&self.folder, key, surroundings, words, watch)?;
        Ok((Records::start(&self.folder, unsealed, self.surroundings.clone())?, report))
    }

    /// Opens the records with their passphrase. A lost or damaged file of keys is restored from a backup place, and
    /// one whose passphrase costs too little to guess is raised.
    pub fn unlock(&self, passphrase: &str) -> Result<Records, RecordsError> {
        let secret = Secret::Passphrase(passphrase);
        let unsealed = restore::unseal(&self.folder, &self.places, secret, self.surroundings.as_ref())?;
        let raised = self.raised(&unsealed, passphrase);
        let records = Records::start(&self.folder, unsealed, self.surroundings.clone())?;
        // Before the file of keys is written for another reason.
        self.go_on_where_it_was_left();
        let written = raised.and_then(|raised| raised.map_or(Ok(()), |envelope| self.write(&envelope)));
        if let Err(error) = written {
            // The records are open, and the next opening tries again.
            tracing::warn!(%error, "the cost of the passphrase could not be raised");
        }
        Ok(records)
    }

    /// The records are open; what could not be brought to a backup place is tried again the next time.
    fn go_on_where_it_was_left(&self) {
        if let Err(error) = self.go_on_rewrapping() {
            tracing::warn!(%error, "copies of keys could not be wrapped anew");
        }
    }

    /// Opens the records with the counselor's or the school's recovery key and gives them a new passphrase.
    pub fn recover(&self, recovery: &RecoveryKey, passphrase: &str) -> Result<Records, RecordsError> {
        let surroundings = self.surroundings.as_ref();
        let unsealed = restore::unseal(&self.folder, &self.places, Secret::Recovery(recovery), surroundings)?;
        let Unsealed { envelope, mut keys, by, restored } = unsealed;
        let mut changed = envelope.clone();
        if by == OpenedBy::RecoveryKey && keys.private.is_none() {
            // A file of the first version: now that the key is at hand, it gets what it lacks.
            keys.private = Some(secrets::PrivateKey::new(surroundings)?);
            changed = changed.with_recovery(&keys, recovery, surroundings)?;
        }
        let cost = changed.cost().raised_to(self.cost);
        changed = changed.with_passphrase(&keys, passphrase.as_bytes(), cost, surroundings)?;
        let written = Changed::new(self, changed.clone(), &keys)?;
        let unsealed = Unsealed { envelope: changed, keys, by, restored };
        // Opened first: a passphrase is not changed for records that turn out not to open.
        let records = Records::start(&self.folder, unsealed, self.surroundings.clone())?;
        // A copy for older backups opens with the passphrase that is forgotten, or with the recovery key of its time.
        self.rewrap(&envelope, written, &|_| Ok(None), &mut || Ok(()))?;
        Ok(records)
    }

    fn raised(&self, unsealed: &Unsealed, passphrase: &str) -> Result<Option<Envelope>, RecordsError> {
        let has = unsealed.envelope.cost();
        if !has.is_below(self.cost) {
            return Ok(None);
        }
        let (cost, surroundings) = (has.raised_to(self.cost), self.surroundings.as_ref());
        unsealed.envelope.with_passphrase(&unsealed.keys, passphrase.as_bytes(), cost, surroundings).map(Some)
    }

    fn write(&self, envelope: &Envelope) -> Result<(), RecordsError> {
        replace_file(&self.folder.keys(), &envelope.to_bytes()?)
    }
}

fn existing(folder: &Folder) -> Result<Envelope, RecordsError> {
    crate::backups::restore::finish(folder)?;
    match folder.state()? {
        FolderState::Empty => Err(RecordsError::NoRecords),
        FolderState::Records => Envelope::read(&folder.keys()),
    }
}
