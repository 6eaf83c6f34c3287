//! The file of keys beside the records: one random data key, wrapped once by the passphrase and once by the recovery
//! key (Argon2id, then XChaCha20-Poly1305 with everything else of the slot as associated data), the whole closed by a
//! seal under a key derived from the data key. It is replaced atomically and never written in place.

use std::path::Path;

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use secrecy::{ExposeSecret, SecretBox};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::{RecordsError, surroundings::Surroundings};

const FORMAT: &str = "waymark-keys";
const VERSION: u32 = 1;

/// What the derivation of a key costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cost {
    /// Memory, KiB.
    pub memory_kib: u32,
    /// Passes over it.
    pub passes: u32,
    /// Lanes.
    pub lanes: u32,
}

impl Cost {
    /// What people's records get: 64 MiB, 3 passes (the second choice of RFC 9106, section 4, with one lane, because
    /// the oldest laptop has two cores).
    pub const REAL: Self = Self { memory_kib: 64 * 1024, passes: 3, lanes: 1 };

    /// For tests, which would else spend their time here. Opens nothing that was made at another cost.
    pub const WEAK_FOR_TESTS: Self = Self { memory_kib: 64, passes: 1, lanes: 1 };

    /// More than this in a file is an altered file: it would only exhaust the computer.
    const MOST: Self = Self { memory_kib: 1024 * 1024, passes: 16, lanes: 8 };

    fn is_sane(self) -> bool {
        self.memory_kib <= Self::MOST.memory_kib
            && self.passes <= Self::MOST.passes
            && self.lanes <= Self::MOST.lanes
    }
}

/// The key of everything in the records folder.
pub(crate) struct DataKey(SecretBox<[u8; 32]>);

impl DataKey {
    /// A key for one purpose, derived from the data key (HKDF-SHA-256).
    pub(crate) fn derive(&self, purpose: &'static str) -> Result<Zeroizing<[u8; 32]>, RecordsError> {
        let mut key = Zeroizing::new([0; 32]);
        Hkdf::<Sha256>::new(None, self.0.expose_secret())
            .expand(purpose.as_bytes(), key.as_mut())
            .map_err(|_| RecordsError::Internal("derive"))?;
        Ok(key)
    }
}

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
    passphrase: Slot,
    recovery: Slot,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Slot {
    cost: Cost,
    salt: String,
    wrapped: Sealed,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sealed {
    nonce: String,
    bytes: String,
}

/// The secrets that open an envelope.
pub(crate) struct Secrets<'a> {
    pub(crate) passphrase: &'a [u8],
    pub(crate) recovery: &'a [u8],
}

impl Envelope {
    /// A new random data key and its envelope.
    pub(crate) fn new(
        records: &str,
        secrets: &Secrets<'_>,
        cost: Cost,
        surroundings: &dyn Surroundings,
    ) -> Result<(Self, DataKey), RecordsError> {
        let mut bytes = Box::new([0; 32]);
        surroundings.random(bytes.as_mut())?;
        let key = DataKey(SecretBox::new(bytes));
        let body = Body {
            format: FORMAT.into(),
            version: VERSION,
            records: records.into(),
            passphrase: wrap(&key, "passphrase", records, secrets.passphrase, cost, surroundings)?,
            recovery: wrap(&key, "recovery", records, secrets.recovery, cost, surroundings)?,
        };
        Ok((Self::close(body, &key, surroundings)?, key))
    }

    /// The same data key under another passphrase.
    pub(crate) fn with_passphrase(
        &self,
        key: &DataKey,
        passphrase: &[u8],
        cost: Cost,
        surroundings: &dyn Surroundings,
    ) -> Result<Self, RecordsError> {
        let mut body = self.body.clone();
        body.passphrase = wrap(key, "passphrase", &body.records, passphrase, cost, surroundings)?;
        Self::close(body, key, surroundings)
    }

    pub(crate) fn open_with_passphrase(&self, passphrase: &[u8]) -> Result<DataKey, RecordsError> {
        let key = unwrap(&self.body.passphrase, "passphrase", &self.body.records, passphrase)?
            .ok_or(RecordsError::WrongPassphrase)?;
        self.prove(key)
    }

    pub(crate) fn open_with_recovery(&self, recovery: &[u8]) -> Result<DataKey, RecordsError> {
        let key = unwrap(&self.body.recovery, "recovery", &self.body.records, recovery)?
            .ok_or(RecordsError::WrongRecoveryKey)?;
        self.prove(key)
    }

