//! The slots of an envelope: how a secret wraps keys.
//!
//! A passphrase is stretched (Argon2id) into a key that seals them. A recovery key has 160 random bits and needs no
//! stretching; it is the private half of an X25519 pair, and keys are sealed to its public half, which stands in the
//! slot. So they can be wrapped for a recovery key that lies in a drawer, or in the school's safe: under a new data key
//! the printed sheets stay good. The box is the one of age's X25519 recipients: a pair made for it alone, the shared
//! secret through HKDF-SHA-256 with both public halves as salt, then the seal.

use argon2::{Algorithm, Argon2, Params, Version};
use hkdf::Hkdf;
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use x25519_dalek::{PublicKey, StaticSecret};
use zeroize::Zeroizing;

use super::FORMAT;
use crate::vault::cost::Cost;
use crate::vault::recovery::RecoveryKey;
use crate::vault::seal::{Sealed, hex, open, seal, unhex};
use crate::vault::secrets::{DataKey, KEY_BYTES, Keys, PrivateKey};
use crate::{RecordsError, surroundings::Surroundings};

/// Keys under a passphrase. In the first version of the format the recovery key had such a slot as well.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Stretched {
    pub(super) cost: Cost,
    salt: String,
    wrapped: Sealed,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    private: Option<Sealed>,
}

/// Keys sealed to the public half of a recovery key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Boxed {
    public: String,
    wrapped: SealedBox,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    private: Option<SealedBox>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SealedBox {
    /// Public half of the pair that was made for this box.
    once: String,
    sealed: Sealed,
}

/// The counselor's recovery key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum Recovery {
    Boxed(Boxed),
    /// Carried over from the first version: it has no private key, and cannot be given one without the key itself.
    Stretched(Stretched),
}

impl Stretched {
    pub(super) fn wrap(
        keys: &Keys,
        slot: &str,
        records: &str,
        secret: &[u8],
        cost: Cost,
        surroundings: &dyn Surroundings,
    ) -> Result<Self, RecordsError> {
        let mut salt = [0; 16];
        surroundings.random(&mut salt)?;
        let wrapping = stretch(secret, &salt, cost)?;
        let bound = bound_to(slot, records, cost, &salt);
        let (wrapped, private) =
            seal_keys(&wrapping, &keys.data, keys.private.as_ref(), &bound, surroundings)?;
        Ok(Self { cost, salt: hex(&salt), wrapped, private })
    }

    /// The keys, or nothing where the secret is another.
    pub(super) fn unwrap(
        &self,
        slot: &str,
        records: &str,
        secret: &[u8],
    ) -> Result<Option<Keys>, RecordsError> {
        if !self.cost.is_sane() {
            return Err(RecordsError::KeysDamaged);
        }
        let salt = unhex(&self.salt)?;
        let wrapping = stretch(secret, &salt, self.cost)?;
        let bound = bound_to(slot, records, self.cost, &salt);
        open_keys(&wrapping, &self.wrapped, self.private.as_ref(), &bound)
    }

    pub(super) fn has_private(&self) -> bool {
        self.private.is_some()
    }
}

impl Boxed {
    /// Seals the data key, and where it is given the private key, to a public half.
    pub(super) fn to_public(
        data: &DataKey,
        private: Option<&PrivateKey>,
        slot: &str,
        records: &str,
        public: [u8; KEY_BYTES],
        surroundings: &dyn Surroundings,
    ) -> Result<Self, RecordsError> {
        let bound = boxed_to(slot, records, &hex(&public));
        let private = private.map(|key| seal_to(public, key.bytes(), &private_part(&bound), surroundings));
        Ok(Self {
            public: hex(&public),
            wrapped: seal_to(public, data.bytes(), &bound, surroundings)?,
            private: private.transpose()?,
        })
    }

    /// Whether they are sealed to this public half.
    pub(super) fn is_for(&self, public: [u8; KEY_BYTES]) -> bool {
        hex(&public) == self.public
    }

    /// The keys, or nothing where the recovery key is another.
    pub(super) fn unwrap(
        &self,
        slot: &str,
        records: &str,
        key: &RecoveryKey,
    ) -> Result<Option<Keys>, RecordsError> {
        let secret = secret_of(key)?;
        if hex(PublicKey::from(&secret).as_bytes()) != self.public {
            return Ok(None);
        }
        let bound = boxed_to(slot, records, &self.public);
        let data = open_with(&secret, &self.wrapped, &bound)?.ok_or(RecordsError::KeysDamaged)?;
        let private = self.private.as_ref().map(|sealed| {
            let bytes = open_with(&secret, sealed, &private_part(&bound))?;
            PrivateKey::from_slice(&bytes.ok_or(RecordsError::KeysDamaged)?)
        });
        Ok(Some(Keys { data: DataKey::from_slice(&data)?, private: private.transpose()? }))
    }

    /// The same recovery key for another data key. What it holds of the private key stays as it is.
    pub(super) fn for_data_key(
        &self,
        data: &DataKey,
        slot: &str,
        records: &str,
        surroundings: &dyn Surroundings,
    ) -> Result<Self, RecordsError> {
        let public = unhex(&self.public)?.try_into().map_err(|_| RecordsError::KeysDamaged)?;
        let renewed = Self::to_public(data, None, slot, records, public, surroundings)?;
        Ok(Self { private: self.private.clone(), ..renewed })
    }

