//! The description of a backup: what it holds, its size and its SHA-256, sealed and authenticated under a key derived
//! from the data key. Outside the seal stand only the ids of the records and of the key, so that anybody with the key
//! finds the envelope that opens it.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::surroundings::Surroundings;
use crate::vault::envelope::{DataKey, hex};
use crate::vault::folder::replace_file;
use crate::vault::seal::{Sealed, open, seal};
use crate::{LogHead, RecordsError};

const FORMAT: &str = "waymark-backup";
const VERSION: u32 = 1;

/// Why a backup was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum BackupReason {
    /// Half an hour with changes.
    Regular,
    /// The program ended, or the records were locked.
    Closing,
    /// The person asked for it.
    ByHand,
    /// A newer program brought the records up to date.
    Update,
    /// Before an import.
    Import,
}

/// What a backup holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Manifest {
    /// Name of the backup: a manifest beside another backup is none of its.
    pub(crate) name: String,
    /// RFC 3339, UTC.
    pub(crate) made_at: String,
    pub(crate) reason: BackupReason,
    /// Bytes.
    pub(crate) size: u64,
    /// Of the whole file.
    pub(crate) sha256: String,
    pub(crate) content: Content,
    /// When it was last checked, and what came of it.
    pub(crate) checked_at: String,
    pub(crate) whole: bool,
    /// Names of the documents that it needs.
    pub(crate) documents: Vec<String>,
}

/// What a file of records holds, counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Content {
    /// Steps of the schema that it has taken.
    pub(crate) schema: i64,
    /// Rows of each table.
    pub(crate) rows: BTreeMap<String, u64>,
    /// Number of the last change.
    pub(crate) change: i64,
    /// Head of the chain of changes, where there is one.
    pub(crate) head: Option<LogHead>,
    /// When a draft was last saved.
    pub(crate) newest_draft_at: Option<String>,
}

impl Content {
    /// Rows of a table; none where the schema has no such table.
    pub(crate) fn count(&self, table: &str) -> u64 {
        self.rows.get(table).copied().unwrap_or(0)
    }
}

/// The file, as JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(flatten)]
    header: Header,
    sealed: Sealed,
    /// SHA-256 of the rest: tells a damaged file from one under another key.
    check: String,
}

/// What stands outside the seal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Header {
    format: String,
    version: u32,
    /// Id of the records.
    pub(crate) records: String,
    /// Id of the data key.
    pub(crate) key_id: String,
}

impl Header {
    pub(crate) fn of(records: &str, key_id: &str) -> Self {
        Self { format: FORMAT.into(), version: VERSION, records: records.into(), key_id: key_id.into() }
    }

    /// Reads it without any key. A file that was changed or cut is damaged.
    pub(crate) fn read(path: &Path) -> Result<Self, RecordsError> {
        Ok(File::read(path)?.header)
    }

    fn bound(&self) -> Vec<u8> {
        format!("{FORMAT}/{VERSION}/{}/{}", self.records, self.key_id).into_bytes()
    }
}

impl File {
    fn read(path: &Path) -> Result<Self, RecordsError> {
        Self::parse(&std::fs::read(path)?)
    }

    fn parse(bytes: &[u8]) -> Result<Self, RecordsError> {
        let file: Self = serde_json::from_slice(bytes).map_err(|_| RecordsError::Damaged)?;
        if file.header.format != FORMAT || file.check != check_of(&file.header, &file.sealed) {
            return Err(RecordsError::Damaged);
        }
        if file.header.version > VERSION {
            let (found, known) = (i64::from(file.header.version), i64::from(VERSION));
            return Err(RecordsError::Newer { found, known });
        }
        Ok(file)
    }
}

impl Manifest {
    /// Writes it beside its backup, as a whole.
    pub(crate) fn write(
        &self,
        path: &Path,
        header: Header,
        key: &DataKey,
        surroundings: &dyn Surroundings,
    ) -> Result<(), RecordsError> {
        let plain = serde_json::to_vec(self).map_err(|_| RecordsError::Internal("manifest"))?;
        let sealing = key.derive("waymark/backup-manifest/1")?;
        let sealed = seal(sealing.as_ref(), &plain, &header.bound(), surroundings)?;
        let file = File { check: check_of(&header, &sealed), header, sealed };
        let bytes = serde_json::to_vec_pretty(&file).map_err(|_| RecordsError::Internal("manifest"))?;
        replace_file(path, &bytes)
    }

