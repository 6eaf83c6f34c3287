//! What only the inside can bring about: a file of another version, and a file that may not grow.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on stops")]

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rusqlite::{Connection, OpenFlags};
use tempfile::TempDir;

use crate::surroundings::Computer;
use crate::vault::envelope::{DataKey, Envelope};
use crate::{
    Answers, Cost, Folder, FolderState, MemoryAid, NewApplication, Plan, Progress, Records, RecordsError,
    RecoveryKey, StudentInput, store,
};

const PASSPHRASE: &str = "quiet lantern under seven maples";

fn folder() -> (TempDir, Folder) {
    let place = TempDir::new().unwrap();
    let folder = Folder::at(place.path().join("records"));
    (place, folder)
}

fn made(folder: &Folder) -> Records {
    Records::create(folder, PASSPHRASE, Cost::WEAK_FOR_TESTS, Arc::new(Computer)).unwrap().0
}

fn unlock(folder: &Folder) -> Result<Records, RecordsError> {
    Records::unlock(folder, PASSPHRASE, Arc::new(Computer))
}

fn no_check(_: &Answers) -> (Progress, ()) {
    (Progress::default(), ())
}

/// A copy of records that are kept with the tests, as an earlier or a later program left them.
fn kept(name: &str) -> (TempDir, Folder) {
    let (place, folder) = folder();
    folder.make().unwrap();
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name);
    std::fs::copy(kept.join("records.db"), folder.database()).unwrap();
    std::fs::copy(kept.join("records.keys"), folder.keys()).unwrap();
    (place, folder)
}

/// Whatever is in the folder, byte by byte.
fn files(folder: &Folder) -> Vec<(PathBuf, Vec<u8>)> {
    let entries = std::fs::read_dir(folder.path()).unwrap();
    let mut files: Vec<_> = entries
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.clone(), std::fs::read(path).unwrap()))
        .collect();
    files.sort();
    files
}

async fn user_version(records: &Records) -> i64 {
    let asked =
        records.read(|connection| Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?));
    asked.await.unwrap()
}

async fn one_student(records: &Records) -> String {
    let student =
        StudentInput { name: "Sample Student".into(), graduation_year: Some(2027), school_id: None };
    records.add_students("students.add", vec![student], true).await.unwrap().value.remove(0)
}

async fn a_draft(records: &Records, student: Option<String>) -> String {
    let new = NewApplication {
        plan: Plan { student_id: student, ..Plan::default() },
        form: "general-admission".into(),
        form_version: 1,
        answers: Answers::from([("full_name".into(), "Sample Student".into())]),
        prefilled: true,
        between_us: false,
    };
    let id = records.start_application(new, no_check).await.unwrap().value;
    save(records, &id, "every word of this").await.unwrap();
    id
}

async fn save(records: &Records, id: &str, statement: &str) -> Result<(), RecordsError> {
    let answers = Answers::from([("statement".into(), statement.into())]);
    records.save_answers(id.into(), answers, no_check).await.map(|_| ())
}

/// Lets the file have so many more pages, as a disk would that has no more room.
async fn room_for(records: &Records, pages: i64) {
    let limit = records.write(move |connection| {
        let now: i64 = connection.pragma_query_value(None, "page_count", |row| row.get(0))?;
        Ok(connection.pragma_update(None, "max_page_count", now + pages)?)
    });
    limit.await.unwrap();
}

#[tokio::test]
async fn records_of_a_newer_program_are_refused_and_left_as_they_are() {
    let (_place, folder) = folder();
    let records = made(&folder);
    one_student(&records).await;
    let newer = user_version(&records).await + 1;
    let raised = records.write(move |writer| Ok(writer.pragma_update(None, "user_version", newer)?));
    raised.await.unwrap();
    records.close().await.unwrap();
    let before = files(&folder);
    assert_eq!(unlock(&folder).err(), Some(RecordsError::Newer { found: newer, known: newer - 1 }));
    assert!(files(&folder) == before, "a byte was changed");
}

#[tokio::test]
async fn the_kept_records_of_a_much_newer_program_are_refused_and_left_as_they_are() {
    let (_place, folder) = kept("newer");
    let before = files(&folder);
    assert!(matches!(unlock(&folder).err(), Some(RecordsError::Newer { found: 1_000_000, .. })));
    assert!(files(&folder) == before, "a byte was changed");
}

