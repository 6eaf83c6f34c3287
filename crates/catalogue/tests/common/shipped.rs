//! The catalogue of the data that ship, for tests: the file that the set-up builds where it is newer than all that it is
//! made of, else one that is built once for all tests. Building takes seconds, and every test is a process of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

/// The file; `folder` is where it is built if need be. Tests that run at the same time may all ask: of one process, one
/// builds and the others wait; of several, each puts a whole file in place, and these are the same.
pub fn shipped(folder: &Path) -> PathBuf {
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    // The checkout, from whichever of its crates this is compiled in.
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = here.ancestors().find(|folder| folder.join("Cargo.lock").is_file()).unwrap();
    let made_of =
        ["data/careers", "data/guides", "data/words", "data/facts", "data/search", "crates/catalogue/src"];
    let newest = made_of.iter().filter_map(|part| newest(&root.join(part))).max();
    let own = folder.join("shipped-catalogue.sqlite");
    let built = [root.join("target/waymark-catalogue.db"), own.clone()];
    let current = |file: &&PathBuf| fs::metadata(file).and_then(|m| m.modified()).ok() >= newest;
    if let Some(file) = built.iter().find(current) {
        return file.clone();
    }
    let mine = folder.join(format!("shipped-catalogue-{}.sqlite", std::process::id()));
    if let Err(faults) = waymark_catalogue::build(&root.join("data"), &mine) {
        panic!("the data have faults:\n{faults}");
    }
    fs::rename(&mine, &own).unwrap();
    own
}

/// When the newest file below was changed.
fn newest(path: &Path) -> Option<SystemTime> {
    let meta = fs::metadata(path).ok()?;
    if !meta.is_dir() {
        return meta.modified().ok();
    }
    fs::read_dir(path).unwrap().filter_map(|entry| newest(&entry.unwrap().path())).max()
}
