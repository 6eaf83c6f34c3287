//! One program for all readers, so that everything is linked once: `WAYMARK_READER` names the one that is fed.
#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use waymark_fuzz::{Reader, readers};

fn reader() -> &'static Reader {
    static READER: OnceLock<Reader> = OnceLock::new();
    READER.get_or_init(|| {
        let name = std::env::var("WAYMARK_READER").expect("WAYMARK_READER names a reader");
        readers().into_iter().find(|reader| reader.name == name).expect("a reader of that name")
    })
}

fuzz_target!(|bytes: &[u8]| (reader().feed)(bytes));