#[tokio::test]
async fn records_of_the_first_schema_open_whole_and_are_brought_up_to_date() {
    let (_place, folder) = kept("schema-0001");
    let records = unlock(&folder).unwrap();
    let (_new_place, new) = self::folder();
    assert_eq!(user_version(&records).await, user_version(&made(&new)).await);

    let student = records.students(String::new(), None).await.unwrap().remove(0);
    assert_eq!((student.name.as_str(), student.graduation_year), ("Sample Student", Some(2027)));
    let application = records.applications_of(student.id).await.unwrap().remove(0);
    let draft = records.draft(application.id.clone()).await.unwrap();
    assert_eq!(draft.answers["statement"], "every word of this");
    assert_eq!(draft.prefilled, ["full_name"]);

    save(&records, &application.id, "every word of this, and more").await.unwrap();
    records.close().await.unwrap();
    let records = unlock(&folder).unwrap();
    let draft = records.draft(application.id).await.unwrap();
    assert_eq!(draft.answers["statement"], "every word of this, and more");

    // What later steps added is there, and empty.
    assert_eq!(records.career_searches().await.unwrap(), []);
    records.save_career_search(None, "Ours".into(), "q=vet".into()).await.unwrap();
    assert_eq!(records.career_searches().await.unwrap().len(), 1);
}

#[tokio::test]
async fn records_of_the_second_schema_keep_their_saved_searches() {
    let (_place, folder) = kept("schema-0002");
    let records = unlock(&folder).unwrap();
    let searches = records.career_searches().await.unwrap();
    let told: Vec<_> = searches.iter().map(|one| (one.name.as_str(), one.query.as_str())).collect();
    assert_eq!(told, [("Well paid with a certificate", "education=postsecondary_nondegree_award&sort=pay")]);
    assert_eq!(records.students(String::new(), None).await.unwrap().len(), 1);
}

#[tokio::test]
async fn records_of_the_third_schema_keep_their_log_and_what_is_sealed_in_them() {
    let (_place, folder) = kept("schema-0003");
    let records = unlock(&folder).unwrap();
    let student = records.students(String::new(), None).await.unwrap().remove(0).id;
    let application = records.applications_of(student.clone()).await.unwrap().remove(0);
    assert!(application.between_us);
    assert!(
        matches!(records.memory_aid(student.clone()).await.unwrap(), MemoryAid::Written { text, .. } if text == "likes quiet rooms")
    );
    assert_eq!(records.holds(student.clone()).await.unwrap()[0].reason, "asked on Monday");
    assert_eq!(records.shortlist(student.clone()).await.unwrap().len(), 1);
    assert_eq!(records.check_log(Vec::new()).await.unwrap().broken, None);
    assert_eq!(records.student_details(student).await.unwrap(), []);
}

#[tokio::test]
async fn a_file_that_may_not_grow_is_a_full_disk_and_what_was_saved_before_stays() {
    let (_place, folder) = folder();
    let records = made(&folder);
    let id = a_draft(&records, None).await;
    room_for(&records, 4).await;
    let versions = records.versions(id.clone()).await.unwrap();

    let too_much = "word ".repeat(64 * 1024);
    assert_eq!(save(&records, &id, &too_much).await.err(), Some(RecordsError::DiskFull));
    assert_eq!(records.draft(id.clone()).await.unwrap().answers["statement"], "every word of this");
    assert_eq!(records.versions(id.clone()).await.unwrap(), versions, "nothing is half-written");

    // Room again: the same records go on, without being opened anew.
    room_for(&records, 1024).await;
    save(&records, &id, &too_much).await.unwrap();
    records.close().await.unwrap();
    let draft = unlock(&folder).unwrap().draft(id).await.unwrap();
    assert_eq!(draft.answers["statement"], too_much);
}

#[tokio::test]
async fn records_that_find_no_room_for_their_first_pages_are_not_begun() {
    let (_place, folder) = folder();
    folder.make().unwrap();
    let recovery = RecoveryKey::new(&Computer).unwrap();
    let cost = Cost::WEAK_FOR_TESTS;
    let (_, keys) = Envelope::new("records-1", PASSPHRASE.as_bytes(), &recovery, cost, &Computer).unwrap();
    let mut connection = new_file(&folder, &keys.data);
    connection.pragma_update(None, "max_page_count", 3).unwrap();
    assert_eq!(store::migrate(&mut connection, &Computer).err(), Some(RecordsError::DiskFull));
    drop(connection);
    assert_eq!(folder.state(), Ok(FolderState::Empty));
    one_student(&made(&folder)).await;
}

fn new_file(folder: &Folder, key: &DataKey) -> Connection {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
    let connection = store::connect(&folder.unfinished(), key, flags).unwrap();
    store::set_up(&connection).unwrap();
    connection
}
