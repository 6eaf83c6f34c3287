//! A catalogue file: as it lies on the disk, and behind its seal.

use std::path::PathBuf;
use std::sync::OnceLock;

use sha2::{Digest, Sha256};
use tempfile::TempDir;
use waymark_catalogue::Catalogue;
use waymark_catalogue::shapes::{CareerFilters, CareerQuery, CareerSort, Language};

#[path = "../../../crates/catalogue/tests/common/mod.rs"]
mod sample;

/// What closes a catalogue file: a mark and the digest of all before it.
const MARK: &[u8] = b"waymark seal 01\n";

struct Base {
    folder: TempDir,
    /// A small catalogue without its seal.
    bytes: Vec<u8>,
}

impl Base {
    fn get() -> &'static Self {
        static BASE: OnceLock<Base> = OnceLock::new();
        BASE.get_or_init(|| {
            let data = sample::Data::with_short_guides();
            waymark_catalogue::build(&data.path(), &data.out()).unwrap();
            let mut bytes = std::fs::read(data.out()).unwrap();
            bytes.truncate(bytes.len() - MARK.len() - Sha256::output_size());
            Self { folder: tempfile::tempdir().unwrap(), bytes }
        })
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("catalogue.sqlite")
    }
}

/// The input is the file: its ending, where it is long enough to have one, is that of a real file.
pub fn outer(bytes: &[u8]) {
    let file = Base::get().file();
    std::fs::write(&file, bytes).unwrap();
    let opened = Catalogue::open(&file);
    let fits = bytes.len() > MARK.len() + 32 && bytes[bytes.len() - 48..bytes.len() - 32] == *MARK;
    assert!(fits || opened.is_err(), "a file without a seal is refused");
}

/// The input is a list of changes to a real file (four bytes of place, one of what stands there), which then gets a
/// seal that fits. What opens is asked everything; it may answer wrongly, and it may not panic.
pub fn inner(bytes: &[u8]) {
    let base = Base::get();
    let mut changed = base.bytes.clone();
    for edit in bytes.chunks_exact(5) {
        let place = u32::from_le_bytes([edit[0], edit[1], edit[2], edit[3]]) as usize % changed.len();
        changed[place] = edit[4];
    }
    let digest = Sha256::digest(&changed);
    changed.extend_from_slice(MARK);
    changed.extend_from_slice(&digest);
    let file = base.file();
    std::fs::write(&file, &changed).unwrap();
    if let Ok(catalogue) = Catalogue::open(&file) {
        ask_everything(&catalogue);
    }
}

fn ask_everything(catalogue: &Catalogue) {
    let _ = catalogue.verify();
    let _ = catalogue.info();
    for language in [Language::En, Language::Es] {
        for text in ["", "kite", "makr", "nurse who flies"] {
            let query = CareerQuery {
                text: text.into(),
                filters: CareerFilters::default(),
                sort: CareerSort::Name,
                offset: 0,
                limit: 50,
                place: "US".into(),
                language,
            };
            let _ = catalogue.search(&query);
            let _ = catalogue.titles(text, language, 20);
            let _ = catalogue.places(text, language, 20);
        }
        for slug in ["kite-maker", "cloud-tuner", "no-such-career"] {
            let _ = catalogue.career(slug, "US", language);
            let _ = catalogue.states(slug, language);
        }
    }
}
