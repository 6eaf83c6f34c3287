//! The file of keys beside the records: a random data key and a random private key, each wrapped for the passphrase and
//! for the counselor's recovery key, and the data key alone for the school's recovery key where the school has one. Where
//! the counselor has turned it on, both are wrapped for this computer's keychain as well. The whole is closed by a seal
//! under a key derived from the data key. It is replaced atomically and never written in place.
//!
//! Version 1 had no private key, no school's key and no name for its data key. Such a file opens; the next time that it
//! is wrapped anew it becomes version 2, with the slot of the recovery key carried over. A private key comes once the
//! counselor's recovery key is at hand as well, or what it protects could be lost with a forgotten passphrase.
//!
//! A file is of version 3 where it has a slot for the keychain, and of version 2 where it has none: a program that does
//! not know the slot says that the file is newer, and reads it again once the slot is gone.

mod keychain;
mod slots;
#[cfg(test)]
mod tests;

use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

pub use super::cost::Cost;
use super::keychain::KeychainSecret;
use super::recovery::{RecoveryKey, SchoolPublicKey};
pub(crate) use super::seal::hex;
use super::seal::{Sealed, open, seal};
pub(crate) use super::secrets::DataKey;
use super::secrets::{Keys, OpenedBy, PrivateKey};
use crate::{RecordsError, surroundings::Surroundings};
use keychain::Keychained;
pub(crate) use slots::public_of;
use slots::{Boxed, Recovery, Stretched};

const FORMAT: &str = "waymark-keys";

/// The newest version that is known.
const NEWEST: u32 = WITH_KEYCHAIN;

/// The version without a slot for the keychain.
const PLAIN: u32 = 2;

/// The version with one.
const WITH_KEYCHAIN: u32 = 3;

/// Bytes of the random name of a data key.
const KEY_ID_BYTES: usize = 16;

/// The file, as JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Envelope {
    body: Body,
    /// Closes the body under a key derived from the data key.
    seal: Sealed,
    /// SHA-256 of body and seal: tells a damaged file from a wrong passphrase.
    check: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    format: String,
    version: u32,
    records: String,
    /// Names the data key; another comes with another data key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    key_id: Option<String>,
    passphrase: Stretched,
    recovery: Recovery,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    school: Option<Boxed>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    keychain: Option<Keychained>,
}

impl Envelope {
    /// New random keys and their envelope.
    pub(crate) fn new(
        records: &str,
        passphrase: &[u8],
        recovery: &RecoveryKey,
        cost: Cost,
        surroundings: &dyn Surroundings,
    ) -> Result<(Self, Keys), RecordsError> {
        let keys = Keys { data: DataKey::new(surroundings)?, private: Some(PrivateKey::new(surroundings)?) };
        let body = Body {
            format: FORMAT.into(),
            version: PLAIN,
            records: records.into(),
            key_id: Some(new_key_id(surroundings)?),
            passphrase: Stretched::wrap(&keys, "passphrase", records, passphrase, cost, surroundings)?,
            recovery: recovery_slot(&keys, records, recovery, surroundings)?,
            school: None,
            keychain: None,
        };
        Ok((Self::close(body, &keys.data, surroundings)?, keys))
    }

    /// The same keys under another passphrase, or under the same at another cost.
    pub(crate) fn with_passphrase(
        &self,
        keys: &Keys,
        passphrase: &[u8],
        cost: Cost,
        surroundings: &dyn Surroundings,
    ) -> Result<Self, RecordsError> {
        let mut body = self.renewed(keys.private.as_ref());
        body.passphrase = Stretched::wrap(keys, "passphrase", &body.records, passphrase, cost, surroundings)?;
        Self::close(body, &keys.data, surroundings)
    }

    /// The same keys for another recovery key of the counselor's.
    pub(crate) fn with_recovery(
        &self,
        keys: &Keys,
        recovery: &RecoveryKey,
        surroundings: &dyn Surroundings,
    ) -> Result<Self, RecordsError> {
        let mut body = self.renewed(keys.private.as_ref());
        body.recovery = recovery_slot(keys, &body.records, recovery, surroundings)?;
        Self::close(body, &keys.data, surroundings)
    }

