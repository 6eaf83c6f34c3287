//! A new key that is called off or cut off anywhere leaves records that open.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use tempfile::TempDir;

use super::*;
use crate::surroundings::Computer;
use crate::vault::recovery::RecoveryKey;
use crate::{Cost, Records, StudentInput};

const PASSPHRASE: &str = "quiet lantern under seven maples";

/// So many that it looks several times whether to stop.
const STUDENTS: u32 = 2_000;

struct Kept {
    _place: TempDir,
    vault: Vault,
    recovery: RecoveryKey,
}

async fn kept() -> Kept {
    let place = TempDir::new().unwrap();
    let folder = Folder::at(place.path().join("records"));
    let cost = Cost::WEAK_FOR_TESTS;
    let (records, recovery) = Records::create(&folder, PASSPHRASE, cost, Arc::new(Computer)).unwrap();
    let student = |number: u32| StudentInput {
        name: format!("Sample Student {number}"),
        graduation_year: Some(2027),
        school_id: None,
    };
    records.add_students("students.add", (0..STUDENTS).map(student).collect(), true).await.unwrap();
    records.close().await.unwrap();
    let backups = folder.path().join("backups");
    std::fs::create_dir(&backups).unwrap();
    let vault = Vault { folder, places: vec![backups], cost, surroundings: Arc::new(Computer) };
    Kept { _place: place, vault, recovery }
}

fn go_on() -> Progress {
    Box::new(|_, _| ControlFlow::Continue(()))
}

impl Kept {
    fn files(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.vault.folder.path()).unwrap();
        // When the file was last checked stands beside it, whatever its key.
        let mut names: Vec<_> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| name != "records.checks")
            .collect();
        names.sort();
        names
    }

    fn key_id(&self) -> String {
        existing(&self.vault.folder).unwrap().key_id()
    }

    async fn students(&self) -> u32 {
        let records = self.vault.unlock(PASSPHRASE).unwrap();
        let count = records.count_students().await.unwrap();
        records.close().await.unwrap();
        count
    }
}

const WHOLE: [&str; 3] = ["backups", "records.db", "records.keys"];

#[tokio::test]
async fn everything_is_there_under_the_new_key_and_the_old_key_opens_nothing() {
    let kept = kept().await;
    let before = existing(&kept.vault.folder).unwrap();
    let old = before.open_with_passphrase(PASSPHRASE.as_bytes()).unwrap();
    let places = kept.vault.new_key(PASSPHRASE, go_on()).unwrap();
    assert_eq!(places.len(), 1);
    assert_ne!(kept.key_id(), before.key_id());
    assert_eq!(kept.files(), WHOLE);
    assert!(!store::opens(&kept.vault.folder.database(), &old.data).unwrap());
    assert_eq!(kept.students().await, STUDENTS);
    let copy = kept.vault.places[0].join(super::super::copies::copy_name(&kept.key_id()));
    assert_eq!(std::fs::read(copy).unwrap(), std::fs::read(kept.vault.folder.keys()).unwrap());
    let records = kept.vault.recover(&kept.recovery, PASSPHRASE).unwrap();
    assert_eq!(records.count_students().await.unwrap(), STUDENTS);
}

#[tokio::test]
async fn a_wrong_passphrase_begins_nothing() {
    let kept = kept().await;
    assert_eq!(kept.vault.new_key("another one", go_on()).err(), Some(RecordsError::WrongPassphrase));
    assert_eq!(kept.files(), WHOLE);
}