    /// Reads an envelope. A file that was changed or cut is damaged, whatever the passphrase.
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, RecordsError> {
        let envelope: Self = serde_json::from_slice(bytes).map_err(|_| RecordsError::KeysDamaged)?;
        let found = i64::from(envelope.body.version);
        if envelope.body.format != FORMAT || envelope.check != check_of(&envelope.body, &envelope.seal)? {
            return Err(RecordsError::KeysDamaged);
        }
        if envelope.body.version > VERSION {
            return Err(RecordsError::Newer { found, known: i64::from(VERSION) });
        }
        Ok(envelope)
    }

    /// The file's bytes.
    pub(crate) fn to_bytes(&self) -> Result<Vec<u8>, RecordsError> {
        serde_json::to_vec_pretty(self).map_err(|_| RecordsError::Internal("envelope"))
    }

    pub(crate) fn read(path: &Path) -> Result<Self, RecordsError> {
        Self::parse(&std::fs::read(path)?)
    }

    fn close(body: Body, key: &DataKey, surroundings: &dyn Surroundings) -> Result<Self, RecordsError> {
        let seal = seal(key.derive("waymark/envelope/1")?.as_ref(), &[], &canonical(&body)?, surroundings)?;
        let check = check_of(&body, &seal)?;
        Ok(Self { body, seal, check })
    }

    /// The seal must fit, or somebody has changed another slot.
    fn prove(&self, key: DataKey) -> Result<DataKey, RecordsError> {
        let sealing = key.derive("waymark/envelope/1")?;
        open(sealing.as_ref(), &self.seal, &canonical(&self.body)?)?.ok_or(RecordsError::KeysDamaged)?;
        Ok(key)
    }
}

fn wrap(
    key: &DataKey,
    slot: &str,
    records: &str,
    secret: &[u8],
    cost: Cost,
    surroundings: &dyn Surroundings,
) -> Result<Slot, RecordsError> {
    let mut salt = [0; 16];
    surroundings.random(&mut salt)?;
    let wrapping = stretch(secret, &salt, cost)?;
    let bound = bound_to(slot, records, cost, &salt);
    Ok(Slot {
        cost,
        salt: hex(&salt),
        wrapped: seal(wrapping.as_ref(), key.0.expose_secret(), &bound, surroundings)?,
    })
}

fn unwrap(slot: &Slot, name: &str, records: &str, secret: &[u8]) -> Result<Option<DataKey>, RecordsError> {
    if !slot.cost.is_sane() {
        return Err(RecordsError::KeysDamaged);
    }
    let salt = unhex(&slot.salt)?;
    let wrapping = stretch(secret, &salt, slot.cost)?;
    let Some(bytes) = open(wrapping.as_ref(), &slot.wrapped, &bound_to(name, records, slot.cost, &salt))?
    else {
        return Ok(None);
    };
    let mut key = Box::new([0; 32]);
    if bytes.len() != key.len() {
        return Err(RecordsError::KeysDamaged);
    }
    key.copy_from_slice(&bytes);
    Ok(Some(DataKey(SecretBox::new(key))))
}

fn stretch(secret: &[u8], salt: &[u8], cost: Cost) -> Result<Zeroizing<[u8; 32]>, RecordsError> {
    let params = Params::new(cost.memory_kib, cost.passes, cost.lanes, Some(32))
        .map_err(|_| RecordsError::KeysDamaged)?;
    let mut key = Zeroizing::new([0; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(secret, salt, key.as_mut())
        .map_err(|_| RecordsError::Internal("argon2"))?;
    Ok(key)
}

/// What a wrapped key is bound to: it opens in this slot of these records, at this cost, and nowhere else.
fn bound_to(slot: &str, records: &str, cost: Cost, salt: &[u8]) -> Vec<u8> {
    format!(
        "{FORMAT}/{VERSION}/{slot}/{records}/{}/{}/{}/{}",
        cost.memory_kib,
        cost.passes,
        cost.lanes,
        hex(salt)
    )
    .into_bytes()
}

fn seal(
    key: &[u8],
    plain: &[u8],
    bound: &[u8],
    surroundings: &dyn Surroundings,
) -> Result<Sealed, RecordsError> {
    let mut nonce = [0; 24];
    surroundings.random(&mut nonce)?;
    let cipher = XChaCha20Poly1305::new_from_slice(key).map_err(|_| RecordsError::Internal("cipher"))?;
    let bytes = cipher
        .encrypt(&XNonce::from(nonce), Payload { msg: plain, aad: bound })
        .map_err(|_| RecordsError::Internal("seal"))?;
    Ok(Sealed { nonce: hex(&nonce), bytes: hex(&bytes) })
}

/// The plain bytes, or nothing where the key does not fit.
fn open(key: &[u8], sealed: &Sealed, bound: &[u8]) -> Result<Option<Zeroizing<Vec<u8>>>, RecordsError> {
    let nonce: [u8; 24] = unhex(&sealed.nonce)?.try_into().map_err(|_| RecordsError::KeysDamaged)?;
    let cipher = XChaCha20Poly1305::new_from_slice(key).map_err(|_| RecordsError::Internal("cipher"))?;
    let bytes = unhex(&sealed.bytes)?;
    Ok(cipher.decrypt(&XNonce::from(nonce), Payload { msg: &bytes, aad: bound }).ok().map(Zeroizing::new))
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

pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        // Writing to a String does not fail.
        let _ = write!(out, "{byte:02x}");
        out
    })
}

