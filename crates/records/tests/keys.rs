//! The keys of open records: another passphrase, other recovery keys, the school's key, and what they leave in backup
//! places.
#![allow(clippy::unwrap_used, reason = "a test's own set-up")]

mod support;

use std::fs;
use std::path::PathBuf;

use support::{PASSPHRASE, desk};
use waymark_records::{
    Computer, Cost, KeychainSecret, MemoryAid, OpenedBy, PlaceState, RecordsError, RecoveryKey, Vault,
};

const NEXT: &str = "quite another passphrase";

struct Keys {
    desk: support::Desk,
    vault: Vault,
}

impl Keys {
    /// Records with a backup place beside them and one that is not there.
    fn new() -> Self {
        let desk = desk();
        let places: Vec<PathBuf> =
            vec![desk.place.path().join("stick"), desk.place.path().join("pulled out")];
        fs::create_dir(&places[0]).unwrap();
        let vault = Vault {
            folder: desk.folder.clone(),
            places,
            cost: Cost::WEAK_FOR_TESTS,
            surroundings: desk.clock.clone(),
        };
        Self { desk, vault }
    }

    fn copies(&self) -> Vec<PathBuf> {
        fs::read_dir(&self.vault.places[0]).unwrap().map(|entry| entry.unwrap().path()).collect()
    }

    fn keys_file(&self) -> PathBuf {
        self.desk.folder.path().join("records.keys")
    }

    fn recovery(&self) -> RecoveryKey {
        RecoveryKey::read(&self.desk.recovery).unwrap()
    }
}

fn states(outcome: &[waymark_records::PlaceOutcome]) -> Vec<PlaceState> {
    outcome.iter().map(|place| place.state).collect()
}

#[tokio::test]
async fn a_changed_passphrase_opens_here_and_in_every_place_and_the_old_one_nowhere() {
    let keys = Keys::new();
    let outcome = keys.vault.change_passphrase(PASSPHRASE, NEXT).unwrap();
    assert_eq!(states(&outcome.places), [PlaceState::Done, PlaceState::Absent]);
    assert_eq!(outcome.places[1].place, keys.vault.places[1]);
    assert_eq!(keys.vault.change_passphrase(PASSPHRASE, NEXT).err(), Some(RecordsError::WrongPassphrase));
    let copies = keys.copies();
    assert_eq!(copies.len(), 1);
    assert_eq!(fs::read(&copies[0]).unwrap(), fs::read(keys.keys_file()).unwrap());
    keys.desk.records.close().await.unwrap();
    assert_eq!(keys.vault.unlock(PASSPHRASE).err(), Some(RecordsError::WrongPassphrase));
    assert!(keys.vault.unlock(NEXT).is_ok());
    assert!(keys.vault.recover(&RecoveryKey::read(&keys.desk.recovery).unwrap(), NEXT).is_ok());
}

#[tokio::test]
async fn copies_for_older_backups_change_with_it_and_others_are_named() {
    let Keys { desk, vault } = Keys::new();
    desk.records.close().await.unwrap();
    vault.change_passphrase(PASSPHRASE, PASSPHRASE).unwrap();
    let first = fs::read(fs::read_dir(&vault.places[0]).unwrap().next().unwrap().unwrap().path()).unwrap();
    vault.new_key(PASSPHRASE, Box::new(|_, _| std::ops::ControlFlow::Continue(()))).unwrap();
    let outcome = vault.change_passphrase(PASSPHRASE, NEXT).unwrap();
    assert_eq!(states(&outcome.places), [PlaceState::Done, PlaceState::Absent]);
    let copies: Vec<_> = fs::read_dir(&vault.places[0]).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(copies.len(), 2, "one for each data key");
    assert!(copies.iter().all(|path| fs::read(path).unwrap() != first), "both are wrapped anew");

    // A copy that an earlier change could not reach opens with neither: it is named, and left as it is.
    let present = fs::read(desk.folder.path().join("records.keys")).unwrap();
    let old = copies.iter().find(|path| fs::read(path).unwrap() != present).unwrap();
    fs::write(old, &first).unwrap();
    // What the last change has written down for the place that is away is not known to everybody.
    fs::remove_file(desk.folder.path().join("records.keys.rewrapping")).unwrap();
    let outcome = vault.change_passphrase(NEXT, "a third passphrase").unwrap();
    assert_eq!(states(&outcome.places), [PlaceState::OlderKeys, PlaceState::Absent]);
    assert_eq!(fs::read(old).unwrap(), first);
    // It is named after a restart as well.
    vault.unlock("a third passphrase").unwrap().close().await.unwrap();
    assert_eq!(states(&vault.go_on_rewrapping().unwrap()), [PlaceState::OlderKeys, PlaceState::Absent]);
}

