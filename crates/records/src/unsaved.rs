//! What was typed and could not be saved before the records were locked. It is sealed under a key of these records,
//! which is gone with them: only opening them again reads it. It stays in memory and is written nowhere.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

use crate::{Records, RecordsError};

const PURPOSE: &str = "waymark/unsaved/1";

/// A sealed text.
#[derive(Clone, PartialEq, Eq)]
pub struct SealedText {
    nonce: [u8; 24],
    bytes: Vec<u8>,
}

impl Records {
    /// Seals a text so that these records alone open it.
    pub fn seal_text(&self, text: &[u8]) -> Result<SealedText, RecordsError> {
        let mut nonce = [0; 24];
        self.surroundings().random(&mut nonce)?;
        let bytes = self
            .text_cipher()?
            .encrypt(&XNonce::from(nonce), Payload { msg: text, aad: PURPOSE.as_bytes() })
            .map_err(|_| RecordsError::Internal("seal"))?;
        Ok(SealedText { nonce, bytes })
    }

    /// The text; nothing where other records sealed it.
    pub fn open_text(&self, sealed: &SealedText) -> Result<Option<Zeroizing<Vec<u8>>>, RecordsError> {
        let payload = Payload { msg: &sealed.bytes, aad: PURPOSE.as_bytes() };
        let opened = self.text_cipher()?.decrypt(&XNonce::from(sealed.nonce), payload);
        Ok(opened.ok().map(Zeroizing::new))
    }

    fn text_cipher(&self) -> Result<XChaCha20Poly1305, RecordsError> {
        let key = self.key().derive(PURPOSE)?;
        XChaCha20Poly1305::new_from_slice(key.as_ref()).map_err(|_| RecordsError::Internal("cipher"))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use tempfile::TempDir;

    use super::*;
    use crate::{Computer, Cost, Folder};

    const PASSPHRASE: &str = "quiet lantern under seven maples";

    fn made(place: &TempDir) -> Records {
        let folder = Folder::at(place.path());
        Records::create(&folder, PASSPHRASE, Cost::WEAK_FOR_TESTS, Arc::new(Computer)).unwrap().0
    }

    #[tokio::test]
    async fn only_the_same_records_opened_again_read_what_was_sealed() {
        let (place, another) = (TempDir::new().unwrap(), TempDir::new().unwrap());
        let (records, others) = (made(&place), made(&another));
        let sealed = records.seal_text("what I like".as_bytes()).unwrap();
        assert!(!sealed.bytes.windows(4).any(|part| part == b"like"));
        assert_eq!(others.open_text(&sealed).unwrap(), None);
        records.close().await.unwrap();
        let again = Records::unlock(&Folder::at(place.path()), PASSPHRASE, Arc::new(Computer)).unwrap();
        assert_eq!(again.open_text(&sealed).unwrap().unwrap().as_slice(), b"what I like");
        let mut changed = sealed.clone();
        changed.bytes[0] ^= 1;
        assert_eq!(again.open_text(&changed).unwrap(), None);
    }
}
