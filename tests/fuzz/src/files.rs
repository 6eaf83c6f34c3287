//! The small files beside the records and the backups, each written where the program looks for it and read by its own
//! way. What must hold is reckoned here by other code than the program's.

use std::path::PathBuf;
use std::sync::OnceLock;

use jiff::{SignedDuration, Timestamp};
use tempfile::TempDir;
use waymark_records::{Folder, RecordsError, Tries, outside};

/// When the kept inputs are read.
const NOW: &str = "2026-11-30T13:14:15Z";

/// The longest wait that wrong tries may lead to, seconds.
const LONGEST: u64 = 30;

/// A file of this name in a folder that is gone when the program ends.
fn file(name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder().join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

fn folder() -> PathBuf {
    static PLACE: OnceLock<TempDir> = OnceLock::new();
    PLACE.get_or_init(|| tempfile::tempdir().unwrap()).path().to_path_buf()
}

fn now() -> Timestamp {
    NOW.parse().unwrap()
}

pub fn manifest(bytes: &[u8]) {
    let _ = outside::manifest(&file("a.manifest", bytes));
}

pub fn manifest_behind_seal(bytes: &[u8]) {
    let _ = outside::manifest_behind_its_seal(bytes);
}

pub fn backup_name(bytes: &[u8]) {
    let _ = outside::backup_name(&String::from_utf8_lossy(bytes));
}

/// Nothing in the file locks anybody out: whatever the clock says, a wait is short, and it ends.
pub fn tries(bytes: &[u8]) {
    file("records.tries", bytes);
    let folder = Folder::at(folder());
    for now in [now(), Timestamp::MIN, Timestamp::UNIX_EPOCH, Timestamp::MAX] {
        let mut tries = Tries::read(&folder);
        let wait = tries.wait(now);
        assert!(wait <= LONGEST, "{wait} seconds");
        if let Ok(later) = now.checked_add(SignedDuration::from_secs(30)) {
            assert_eq!(tries.wait(later), 0, "a wait ends");
        }
    }
    let mut tries = Tries::read(&folder);
    assert!(tries.wrong(&folder, now()) <= LONGEST);
    assert_eq!(Tries::read(&folder), tries, "tries read back the same");
    tries.right(&folder);
    assert_eq!(Tries::read(&folder), Tries::default(), "a right one forgets them");
}

/// A check that the file does not prove to be younger than a week is due.
pub fn checks(bytes: &[u8]) {
    file("records.checks", bytes);
    let folder = Folder::at(folder());
    let due = outside::check_due(&folder, now());
    // Read without a parser of the whole: what is passed over in it may be anything, broken letters too.
    let text = String::from_utf8_lossy(bytes);
    let words =
        text.split('"').filter_map(|word| serde_json::from_str::<String>(&format!("\"{word}\"")).ok());
    let times: Vec<Timestamp> = words.filter_map(|word| word.parse().ok()).collect();
    let young =
        |time: &Timestamp| *time <= now() && now().duration_since(*time) < SignedDuration::from_hours(168);
    assert!(due || times.iter().any(young), "nothing says that a check was made this week");
    for now in [Timestamp::MIN, Timestamp::MAX] {
        let _ = outside::check_due(&folder, now);
    }
}

/// A file that can't be understood leads to a folder all the same: the restore that it decided goes on.
pub fn decided_restore(bytes: &[u8]) {
    let named = outside::decided_restore(&file("records.restore", bytes));
    assert!(named.is_ok(), "a file that can be read names a folder");
}

pub fn salvage_report(bytes: &[u8]) {
    let _ = outside::salvage_report(bytes);
}

pub fn change_part(bytes: &[u8]) {
    let _ = outside::change_part(&String::from_utf8_lossy(bytes));
}

pub fn sealed_text(bytes: &[u8]) {
    match outside::sealed_text(&String::from_utf8_lossy(bytes)) {
        Ok(_) | Err(RecordsError::Damaged | RecordsError::KeysDamaged) => {}
        Err(other) => panic!("a text that does not open is told as {other:?}"),
    }
}
