//! A disk that fails under the records, and files that go away under them: what is told, and that nothing is lost.
#![allow(clippy::unwrap_used, reason = "a test's own set-up")]

mod support;

use support::{PASSPHRASE, desk, empty_application, no_check};
use waymark_fault_layer::watch::{Fault, Watch};
use waymark_records::{Answers, Cost, Folder, Records, RecordsError};

fn made() -> (tempfile::TempDir, Folder, Records) {
    let place = tempfile::TempDir::new().unwrap();
    let folder = Folder::at(place.path().canonicalize().unwrap().join("records"));
    let records = Records::create(&folder, PASSPHRASE, Cost::WEAK_FOR_TESTS, desk().clock).unwrap().0;
    (place, folder, records)
}

async fn begin(records: &Records) -> Result<String, RecordsError> {
    records.start_application(empty_application(), no_check).await.map(|done| done.value)
}

async fn save(records: &Records, draft: &str) -> Result<u32, RecordsError> {
    let answers = Answers::from([("statement".into(), "every word of this".into())]);
    records.save_answers(draft.into(), answers, no_check).await.map(|done| done.value.version)
}

/// SQLCipher takes a random salt where it can't read the file's own: the file looked damaged.
#[tokio::test]
async fn a_read_that_fails_on_opening_is_told_as_a_fault_of_the_disk_and_not_as_damage() {
    let (_place, folder, records) = made();
    begin(&records).await.unwrap();
    records.close().await.unwrap();
    let watch = Watch::over(folder.path()).unwrap();
    for lasting in [false, true] {
        for before in 0..8 {
            watch.fail(Fault::Read, before, lasting);
            let opened = Records::unlock(&folder, PASSPHRASE, desk().clock);
            if watch.mend() > 0 {
                assert!(matches!(opened, Ok(_) | Err(RecordsError::Io)), "read {before}: {:?}", opened.err());
            }
        }
    }
    let records = Records::unlock(&folder, PASSPHRASE, desk().clock).unwrap();
    assert_eq!(records.applications().await.unwrap().len(), 1);
}

/// Deleted, a file took every save without a word, and nobody could read them again.
#[tokio::test]
#[cfg(unix)]
async fn nothing_is_acknowledged_that_goes_to_a_deleted_or_moved_file() {
    let (_place, folder, records) = made();
    begin(&records).await.unwrap();
    let database = folder.path().join("records.db");
    let aside = folder.path().join("moved.db");
    std::fs::rename(&database, &aside).unwrap();
    assert_eq!(begin(&records).await.err(), Some(RecordsError::FileMissing));
    std::fs::write(&database, b"another file").unwrap();
    assert_eq!(begin(&records).await.err(), Some(RecordsError::FileMissing));
    std::fs::rename(&aside, &database).unwrap();
    begin(&records).await.unwrap();

    let moved = folder.path().with_extension("moved");
    std::fs::rename(folder.path(), &moved).unwrap();
    assert_eq!(begin(&records).await.err(), Some(RecordsError::FolderNotThere));
    std::fs::rename(&moved, folder.path()).unwrap();
    begin(&records).await.unwrap();
    assert_eq!(records.applications().await.unwrap().len(), 3);
    std::fs::remove_file(&database).unwrap();
    assert_eq!(begin(&records).await.err(), Some(RecordsError::FileMissing));
}

