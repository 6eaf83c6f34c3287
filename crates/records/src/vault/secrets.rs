//! The keys of open records. They lie in memory of their own, which is wiped when they are dropped, and are only ever
//! copied there: a key that is moved about on the stack leaves its traces behind.

use std::marker::PhantomData;

use hkdf::Hkdf;
use secrecy::{ExposeSecret, SecretBox};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::{RecordsError, surroundings::Surroundings};

/// Bytes of a key.
pub(crate) const KEY_BYTES: usize = 32;

/// A random key. `Of` says what it is the key of, so that none is taken for another.
pub(crate) struct Key<Of> {
    bytes: SecretBox<[u8; KEY_BYTES]>,
    of: PhantomData<Of>,
}

/// Marks the key of everything in the records folder.
pub(crate) enum Data {}

/// Marks the key of what the school's recovery key must not open.
pub(crate) enum Private {}

/// The key of everything in the records folder.
pub(crate) type DataKey = Key<Data>;

/// The key of what the school's recovery key must not open.
pub(crate) type PrivateKey = Key<Private>;

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
    /// The keychain of the person's account on this computer.
    Keychain,
}

impl<Of> Key<Of> {
    pub(crate) fn new(surroundings: &dyn Surroundings) -> Result<Self, RecordsError> {
        let mut bytes = Box::new([0; KEY_BYTES]);
        surroundings.random(bytes.as_mut())?;
        Ok(Self { bytes: SecretBox::new(bytes), of: PhantomData })
    }

    pub(super) fn from_slice(bytes: &[u8]) -> Result<Self, RecordsError> {
        let mut key = Box::new([0; KEY_BYTES]);
        if bytes.len() != key.len() {
            return Err(RecordsError::KeysDamaged);
        }
        key.copy_from_slice(bytes);
        Ok(Self { bytes: SecretBox::new(key), of: PhantomData })
    }

    pub(super) fn bytes(&self) -> &[u8] {
        self.bytes.expose_secret()
    }

    /// A key for one purpose, derived from this one (HKDF-SHA-256).
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
