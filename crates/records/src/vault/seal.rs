//! Sealed bytes: XChaCha20-Poly1305 under a random nonce, written as hex.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::{RecordsError, surroundings::Surroundings};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Sealed {
    pub(crate) nonce: String,
    pub(crate) bytes: String,
}

/// Hex digits of a nonce.
const NONCE_DIGITS: usize = 48;

impl Sealed {
    /// As one text: the nonce, then the bytes.
    pub(crate) fn into_text(self) -> String {
        self.nonce + &self.bytes
    }

    /// Reads one text; nothing where it is too short for a nonce.
    pub(crate) fn from_text(text: &str) -> Option<Self> {
        let (nonce, bytes) = text.split_at_checked(NONCE_DIGITS)?;
        Some(Self { nonce: nonce.to_owned(), bytes: bytes.to_owned() })
    }
}

/// Seals bytes under a key, bound to a text that must be the same when they are opened.
pub(crate) fn seal(
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
pub(crate) fn open(
    key: &[u8],
    sealed: &Sealed,
    bound: &[u8],
) -> Result<Option<Zeroizing<Vec<u8>>>, RecordsError> {
    let nonce: [u8; 24] = unhex(&sealed.nonce)?.try_into().map_err(|_| RecordsError::KeysDamaged)?;
    let cipher = XChaCha20Poly1305::new_from_slice(key).map_err(|_| RecordsError::Internal("cipher"))?;
    let bytes = unhex(&sealed.bytes)?;
    Ok(cipher.decrypt(&XNonce::from(nonce), Payload { msg: &bytes, aad: bound }).ok().map(Zeroizing::new))
}

/// Lower-case hex. The text is made in one piece, so that a secret leaves no half of itself behind.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        // Writing to a String does not fail.
        let _ = write!(out, "{byte:02x}");
        out
    })
}

pub(crate) fn unhex(text: &str) -> Result<Vec<u8>, RecordsError> {
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