#[tokio::test]
async fn it_can_be_called_off_at_any_look_and_leaves_the_old_records() {
    let kept = kept().await;
    let id = kept.key_id();
    let looks = Arc::new(AtomicU32::new(0));
    let count = Arc::clone(&looks);
    let mut called_off = 0;
    for at in 0..1_000 {
        count.store(0, Ordering::SeqCst);
        let seen = Arc::clone(&looks);
        let stop = Box::new(move |done: u64, total: u64| {
            assert!(done <= total);
            let look = seen.fetch_add(1, Ordering::SeqCst);
            if look == at { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        match kept.vault.new_key(PASSPHRASE, stop) {
            Err(RecordsError::Stopped) => called_off += 1,
            Ok(_) => break,
            Err(error) => panic!("{error}"),
        }
        assert_eq!((kept.files(), kept.key_id()), (WHOLE.map(String::from).to_vec(), id.clone()));
    }
    assert!(called_off >= 3, "{called_off}");
    assert_ne!(kept.key_id(), id, "the last one was let through");
    assert_eq!(kept.students().await, STUDENTS);
}

#[tokio::test]
async fn a_stop_at_any_moment_of_the_last_step_leaves_records_that_open() {
    use Moment::{DatabaseReplaced, KeysReplaced, Made, OldKept};
    for (moment, is_new) in [(Made, false), (OldKept, false), (DatabaseReplaced, true), (KeysReplaced, true)]
    {
        for by_recovery in [false, true] {
            let kept = kept().await;
            let id = kept.key_id();
            let secret = Secret::Passphrase(PASSPHRASE);
            let opened = crate::vault::restore::unseal(&kept.vault.folder, &[], secret, &Computer).unwrap();
            kept.vault.make_beside(opened, PASSPHRASE, go_on()).unwrap();
            let stop = |at| if at == moment { Err(RecordsError::Io) } else { Ok(()) };
            assert_eq!(replace(&kept.vault.folder, &mut { stop }), Err(RecordsError::Io));

            if by_recovery {
                let records = kept.vault.recover(&kept.recovery, PASSPHRASE).unwrap();
                assert_eq!(records.count_students().await.unwrap(), STUDENTS);
                records.close().await.unwrap();
            }
            assert_eq!(kept.students().await, STUDENTS, "{moment:?}");
            assert_eq!(kept.key_id() != id, is_new, "{moment:?}");
            assert_eq!(kept.files(), WHOLE, "{moment:?}: nothing is left behind");
        }
    }
}

#[tokio::test]
async fn a_lost_file_of_keys_between_the_two_renames_is_made_up_for_by_the_new_one() {
    let kept = kept().await;
    let secret = Secret::Passphrase(PASSPHRASE);
    let opened = crate::vault::restore::unseal(&kept.vault.folder, &[], secret, &Computer).unwrap();
    kept.vault.make_beside(opened, PASSPHRASE, go_on()).unwrap();
    let stop = |at| if at == Moment::DatabaseReplaced { Err(RecordsError::Io) } else { Ok(()) };
    replace(&kept.vault.folder, &mut { stop }).unwrap_err();
    std::fs::remove_file(kept.vault.folder.keys()).unwrap();
    assert_eq!(kept.students().await, STUDENTS);
}

#[tokio::test]
async fn records_that_neither_key_opens_are_damaged_and_nothing_is_taken_away() {
    let kept = kept().await;
    let secret = Secret::Passphrase(PASSPHRASE);
    let opened = crate::vault::restore::unseal(&kept.vault.folder, &[], secret, &Computer).unwrap();
    kept.vault.make_beside(opened, PASSPHRASE, go_on()).unwrap();
    std::fs::write(kept.vault.folder.database(), b"no database at all").unwrap();
    assert_eq!(kept.vault.unlock(PASSPHRASE).err(), Some(RecordsError::Damaged));
    for name in ["records.db.new", "records.keys.new"] {
        assert!(kept.files().contains(&name.to_owned()), "{name}");
    }
}

#[tokio::test]
async fn a_document_under_the_old_key_is_never_left_without_its_key() {
    let kept = kept().await;
    std::fs::create_dir(kept.vault.folder.documents()).unwrap();
    assert!(kept.vault.new_key(PASSPHRASE, go_on()).is_ok(), "an empty folder is in nobody's way");
    std::fs::write(kept.vault.folder.documents().join("sealed"), b"bytes").unwrap();
    assert!(matches!(kept.vault.new_key(PASSPHRASE, go_on()), Err(RecordsError::Internal(_))));
}
