//! What lies in the places beside the backups themselves: the keys that open them, copies that are not whole, and what a
//! stop has left behind.

use super::*;
use crate::Vault;
use crate::vault::copies::copy_name;

const NEXT: &str = "another passphrase under the maples";

fn vault(desk: &Desk) -> Vault {
    Vault {
        folder: desk.folder.clone(),
        places: vec![
            BackupPlace::within(&desk.folder).path().to_path_buf(),
            desk.second().path().to_path_buf(),
        ],
        cost: Cost::WEAK_FOR_TESTS,
        surroundings: Arc::new(Computer),
    }
}

/// Work on backups that began before the passphrase was changed must not bring the old one back.
#[tokio::test]
async fn work_that_began_before_a_change_of_the_passphrase_keeps_the_new_keys_in_each_place() {
    let desk = desk();
    desk.student("Sample Student").await;
    let backups = desk.with_second();
    backups.make(BackupReason::Regular, &unwatched()).unwrap();
    vault(&desk).change_passphrase(PASSPHRASE, NEXT).unwrap();
    let present = std::fs::read(desk.folder.keys()).unwrap();
    let copies = || {
        let key = backups.envelope.key_id();
        [&backups.first, &desk.second()].map(|place| std::fs::read(place.keys(&key)).unwrap())
    };
    assert_eq!(backups.bring_up(&Unwatched), SecondState::Whole { copied: 0 });
    assert!(copies().iter().all(|copy| *copy == present), "nothing had to be copied");
    let made = backups.make(BackupReason::Regular, &unwatched()).unwrap();
    assert_eq!(made.second, SecondState::Whole { copied: 1 });
    assert!(copies().iter().all(|copy| *copy == present), "a backup was made and copied");
    // Where the file of keys is lost by then, the copies are all there is.
    std::fs::write(desk.folder.keys(), b"cut").unwrap();
    backups.make(BackupReason::Regular, &unwatched()).unwrap();
    assert!(copies().iter().all(|copy| *copy == present), "the file of keys is damaged");
    for place in [backups.first.clone(), desk.second()] {
        std::fs::remove_file(place.keys(&backups.envelope.key_id())).unwrap();
    }
    backups.make(BackupReason::Regular, &unwatched()).unwrap();
    assert!(copies().iter().all(|copy| !copy.is_empty()), "a backup without any keys opens for nobody");
}

#[tokio::test]
async fn a_copy_in_the_second_place_that_is_not_whole_is_copied_again() {
    let desk = desk();
    desk.student("Sample Student").await;
    let backups = desk.with_second();
    let name = backups.make(BackupReason::Regular, &unwatched()).unwrap().name;
    let copy = desk.second().backup(&name);
    let whole = std::fs::read(&copy).unwrap();
    std::fs::write(&copy, &whole[..whole.len() / 2]).unwrap();
    assert_eq!(backups.bring_up(&Unwatched), SecondState::Whole { copied: 1 });
    assert!(std::fs::read(&copy).unwrap() == whole, "it was cut");
    flip(&copy, 5000);
    assert_eq!(backups.check_all(&unwatched()).unwrap().damaged, 1);
    assert_eq!(backups.bring_up(&Unwatched), SecondState::Whole { copied: 1 });
    assert!(std::fs::read(&copy).unwrap() == whole, "it was damaged, and a check found that");
    assert_eq!(backups.list().unwrap()[0].second, Some(BackupState::Whole));
    // One that is whole and has lost its description needs no more than that.
    std::fs::remove_file(desk.second().manifest(&name)).unwrap();
    assert_eq!(backups.bring_up(&Unwatched), SecondState::Whole { copied: 0 });
    assert_eq!(backups.list().unwrap()[0].second, Some(BackupState::Whole));
    assert_eq!(backups.bring_up(&Unwatched), SecondState::Whole { copied: 0 });
}

