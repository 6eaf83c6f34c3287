//! The readers of bytes that come from outside, laid open for the fuzzers of `tests/fuzz`. The program itself reaches
//! them by its own ways and never through here.

use std::path::Path;

use jiff::Timestamp;
use serde_json::Value;

use crate::backups::manifest::{Content as Counted, Header, Manifest};
use crate::backups::{place, restore};
use crate::changes::Image;
use crate::changes::delta::Delta;
use crate::changes::log::Content;
pub use crate::damage::outside::{Salvaged, Salvager, salvage_pages};
use crate::damage::{Checks, SalvageReport};
use crate::surroundings::Surroundings;
use crate::vault::envelope::{Cost, DataKey, Envelope};
use crate::vault::keychain::KeychainSecret;
use crate::vault::recovery::{RecoveryKey, SchoolPublicKey};
use crate::vault::seal::{Sealed, open, seal};
use crate::{BackupReason, Folder, RecordsError};

/// Reads a file of keys and tries a passphrase on it, and where it has a slot for the keychain [`Known`]'s secret. What
/// opens must read back the same once it is written. Says whether the keychain's secret opened it.
pub fn envelope(bytes: &[u8], passphrase: &[u8]) -> Result<bool, RecordsError> {
    let read = Envelope::parse(bytes)?;
    assert!(Envelope::parse(&read.to_bytes()?)? == read, "an envelope reads back the same");
    let by_keychain = read.open_with_keychain(&KeychainSecret::new(&Known)?);
    read.open_with_passphrase(passphrase)?;
    Ok(by_keychain.is_ok())
}

/// The file of keys with a slot for the keychain that the kept inputs come from.
pub fn write_envelope(passphrase: &[u8]) -> Result<Vec<u8>, RecordsError> {
    let recovery = RecoveryKey::new(&Known)?;
    let (envelope, keys) = Envelope::new("records-1", passphrase, &recovery, Cost::WEAK_FOR_TESTS, &Known)?;
    let secret = KeychainSecret::new(&Known)?;
    envelope.with_keychain(&keys.data, keys.private.as_ref(), Some(&secret), &Known)?.to_bytes()
}

/// The same for what stands behind the check sum: it is made to fit, and every cost is made one that fuzzers can pay.
pub fn envelope_behind_its_check(bytes: &[u8], passphrase: &[u8]) -> Result<bool, RecordsError> {
    let mut value: Value = serde_json::from_slice(bytes).map_err(|_| RecordsError::KeysDamaged)?;
    make_cheap(&mut value);
    let cheap = serde_json::to_vec(&value).map_err(|_| RecordsError::KeysDamaged)?;
    let fitting = Envelope::with_fitting_check(&cheap).ok_or(RecordsError::KeysDamaged)?;
    envelope(&fitting, passphrase)
}

/// Reads a recovery key as typed. One that is read must print as a key that reads the same.
pub fn recovery_key(typed: &str) -> Result<(), RecordsError> {
    let read = RecoveryKey::read(typed)?;
    let again = RecoveryKey::read(&read.groups().join(" "))?;
    assert!(read.groups() == again.groups(), "a recovery key reads back the same");
    Ok(())
}

/// Reads a school's public key as typed. One that is read must print as one that reads the same.
pub fn school_public_key(typed: &str) -> Result<(), RecordsError> {
    let read = SchoolPublicKey::read(typed)?;
    let again = SchoolPublicKey::read(&read.text())?;
    assert!(read.text() == again.text(), "a public key reads back the same");
    Ok(())
}

/// Reads a row of the log of changes, as it stands behind the file's encryption.
pub fn images(bytes: &[u8]) -> Result<usize, RecordsError> {
    let read: Vec<Image> = serde_json::from_slice(bytes).map_err(|_| RecordsError::Damaged)?;
    Ok(read.len())
}

/// Takes a change back from a text: the delta's JSON in the first line, the text in the others.
#[must_use]
pub fn delta(bytes: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(bytes).ok()?;
    let (delta, text) = text.split_once('\n')?;
    serde_json::from_str::<Delta>(delta).ok()?.revert(text)
}

/// Reads a part of the log of changes, as it stands behind the file's encryption. One that is read must be written as one
/// that reads the same.
pub fn change_part(text: &str) -> Result<(), RecordsError> {
    let damaged = |_| RecordsError::Damaged;
    let written = |part: &Content| serde_json::to_string(part).map_err(damaged);
    let text = written(&serde_json::from_str(text).map_err(damaged)?)?;
    let again = written(&serde_json::from_str(&text).map_err(damaged)?)?;
    assert!(text == again, "a part of the log reads back the same");
    Ok(())
}

/// The backup that kept manifests describe.
pub const BACKUP: &str = "waymark-20261130T131415Z-0a1b2c3d";

/// Reads the manifest of [`BACKUP`], sealed under [`Known`]'s key; says whether that opened it. The header is read as
/// the whole is, and whatever is wrong is damage or another version.
pub fn manifest(path: &Path) -> Result<bool, RecordsError> {
    let read = Manifest::read(path, BACKUP, &DataKey::new(&Known)?);
    match (&read, Header::read(path)) {
        (Ok(_), header) => assert!(header.is_ok(), "what is read whole has a header"),
        (Err(fault), header) => {
            assert!(matches!(fault, RecordsError::Damaged | RecordsError::Newer { .. }), "{fault:?}");
            // A header may be whole where what is sealed is another backup's.
            assert!(header.is_ok() || header.as_ref().err() == Some(fault), "{header:?}");
        }
    }
    Ok(read?.is_some())
}

