//! SQLCipher's pages, decrypted one by one, as its own documentation describes them: page by page AES-256 in CBC mode, at
//! each page's end 16 bytes of initialization vector and an HMAC-SHA-512 over content, vector and page number. So every
//! byte of a file can be looked at: free pages, pages that no table knows of any more, old frames of the log.

use aes::Aes256;
use cbc::Decryptor;
use cbc::cipher::block_padding::NoPadding;
use cbc::cipher::{BlockModeDecrypt, KeyIvInit};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha512;

/// Bytes of a page.
pub const PAGE: usize = 4096;
/// Bytes at a page's end: the vector and the HMAC.
const RESERVED: usize = IV + TAG;
const IV: usize = 16;
const TAG: usize = 64;
/// Bytes at the file's beginning that are no page: the salt.
const SALT: usize = 16;
/// What the salt of the HMAC's key differs by from that of the file.
const MASK: u8 = 0x3a;
/// Bytes of a log's header, and of the header of each frame in it.
const LOG_HEADER: usize = 32;
const FRAME_HEADER: usize = 24;

/// A page that was decrypted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Its number in the database, from 1.
    pub number: u32,
    /// Where it lies in the file.
    pub at: usize,
    /// What stands in it, as SQLite sees it.
    pub content: Vec<u8>,
    /// Whether its HMAC fits.
    pub whole: bool,
}

/// Decrypts the pages of one file or log.
pub struct Reader {
    key: [u8; 32],
    hmac_key: [u8; 32],
}

impl Reader {
    /// With the key of the database and the salt with which it begins.
    #[must_use]
    pub fn new(key: [u8; 32], salt: &[u8]) -> Self {
        let salt: Vec<u8> = salt.iter().take(SALT).map(|byte| byte ^ MASK).collect();
        Self { key, hmac_key: stretched_twice(&key, &salt) }
    }

    /// Every page of a database.
    #[must_use]
    pub fn database(&self, bytes: &[u8]) -> Vec<Page> {
        let pages = bytes.chunks_exact(PAGE).zip(1_u32..);
        pages.map(|(page, number)| self.page(page, number, (number as usize - 1) * PAGE)).collect()
    }

    /// Every frame of a log, also those that are left from before it was last begun anew.
    #[must_use]
    pub fn log(&self, bytes: &[u8]) -> Vec<Page> {
        let frames = bytes.get(LOG_HEADER..).unwrap_or_default().chunks_exact(FRAME_HEADER + PAGE);
        frames
            .enumerate()
            .map(|(index, frame)| {
                let number = u32::from_be_bytes([frame[0], frame[1], frame[2], frame[3]]);
                let at = LOG_HEADER + index * (FRAME_HEADER + PAGE) + FRAME_HEADER;
                self.page(&frame[FRAME_HEADER..], number, at)
            })
            .collect()
    }

    fn page(&self, page: &[u8], number: u32, at: usize) -> Page {
        let begin = if number == 1 { SALT } else { 0 };
        let (sealed, tag) = page.split_at(PAGE - TAG);
        let (content, iv) = sealed.split_at(PAGE - RESERVED);
        let mut mac = Hmac::<Sha512>::new_from_slice(&self.hmac_key).unwrap();
        mac.update(&sealed[begin..]);
        mac.update(&number.to_le_bytes());
        let whole = mac.verify_slice(tag).is_ok();
        let cipher = Decryptor::<Aes256>::new_from_slices(&self.key, iv).unwrap();
        let mut content = content[begin..].to_vec();
        cipher.decrypt_padded::<NoPadding>(&mut content).unwrap();
        Page { number, at, content, whole }
    }
}

/// PBKDF2 with HMAC-SHA-512 and two rounds, which is what SQLCipher makes the HMAC's key with.
fn stretched_twice(key: &[u8; 32], salt: &[u8]) -> [u8; 32] {
    let round = |message: &[u8]| -> [u8; TAG] {
        let mut mac = Hmac::<Sha512>::new_from_slice(key).unwrap();
        mac.update(message);
        mac.finalize().into_bytes().into()
    };
    let first = round(&[salt, &[0, 0, 0, 1]].concat());
    let second = round(&first);
    std::array::from_fn(|at| first[at] ^ second[at])
}
