//! Opening by the keychain of the person's account on this computer, where they have turned that on. The keychain holds
//! a random secret that lies nowhere else; here is what the secret opens. Who asks the keychain for it, and when that is
//! let through, is the caller's matter.

use std::sync::Arc;

use zeroize::Zeroizing;

use super::folder::replace_file;
use super::seal::{hex, unhex};
use super::secrets::{self, Key, OpenedBy};
use super::{Unsealed, Vault, existing, new_key};
use crate::{Records, RecordsError, Surroundings};

/// Marks the secret that a keychain holds.
pub(crate) enum Keychain {}

/// The random secret, 256 bits, that a keychain holds for one records folder.
pub struct KeychainSecret(Key<Keychain>);

impl KeychainSecret {
    /// A new one.
    pub fn new(surroundings: &dyn Surroundings) -> Result<Self, RecordsError> {
        Key::new(surroundings).map(Self)
    }

    /// As a keychain keeps it: 64 hex digits, which none of them takes for anything but a text.
    #[must_use]
    pub fn text(&self) -> Zeroizing<String> {
        Zeroizing::new(hex(self.0.bytes()))
    }

    /// Reads what a keychain gave.
    ///
    /// # Errors
    /// `KeychainWrong` where it is no such secret.
    pub fn read(text: &str) -> Result<Self, RecordsError> {
        let bytes = unhex(text).map(Zeroizing::new).map_err(|_| RecordsError::KeychainWrong)?;
        Key::from_slice(&bytes).map(Self).map_err(|_| RecordsError::KeychainWrong)
    }

    pub(super) fn derive(&self, purpose: &'static str) -> Result<Zeroizing<Vec<u8>>, RecordsError> {
        secrets::derive(self.0.bytes(), purpose)
    }
}

impl Vault {
    /// Which records lie in the folder: the name under which a keychain holds their secret.
    pub fn records_id(&self) -> Result<String, RecordsError> {
        Ok(existing(&self.folder)?.records().to_owned())
    }

    /// Opens the records with the secret that the keychain held.
    ///
    /// # Errors
    /// `KeychainWrong` where it does not open them: it is another, it was turned off, or a new key was cut off, whose
    /// last step takes the passphrase.
    pub fn unlock_by_keychain(&self, secret: &KeychainSecret) -> Result<Records, RecordsError> {
        let envelope = existing(&self.folder)?;
        let keys = envelope.open_with_keychain(secret)?;
        if new_key::was_cut_off(&self.folder) {
            return Err(RecordsError::KeychainWrong);
        }
        let unsealed = Unsealed { envelope, keys, by: OpenedBy::Keychain, restored: None };
        let records = Records::start(&self.folder, unsealed, Arc::clone(&self.surroundings))?;
        self.go_on_where_it_was_left();
        Ok(records)
    }
}

impl Records {
    /// Lets this secret open them from now on; without one, no keychain's any more. The keys that are open are enough,
    /// so that whoever asks for it asks for a passphrase first.
    pub async fn set_keychain(&self, secret: Option<KeychainSecret>) -> Result<(), RecordsError> {
        let (held, folder, surroundings) = (self.held(), self.folder().clone(), self.surroundings());
        let write = move || {
            let wrapped = existing(&folder)?.with_keychain(
                &held.data,
                held.private.as_deref(),
                secret.as_ref(),
                surroundings.as_ref(),
            )?;
            replace_file(&folder.keys(), &wrapped.to_bytes()?)
        };
        tokio::task::spawn_blocking(write).await.map_err(|_| RecordsError::Internal("keychain"))?
    }
}