/// Reads a manifest as it stands behind the seal. One that is read must be written as one that reads the same.
pub fn manifest_behind_its_seal(bytes: &[u8]) -> Result<(), RecordsError> {
    let read: Manifest = serde_json::from_slice(bytes).map_err(|_| RecordsError::Damaged)?;
    let written = serde_json::to_vec(&read).map_err(|_| RecordsError::Internal("manifest"))?;
    assert!(
        serde_json::from_slice::<Manifest>(&written).ok() == Some(read),
        "a manifest reads back the same"
    );
    Ok(())
}

/// Writes the manifest that the kept inputs come from.
pub fn write_manifest(path: &Path) -> Result<(), RecordsError> {
    let at = "2026-11-30T13:14:15.000Z";
    let rows = [("student".to_owned(), 2), ("application".to_owned(), 1)];
    let content = Counted { schema: 3, rows: rows.into(), change: 7, head: None, newest_draft_at: None };
    let manifest = Manifest {
        name: BACKUP.into(),
        made_at: at.into(),
        reason: BackupReason::Regular,
        size: 4096,
        sha256: "0a".repeat(32),
        content,
        checked_at: at.into(),
        whole: true,
        documents: Vec::new(),
    };
    manifest.write(path, Header::of("records-1", "key-1"), &DataKey::new(&Known)?, &Known)
}

/// Reads a file's name as that of a backup. What passes is no path, and only what passes has a time.
#[must_use]
pub fn backup_name(name: &str) -> bool {
    let is_name = place::is_name(name);
    assert!(!is_name || name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'), "{name:?}");
    assert!(is_name || place::time_of(name).is_none(), "only a backup's name has its time");
    is_name
}

/// Reads where a decided restore puts what was there. Whatever the file says, it is one folder of the right one.
pub fn decided_restore(path: &Path) -> Result<String, RecordsError> {
    let name = restore::aside_of(path)?;
    let mut parts = Path::new(&name).components();
    let one = matches!(parts.next(), Some(std::path::Component::Normal(part)) if part == name.as_str());
    assert!(one && parts.next().is_none() && !name.contains(['/', '\\', ':']), "{name:?} leads elsewhere");
    Ok(name)
}

/// Reads when the records were last checked; says whether the next check is due.
#[must_use]
pub fn check_due(folder: &Folder, now: Timestamp) -> bool {
    Checks::of(folder).due(now)
}

/// Reads the report of a salvage. One that is read must be written as one that reads the same.
pub fn salvage_report(bytes: &[u8]) -> Result<(), RecordsError> {
    let read: SalvageReport = serde_json::from_slice(bytes).map_err(|_| RecordsError::Damaged)?;
    let written = serde_json::to_vec_pretty(&read).map_err(|_| RecordsError::Internal("report"))?;
    let again = serde_json::from_slice::<SalvageReport>(&written);
    assert!(again.ok() == Some(read), "a report reads back the same");
    Ok(())
}

/// What [`sealed_text`] opens.
const SEALED: &[u8] = b"what a counselor remembers";
const BOUND: &[u8] = b"waymark/fuzz/1";

/// Reads a text that was sealed for itself, under [`Known`]'s key; says whether it opens, which only the kept one does.
pub fn sealed_text(text: &str) -> Result<bool, RecordsError> {
    let key = DataKey::new(&Known)?.derive("waymark/fuzz/1")?;
    let sealed = Sealed::from_text(text).ok_or(RecordsError::Damaged)?;
    let opened = open(&key, &sealed, BOUND)?;
    assert!(opened.as_ref().is_none_or(|plain| plain.as_slice() == SEALED), "a seal opens what was sealed");
    Ok(opened.is_some())
}

/// The sealed text that the kept inputs come from.
pub fn seal_text() -> Result<String, RecordsError> {
    let key = DataKey::new(&Known)?.derive("waymark/fuzz/1")?;
    Ok(seal(&key, SEALED, BOUND, &Known)?.into_text())
}

/// Surroundings in which every key is the same: kept inputs open in every run.
pub struct Known;

impl Surroundings for Known {
    fn now(&self) -> Timestamp {
        Timestamp::UNIX_EPOCH
    }

    fn random(&self, out: &mut [u8]) -> Result<(), RecordsError> {
        out.fill(7);
        Ok(())
    }
}

/// Lowers every cost in the JSON to that of tests; one that is too low or no number stays as it is.
fn make_cheap(value: &mut Value) {
    let most = [
        ("memory_kib", Cost::WEAK_FOR_TESTS.memory_kib),
        ("passes", Cost::WEAK_FOR_TESTS.passes),
        ("lanes", Cost::WEAK_FOR_TESTS.lanes),
    ];
    match value {
        Value::Object(fields) => {
            for (name, most) in most {
                if let Some(cost) = fields.get_mut(name)
                    && cost.as_u64().is_some_and(|cost| cost > u64::from(most))
                {
                    *cost = most.into();
                }
            }
            fields.values_mut().for_each(make_cheap);
        }
        Value::Array(items) => items.iter_mut().for_each(make_cheap),
        _ => {}
    }
}