    /// Reads the manifest of the backup `name`. Where it is under another key, nothing.
    pub(crate) fn read(path: &Path, name: &str, key: &DataKey) -> Result<Option<Self>, RecordsError> {
        let file = File::read(path)?;
        Self::unseal(&file, name, key)
    }

    fn unseal(file: &File, name: &str, key: &DataKey) -> Result<Option<Self>, RecordsError> {
        let sealing = key.derive("waymark/backup-manifest/1")?;
        let opened = open(sealing.as_ref(), &file.sealed, &file.header.bound());
        let Some(plain) = opened.map_err(|_| RecordsError::Damaged)? else { return Ok(None) };
        let manifest: Self = serde_json::from_slice(&plain).map_err(|_| RecordsError::Damaged)?;
        if manifest.name == name { Ok(Some(manifest)) } else { Err(RecordsError::Damaged) }
    }
}

fn check_of(header: &Header, sealed: &Sealed) -> String {
    let mut hash = Sha256::new();
    for part in [&header.format, &header.records, &header.key_id, &sealed.nonce, &sealed.bytes] {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    hash.update(header.version.to_le_bytes());
    hex(&hash.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::surroundings::Computer;

    const NAME: &str = "waymark-20261130T131415Z-0a1b2c3d";

    fn key() -> DataKey {
        DataKey::new(&Computer).unwrap()
    }

    fn manifest() -> Manifest {
        Manifest {
            name: NAME.into(),
            made_at: "2026-11-30T13:14:15.000Z".into(),
            reason: BackupReason::Regular,
            size: 4096,
            sha256: "00".repeat(32),
            content: Content {
                schema: 3,
                rows: BTreeMap::from([("student".into(), 2)]),
                change: 7,
                head: None,
                newest_draft_at: None,
            },
            checked_at: "2026-11-30T13:14:15.000Z".into(),
            whole: true,
            documents: Vec::new(),
        }
    }

    #[test]
    fn every_changed_byte_of_a_manifest_is_noticed() {
        let place = tempfile::TempDir::new().unwrap();
        let path = place.path().join("a.manifest");
        let key = key();
        manifest().write(&path, Header::of("records-1", "key-1"), &key, &Computer).unwrap();
        let whole = std::fs::read(&path).unwrap();
        let text = String::from_utf8_lossy(&whole).into_owned();
        assert!(!text.contains("student") && !text.contains("made_at"), "what it says is sealed");
        assert_eq!(Manifest::read(&path, NAME, &key), Ok(Some(manifest())));
        for at in 0..whole.len() {
            let mut changed = whole.clone();
            changed[at] ^= 1;
            // White space between the parts means nothing; what stays readable must be the same manifest.
            match File::parse(&changed).and_then(|file| Manifest::unseal(&file, NAME, &key)) {
                Ok(read) => assert_eq!(read, Some(manifest()), "byte {at}"),
                Err(error) => assert_eq!(error, RecordsError::Damaged, "byte {at}"),
            }
        }
        assert_eq!(File::parse(&whole[..whole.len() / 2]).err(), Some(RecordsError::Damaged));
    }

    #[test]
    fn a_manifest_of_another_backup_or_key_is_none_of_this_one() {
        let place = tempfile::TempDir::new().unwrap();
        let path = place.path().join("a.manifest");
        let ours = key();
        manifest().write(&path, Header::of("records-1", "key-1"), &ours, &Computer).unwrap();
        let other = "waymark-20261130T131415Z-ffffffff";
        assert_eq!(Manifest::read(&path, other, &ours), Err(RecordsError::Damaged));
        assert_eq!(Manifest::read(&path, NAME, &key()), Ok(None));
        assert_eq!(Header::read(&path).unwrap().key_id, "key-1");
    }
}
