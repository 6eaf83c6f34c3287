//! Which file of keys is the one that holds: the one beside the records; the one of a new key whose last step was cut
//! off; or, where the file is lost or damaged, a copy from a backup place. A copy is the right one when the secret that
//! a person typed opens it and the data key in it opens the records: nothing else proves that they belong together.

use jiff::Timestamp;

use super::copies::{Copy, copies_in};
use super::envelope::Envelope;
use super::folder::{Folder, replace_file};
use super::{Secret, Unsealed, Vault, existing, new_key};
use crate::surroundings::Surroundings;
use crate::{RecordsError, store};

/// The file of keys was restored from a backup place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RestoredKeys {
    /// When the copy was written, where its file says so.
    pub written: Option<Timestamp>,
}

/// Opens the file of keys that holds.
pub(super) fn unseal(
    folder: &Folder,
    places: &[std::path::PathBuf],
    secret: Secret<'_>,
    surroundings: &dyn Surroundings,
) -> Result<Unsealed, RecordsError> {
    match existing(folder) {
        Ok(envelope) => {
            let (keys, by) = secret.open(&envelope)?;
            new_key::completed(folder, Unsealed { envelope, keys, by, restored: None }, secret)
        }
        Err(fault @ (RecordsError::KeysMissing | RecordsError::KeysDamaged)) => {
            // A new key that was cut off between its two renames, and then lost the old file, needs no backup.
            let own = Envelope::read(&folder.new_keys()).ok();
            let own = own.map(|envelope| Copy { path: folder.new_keys(), envelope, written: None });
            let copies = own.into_iter().chain(copies_in(places)).collect();
            from_copies(folder, copies, secret, fault, surroundings)
        }
        Err(fault) => Err(fault),
    }
}

impl Vault {
    /// Whether a copy of the file of keys lies in one of the places, for records whose own is lost.
    #[must_use]
    pub fn has_copies_of_keys(&self) -> bool {
        !copies_in(&self.places).is_empty()
    }
}

fn from_copies(
    folder: &Folder,
    copies: Vec<Copy>,
    secret: Secret<'_>,
    fault: RecordsError,
    surroundings: &dyn Surroundings,
) -> Result<Unsealed, RecordsError> {
    let mut refusal = None;
    for Copy { envelope, written, .. } in copies {
        let (keys, by) = match secret.open(&envelope) {
            Ok(opened) => opened,
            Err(RecordsError::KeysDamaged) => continue,
            Err(wrong) => {
                refusal = refusal.or(Some(wrong));
                continue;
            }
        };
        if !store::opens(&folder.database(), &keys.data)? {
            refusal = Some(RecordsError::Damaged);
            continue;
        }
        set_aside(folder, surroundings.now())?;
        replace_file(&folder.keys(), &envelope.to_bytes()?)?;
        return Ok(Unsealed { envelope, keys, by, restored: Some(RestoredKeys { written }) });
    }
    Err(refusal.unwrap_or(fault))
}

/// Puts a damaged file of keys where nothing takes it for the present one. It is never deleted.
fn set_aside(folder: &Folder, now: Timestamp) -> Result<(), RecordsError> {
    if !folder.keys().try_exists()? {
        return Ok(());
    }
    let aside = folder.free_aside(now)?;
    std::fs::create_dir_all(&aside)?;
    Ok(std::fs::rename(folder.keys(), aside.join("records.keys"))?)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]
mod tests {
    use super::*;

    #[test]
    fn what_is_set_aside_in_the_same_second_takes_no_other_s_place() {
        let place = tempfile::TempDir::new().unwrap();
        let folder = Folder::at(place.path());
        for text in ["first", "second"] {
            std::fs::write(folder.keys(), text).unwrap();
            set_aside(&folder, Timestamp::UNIX_EPOCH).unwrap();
        }
        let kept = std::fs::read_dir(folder.set_aside()).unwrap();
        let mut kept: Vec<String> = kept
            .map(|aside| std::fs::read_to_string(aside.unwrap().path().join("records.keys")).unwrap())
            .collect();
        kept.sort();
        assert_eq!(kept, ["first", "second"]);
    }
}
