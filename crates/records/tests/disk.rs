//! A full disk and a folder that can't be written: a clear fault, nothing half-written, nothing lost that was there.
//! A disk that is really full has to be mounted, which not every user may do; the same cases with a file that may not
//! grow run everywhere and stand in `src/tests.rs`.

#![allow(clippy::unwrap_used, reason = "a test's own set-up")]

mod support;

use support::{PASSPHRASE, SmallDisk, desk, empty_application, no_check};
use waymark_records::{Answers, Cost, Folder, Records, RecordsError};

#[tokio::test]
async fn a_full_disk_is_named_and_what_was_saved_before_stays() {
    let Some(disk) = SmallDisk::mount("4m") else {
        println!("not run: this user may not mount a small disk");
        return;
    };
    let folder = Folder::at(disk.path().join("records"));
    let clock = desk().clock;
    let (records, _) = Records::create(&folder, PASSPHRASE, Cost::WEAK_FOR_TESTS, clock.clone()).unwrap();
    let id = records.start_application(empty_application(), no_check).await.unwrap().value;
    let save = |text: String| {
        records.save_answers(id.clone(), Answers::from([("statement".into(), text.into())]), no_check)
    };
    save("every word of this".into()).await.unwrap();

    let too_much = save("word ".repeat(1024 * 1024)).await;
    assert_eq!(too_much.err(), Some(RecordsError::DiskFull));
    assert_eq!(records.draft(id.clone()).await.unwrap().answers["statement"], "every word of this");

    // Room again: the same records go on, without being opened anew.
    save("every word of this, and more".into()).await.unwrap();
    records.close().await.unwrap();
    let records = Records::unlock(&folder, PASSPHRASE, clock).unwrap();
    assert_eq!(records.draft(id).await.unwrap().answers["statement"], "every word of this, and more");
}

#[tokio::test]
async fn records_are_not_begun_where_there_is_no_room() {
    let Some(disk) = SmallDisk::mount("32k") else {
        println!("not run: this user may not mount a small disk");
        return;
    };
    let folder = Folder::at(disk.path().join("records"));
    let made = Records::create(&folder, PASSPHRASE, Cost::WEAK_FOR_TESTS, desk().clock);
    assert_eq!(made.err(), Some(RecordsError::DiskFull));
}

#[tokio::test]
async fn a_file_in_the_place_of_the_folder_is_no_folder() {
    let place = tempfile::TempDir::new().unwrap();
    let file = place.path().join("a file");
    std::fs::write(&file, b"").unwrap();
    let made =
        Records::create(&Folder::at(file.join("records")), PASSPHRASE, Cost::WEAK_FOR_TESTS, desk().clock);
    assert_eq!(made.err(), Some(RecordsError::FolderUnusable));
}