#[tokio::test]
async fn a_second_copy_stays_as_it_is_where_the_first_can_t_take_its_place() {
    let desk = desk();
    desk.student("Sample Student").await;
    let backups = desk.with_second();
    let name = backups.make(BackupReason::Regular, &unwatched()).unwrap().name;
    let copy = desk.second().backup(&name);
    flip(&copy, 5000);
    assert_eq!(backups.check_all(&unwatched()).unwrap().damaged, 1);
    flip(&backups.first.backup(&name), 9000);
    let found = std::fs::read(&copy).unwrap();
    assert_eq!(backups.bring_up(&Unwatched), SecondState::Whole { copied: 0 });
    assert!(std::fs::read(&copy).unwrap() == found, "something may be read out of it");
    assert!(!desk.second().making(&name).exists());
    assert_eq!(backups.list().unwrap()[0].second, Some(BackupState::Damaged));
    // Neither does one that a stop has left begun take it away.
    std::fs::write(desk.second().making(&name), b"begun").unwrap();
    backups.bring_up(&Unwatched);
    assert!(!desk.second().making(&name).exists());
    assert!(std::fs::read(&copy).unwrap() == found);
}

#[tokio::test]
async fn a_backup_counts_as_made_where_old_ones_can_t_be_taken_away() {
    let desk = desk();
    let backups = desk.backups();
    let made = backups.make(BackupReason::Regular, &unwatched()).unwrap().name;
    let place = &backups.first;
    let manifest = Manifest::read(&place.manifest(&made), &made, &backups.held.data).unwrap().unwrap();
    // Nothing is old before there was a good one on three days.
    for day in ["20260101", "20260102", "20260103"] {
        let name = format!("waymark-{day}T120000Z-00000000");
        std::fs::copy(place.backup(&made), place.backup(&name)).unwrap();
        backups.write_manifest(place, &Manifest { name, ..manifest.clone() }).unwrap();
    }
    // A folder under the name of an old backup: no file that can be removed.
    let old = "waymark-20200101T120000Z-00000000";
    std::fs::create_dir(place.backup(old)).unwrap();
    std::fs::write(place.backup(old).join("in it"), b"something").unwrap();
    let size = std::fs::metadata(place.backup(old)).unwrap().len();
    backups.write_manifest(place, &Manifest { name: old.into(), size, ..manifest }).unwrap();
    let made = backups.make(BackupReason::Regular, &unwatched()).unwrap();
    assert!(made.not_thinned.is_some());
    assert!(place.backup(&made.name).is_file());
}

/// A kill between the writing of a file and its rename leaves it under the name that it was written with; of keys, that
/// is one which an earlier passphrase opens.
#[tokio::test]
async fn what_a_kill_left_half_written_goes_and_nothing_of_others_does() {
    let desk = desk();
    let backups = desk.with_second();
    let name = backups.make(BackupReason::Regular, &unwatched()).unwrap().name;
    let key = copy_name(&backups.envelope.key_id());
    let foreign = copy_name(&"0".repeat(32));
    let second = desk.second();
    let ours = [format!("{key}.4711.writing"), format!("{name}.manifest.4711.writing")];
    let others = [
        format!("{foreign}.4711.writing"),
        "waymark-20200101T120000Z-00000000.manifest.4711.writing".to_owned(),
        "holiday.jpg.4711.writing".to_owned(),
        format!("{key}.writing"),
    ];
    let all = ours.iter().chain(&others);
    for file in all {
        for place in [&backups.first, &second] {
            std::fs::write(place.path().join(file), b"begun").unwrap();
        }
    }
    backups.make(BackupReason::Regular, &unwatched()).unwrap();
    for file in &ours {
        assert!(!backups.first.path().join(file).exists() && !second.path().join(file).exists(), "{file}");
    }
    for file in &others {
        assert!(second.path().join(file).exists(), "{file}");
    }
    assert!(backups.first.path().join(&others[2]).exists());

    let Desk { folder, records, place: _place } = desk;
    records.close().await.unwrap();
    let left = ["records.keys.4711.writing", "records.tries.1.writing"].map(|name| folder.path().join(name));
    let not_ours = folder.path().join("letter.4711.writing");
    for file in left.iter().chain([&not_ours]) {
        std::fs::write(file, b"begun").unwrap();
    }
    drop(folder.own().unwrap());
    assert!(left.iter().all(|file| !file.exists()));
    assert!(not_ours.exists());
}
