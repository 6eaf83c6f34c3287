//! Opens a damaged file's pages one by one, each for itself: SQLCipher refuses every page from the first one on that
//! does not open. A page is AES-256-CBC under the raw key, then its vector, then HMAC-SHA-512 over both and its number
//! (<https://www.zetetic.net/sqlcipher/design/>; our files keep SQLCipher 4's defaults).

use aes::Aes256;
use cbc::cipher::block_padding::NoPadding;
use cbc::cipher::{BlockModeDecrypt, KeyIvInit};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha512;
use zeroize::Zeroizing;

use super::wal::{FrameState, Wal};
use crate::RecordsError;
use crate::vault::envelope::DataKey;

/// Bytes of a page.
pub(super) const SIZE: usize = 4096;
/// Bytes of it that SQLite uses; behind them come the vector and the seal.
pub(super) const USABLE: usize = SIZE - 80;
pub(super) const VECTOR: usize = 16;
/// At the beginning of the file lies a salt in place of SQLite's own mark.
pub(super) const SALT: usize = 16;

/// Hears how many of how many are done; an error ends the work.
pub(super) type Step<'s> = &'s dyn Fn(usize, usize) -> Result<(), RecordsError>;

/// A file's pages as far as they open, the log that belongs to it taken in.
pub(super) struct Pages {
    /// Page after page; nothing where one does not open.
    pub(super) opened: Vec<Option<Zeroizing<Vec<u8>>>>,
    /// How many of them can't be read.
    pub(super) unreadable: u32,
    /// Whether each page's seal was held against it. Where the salt is lost with the first page no seal can be, and a
    /// page counts as readable when its form is that of one.
    pub(super) proved: bool,
}

impl Pages {
    /// Opens what can be opened. `form` says whether a page that nothing proves has the form of one; `step` is told how
    /// many pages of how many are done, and ends it with an error.
    pub(super) fn read(
        database: &[u8],
        log: Option<(&[u8], &Wal)>,
        key: &DataKey,
        form: impl Fn(&[u8], u32) -> bool,
        step: Step<'_>,
    ) -> Result<Self, RecordsError> {
        let raw = key.derive("waymark/database/1")?;
        let raw: &[u8; 32] = raw.as_slice().try_into().map_err(|_| RecordsError::Internal("key"))?;
        let seal = find_seal(raw, database, log, &|| step(0, page_count(database, log)))?;
        let proved = seal.is_some();
        let open = |number: u32, bytes: &[u8]| -> Option<Zeroizing<Vec<u8>>> {
            match &seal {
                Some(seal) => seal.fits(number, bytes).then(|| decrypt(raw, number, bytes)).flatten(),
                None => decrypt(raw, number, bytes).filter(|page| form(page, number)),
            }
        };
        let count = page_count(database, log);
        let mut pages: Vec<Option<Zeroizing<Vec<u8>>>> = Vec::new();
        pages.resize_with(count, || None);
        // The newest version of a page that opens is the one: what SQLite would drop is worth reading here.
        for (number, content) in newest_first(log) {
            step(0, count)?;
            if let Some(place) = index(number).and_then(|index| pages.get_mut(index))
                && place.is_none()
            {
                *place = open(number, content);
            }
        }
        let mut unreadable = 0;
        for ((place, bytes), number) in
            pages.iter_mut().zip(database.chunks(SIZE).chain(std::iter::repeat(&[][..]))).zip(1_u32..)
        {
            step(index(number).unwrap_or(count), count)?;
            if place.is_none() {
                *place = open(number, bytes);
            }
            unreadable += u32::from(place.is_none());
        }
        Ok(Self { opened: pages, unreadable, proved })
    }

    /// A page's bytes; none where it does not open or there is no such page.
    pub(super) fn get(&self, number: u32) -> Option<&[u8]> {
        self.opened.get(index(number)?)?.as_deref().map(Vec::as_slice)
    }

    /// How many pages the file has or had.
    pub(super) fn count(&self) -> u32 {
        u32::try_from(self.opened.len()).unwrap_or(u32::MAX)
    }
}

fn index(number: u32) -> Option<usize> {
    usize::try_from(number).ok()?.checked_sub(1)
}

/// Frames of this round of the log from the newest to the oldest, without those that no commit ended.
fn newest_first<'a>(log: Option<(&'a [u8], &'a Wal)>) -> impl Iterator<Item = (u32, &'a [u8])> {
    log.into_iter().flat_map(|(bytes, log)| {
        let ours = |frame: &&super::wal::Frame| frame.state != FrameState::Old;
        let frames = log.frames.iter().rev().filter(ours).skip_while(|frame| frame.commit == 0);
        frames
            .filter_map(|frame| Some((frame.page, bytes.get(frame.content..frame.content + log.page_size)?)))
    })
}

