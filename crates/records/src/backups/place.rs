//! A backup place: a folder of backups, beside the records or anywhere else that the person chose. What its files are
//! called, and nothing that is called otherwise is ever touched.

use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::RecordsError;
use crate::surroundings::{Surroundings, stamp};
use crate::vault::copies::{copy_name, key_id_of, whole_copies};
use crate::vault::envelope::{Envelope, hex};
use crate::vault::folder::{Folder, half_written_in, owner_only, replace_file};

/// Letters of a backup's name: `waymark-YYYYMMDDTHHMMSSZ-XXXXXXXX`.
const NAME: &str = "waymark-########T######Z-xxxxxxxx";

/// What a kill left half-written is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum HalfWritten {
    /// A copy of keys, of this key id.
    Keys(String),
    /// The manifest of the backup of this name.
    Manifest(String),
}

/// A folder of backups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupPlace(PathBuf);

impl BackupPlace {
    /// The place at this path, which need not be there: a stick may be pulled out.
    #[must_use]
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self(path.into())
    }

    /// The first place, within the records folder.
    #[must_use]
    pub fn within(folder: &Folder) -> Self {
        Self(folder.path().join("backups"))
    }

    /// Its path.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Whether it is there now.
    #[must_use]
    pub fn is_there(&self) -> bool {
        self.0.is_dir()
    }

    /// Bytes that are free there.
    pub fn free(&self) -> Result<u64, RecordsError> {
        Ok(fs4::available_space(&self.0)?)
    }

    /// Makes the folder, for its owner alone.
    pub(crate) fn make(&self) -> Result<(), RecordsError> {
        if !self.is_there() {
            std::fs::create_dir_all(&self.0)?;
            owner_only(&self.0)?;
        }
        Ok(())
    }

    pub(crate) fn backup(&self, name: &str) -> PathBuf {
        self.0.join(format!("{name}.backup"))
    }

    pub(crate) fn manifest(&self, name: &str) -> PathBuf {
        self.0.join(format!("{name}.manifest"))
    }

    /// A backup that is not whole yet.
    pub(crate) fn making(&self, name: &str) -> PathBuf {
        self.0.join(format!("{name}.making"))
    }

    pub(crate) fn documents(&self) -> PathBuf {
        self.0.join("documents")
    }

    /// The copy of the envelope that opens the backups of this key.
    pub(crate) fn keys(&self, key_id: &str) -> PathBuf {
        self.0.join(copy_name(key_id))
    }

    /// Names of the backups, newest first by their names. None where the place is not there.
    pub(crate) fn names(&self) -> Result<Vec<String>, RecordsError> {
        self.named(".backup")
    }

    /// Names of the backups that were begun and never became whole.
    pub(crate) fn begun(&self) -> Result<Vec<String>, RecordsError> {
        self.named(".making")
    }

    /// Names of all manifests.
    pub(crate) fn manifests(&self) -> Result<Vec<String>, RecordsError> {
        self.named(".manifest")
    }

    fn named(&self, ending: &str) -> Result<Vec<String>, RecordsError> {
        let entries = match std::fs::read_dir(&self.0) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error.into()),
        };
        let mut names = Vec::new();
        for entry in entries {
            let name = entry?.file_name();
            let name = name.to_str().and_then(|name| name.strip_suffix(ending));
            names.extend(name.filter(|name| is_name(name)).map(str::to_owned));
        }
        names.sort_unstable_by(|a, b| b.cmp(a));
        Ok(names)
    }

    /// Files that were being written when the program was killed, of which nobody knows but their names. One of keys may
    /// open with an earlier passphrase.
    pub(crate) fn half_written(&self) -> Result<Vec<(PathBuf, HalfWritten)>, RecordsError> {
        let of = |name: &str| {
            let manifest = name.strip_suffix(".manifest").filter(|name| is_name(name));
            let keys = || key_id_of(name).map(|key_id| HalfWritten::Keys(key_id.to_owned()));
            manifest.map(|name| HalfWritten::Manifest(name.to_owned())).or_else(keys)
        };
        let found = half_written_in(&self.0)?.into_iter();
        Ok(found.filter_map(|(path, name)| Some((path, of(&name)?))).collect())
    }

    /// Every envelope in the place that can be read.
    pub(crate) fn envelopes(&self) -> Result<Vec<Envelope>, RecordsError> {
        // One that was changed or cut opens nothing; there may be another.
        Ok(whole_copies(&self.0)?.into_iter().map(|copy| copy.envelope).collect())
    }

    /// Keeps a copy of the envelope beside the backups that it opens, where it is not there as it is now.
    pub(crate) fn keep_envelope(&self, envelope: &Envelope) -> Result<(), RecordsError> {
        let path = self.keys(&envelope.key_id());
        if Envelope::read(&path).is_ok_and(|there| there.has_the_slots_of(envelope)) {
            Ok(())
        } else {
            replace_file(&path, &envelope.to_bytes()?)
        }
    }

    /// Takes a backup away, with its manifest.
    pub(crate) fn remove(&self, name: &str) -> Result<(), RecordsError> {
        // The manifest goes last: as long as something of a backup is there, it says whose it is.
        for path in [self.making(name), self.backup(name), self.manifest(name)] {
            remove_if_there(&path)?;
        }
        Ok(())
    }
}

