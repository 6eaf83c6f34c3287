//! Backups where there is no room: a place that is full names itself, leaves nothing half-made, and takes no good
//! backup with it.
#![allow(clippy::similar_names, reason = "a desk made by `desk`")]
#![allow(clippy::unwrap_used, reason = "a test's own set-up")]

mod support;

use std::path::Path;
use std::sync::Arc;

use support::{SmallDisk, desk};
use waymark_records::{
    BackupPlace, BackupReason, BackupState, RecordsError, SecondState, Unwatched, Watcher,
};

fn watch() -> Arc<dyn Watcher> {
    Arc::new(Unwatched)
}

fn unfinished(place: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(place).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.ends_with(".making")).collect()
}

#[tokio::test]
async fn a_full_second_place_is_said_and_the_backup_itself_is_made() {
    let Some(disk) = SmallDisk::mount("300k") else {
        println!("not run: this user may not mount a small disk");
        return;
    };
    let desk = desk();
    let id = desk.application(None).await;
    desk.save(&id, "statement", &"words ".repeat(100_000)).await;
    let backups = desk.records.backups(Some(BackupPlace::at(disk.path()))).unwrap();
    let made = backups.make(BackupReason::Regular, &watch()).unwrap();
    assert_eq!(made.second, SecondState::Failed(RecordsError::DiskFull));
    let list = backups.list().unwrap();
    assert_eq!((list.len(), list[0].first, list[0].second), (1, Some(BackupState::Whole), None));
    assert!(unfinished(disk.path()).is_empty(), "nothing half-made takes up room");
}

#[tokio::test]
async fn where_the_first_place_is_full_old_backups_go_and_then_the_second_place_takes_it() {
    let Some(disk) = SmallDisk::mount("3m") else {
        println!("not run: this user may not mount a small disk");
        return;
    };
    let desk = desk();
    let backups = desk.folder.path().join("backups");
    std::os::unix::fs::symlink(disk.path(), &backups).unwrap();
    let id = desk.application(None).await;
    desk.save(&id, "statement", &"words ".repeat(60_000)).await;
    let work = desk.records.backups(None).unwrap();
    let mut full = None;
    for number in 0..20 {
        desk.student(&format!("Student {number}")).await;
        if let Err(error) = work.make(BackupReason::Regular, &watch()) {
            full = Some(error);
            break;
        }
    }
    assert_eq!(full, Some(RecordsError::DiskFull), "the newest four are never dropped for room");
    let before = work.list().unwrap();
    assert!(
        before.len() >= 2 && before.iter().all(|row| row.first == Some(BackupState::Whole)),
        "{before:?}"
    );
    assert!(unfinished(&backups).is_empty());

    let stick = desk.place.path().join("stick");
    std::fs::create_dir(&stick).unwrap();
    let both = desk.records.backups(Some(BackupPlace::at(&stick))).unwrap();
    let made = both.make(BackupReason::Regular, &watch()).unwrap();
    let row = both.list().unwrap().into_iter().find(|row| row.name == made.name).unwrap();
    assert_eq!((row.first, row.second), (None, Some(BackupState::Whole)));
}