/// Pages of the file after the last commit that is known, or as many as there are bytes for.
fn page_count(database: &[u8], log: Option<(&[u8], &Wal)>) -> usize {
    let there = database.len().div_ceil(SIZE);
    let said = log.and_then(|(_, log)| log.frames.get(log.taken.checked_sub(1)?)).map(|frame| frame.commit);
    let most = newest_first(log).map(|(number, _)| number).max();
    // Numbers in a damaged log may be anything: no more pages than there are bytes in both.
    let bound = there + log.map_or(0, |(_, log)| log.frames.len());
    [said, most]
        .into_iter()
        .flatten()
        .filter_map(|count| usize::try_from(count).ok())
        .fold(there, usize::max)
        .min(bound)
}

/// The key of the seals of one file.
pub(super) struct Seal(pub(super) Zeroizing<[u8; 32]>);

impl Seal {
    /// PBKDF2-HMAC-SHA-512, two rounds, of the key and the salt with each byte turned (SQLCipher's own derivation).
    pub(super) fn new(raw: &[u8; 32], salt: &[u8]) -> Option<Self> {
        let round = |parts: &[&[u8]]| {
            let mut mac = Hmac::<Sha512>::new_from_slice(raw).ok()?;
            for part in parts {
                mac.update(part);
            }
            Some(mac.finalize().into_bytes())
        };
        let salt: Vec<u8> = salt.iter().map(|byte| byte ^ 0x3a).collect();
        let first = round(&[&salt, &[0, 0, 0, 1]])?;
        let second = round(&[&first])?;
        let mut key = Zeroizing::new([0; 32]);
        for (to, (one, two)) in key.iter_mut().zip(first.iter().zip(second.iter())) {
            *to = one ^ two;
        }
        Some(Self(key))
    }

    fn fits(&self, number: u32, bytes: &[u8]) -> bool {
        let begin = if number == 1 { SALT } else { 0 };
        let (Some(sealed), Some(seal)) =
            (bytes.get(begin..USABLE + VECTOR), bytes.get(USABLE + VECTOR..SIZE))
        else {
            return false;
        };
        let Ok(mut mac) = Hmac::<Sha512>::new_from_slice(self.0.as_ref()) else { return false };
        mac.update(sealed);
        mac.update(&number.to_le_bytes());
        mac.verify_slice(seal).is_ok()
    }
}

/// The seal's key is made with the salt, and where that was struck no seal fits: one changed byte of it is found by
/// trying, and a log has the salt too.
fn find_seal(
    raw: &[u8; 32],
    database: &[u8],
    log: Option<(&[u8], &Wal)>,
    go_on: &dyn Fn() -> Result<(), RecordsError>,
) -> Result<Option<Seal>, RecordsError> {
    let frames: Vec<(u32, &[u8])> = newest_first(log).collect();
    let in_file = || database.chunks_exact(SIZE).zip(1_u32..).map(|(bytes, number)| (number, bytes));
    let fits = |salt: &[u8], most: usize| {
        let seal = Seal::new(raw, salt)?;
        let any = in_file().take(most).chain(frames.iter().copied().take(most));
        any.into_iter().any(|(number, bytes)| seal.fits(number, bytes)).then_some(seal)
    };
    let salts: Vec<[u8; SALT]> =
        [Some(database), frames.iter().find(|(number, _)| *number == 1).map(|(_, page)| *page)]
            .into_iter()
            .flatten()
            .filter_map(|bytes| bytes.get(..SALT)?.try_into().ok())
            .collect();
    if let Some(seal) = salts.iter().find_map(|salt| fits(salt, usize::MAX)) {
        return Ok(Some(seal));
    }
    for salt in &salts {
        for at in 0..SALT {
            go_on()?;
            for change in 1..=u8::MAX {
                let mut tried = *salt;
                *tried.get_mut(at).ok_or(RecordsError::Internal("salt"))? ^= change;
                if let Some(seal) = fits(&tried, 3) {
                    return Ok(Some(seal));
                }
            }
        }
    }
    Ok(None)
}

fn decrypt(raw: &[u8; 32], number: u32, bytes: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let begin = if number == 1 { SALT } else { 0 };
    let vector: [u8; VECTOR] = bytes.get(USABLE..USABLE + VECTOR)?.try_into().ok()?;
    let mut page = Zeroizing::new(bytes.get(..SIZE)?.to_vec());
    cbc::Decryptor::<Aes256>::new(raw.into(), &vector.into())
        .decrypt_padded::<NoPadding>(page.get_mut(begin..USABLE)?)
        .ok()?;
    Some(page)
}
