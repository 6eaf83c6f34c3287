//! What the school has set for this computer: one file in the system's own folder, which the program reads when it
//! starts and never writes. A value that stands there holds whatever the person has set. A file that can't be read is
//! said, and until it is mended nothing is exported and no keychain opens records: it may be the file that forbids it.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;
use waymark_records::SchoolPublicKey;

use crate::Desk;
use crate::errors::{ApiError, DocumentsError, SettingsError, VaultError};
use crate::shapes::Nothing;

/// More than such a file can need.
const MOST_BYTES: u64 = 64 * 1024;

/// Minutes without a key or a movement that may be set.
const IDLE_MINUTES: std::ops::RangeInclusive<u16> = 1..=240;

/// The values, as the file has them. A key that is not known is a fault: it may be one that was mistyped.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Managed {
    /// The second backup place.
    pub(crate) backup_folder: Option<PathBuf>,
    /// Minutes after which the records lock by themselves.
    pub(crate) idle_minutes: Option<u16>,
    /// The public key of the school's recovery key.
    pub(crate) school_recovery_public_key: Option<String>,
    /// Names of the documents that may be made; none of them means all.
    pub(crate) allowed_exports: Option<Vec<String>>,
    /// Whether this computer's keychain may open records.
    pub(crate) keychain: Option<bool>,
}

impl Managed {
    /// Reads the file's bytes, whatever they are.
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, SettingsError> {
        // Windows' own editor puts a mark before the text.
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let value: Value = serde_json::from_slice(bytes).map_err(|_| SettingsError::ManagedDamaged)?;
        // A list would pass for the values in their order.
        if !value.is_object() {
            return Err(SettingsError::ManagedDamaged);
        }
        let read: Self = serde_json::from_value(value).map_err(|_| SettingsError::ManagedDamaged)?;
        let folder_is_whole = read.backup_folder.as_ref().is_none_or(|folder| folder.is_absolute());
        let idle_is_sane = read.idle_minutes.is_none_or(|minutes| IDLE_MINUTES.contains(&minutes));
        let key = read.school_recovery_public_key.as_ref();
        let key_is_one = key.is_none_or(|key| SchoolPublicKey::read(key).is_ok());
        if folder_is_whole && idle_is_sane && key_is_one {
            Ok(read)
        } else {
            Err(SettingsError::ManagedDamaged)
        }
    }
}

/// The file as it was when the program started.
#[derive(Debug, Default)]
pub(crate) struct ManagedFile {
    path: PathBuf,
    /// Nothing where there is no such file.
    found: Option<Result<Managed, SettingsError>>,
}

