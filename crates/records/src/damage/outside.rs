//! What salvage reads of pages that were decrypted, laid open for the fuzzers of `tests/fuzz` through `crate::outside`.

use std::path::Path;
use std::sync::Arc;

use aes::Aes256;
use cbc::Encryptor;
use cbc::cipher::block_padding::NoPadding;
use cbc::cipher::{BlockModeEncrypt, KeyIvInit};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha512;
use zeroize::Zeroizing;

use super::pages::{Pages, SALT, SIZE, Seal, USABLE, VECTOR};
use super::shapes::Shapes;
use super::{SalvageReport, StandIn, gather, salvage, tree};
use crate::surroundings::Surroundings;
use crate::vault::envelope::DataKey;
use crate::{Folder, RecordsError, Unwatched, store};

/// A page that begins with this byte is one that does not open.
const UNREADABLE: u8 = 0xee;

/// Reads pages as salvage does.
pub struct Salvager {
    shapes: Shapes,
}

/// What was read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Salvaged {
    /// Pages.
    pub pages: usize,
    /// Rows of all tables that can be put into a new file.
    pub rows: usize,
    /// Rows that are known to be missing.
    pub missing: usize,
}

impl Salvager {
    /// With the newest schema, of which a file is made at this path.
    pub fn new(scratch: &Path, surroundings: &dyn Surroundings) -> Result<Self, RecordsError> {
        let connection = store::begin(scratch, &DataKey::new(surroundings)?, surroundings, None)?;
        Ok(Self { shapes: Shapes::read(&connection)? })
    }

    /// Reads these pages. Every row that is read has the form of one of its table.
    ///
    /// # Panics
    ///
    /// Where a gathered row is none of its table: that is the fault which is looked for.
    #[must_use]
    pub fn read(&self, bytes: &[u8]) -> Salvaged {
        let open = |page: &[u8]| {
            let mut whole = Zeroizing::new(vec![0; SIZE]);
            whole.iter_mut().zip(page).for_each(|(to, from)| *to = *from);
            (page.first() != Some(&UNREADABLE)).then_some(whole)
        };
        let opened: Vec<_> = bytes.chunks(SIZE).map(open).collect();
        for (page, number) in opened.iter().zip(1..) {
            if let Some(page) = page {
                let _ = tree::has_form(page, number);
            }
        }
        let pages = Pages { opened, unreadable: 0, proved: true };
        let _ = gather::schema_version(&pages);
        // Nobody stops it, and nothing else ends it.
        let Ok(all) = gather::gather(&pages, &self.shapes, &|_, _| Ok(())) else {
            return Salvaged::default();
        };
        let mut read = Salvaged { pages: pages.opened.len(), ..Salvaged::default() };
        for (name, gathered) in &all.tables {
            let table = self.shapes.table(name);
            let fits = |row: &[rusqlite::types::Value]| table.is_some_and(|table| table.fits(row).is_some());
            assert!(gathered.rows.iter().all(|(_, row)| fits(row)), "a row of {name} is none");
            read.rows += gathered.rows.len();
            read.missing += gathered.missing.len();
        }
        read
    }
}

/// Salvages a file of these pages, which is encrypted and sealed as SQLCipher does it, in an empty folder.
pub fn salvage_pages(
    folder: &Path,
    bytes: &[u8],
    surroundings: &dyn Surroundings,
) -> Result<SalvageReport, RecordsError> {
    let key = DataKey::new(surroundings)?;
    let raw = key.derive("waymark/database/1")?;
    let raw: &[u8; 32] = raw.as_slice().try_into().map_err(|_| RecordsError::Internal("key"))?;
    let sealed = bytes.chunks(SIZE).zip(1..).map(|(page, number)| sealed(raw, page, number));
    let file: Vec<u8> = sealed.collect::<Option<Vec<_>>>().ok_or(RecordsError::Internal("page"))?.concat();
    let folder = Folder::at(folder);
    std::fs::write(folder.database(), file)?;
    let words = StandIn { student: "Unreadable".into(), form: "general-admission".into() };
    salvage(&folder, &key, surroundings, &words, &(Arc::new(Unwatched) as _))
}

/// A page as it lies on the disk. The salt and the vector may be anything: zeros.
fn sealed(raw: &[u8; 32], page: &[u8], number: u32) -> Option<Vec<u8>> {
    let mut whole = vec![0; SIZE];
    whole.iter_mut().zip(page).take(USABLE).for_each(|(to, from)| *to = *from);
    let begin = if number == 1 { SALT } else { 0 };
    whole.get_mut(..begin)?.fill(0);
    let content = whole.get_mut(begin..USABLE)?;
    let length = content.len();
    Encryptor::<Aes256>::new(raw.into(), &[0; VECTOR].into())
        .encrypt_padded::<NoPadding>(content, length)
        .ok()?;
    let mut mac = Hmac::<Sha512>::new_from_slice(Seal::new(raw, &[0; SALT])?.0.as_ref()).ok()?;
    mac.update(whole.get(begin..USABLE + VECTOR)?);
    mac.update(&number.to_le_bytes());
    whole.get_mut(USABLE + VECTOR..)?.copy_from_slice(&mac.finalize().into_bytes());
    Some(whole)
}
