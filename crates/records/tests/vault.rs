//! The file opens for those who may, and says what is wrong with it when it does not.

mod support;

use std::fs;

use support::{PASSPHRASE, desk};
use waymark_records::{Cost, FolderState, Records, RecordsError, RecoveryKey};

#[tokio::test]
async fn nothing_of_what_was_written_is_readable_in_the_folder() {
    let desk = desk();
    let id = desk.student("Planted Namewordzq").await;
    let application = desk.application(Some(id)).await;
    desk.save(&application, "statement", "planted-statementwordzq").await;
    for entry in fs::read_dir(desk.folder.path()).unwrap() {
        let bytes = fs::read(entry.unwrap().path()).unwrap();
        for word in ["Namewordzq", "statementwordzq", "SQLite format 3", PASSPHRASE] {
            assert!(!bytes.windows(word.len()).any(|window| window == word.as_bytes()), "{word}");
        }
    }
}

#[tokio::test]
async fn the_wrong_passphrase_is_refused_and_the_recovery_key_sets_a_new_one() {
    let desk = desk();
    desk.student("Sample Student").await;
    desk.records.close().await.unwrap();
    let wrong = Records::unlock(&desk.folder, "not this one either", desk.clock.clone());
    assert_eq!(wrong.err(), Some(RecordsError::WrongPassphrase));
    let key = RecoveryKey::read(&desk.recovery).unwrap();
    let records =
        Records::recover(&desk.folder, &key, "another passphrase", Cost::WEAK_FOR_TESTS, desk.clock.clone())
            .unwrap();
    assert_eq!(records.count_students().await.unwrap(), 1);
    records.close().await.unwrap();
    assert_eq!(
        Records::unlock(&desk.folder, PASSPHRASE, desk.clock.clone()).err(),
        Some(RecordsError::WrongPassphrase)
    );
    assert!(Records::unlock(&desk.folder, "another passphrase", desk.clock.clone()).is_ok());
}

#[tokio::test]
async fn a_second_owner_is_refused_until_the_first_lets_go() {
    let desk = desk();
    let first = desk.folder.own().unwrap();
    assert_eq!(desk.folder.own().err(), Some(RecordsError::InUse));
    drop(first);
    assert!(desk.folder.own().is_ok());
}

#[tokio::test]
async fn records_are_never_made_over_others() {
    let desk = desk();
    let again = Records::create(&desk.folder, PASSPHRASE, Cost::WEAK_FOR_TESTS, desk.clock.clone());
    assert_eq!(again.err(), Some(RecordsError::AlreadyThere));
}

#[tokio::test]
async fn a_first_run_that_was_cut_off_counts_as_none() {
    let desk = desk();
    desk.records.close().await.unwrap();
    fs::rename(desk.folder.path().join("records.db"), desk.folder.path().join("records.db.unfinished"))
        .unwrap();
    assert_eq!(desk.folder.state(), Ok(FolderState::Empty));
    assert!(Records::create(&desk.folder, PASSPHRASE, Cost::WEAK_FOR_TESTS, desk.clock.clone()).is_ok());
}

#[tokio::test]
async fn each_damage_has_its_own_name() {
    let desk = desk();
    let id = desk.application(None).await;
    desk.save(&id, "statement", &"long ".repeat(20_000)).await;
    desk.records.close().await.unwrap();
    let (database, keys) = (desk.folder.path().join("records.db"), desk.folder.path().join("records.keys"));
    let whole = fs::read(&database).unwrap();
    let open = || Records::unlock(&desk.folder, PASSPHRASE, desk.clock.clone()).err();

    fs::write(&database, b"this is no database, whatever its name says").unwrap();
    assert_eq!(open(), Some(RecordsError::Damaged));
    fs::write(&database, b"").unwrap();
    assert_eq!(open(), Some(RecordsError::Damaged));
    fs::write(&database, &whole[..whole.len() / 2]).unwrap();
    assert_eq!(open(), Some(RecordsError::Damaged));
    let mut first_page = whole.clone();
    first_page[100] ^= 1;
    fs::write(&database, &first_page).unwrap();
    assert_eq!(open(), Some(RecordsError::Damaged));
    fs::write(&database, &whole).unwrap();
    assert_eq!(open(), None);

    let envelope = fs::read(&keys).unwrap();
    fs::write(&keys, &envelope[..100]).unwrap();
    assert_eq!(open(), Some(RecordsError::KeysDamaged));
    fs::remove_file(&keys).unwrap();
    assert_eq!(open(), Some(RecordsError::KeysMissing));
    fs::write(&keys, &envelope).unwrap();
    fs::remove_file(&database).unwrap();
    assert_eq!(open(), Some(RecordsError::FileMissing));
}