/// The full check looks at the file itself, past the log: after a power cut while the log was being folded in, records that
/// were whole in the log were told as damaged.
#[tokio::test]
async fn a_page_torn_while_the_log_was_folded_in_is_whole_in_the_log() {
    let (_place, folder, records) = made();
    for _ in 0..20 {
        begin(&records).await.unwrap();
    }
    let after_cut = tempfile::TempDir::new().unwrap();
    let left = Folder::at(after_cut.path().join("records"));
    std::fs::create_dir_all(left.path()).unwrap();
    for name in ["records.db", "records.db-wal", "records.keys"] {
        std::fs::copy(folder.path().join(name), left.path().join(name)).unwrap();
    }
    records.close().await.unwrap();
    let log = std::fs::read(left.path().join("records.db-wal")).unwrap();
    let mut file = std::fs::read(left.path().join("records.db")).unwrap();
    let number = |frame: &[u8]| u32::from_be_bytes(frame[..4].try_into().unwrap()) as usize;
    let in_log: Vec<usize> = log[32..].chunks_exact(24 + 4096).map(number).collect();
    let tear = |file: &mut Vec<u8>, page: usize| file[page * 4096 - 2048..page * 4096].fill(0);
    let mut torn = 0;
    let pages = file.len() / 4096;
    for page in in_log.iter().copied().filter(|page| *page <= pages) {
        tear(&mut file, page);
        torn += 1;
    }
    assert!(torn > 3, "some pages of the file are in the log");
    std::fs::write(left.path().join("records.db"), &file).unwrap();
    let records = Records::unlock(&left, PASSPHRASE, desk().clock).unwrap();
    assert_eq!(records.applications().await.unwrap().len(), 20);
    records.close().await.unwrap();

    // A page that is torn and in no log is damage.
    let whole = std::fs::read(left.path().join("records.db")).unwrap();
    std::fs::write(left.path().join("records.db-wal"), &log).unwrap();
    let page = (2..whole.len() / 4096).find(|page| !in_log.contains(page)).unwrap();
    let mut file = whole;
    tear(&mut file, page);
    std::fs::write(left.path().join("records.db"), &file).unwrap();
    assert_eq!(Records::unlock(&left, PASSPHRASE, desk().clock).err(), Some(RecordsError::Damaged));
}

/// SQLCipher refuses every page of a connection on which one read failed: the records looked damaged, and nothing could
/// be saved until they were opened again.
#[tokio::test]
async fn a_read_that_fails_while_the_records_are_open_is_no_damage_and_the_next_save_goes_on() {
    let (_place, folder, records) = made();
    let mut drafts = Vec::new();
    for _ in 0..40 {
        drafts.push(begin(&records).await.unwrap());
    }
    records.close().await.unwrap();
    let watch = Watch::over(folder.path()).unwrap();
    let mut refused = 0;
    for lasting in [false, true] {
        for before in 0..24 {
            let records = Records::unlock(&folder, PASSPHRASE, desk().clock).unwrap();
            watch.fail(Fault::Read, before, lasting);
            for draft in &drafts {
                for fault in [save(&records, draft).await.err(), records.versions(draft.clone()).await.err()]
                {
                    refused += usize::from(fault.is_some());
                    assert!(matches!(fault, None | Some(RecordsError::Io)), "read {before}: {fault:?}");
                }
            }
            watch.mend();
            for draft in &drafts {
                save(&records, draft).await.unwrap_or_else(|fault| panic!("read {before}: {fault}"));
                records.versions(draft.clone()).await.unwrap();
            }
            records.close().await.unwrap();
        }
    }
    assert!(refused > 24, "the faults struck: {refused}");
}

#[tokio::test]
async fn damage_that_comes_while_the_records_are_open_is_told_as_damage_each_time() {
    let (_place, folder, records) = made();
    let mut drafts = Vec::new();
    for _ in 0..40 {
        drafts.push(begin(&records).await.unwrap());
    }
    records.close().await.unwrap();
    let records = Records::unlock(&folder, PASSPHRASE, desk().clock).unwrap();
    // The lock on SQLite's file lies behind the first page; what was opened has read no more than that.
    let database = folder.path().join("records.db");
    let mut file = std::fs::read(&database).unwrap();
    for page in file.chunks_exact_mut(4096).skip(1) {
        page[2048..].fill(0);
    }
    std::fs::write(&database, &file).unwrap();
    for draft in drafts.iter().take(3) {
        assert_eq!(records.versions(draft.clone()).await.err(), Some(RecordsError::Damaged));
    }
}