    /// The same keys, and the data key for the school as well, or no longer.
    pub(crate) fn with_school(
        &self,
        keys: &Keys,
        school: Option<&SchoolPublicKey>,
        surroundings: &dyn Surroundings,
    ) -> Result<Self, RecordsError> {
        let mut body = self.renewed(keys.private.as_ref());
        body.school = school
            .map(|key| Boxed::to_public(&keys.data, None, "school", &body.records, key.0, surroundings))
            .transpose()?;
        Self::close(body, &keys.data, surroundings)
    }

    /// The same keys for this secret of the keychain's as well, or for none any more. The seal is held against the file
    /// first: what somebody has changed in it must not be closed anew.
    pub(crate) fn with_keychain(
        &self,
        data: &DataKey,
        private: Option<&PrivateKey>,
        secret: Option<&KeychainSecret>,
        surroundings: &dyn Surroundings,
    ) -> Result<Self, RecordsError> {
        self.prove_with(data)?;
        let mut body = self.renewed(private);
        let wrap = |secret| Keychained::wrap(data, private, &body.records, secret, surroundings);
        body.keychain = secret.map(wrap).transpose()?;
        Self::close(body, data, surroundings)
    }

    /// As a copy of it lies in backup places: without the slot for the keychain, which is of one computer only.
    pub(crate) fn for_backups(
        &self,
        data: &DataKey,
        surroundings: &dyn Surroundings,
    ) -> Result<Self, RecordsError> {
        if !self.has_keychain() {
            return Ok(self.clone());
        }
        Self::close(Body { keychain: None, ..self.body.clone() }, data, surroundings)
    }

    /// A new data key, for the same passphrase and the same recovery keys. The private key stays. The keychain's secret
    /// is not at hand, so its slot goes.
    pub(crate) fn with_new_data_key(
        &self,
        private: Option<PrivateKey>,
        passphrase: &[u8],
        cost: Cost,
        surroundings: &dyn Surroundings,
    ) -> Result<(Self, Keys), RecordsError> {
        let keys = Keys { data: DataKey::new(surroundings)?, private };
        let mut body = self.renewed(keys.private.as_ref());
        (body.key_id, body.keychain) = (Some(new_key_id(surroundings)?), None);
        body.passphrase =
            Stretched::wrap(&keys, "passphrase", &body.records, passphrase, cost, surroundings)?;
        let Recovery::Boxed(recovery) = &body.recovery else { return Err(RecordsError::RecoveryKeyOld) };
        let records = body.records.as_str();
        let school = body.school.as_ref();
        let school =
            school.map(|slot| slot.for_data_key(&keys.data, "school", records, surroundings)).transpose()?;
        let recovery = recovery.for_data_key(&keys.data, "recovery", records, surroundings)?;
        (body.recovery, body.school) = (Recovery::Boxed(recovery), school);
        Ok((Self::close(body, &keys.data, surroundings)?, keys))
    }

    pub(crate) fn open_with_passphrase(&self, passphrase: &[u8]) -> Result<Keys, RecordsError> {
        let keys = self.body.passphrase.unwrap("passphrase", &self.body.records, passphrase)?;
        self.prove(keys.ok_or(RecordsError::WrongPassphrase)?)
    }

    /// Opens with either recovery key, and says whose it was.
    pub(crate) fn open_with_recovery(&self, key: &RecoveryKey) -> Result<(Keys, OpenedBy), RecordsError> {
        let records = self.body.records.as_str();
        let own = match &self.body.recovery {
            Recovery::Boxed(slot) => slot.unwrap("recovery", records, key)?,
            Recovery::Stretched(slot) => slot.unwrap("recovery", records, key.secret())?,
        };
        if let Some(keys) = own {
            return Ok((self.prove(keys)?, OpenedBy::RecoveryKey));
        }
        let school = self.body.school.as_ref().map(|slot| slot.unwrap("school", records, key));
        match school.transpose()?.flatten() {
            Some(keys) => Ok((self.prove(keys)?, OpenedBy::SchoolKey)),
            None => Err(RecordsError::WrongRecoveryKey),
        }
    }

