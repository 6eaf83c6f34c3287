//! The recovery key as people print and type it: 160 random bits in Crockford's alphabet (no I, L, O, U), eight groups
//! of four, and a ninth group that checks the others, so that a slip of the pen is told from a wrong key.

use secrecy::{ExposeSecret, SecretBox};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::seal::{hex, unhex};
use super::secrets::KEY_BYTES;
use crate::{RecordsError, surroundings::Surroundings};

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const SECRET_BYTES: usize = 20;
const GROUP: usize = 4;
const LETTERS: usize = SECRET_BYTES * 8 / 5;

/// A recovery key.
pub struct RecoveryKey(SecretBox<[u8; SECRET_BYTES]>);

impl RecoveryKey {
    /// A new one.
    pub fn new(surroundings: &dyn Surroundings) -> Result<Self, RecordsError> {
        let mut bytes = Box::new([0; SECRET_BYTES]);
        surroundings.random(bytes.as_mut())?;
        Ok(Self(SecretBox::new(bytes)))
    }

    /// As printed: nine groups of four.
    #[must_use]
    pub fn groups(&self) -> Vec<String> {
        let letters = letters_of(self.0.expose_secret());
        let check = check_of(&letters);
        letters.chunks(GROUP).map(text_of).chain([text_of(&check)]).collect()
    }

    /// Reads one as typed. Case, spaces and hyphens do not matter; O is read as 0, I and L as 1.
    pub fn read(typed: &str) -> Result<Self, RecordsError> {
        let letters: Zeroizing<Vec<u8>> = typed
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '-')
            .filter_map(letter_of)
            .collect::<Vec<_>>()
            .into();
        let written = typed.chars().filter(|c| !c.is_whitespace() && *c != '-').count();
        if letters.len() != written || letters.len() != LETTERS + GROUP {
            return Err(RecordsError::RecoveryKeyMistyped);
        }
        let (letters, check) = letters.split_at(LETTERS);
        if check_of(letters) != check {
            return Err(RecordsError::RecoveryKeyMistyped);
        }
        Ok(Self(SecretBox::new(Box::new(bytes_of(letters)))))
    }

    /// The public half, for a school that keeps this key and gives away no more than this.
    pub fn public_half(&self) -> Result<SchoolPublicKey, RecordsError> {
        super::envelope::public_of(self).map(SchoolPublicKey)
    }

    /// The secret itself, for wrapping.
    pub(crate) fn secret(&self) -> &[u8] {
        self.0.expose_secret()
    }
}

/// The public half of a school's recovery key: it closes and cannot open. Written as 64 hex digits and eight that check
/// them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SchoolPublicKey(pub(crate) [u8; KEY_BYTES]);

impl SchoolPublicKey {
    /// As it is handed on.
    #[must_use]
    pub fn text(&self) -> String {
        let digits = hex(&self.0);
        let check = Self::check(&digits);
        format!("{digits}{check}")
    }

    /// Reads one as it was handed on. Case, spaces and hyphens do not matter.
    pub fn read(text: &str) -> Result<Self, RecordsError> {
        let plain: String = text.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
        let plain = plain.to_ascii_lowercase();
        let (digits, check) =
            plain.split_at_checked(KEY_BYTES * 2).ok_or(RecordsError::RecoveryKeyMistyped)?;
        if check != Self::check(digits) {
            return Err(RecordsError::RecoveryKeyMistyped);
        }
        let bytes = unhex(digits).ok().and_then(|bytes| bytes.try_into().ok());
        bytes.map(Self).ok_or(RecordsError::RecoveryKeyMistyped)
    }

    fn check(digits: &str) -> String {
        hex(&Sha256::digest(digits.as_bytes())).chars().take(8).collect()
    }
}

fn letters_of(bytes: &[u8; SECRET_BYTES]) -> Vec<u8> {
    (0..LETTERS)
        .map(|index| (0..5).fold(0, |letter, bit| letter << 1 | bit_at(bytes, index * 5 + bit)))
        .collect()
}

fn bit_at(bytes: &[u8], index: usize) -> u8 {
    bytes[index / 8] >> (7 - index % 8) & 1
}

fn bytes_of(letters: &[u8]) -> [u8; SECRET_BYTES] {
    let mut bytes = [0; SECRET_BYTES];
    for index in 0..LETTERS * 5 {
        let bit = letters[index / 5] >> (4 - index % 5) & 1;
        bytes[index / 8] |= bit << (7 - index % 8);
    }
    bytes
}

fn check_of(letters: &[u8]) -> Vec<u8> {
    Sha256::digest(letters).iter().take(GROUP).map(|byte| byte & 31).collect()
}

fn text_of(letters: &[u8]) -> String {
    letters.iter().map(|letter| char::from(ALPHABET[usize::from(letter & 31)])).collect()
}

fn letter_of(typed: char) -> Option<u8> {
    let letter = match typed.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    ALPHABET.iter().position(|known| char::from(*known) == letter).and_then(|index| u8::try_from(index).ok())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_was_printed_reads_back_however_it_is_typed(bytes: [u8; SECRET_BYTES], lower: bool) {
            let key = RecoveryKey(SecretBox::new(Box::new(bytes)));
            let printed = key.groups().join(if lower { " " } else { "-" });
            let typed = if lower { printed.to_lowercase().replace('0', "o").replace('1', "l") } else { printed };
            let read = RecoveryKey::read(&typed).unwrap();
            prop_assert_eq!(read.secret(), &bytes);
        }

        #[test]
        fn one_wrong_letter_is_noticed(bytes: [u8; SECRET_BYTES], at in 0..LETTERS, by in 1u8..32) {
            let mut letters = letters_of(&bytes);
            let check = text_of(&check_of(&letters));
            letters[at] = (letters[at] + by) % 32;
            // Four check letters let one slip in a million pass, which then is a wrong key, never another's records.
            let typed = text_of(&letters) + &check;
            if check_of(&letters) != check_of(&letters_of(&bytes)) {
                prop_assert_eq!(RecoveryKey::read(&typed).err(), Some(RecordsError::RecoveryKeyMistyped));
            }
        }
    }

    #[test]
    fn a_public_half_reads_back_and_one_wrong_digit_is_noticed() {
        let key = RecoveryKey::new(&crate::Computer).unwrap().public_half().unwrap();
        assert_eq!(SchoolPublicKey::read(&key.text().to_uppercase()), Ok(key));
        for at in 0..key.text().len() {
            let mut digits = key.text().into_bytes();
            digits[at] = if digits[at] == b'0' { b'1' } else { b'0' };
            let text = String::from_utf8(digits).unwrap();
            assert_eq!(SchoolPublicKey::read(&text), Err(RecordsError::RecoveryKeyMistyped), "{at}");
        }
        assert_eq!(SchoolPublicKey::read("é"), Err(RecordsError::RecoveryKeyMistyped));
    }

    #[test]
    fn a_key_that_is_cut_or_has_foreign_letters_is_mistyped() {
        for typed in ["", "ABCD", "é", &"0".repeat(35), &"U".repeat(36)] {
            assert_eq!(RecoveryKey::read(typed).err(), Some(RecordsError::RecoveryKeyMistyped), "{typed}");
        }
    }
}
