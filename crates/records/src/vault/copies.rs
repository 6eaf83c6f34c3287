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

/// Puts the present file of keys into each place, and wraps what is there for older backups anew by `edit`, which
/// gives nothing where it can't open one. Files of other records are passed over.
pub(crate) fn rewrap_copies(
    places: &[PathBuf],
    present: &Envelope,
    edit: &dyn Fn(&Envelope) -> Result<Option<Envelope>, RecordsError>,
) -> Result<Vec<PlaceOutcome>, RecordsError> {
    let bytes = present.to_bytes()?;
    let mut outcomes = Vec::new();
    for place in places {
        let mut state = PlaceState::Done;
        if !place.is_dir() {
            outcomes.push(PlaceOutcome { place: place.clone(), state: PlaceState::Absent });
            continue;
        }
        if replace_file(&place.join(copy_name(&present.key_id())), &bytes).is_err() {
            state = PlaceState::NotWritable;
        }
        for copy in whole_copies(place).unwrap_or_default() {
            let of_these = copy.envelope.records() == present.records();
            if state == PlaceState::NotWritable || !of_these || copy.envelope.key_id() == present.key_id() {
                continue;
            }
            match edit(&copy.envelope)? {
                None => state = PlaceState::OlderKeys,
                Some(edited) if replace_file(&copy.path, &edited.to_bytes()?).is_err() => {
                    state = PlaceState::NotWritable;
                }
                Some(_) => {}
            }
        }
        outcomes.push(PlaceOutcome { place: place.clone(), state });
    }
    Ok(outcomes)
}