    /// Opens with the secret that the keychain held.
    pub(crate) fn open_with_keychain(&self, secret: &KeychainSecret) -> Result<Keys, RecordsError> {
        let slot = self.body.keychain.as_ref().ok_or(RecordsError::KeychainWrong)?;
        let keys = slot.unwrap(&self.body.records, secret)?;
        self.prove(keys.ok_or(RecordsError::KeychainWrong)?)
    }

    /// Reads an envelope. A file that was changed or cut is damaged, whatever the passphrase.
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, RecordsError> {
        let newer = |found: u32| RecordsError::Newer { found: i64::from(found), known: i64::from(NEWEST) };
        let Ok(envelope) = serde_json::from_slice::<Self>(bytes) else {
            // A newer program may have added parts. Then its check can't be made here; only what it is can be told.
            return match serde_json::from_slice::<OtherVersion>(bytes) {
                Ok(other) if other.body.format == FORMAT && other.body.version > NEWEST => {
                    Err(newer(other.body.version))
                }
                _ => Err(RecordsError::KeysDamaged),
            };
        };
        if envelope.body.format != FORMAT || envelope.check != check_of(&envelope.body, &envelope.seal)? {
            return Err(RecordsError::KeysDamaged);
        }
        if envelope.body.version > NEWEST {
            return Err(newer(envelope.body.version));
        }
        if !envelope.has_its_shape() {
            return Err(RecordsError::KeysDamaged);
        }
        Ok(envelope)
    }

    /// The same file with a check sum that fits what stands in it: a fuzzer would never find one by itself.
    pub(crate) fn with_fitting_check(bytes: &[u8]) -> Option<Vec<u8>> {
        let mut envelope: Self = serde_json::from_slice(bytes).ok()?;
        envelope.check = check_of(&envelope.body, &envelope.seal).ok()?;
        envelope.to_bytes().ok()
    }

    /// The file's bytes.
    pub(crate) fn to_bytes(&self) -> Result<Vec<u8>, RecordsError> {
        serde_json::to_vec_pretty(self).map_err(|_| RecordsError::Internal("envelope"))
    }

    pub(crate) fn read(path: &Path) -> Result<Self, RecordsError> {
        Self::parse(&std::fs::read(path)?)
    }

    /// Tells this file from every other, and nothing of what is in it.
    pub(super) fn check_sum(&self) -> &str {
        &self.check
    }

    /// Which records these keys are of.
    pub(crate) fn records(&self) -> &str {
        &self.body.records
    }

    /// Names the data key. A file of the first version has one data key for life, and so its name.
    pub(crate) fn key_id(&self) -> String {
        self.body.key_id.clone().unwrap_or_else(|| {
            let hash = Sha256::digest(format!("waymark/key-id/1/{}", self.body.records));
            hex(&hash).chars().take(KEY_ID_BYTES * 2).collect()
        })
    }

    /// What a try of the passphrase costs.
    pub(crate) fn cost(&self) -> Cost {
        self.body.passphrase.cost
    }

    pub(crate) fn has_school_key(&self) -> bool {
        self.body.school.is_some()
    }

    /// Whether the school's slot is for this key.
    pub(crate) fn is_schools(&self, key: &SchoolPublicKey) -> bool {
        self.body.school.as_ref().is_some_and(|slot| slot.is_for(key.0))
    }

    pub(crate) fn has_keychain(&self) -> bool {
        self.body.keychain.is_some()
    }

    /// Whether the other file has the same in every slot. Its seal may be another one over the same.
    pub(crate) fn has_the_slots_of(&self, other: &Self) -> bool {
        self.body == other.body
    }

