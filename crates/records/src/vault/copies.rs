//! Copies of the file of keys in backup places, `records.KEYID.keys`: one for each data key that a backup there may
//! need. They are wrapped anew with the file itself, and the file is restored from them when it is lost or damaged.

use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::envelope::{Envelope, is_key_id};
use super::folder::replace_file;
use crate::RecordsError;

/// What became of the copies in one backup place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceOutcome {
    /// The place.
    pub place: PathBuf,
    /// What became of it.
    pub state: PlaceState,
}

/// What became of the copies in a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlaceState {
    /// They are wrapped anew.
    Done,
    /// The place is not there: its copies are as they were.
    Absent,
    /// The place can't be written to: its copies are as they were.
    NotWritable,
    /// A copy for older backups opens with neither: it was left behind by an earlier change.
    OlderKeys,
}

/// A copy of the file of keys.
pub(crate) struct Copy {
    pub(crate) path: PathBuf,
    pub(crate) envelope: Envelope,
    /// When it was written.
    pub(crate) written: Option<Timestamp>,
}

/// The name of a copy.
pub(crate) fn copy_name(key_id: &str) -> String {
    format!("records.{key_id}.keys")
}

/// Every whole copy in the places, the newest first. A place that is not there has none.
pub(crate) fn copies_in(places: &[PathBuf]) -> Vec<Copy> {
    let mut copies: Vec<Copy> =
        places.iter().filter_map(|place| whole_copies(place).ok()).flatten().collect();
    copies.sort_by_key(|copy| std::cmp::Reverse(copy.written));
    copies
}

/// Every whole copy in one place.
pub(crate) fn whole_copies(place: &Path) -> std::io::Result<Vec<Copy>> {
    let mut copies = Vec::new();
    for entry in std::fs::read_dir(place)? {
        let path = entry?.path();
        if !is_copy(&path) {
            continue;
        }
        let Ok(envelope) = Envelope::read(&path) else { continue };
        let written = std::fs::metadata(&path).and_then(|about| about.modified()).ok();
        copies.push(Copy { envelope, written: written.and_then(|at| Timestamp::try_from(at).ok()), path });
    }
    Ok(copies)
}

fn is_copy(path: &Path) -> bool {
    path.file_name().and_then(|name| name.to_str()).and_then(key_id_of).is_some()
}

/// The key id in the name of a copy.
pub(crate) fn key_id_of(name: &str) -> Option<&str> {
    name.strip_prefix("records.")?.strip_suffix(".keys").filter(|id| is_key_id(id))
}

/// Puts the present file of keys into a place.
pub(super) fn bring_present(place: &Path, present: &Envelope) -> PlaceState {
    if !place.is_dir() {
        return PlaceState::Absent;
    }
    match put(&place.join(copy_name(&present.key_id())), present) {
        Ok(()) => PlaceState::Done,
        Err(_) => PlaceState::NotWritable,
    }
}

/// Puts a file of keys where it is not already.
pub(super) fn put(path: &Path, file: &Envelope) -> Result<(), RecordsError> {
    let bytes = file.to_bytes()?;
    if std::fs::read(path).is_ok_and(|there| there == bytes) { Ok(()) } else { replace_file(path, &bytes) }
}