#[tokio::test]
async fn keys_of_other_records_in_the_same_place_are_left_alone() {
    let keys = Keys::new();
    let other = desk();
    let name = format!("records.{}.keys", "0".repeat(32));
    let path = keys.vault.places[0].join(name);
    fs::copy(other.folder.path().join("records.keys"), &path).unwrap();
    let before = fs::read(&path).unwrap();
    let outcome = keys.vault.change_passphrase(PASSPHRASE, NEXT).unwrap();
    assert_eq!(states(&outcome.places), [PlaceState::Done, PlaceState::Absent]);
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[tokio::test]
async fn a_new_recovery_key_takes_the_old_ones_place() {
    let keys = Keys::new();
    let next = RecoveryKey::new(&Computer).unwrap();
    let wrong = keys.vault.set_recovery_key("not the passphrase", &next);
    assert_eq!(wrong.err(), Some(RecordsError::WrongPassphrase));
    keys.vault.set_recovery_key(PASSPHRASE, &next).unwrap();
    let old = keys.recovery();
    keys.desk.records.close().await.unwrap();
    assert_eq!(keys.vault.recover(&old, NEXT).err(), Some(RecordsError::WrongRecoveryKey));
    let records = keys.vault.recover(&next, NEXT).unwrap();
    assert_eq!(records.opened_by(), OpenedBy::RecoveryKey);
    assert!(records.has_private_key());
}

#[tokio::test]
async fn a_memory_aid_is_read_by_the_counselor_and_not_with_the_schools_key() {
    let keys = Keys::new();
    let (desk, vault) = (&keys.desk, &keys.vault);
    let student = desk.student("Sample Student").await;
    desk.records.save_memory_aid(student.clone(), "asks about nursing".into()).await.unwrap();
    let read = desk.records.memory_aid(student.clone()).await.unwrap();
    assert!(matches!(read, MemoryAid::Written { text, .. } if text == "asks about nursing"));
    let school = RecoveryKey::new(&Computer).unwrap();
    assert!(!vault.keys_state().unwrap().school_key);
    vault.set_school_key(PASSPHRASE, Some(&school.public_half().unwrap())).unwrap();
    assert!(vault.keys_state().unwrap().school_key);
    let own = RecoveryKey::read(&desk.recovery).unwrap();
    let Keys { desk, vault } = keys;
    desk.records.close().await.unwrap();

    let by_school = vault.recover(&school, NEXT).unwrap();
    assert_eq!(by_school.opened_by(), OpenedBy::SchoolKey);
    assert_eq!(by_school.count_students().await.unwrap(), 1);
    let sealed = by_school.memory_aid(student.clone()).await.unwrap();
    assert!(matches!(sealed, MemoryAid::Sealed { .. }));
    let refused = by_school.save_memory_aid(student.clone(), String::new()).await;
    assert_eq!(refused.err(), Some(RecordsError::PrivateKeyMissing));
    by_school.close().await.unwrap();

    // The passphrase that was set with the school's key opens no more than that key did.
    let after = vault.unlock(NEXT).unwrap();
    assert!(matches!(after.memory_aid(student.clone()).await.unwrap(), MemoryAid::Sealed { .. }));
    after.close().await.unwrap();

    // The counselor's own recovery key brings it back, for the passphrase too.
    vault.recover(&own, PASSPHRASE).unwrap().close().await.unwrap();
    let back = vault.unlock(PASSPHRASE).unwrap();
    assert!(matches!(back.memory_aid(student).await.unwrap(), MemoryAid::Written { .. }));
    back.close().await.unwrap();

    vault.set_school_key(PASSPHRASE, None).unwrap();
    assert_eq!(vault.recover(&school, NEXT).err(), Some(RecordsError::WrongRecoveryKey));
}

#[tokio::test]
async fn a_memory_aid_goes_with_its_student_and_comes_back_with_the_undo() {
    let desk = desk();
    let student = desk.student("Sample Student").await;
    let text = "a long and private thought ".repeat(40);
    desk.records.save_memory_aid(student.clone(), text.clone()).await.unwrap();
    let again = desk.records.save_memory_aid(student.clone(), text.clone()).await.unwrap();
    assert_eq!(again.change, None, "the same text is no change");
    desk.records.save_memory_aid(student.clone(), format!("{text}, and more")).await.unwrap();
    let removed = desk.records.remove_student(student.clone()).await.unwrap().change.unwrap();
    assert_eq!(desk.records.memory_aid(student.clone()).await.unwrap(), MemoryAid::None);
    desk.records.undo(removed, support::no_progress).await.unwrap();
    let read = desk.records.memory_aid(student.clone()).await.unwrap();
    assert!(matches!(read, MemoryAid::Written { text, .. } if text.ends_with(", and more")));
    let emptied = desk.records.save_memory_aid(student.clone(), String::new()).await.unwrap();
    assert!(emptied.change.is_some());
    assert_eq!(desk.records.memory_aid(student).await.unwrap(), MemoryAid::None);
    let nobody = desk.records.save_memory_aid("nobody".into(), text).await;
    assert_eq!(nobody.err(), Some(RecordsError::Constraint));
}

#[tokio::test]
async fn the_cost_of_a_passphrase_is_raised_once_it_opened_the_records() {
    let Keys { desk, vault } = Keys::new();
    desk.records.close().await.unwrap();
    let dearer = Cost { memory_kib: 128, passes: 2, lanes: 1 };
    let file = desk.folder.path().join("records.keys");
    let before = fs::read(&file).unwrap();
    let vault = Vault { cost: dearer, ..vault };
    assert_eq!(vault.unlock("not the passphrase").err(), Some(RecordsError::WrongPassphrase));
    assert_eq!(fs::read(&file).unwrap(), before);
    vault.unlock(PASSPHRASE).unwrap().close().await.unwrap();
    let raised = fs::read(&file).unwrap();
    assert_ne!(raised, before);
    vault.unlock(PASSPHRASE).unwrap().close().await.unwrap();
    assert_eq!(fs::read(&file).unwrap(), raised, "once is enough");
    // A program that asks for less takes nothing away, also where the passphrase changes.
    let cheaper = Vault { cost: Cost::WEAK_FOR_TESTS, ..vault.clone() };
    cheaper.change_passphrase(PASSPHRASE, NEXT).unwrap();
    let text = fs::read_to_string(&file).unwrap();
    assert!(text.contains("\"memory_kib\": 128"), "{text}");
    assert!(vault.recover(&RecoveryKey::read(&desk.recovery).unwrap(), NEXT).is_ok());
}

#[tokio::test]
async fn a_lost_or_damaged_file_of_keys_comes_back_from_a_backup_place() {
    for damage in ["lost", "cut", "another program's"] {
        let keys = Keys::new();
        keys.desk.student("Sample Student").await;
        keys.vault.change_passphrase(PASSPHRASE, NEXT).unwrap();
        let (file, folder) = (keys.keys_file(), keys.desk.folder.path().to_path_buf());
        let whole = fs::read(&file).unwrap();
        let Keys { desk, vault } = keys;
        desk.records.close().await.unwrap();
        // Keys of other records that lie in the same place, and are newer, open nothing here.
        let other = support::desk();
        let foreign = vault.places[0].join(format!("records.{}.keys", "f".repeat(32)));
        fs::copy(other.folder.path().join("records.keys"), foreign).unwrap();
        match damage {
            "lost" => fs::remove_file(&file).unwrap(),
            "cut" => fs::write(&file, &whole[..whole.len() / 3]).unwrap(),
            _ => fs::write(&file, "{}").unwrap(),
        }
        let damaged = fs::read(&file).ok();
        assert!(vault.has_copies_of_keys());
        assert_eq!(vault.unlock("not the passphrase").err(), Some(RecordsError::WrongPassphrase));
        assert_eq!(fs::read(&file).ok(), damaged, "a wrong passphrase restores nothing");
        let records = vault.unlock(NEXT).unwrap();
        assert!(records.restored_keys().is_some_and(|keys| keys.written.is_some()));
        assert_eq!(records.count_students().await.unwrap(), 1);
        records.close().await.unwrap();
        assert_eq!(fs::read(&file).unwrap(), whole);
        assert_eq!(vault.unlock(NEXT).unwrap().restored_keys(), None);
        if let Some(damaged) = damaged {
            let aside = fs::read_dir(folder.join("set-aside")).unwrap().next().unwrap().unwrap().path();
            assert_eq!(fs::read(aside.join("records.keys")).unwrap(), damaged, "set aside, not deleted");
        }
    }
}

#[tokio::test]
async fn without_a_copy_a_lost_file_of_keys_stays_lost() {
    let Keys { desk, vault } = Keys::new();
    desk.records.close().await.unwrap();
    fs::remove_file(desk.folder.path().join("records.keys")).unwrap();
    assert!(!vault.has_copies_of_keys());
    assert_eq!(vault.unlock(PASSPHRASE).err(), Some(RecordsError::KeysMissing));
}

#[tokio::test]
async fn damaged_records_are_damage_also_where_the_keys_come_from_a_copy() {
    let keys = Keys::new();
    keys.vault.change_passphrase(PASSPHRASE, NEXT).unwrap();
    let Keys { desk, vault } = keys;
    desk.records.close().await.unwrap();
    fs::write(desk.folder.path().join("records.db"), b"no database").unwrap();
    assert_eq!(vault.unlock(NEXT).err(), Some(RecordsError::Damaged));
    fs::remove_file(desk.folder.path().join("records.keys")).unwrap();
    assert_eq!(vault.unlock(NEXT).err(), Some(RecordsError::Damaged));
    assert_eq!(vault.unlock(PASSPHRASE).err(), Some(RecordsError::WrongPassphrase));
}

#[tokio::test]
async fn the_keychain_opens_the_records_with_memory_aids_until_it_is_turned_off() {
    let Keys { desk, vault } = Keys::new();
    let secret = KeychainSecret::new(&Computer).unwrap();
    let given = || KeychainSecret::read(&secret.text()).unwrap();
    assert_eq!(vault.unlock_by_keychain(&secret).err(), Some(RecordsError::KeychainWrong));
    desk.records.set_keychain(Some(given())).await.unwrap();
    assert!(vault.keys_state().unwrap().keychain);
    desk.records.close().await.unwrap();
    let records = vault.unlock_by_keychain(&secret).unwrap();
    assert_eq!((records.opened_by(), records.has_private_key()), (OpenedBy::Keychain, true));
    records.close().await.unwrap();

    // What a new key that was cut off left to do takes the passphrase.
    fs::write(desk.folder.path().join("records.db.new"), "half").unwrap();
    assert_eq!(vault.unlock_by_keychain(&secret).err(), Some(RecordsError::KeychainWrong));
    vault.unlock(PASSPHRASE).unwrap().close().await.unwrap();
    vault.unlock_by_keychain(&secret).unwrap().close().await.unwrap();

    // Another passphrase leaves it as it is; the copy in the backup place never has it.
    vault.change_passphrase(PASSPHRASE, NEXT).unwrap();
    let copy = fs::read_dir(&vault.places[0]).unwrap().next().unwrap().unwrap().path();
    assert!(!fs::read_to_string(copy).unwrap().contains("keychain"));
    let records = vault.unlock_by_keychain(&secret).unwrap();
    records.set_keychain(None).await.unwrap();
    records.close().await.unwrap();
    assert_eq!(vault.unlock_by_keychain(&secret).err(), Some(RecordsError::KeychainWrong));
    assert!(vault.unlock(NEXT).is_ok());
}

#[tokio::test]
async fn backups_are_kept_beside_keys_without_the_keychain_and_a_new_key_drops_it() {
    let Keys { desk, vault } = Keys::new();
    let secret = KeychainSecret::new(&Computer).unwrap();
    let given = KeychainSecret::read(&secret.text()).unwrap();
    desk.records.set_keychain(Some(given)).await.unwrap();
    let second = waymark_records::BackupPlace::at(vault.places[0].clone());
    let backups = desk.records.backups(Some(second)).unwrap();
    let watcher =
        || std::sync::Arc::new(waymark_records::Unwatched) as std::sync::Arc<dyn waymark_records::Watcher>;
    backups.make(waymark_records::BackupReason::Regular, &watcher()).unwrap();
    let places = [desk.folder.path().join("backups"), vault.places[0].clone()];
    let mut copies = Vec::new();
    for entry in places.iter().flat_map(|place| fs::read_dir(place).unwrap()) {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "keys") {
            assert!(!fs::read_to_string(&path).unwrap().contains("keychain"));
            copies.push(path);
        }
    }
    assert!(!copies.is_empty());
    desk.records.close().await.unwrap();
    vault.new_key(PASSPHRASE, Box::new(|_, _| std::ops::ControlFlow::Continue(()))).unwrap();
    assert!(!vault.keys_state().unwrap().keychain);
    assert_eq!(vault.unlock_by_keychain(&secret).err(), Some(RecordsError::KeychainWrong));
    assert!(vault.unlock(PASSPHRASE).is_ok());
}