    /// Whether the counselor's recovery key opens the private key too.
    pub(crate) fn recovery_opens_private(&self) -> bool {
        matches!(&self.body.recovery, Recovery::Boxed(slot) if slot.has_private())
    }

    /// What stays as it is. The slot for the keychain stays where it opens what is opened now; where a private key came
    /// into being or could not be opened, it would give other keys than the passphrase, and goes.
    fn renewed(&self, private: Option<&PrivateKey>) -> Body {
        let keychain = self.body.keychain.clone();
        Body {
            key_id: Some(self.key_id()),
            keychain: keychain.filter(|slot| slot.has_private() == private.is_some()),
            ..self.body.clone()
        }
    }

    fn close(mut body: Body, key: &DataKey, surroundings: &dyn Surroundings) -> Result<Self, RecordsError> {
        body.version = if body.keychain.is_some() { WITH_KEYCHAIN } else { PLAIN };
        let seal = seal(&key.derive("waymark/envelope/1")?, &[], &canonical(&body)?, surroundings)?;
        let check = check_of(&body, &seal)?;
        Ok(Self { body, seal, check })
    }

    /// The seal must fit, or somebody has changed another slot.
    fn prove(&self, keys: Keys) -> Result<Keys, RecordsError> {
        self.prove_with(&keys.data)?;
        Ok(keys)
    }

    fn prove_with(&self, data: &DataKey) -> Result<(), RecordsError> {
        let sealing = data.derive("waymark/envelope/1")?;
        open(&sealing, &self.seal, &canonical(&self.body)?)?.map(|_| ()).ok_or(RecordsError::KeysDamaged)
    }

    fn has_its_shape(&self) -> bool {
        let Body { version, key_id, passphrase, recovery, school, keychain, .. } = &self.body;
        let school_sees_private = school.as_ref().is_some_and(Boxed::has_private);
        let fits = match *version {
            1 => {
                let stretched = matches!(recovery, Recovery::Stretched(slot) if !slot.has_private());
                let later = school.is_some() || keychain.is_some();
                stretched && key_id.is_none() && !later && !passphrase.has_private()
            }
            PLAIN => key_id.as_deref().is_some_and(is_key_id) && keychain.is_none(),
            WITH_KEYCHAIN => key_id.as_deref().is_some_and(is_key_id) && keychain.is_some(),
            _ => false,
        };
        fits && !school_sees_private
    }
}

/// So much of an envelope as every version has.
#[derive(Deserialize)]
struct OtherVersion {
    body: OtherBody,
}

#[derive(Deserialize)]
struct OtherBody {
    format: String,
    version: u32,
}

/// Whether a text can be the name of a data key. It becomes part of a file's name.
pub(crate) fn is_key_id(text: &str) -> bool {
    text.len() == KEY_ID_BYTES * 2 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

fn new_key_id(surroundings: &dyn Surroundings) -> Result<String, RecordsError> {
    let mut id = [0; KEY_ID_BYTES];
    surroundings.random(&mut id)?;
    Ok(hex(&id))
}

fn recovery_slot(
    keys: &Keys,
    records: &str,
    recovery: &RecoveryKey,
    surroundings: &dyn Surroundings,
) -> Result<Recovery, RecordsError> {
    let (private, public) = (keys.private.as_ref(), public_of(recovery)?);
    Boxed::to_public(&keys.data, private, "recovery", records, public, surroundings).map(Recovery::Boxed)
}

fn canonical(body: &Body) -> Result<Vec<u8>, RecordsError> {
    serde_json::to_vec(body).map_err(|_| RecordsError::Internal("envelope"))
}

fn check_of(body: &Body, seal: &Sealed) -> Result<String, RecordsError> {
    let mut hash = Sha256::new();
    hash.update(canonical(body)?);
    hash.update(seal.nonce.as_bytes());
    hash.update(seal.bytes.as_bytes());
    Ok(hex(&hash.finalize()))
}
