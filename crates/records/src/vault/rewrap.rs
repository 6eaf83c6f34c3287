//! Another passphrase, another recovery key, the school's recovery key: the file of keys is wrapped anew, here and in
//! every backup place within reach. The data key stays, so nothing else is written.

use std::path::PathBuf;

use super::copies::PlaceOutcome;
use super::envelope::Envelope;
use super::recovery::{RecoveryKey, SchoolPublicKey};
use super::rewrapping::{Changed, Stop};
use super::secrets::{Keys, PrivateKey};
use super::{Vault, existing};
use crate::{BackupPlace, Records, RecordsError};

/// What wrapping anew came to.
pub struct Rewrapped {
    /// Each backup place, and what became of its copies.
    pub places: Vec<PlaceOutcome>,
    /// A private key that came into being with it, for records that are open.
    private: Option<PrivateKey>,
}

/// How the keys of a records folder stand. Told by the file alone, without a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeysState {
    /// Whether the school has a recovery key.
    pub school_key: bool,
    /// Whether the counselor's recovery key opens memory aids as well; one from the first version of the file does not.
    pub recovery_key_is_new: bool,
    /// Whether this computer's keychain has a slot.
    pub keychain: bool,
}

impl Vault {
    /// How the keys stand.
    pub fn keys_state(&self) -> Result<KeysState, RecordsError> {
        let envelope = existing(&self.folder)?;
        Ok(KeysState {
            school_key: envelope.has_school_key(),
            recovery_key_is_new: envelope.recovery_opens_private(),
            keychain: envelope.has_keychain(),
        })
    }

    /// Refuses where this is not the passphrase.
    pub fn prove(&self, passphrase: &str) -> Result<(), RecordsError> {
        existing(&self.folder)?.open_with_passphrase(passphrase.as_bytes()).map(|_| ())
    }

    /// Another passphrase. The old one opens nothing here from then on, and nothing in the places that could be reached.
    pub fn change_passphrase(&self, old: &str, new: &str) -> Result<Rewrapped, RecordsError> {
        self.change_passphrase_until(old, new, &mut || Ok(()))
    }

    pub(super) fn change_passphrase_until(
        &self,
        old: &str,
        new: &str,
        stop: Stop<'_>,
    ) -> Result<Rewrapped, RecordsError> {
        let envelope = existing(&self.folder)?;
        let keys = envelope.open_with_passphrase(old.as_bytes())?;
        let cost = envelope.cost().raised_to(self.cost);
        let changed = envelope.with_passphrase(&keys, new.as_bytes(), cost, self.surroundings.as_ref())?;
        let edit = |older: &Envelope| self.repassed(older, old, new);
        let places = self.rewrap(&envelope, Changed::new(self, changed, &keys)?, &edit, stop)?;
        Ok(Rewrapped { places, private: None })
    }

    /// Another recovery key for the counselor. Where there was no private key yet, or none that could be opened, one
    /// comes into being with it.
    pub fn set_recovery_key(
        &self,
        passphrase: &str,
        recovery: &RecoveryKey,
    ) -> Result<Rewrapped, RecordsError> {
        let surroundings = self.surroundings.as_ref();
        let envelope = existing(&self.folder)?;
        let mut keys = envelope.open_with_passphrase(passphrase.as_bytes())?;
        let mut changed = envelope.clone();
        let fresh = keys.private.is_none();
        if fresh {
            keys.private = Some(PrivateKey::new(surroundings)?);
            let cost = changed.cost().raised_to(self.cost);
            changed = changed.with_passphrase(&keys, passphrase.as_bytes(), cost, surroundings)?;
        }
        changed = changed.with_recovery(&keys, recovery, surroundings)?;
        let changed = Changed::new(self, changed, &keys)?;
        let places = self.rewrap_with(&envelope, changed, passphrase, &|older, keys| {
            older.with_recovery(keys, recovery, surroundings)
        })?;
        Ok(Rewrapped { places, private: keys.private.filter(|_| fresh) })
    }

    /// A recovery key for the school, or none any more.
    pub fn set_school_key(
        &self,
        passphrase: &str,
        school: Option<&SchoolPublicKey>,
    ) -> Result<Rewrapped, RecordsError> {
        let surroundings = self.surroundings.as_ref();
        let envelope = existing(&self.folder)?;
        let keys = envelope.open_with_passphrase(passphrase.as_bytes())?;
        let changed = envelope.with_school(&keys, school, surroundings)?;
        let changed = Changed::new(self, changed, &keys)?;
        let places = self.rewrap_with(&envelope, changed, passphrase, &|older, keys| {
            older.with_school(keys, school, surroundings)
        })?;
        Ok(Rewrapped { places, private: None })
    }

    /// Edits every copy that this passphrase opens.
    fn rewrap_with(
        &self,
        before: &Envelope,
        changed: Changed,
        passphrase: &str,
        edit: &dyn Fn(&Envelope, &Keys) -> Result<Envelope, RecordsError>,
    ) -> Result<Vec<PlaceOutcome>, RecordsError> {
        let edit = |older: &Envelope| match older.open_with_passphrase(passphrase.as_bytes()) {
            Ok(keys) => edit(older, &keys).map(Some),
            Err(RecordsError::WrongPassphrase | RecordsError::KeysDamaged) => Ok(None),
            Err(error) => Err(error),
        };
        self.rewrap(before, changed, &edit, &mut || Ok(()))
    }

    fn repassed(&self, older: &Envelope, old: &str, new: &str) -> Result<Option<Envelope>, RecordsError> {
        match older.open_with_passphrase(old.as_bytes()) {
            Ok(keys) => {
                let cost = older.cost().raised_to(self.cost);
                older.with_passphrase(&keys, new.as_bytes(), cost, self.surroundings.as_ref()).map(Some)
            }
            Err(RecordsError::WrongPassphrase | RecordsError::KeysDamaged) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The backup places. The first lies in the records folder itself and may not have been made yet, which is no
    /// place that is absent.
    pub(super) fn known_places(&self) -> Vec<PathBuf> {
        let inside = BackupPlace::within(&self.folder);
        self.places.iter().filter(|place| *place != inside.path() || place.is_dir()).cloned().collect()
    }
}

impl Records {
    /// Takes over what wrapping anew has made: a private key for records that were opened without one.
    pub fn take_over(&mut self, rewrapped: &mut Rewrapped) {
        if let Some(private) = rewrapped.private.take() {
            self.private = Some(std::sync::Arc::new(private));
        }
    }
}
