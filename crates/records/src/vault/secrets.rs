//! The keys of open records. They lie in memory of their own, which is wiped when they are dropped, and are only ever
//! copied there: a key that is moved about on the stack leaves its traces behind.

use hkdf::Hkdf;
use secrecy::{ExposeSecret, SecretBox};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::{RecordsError, surroundings::Surroundings};

/// Bytes of a key.
pub(crate) const KEY_BYTES: usize = 32;

/// The key of everything in the records folder.
pub(crate) struct DataKey(SecretBox<[u8; KEY_BYTES]>);

/// The key of what the school's recovery key must not open.
pub(crate) struct PrivateKey(SecretBox<[u8; KEY_BYTES]>);

/// What an envelope gives to whoever opens it.
pub(crate) struct Keys {
    pub(crate) data: DataKey,
    /// None where the school's recovery key opened it, and where an envelope of the first version has none yet.
    pub(crate) private: Option<PrivateKey>,
}

/// By what records were opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpenedBy {
    /// Their passphrase.
    Passphrase,
    /// The counselor's recovery key.
    RecoveryKey,
    /// The school's recovery key.
    SchoolKey,
}

impl DataKey {
    pub(crate) fn new(surroundings: &dyn Surroundings) -> Result<Self, RecordsError> {
        random(surroundings).map(Self)
    }

    pub(super) fn from_slice(bytes: &[u8]) -> Result<Self, RecordsError> {
        boxed(bytes).map(Self)
    }

    pub(super) fn bytes(&self) -> &[u8] {
        self.0.expose_secret()
    }

    /// A key for one purpose, derived from the data key (HKDF-SHA-256).
    pub(crate) fn derive(&self, purpose: &'static str) -> Result<Zeroizing<Vec<u8>>, RecordsError> {
        derive(self.bytes(), purpose)
    }
}

impl PrivateKey {
    pub(crate) fn new(surroundings: &dyn Surroundings) -> Result<Self, RecordsError> {
        random(surroundings).map(Self)
    }

    pub(super) fn from_slice(bytes: &[u8]) -> Result<Self, RecordsError> {
        boxed(bytes).map(Self)
    }

    pub(super) fn bytes(&self) -> &[u8] {
        self.0.expose_secret()
    }

    /// A key for one purpose, derived from the private key.
    pub(crate) fn derive(&self, purpose: &'static str) -> Result<Zeroizing<Vec<u8>>, RecordsError> {
        derive(self.bytes(), purpose)
    }
}

pub(super) fn derive(secret: &[u8], purpose: &'static str) -> Result<Zeroizing<Vec<u8>>, RecordsError> {
    let mut key = Zeroizing::new(vec![0; KEY_BYTES]);
    Hkdf::<Sha256>::new(None, secret)
        .expand(purpose.as_bytes(), &mut key)
        .map_err(|_| RecordsError::Internal("derive"))?;
    Ok(key)
}

fn random(surroundings: &dyn Surroundings) -> Result<SecretBox<[u8; KEY_BYTES]>, RecordsError> {
    let mut bytes = Box::new([0; KEY_BYTES]);
    surroundings.random(bytes.as_mut())?;
    Ok(SecretBox::new(bytes))
}

fn boxed(bytes: &[u8]) -> Result<SecretBox<[u8; KEY_BYTES]>, RecordsError> {
    let mut key = Box::new([0; KEY_BYTES]);
    if bytes.len() != key.len() {
        return Err(RecordsError::KeysDamaged);
    }
    key.copy_from_slice(bytes);
    Ok(SecretBox::new(key))
}
