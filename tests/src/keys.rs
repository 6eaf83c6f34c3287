//! The key of a records folder from its passphrase, by the formats that `docs/SECURITY.md` names and by none of the
//! program's own code: what reads the files here shares no fault with what wrote them, and the program need not be able
//! to hand out its key.

use std::path::Path;

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use serde_json::Value;
use sha2::Sha256;

/// The 32 bytes with which SQLCipher encrypts the database, from the file of keys and the passphrase.
#[must_use]
pub fn database_key(keys_file: &Path, passphrase: &str) -> [u8; 32] {
    let mut key = [0; 32];
    let data = data_key(keys_file, passphrase);
    Hkdf::<Sha256>::new(None, &data).expand(b"waymark/database/1", &mut key).unwrap();
    key
}

/// The data key itself.
#[must_use]
pub fn data_key(keys_file: &Path, passphrase: &str) -> [u8; 32] {
    let envelope: Value = serde_json::from_slice(&std::fs::read(keys_file).unwrap()).unwrap();
    let (records, slot) = (text(&envelope["body"]["records"]), &envelope["body"]["passphrase"]);
    let cost = |name: &str| u32::try_from(slot["cost"][name].as_u64().unwrap()).unwrap();
    let (memory, passes, lanes, salt) =
        (cost("memory_kib"), cost("passes"), cost("lanes"), text(&slot["salt"]));
    let mut wrapping = [0; 32];
    Argon2::new(
        Algorithm::Argon2id,
        Version::V0x13,
        Params::new(memory, passes, lanes, Some(wrapping.len())).unwrap(),
    )
    .hash_password_into(passphrase.as_bytes(), &bytes(salt), &mut wrapping)
    .unwrap();
    let bound = format!("waymark-keys/1/passphrase/{records}/{memory}/{passes}/{lanes}/{salt}");
    let nonce: [u8; 24] = bytes(text(&slot["wrapped"]["nonce"])).try_into().unwrap();
    let sealed = bytes(text(&slot["wrapped"]["bytes"]));
    let cipher = XChaCha20Poly1305::new_from_slice(&wrapping).unwrap();
    let opened = cipher.decrypt(&XNonce::from(nonce), Payload { msg: &sealed, aad: bound.as_bytes() });
    opened.expect("the passphrase").try_into().unwrap()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

fn bytes(hex: &str) -> Vec<u8> {
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
}