/// Removes a file that may be gone already.
pub(crate) fn remove_if_there(path: &Path) -> Result<(), RecordsError> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

/// A new name: when, and a random end, so that two computers that share a place never meet.
pub(crate) fn new_name(surroundings: &dyn Surroundings) -> Result<String, RecordsError> {
    new_name_of(surroundings.now(), surroundings)
}

/// A new name for a backup of that time.
pub(crate) fn new_name_of(time: Timestamp, surroundings: &dyn Surroundings) -> Result<String, RecordsError> {
    let mut random = [0; 4];
    surroundings.random(&mut random)?;
    Ok(format!("waymark-{}-{}", stamp(time), hex(&random)))
}

/// Whether this is the name of a backup, and so no path that leads elsewhere.
pub(crate) fn is_name(name: &str) -> bool {
    name.len() == NAME.len()
        && NAME.chars().zip(name.chars()).all(|(wanted, letter)| match wanted {
            '#' => letter.is_ascii_digit(),
            'x' => matches!(letter, '0'..='9' | 'a'..='f'),
            same => letter == same,
        })
}

/// The time in a backup's name.
pub(crate) fn time_of(name: &str) -> Option<Timestamp> {
    let digits = name.get(8..24).filter(|_| is_name(name))?;
    let part = |at: std::ops::Range<usize>| digits.get(at);
    format!(
        "{}-{}-{}T{}:{}:{}Z",
        part(0..4)?,
        part(4..6)?,
        part(6..8)?,
        part(9..11)?,
        part(11..13)?,
        part(13..15)?
    )
    .parse()
    .ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::surroundings::Computer;

    #[test]
    fn a_name_says_its_time_and_nothing_else_passes_for_one() {
        let name = new_name(&Computer).unwrap();
        assert!(is_name(&name), "{name}");
        let named = "waymark-20261130T131415Z-0a1b2c3d";
        assert_eq!(time_of(named), Some("2026-11-30T13:14:15Z".parse().unwrap()));
        assert_eq!(stamp(time_of(named).unwrap()), "20261130T131415Z");
        for other in [
            "",
            "waymark-20261130T131415Z-0A1B2C3D",
            "waymark-2026113.T131415Z-0a1b2c3d",
            "../../etc/passwd/aaaaaaaaaaaaaaaaaa",
        ] {
            assert!(!is_name(other) && time_of(other).is_none(), "{other}");
        }
        assert_eq!(time_of("waymark-20269930T131415Z-0a1b2c3d"), None, "no such day");
    }
}