    pub(super) fn has_private(&self) -> bool {
        self.private.is_some()
    }
}

/// The public half of a recovery key.
pub(crate) fn public_of(key: &RecoveryKey) -> Result<[u8; KEY_BYTES], RecordsError> {
    Ok(*PublicKey::from(&secret_of(key)?).as_bytes())
}

fn secret_of(key: &RecoveryKey) -> Result<StaticSecret, RecordsError> {
    let bytes = crate::vault::secrets::derive(key.secret(), "waymark/recovery/2")?;
    let bytes: &[u8; KEY_BYTES] =
        bytes.as_slice().try_into().map_err(|_| RecordsError::Internal("derive"))?;
    Ok(StaticSecret::from(*bytes))
}

fn seal_to(
    public: [u8; KEY_BYTES],
    plain: &[u8],
    bound: &str,
    surroundings: &dyn Surroundings,
) -> Result<SealedBox, RecordsError> {
    let mut random = Zeroizing::new([0; KEY_BYTES]);
    surroundings.random(random.as_mut())?;
    let once = StaticSecret::from(*random);
    let once_public = PublicKey::from(&once);
    let key = shared(&once, &PublicKey::from(public), once_public.as_bytes(), &public)?;
    Ok(SealedBox {
        once: hex(once_public.as_bytes()),
        sealed: seal(&key, plain, bound.as_bytes(), surroundings)?,
    })
}

fn open_with(
    secret: &StaticSecret,
    sealed: &SealedBox,
    bound: &str,
) -> Result<Option<Zeroizing<Vec<u8>>>, RecordsError> {
    let once: [u8; KEY_BYTES] = unhex(&sealed.once)?.try_into().map_err(|_| RecordsError::KeysDamaged)?;
    let own = PublicKey::from(secret);
    let key = shared(secret, &PublicKey::from(once), &once, own.as_bytes())?;
    open(&key, &sealed.sealed, bound.as_bytes())
}

fn shared(
    secret: &StaticSecret,
    other: &PublicKey,
    once: &[u8; KEY_BYTES],
    to: &[u8; KEY_BYTES],
) -> Result<Zeroizing<Vec<u8>>, RecordsError> {
    let agreed = secret.diffie_hellman(other);
    // A public half of low order would agree on the same secret with everybody.
    if !agreed.was_contributory() {
        return Err(RecordsError::KeysDamaged);
    }
    let mut key = Zeroizing::new(vec![0; KEY_BYTES]);
    Hkdf::<Sha256>::new(Some(&[once.as_slice(), to.as_slice()].concat()), agreed.as_bytes())
        .expand(b"waymark/box/2", &mut key)
        .map_err(|_| RecordsError::Internal("derive"))?;
    Ok(key)
}

fn stretch(secret: &[u8], salt: &[u8], cost: Cost) -> Result<Zeroizing<Vec<u8>>, RecordsError> {
    let params = Params::new(cost.memory_kib, cost.passes, cost.lanes, Some(KEY_BYTES))
        .map_err(|_| RecordsError::KeysDamaged)?;
    let mut key = Zeroizing::new(vec![0; KEY_BYTES]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(secret, salt, &mut key)
        .map_err(|_| RecordsError::Internal("argon2"))?;
    Ok(key)
}

/// What a wrapped key is bound to: it opens in this slot of these records, at this cost, and nowhere else. The same in
/// every version, so that a slot can be carried over as it is.
fn bound_to(slot: &str, records: &str, cost: Cost, salt: &[u8]) -> String {
    let Cost { memory_kib, passes, lanes } = cost;
    format!("{FORMAT}/1/{slot}/{records}/{memory_kib}/{passes}/{lanes}/{}", hex(salt))
}

fn boxed_to(slot: &str, records: &str, public: &str) -> String {
    format!("{FORMAT}/2/{slot}/{records}/{public}")
}

/// Both keys, sealed for the places that they are bound to.
pub(super) fn seal_keys(
    wrapping: &[u8],
    data: &DataKey,
    private: Option<&PrivateKey>,
    bound: &str,
    surroundings: &dyn Surroundings,
) -> Result<(Sealed, Option<Sealed>), RecordsError> {
    let private =
        private.map(|key| seal(wrapping, key.bytes(), private_part(bound).as_bytes(), surroundings));
    Ok((seal(wrapping, data.bytes(), bound.as_bytes(), surroundings)?, private.transpose()?))
}

/// The keys that were sealed so, or nothing where the wrapping key is another.
pub(super) fn open_keys(
    wrapping: &[u8],
    wrapped: &Sealed,
    private: Option<&Sealed>,
    bound: &str,
) -> Result<Option<Keys>, RecordsError> {
    let Some(data) = open(wrapping, wrapped, bound.as_bytes())? else { return Ok(None) };
    let private = private.map(|sealed| {
        let bytes = open(wrapping, sealed, private_part(bound).as_bytes())?;
        PrivateKey::from_slice(&bytes.ok_or(RecordsError::KeysDamaged)?)
    });
    Ok(Some(Keys { data: DataKey::from_slice(&data)?, private: private.transpose()? }))
}

fn private_part(bound: &str) -> String {
    format!("{bound}/private")
}