impl ManagedFile {
    pub(crate) fn read(path: PathBuf) -> Self {
        let found = match bytes_of(&path) {
            Ok(bytes) => Some(Managed::parse(&bytes)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(error) => {
                tracing::error!(kind = ?error.kind(), "the file of managed settings could not be read");
                Some(Err(SettingsError::ManagedUnreadable))
            }
        };
        Self { path, found }
    }

    /// The values that hold; none where there is no file or it can't be read.
    pub(crate) fn values(&self) -> Option<&Managed> {
        self.found.as_ref()?.as_ref().ok()
    }

    /// The school's recovery key, where one is set and can be read.
    pub(crate) fn school_key(&self) -> Option<SchoolPublicKey> {
        SchoolPublicKey::read(self.values()?.school_recovery_public_key.as_ref()?).ok()
    }

    fn fault(&self) -> Option<&SettingsError> {
        self.found.as_ref()?.as_ref().err()
    }
}

/// One byte more than may stand there is enough to know that it is too long.
fn bytes_of(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    std::fs::File::open(path)?.take(MOST_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MOST_BYTES {
        bytes.clear();
    }
    Ok(bytes)
}

/// Where a school's settings for this computer lie.
#[must_use]
pub fn managed_file() -> PathBuf {
    if cfg!(windows) {
        let folder = std::env::var_os("ProgramData").unwrap_or_else(|| r"C:\ProgramData".into());
        PathBuf::from(folder).join("Waymark").join("managed.json")
    } else if cfg!(target_os = "macos") {
        "/Library/Application Support/Waymark/managed.json".into()
    } else {
        "/etc/waymark/managed.json".into()
    }
}

/// What the school has set for this computer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ManagedSettings {
    /// The file; none where there is none.
    pub file: Option<String>,
    /// Code of what is wrong with it (`settings.managed_…`).
    pub problem: Option<String>,
    /// The second backup place.
    pub backup_folder: Option<String>,
    /// Minutes after which the records lock by themselves.
    pub idle_minutes: Option<u16>,
    /// Whether the school's recovery key is set there.
    pub school_recovery_key: bool,
    /// The documents that may be made, by their operation; none means all.
    pub allowed_exports: Option<Vec<String>>,
    /// Whether this computer's keychain may open records; none means that it may.
    pub keychain: Option<bool>,
}

/// What the school has set for this computer.
pub async fn managed(desk: &Desk, _: Nothing) -> Result<ManagedSettings, ApiError> {
    let file = &desk.managed;
    let values = file.values().cloned().unwrap_or_default();
    Ok(ManagedSettings {
        file: file.found.as_ref().map(|_| file.path.display().to_string()),
        problem: file.fault().map(|fault| fault.code().to_owned()),
        backup_folder: values.backup_folder.map(|folder| folder.display().to_string()),
        idle_minutes: values.idle_minutes,
        school_recovery_key: values.school_recovery_public_key.is_some(),
        allowed_exports: values.allowed_exports,
        keychain: values.keychain,
    })
}

/// Refuses this computer's keychain where the school does not let it open records. A file that can't be read may be the
/// one that says so.
pub(crate) fn keychain_allowed(desk: &Desk) -> Result<(), ApiError> {
    if let Some(fault) = desk.managed.fault() {
        return Err(fault.clone().into());
    }
    let set = desk.managed.values().and_then(|values| values.keychain);
    if set == Some(false) { Err(VaultError::KeychainForbidden.into()) } else { Ok(()) }
}

/// Refuses a document that the school does not let be made on this computer.
pub(crate) fn export_allowed(desk: &Desk, document: &str) -> Result<(), ApiError> {
    if let Some(fault) = desk.managed.fault() {
        return Err(fault.clone().into());
    }
    let allowed = desk.managed.values().and_then(|values| values.allowed_exports.as_ref());
    if allowed.is_none_or(|allowed| allowed.iter().any(|name| name == document)) {
        return Ok(());
    }
    Err(DocumentsError::NotAllowed.into())
}

impl Desk {
    /// The same desk with what a school has set in this file, where it is there. Reads the file once.
    #[must_use]
    pub fn managed_by(mut self, file: PathBuf) -> Self {
        self.managed = ManagedFile::read(file);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_that_makes_no_sense_or_has_no_known_name_damages_the_file() {
        assert_eq!(Managed::parse(b"{}"), Ok(Managed::default()));
        let whole = br#"{"idle_minutes": 5, "allowed_exports": ["careers.pdf"]}"#;
        assert_eq!(Managed::parse(whole).unwrap().idle_minutes, Some(5));
        assert_eq!(Managed::parse(b"\xef\xbb\xbf{\"idle_minutes\": 5}").unwrap().idle_minutes, Some(5));
        for damaged in [
            "",
            "{ cut",
            "[]",
            "null",
            r#"{"idle_minute": 5}"#,
            r#"{"idle_minutes": 0}"#,
            r#"{"idle_minutes": "5"}"#,
            r#"{"idle_minutes": 100000}"#,
            r#"{"backup_folder": "relative/folder"}"#,
            r#"{"school_recovery_public_key": " "}"#,
            r#"{"allowed_exports": "careers.pdf"}"#,
            r#"{"keychain": "no"}"#,
        ] {
            assert_eq!(Managed::parse(damaged.as_bytes()), Err(SettingsError::ManagedDamaged), "{damaged}");
        }
    }

    #[test]
    fn a_file_without_end_is_damaged_and_not_read_to_its_end() {
        let place = tempfile::TempDir::new().unwrap();
        let file = place.path().join("managed.json");
        std::fs::write(&file, format!("{{}}{}", " ".repeat(100_000))).unwrap();
        assert_eq!(ManagedFile::read(file).fault(), Some(&SettingsError::ManagedDamaged));
        assert_eq!(
            ManagedFile::read(place.path().to_path_buf()).fault(),
            Some(&SettingsError::ManagedUnreadable)
        );
        assert!(ManagedFile::read(place.path().join("none.json")).found.is_none());
    }
}