fn unhex(text: &str) -> Result<Vec<u8>, RecordsError> {
    let digits = text.as_bytes();
    if !digits.len().is_multiple_of(2) {
        return Err(RecordsError::KeysDamaged);
    }
    digits
        .chunks(2)
        .map(|pair| {
            let pair = std::str::from_utf8(pair).map_err(|_| RecordsError::KeysDamaged)?;
            u8::from_str_radix(pair, 16).map_err(|_| RecordsError::KeysDamaged)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::surroundings::Computer;

    fn made(cost: Cost) -> (Envelope, DataKey) {
        let secrets = Secrets { passphrase: b"correct horse battery", recovery: b"recovery secret" };
        Envelope::new("records-1", &secrets, cost, &Computer).unwrap()
    }

    #[test]
    fn either_secret_opens_the_same_key_at_the_real_cost() {
        let (envelope, key) = made(Cost::REAL);
        let read = Envelope::parse(&envelope.to_bytes().unwrap()).unwrap();
        let by_passphrase = read.open_with_passphrase(b"correct horse battery").unwrap();
        let by_recovery = read.open_with_recovery(b"recovery secret").unwrap();
        assert_eq!(by_passphrase.0.expose_secret(), key.0.expose_secret());
        assert_eq!(by_recovery.0.expose_secret(), key.0.expose_secret());
    }

    #[test]
    fn another_secret_is_wrong_and_not_damage() {
        let (envelope, _) = made(Cost::WEAK_FOR_TESTS);
        assert_eq!(envelope.open_with_passphrase(b"no").err(), Some(RecordsError::WrongPassphrase));
        assert_eq!(envelope.open_with_recovery(b"no").err(), Some(RecordsError::WrongRecoveryKey));
    }

    #[test]
    fn a_new_passphrase_replaces_the_old_and_leaves_the_recovery_key() {
        let (envelope, key) = made(Cost::WEAK_FOR_TESTS);
        let changed =
            envelope.with_passphrase(&key, b"another one", Cost::WEAK_FOR_TESTS, &Computer).unwrap();
        assert!(changed.open_with_passphrase(b"another one").is_ok());
        assert_eq!(
            changed.open_with_passphrase(b"correct horse battery").err(),
            Some(RecordsError::WrongPassphrase)
        );
        assert!(changed.open_with_recovery(b"recovery secret").is_ok());
    }

    #[test]
    fn every_changed_byte_is_noticed() {
        let (envelope, _) = made(Cost::WEAK_FOR_TESTS);
        let bytes = envelope.to_bytes().unwrap();
        for index in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[index] ^= 1;
            // White space between the parts means nothing; what stays readable must be the same envelope.
            match Envelope::parse(&changed) {
                Ok(same) => assert_eq!(same, envelope, "byte {index}"),
                Err(error) => assert_eq!(error, RecordsError::KeysDamaged, "byte {index}"),
            }
        }
        assert_eq!(Envelope::parse(&bytes[..bytes.len() / 2]).err(), Some(RecordsError::KeysDamaged));
    }

    #[test]
    fn a_slot_that_was_swapped_with_a_fresh_check_is_noticed_by_the_seal() {
        let (mut envelope, _) = made(Cost::WEAK_FOR_TESTS);
        let (other, _) = made(Cost::WEAK_FOR_TESTS);
        envelope.body.recovery = other.body.recovery;
        envelope.check = check_of(&envelope.body, &envelope.seal).unwrap();
        let read = Envelope::parse(&envelope.to_bytes().unwrap()).unwrap();
        assert_eq!(
            read.open_with_passphrase(b"correct horse battery").err(),
            Some(RecordsError::KeysDamaged)
        );
    }
}
