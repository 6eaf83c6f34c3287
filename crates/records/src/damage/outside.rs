//! What salvage reads of pages that were decrypted, laid open for the fuzzers of `tests/fuzz` through `crate::outside`.

use std::path::Path;

use zeroize::Zeroizing;

use super::pages::{Pages, SIZE};
use super::shapes::Shapes;
use super::{gather, tree};
use crate::surroundings::Surroundings;
use crate::vault::envelope::DataKey;
use crate::{RecordsError, store};

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
        let all = gather::gather(&pages, &self.shapes);
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
