//! Planted words: what a counselor writes can be read nowhere without the passphrase, and where it is deciphered it is
//! found. The scan that finds nothing is worth something only because the same scan finds what is there.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::Timestamp;
use serde_json::{Value, json};
use tempfile::TempDir;
use waymark_api::{Desk, Paths, contract};
use waymark_records::{Computer, Cost, RecordsError, Surroundings};
use waymark_tests::keys::database_key;
use waymark_tests::planted::{decrypted, find_in_decrypted, find_in_plain};

const PASSPHRASE: &str = "plantedpassphrase under seven maples";
const NAME: &str = "PlantedNameZQ";
const STATEMENT: &str = "PlantedStatementZQ";
const NOTE: &str = "PlantedNoteZQ";
const PANIC: &str = "PlantedPanicZQ";

/// The computer's clock, which can be made to fail in the middle of an operation, with a word that nobody may read.
#[derive(Default)]
struct Failing(AtomicBool);

impl Surroundings for Failing {
    fn now(&self) -> Timestamp {
        assert!(!self.0.load(Ordering::SeqCst), "{PANIC}");
        Computer.now()
    }

    fn random(&self, out: &mut [u8]) -> Result<(), RecordsError> {
        Computer.random(out)
    }
}

struct Life {
    desk: Desk,
    failing: Arc<Failing>,
    home: TempDir,
}

impl Life {
    fn new() -> Self {
        let home = TempDir::new().unwrap();
        let paths = Paths {
            settings: home.path().join("settings.json"),
            records: home.path().join("records"),
            catalogue: home.path().join("none.db"),
            renewed_catalogue: None,
            fonts: Vec::new(),
        };
        let failing = Arc::new(Failing::default());
        Self { desk: Desk::new(paths, failing.clone(), Cost::WEAK_FOR_TESTS), failing, home }
    }

    async fn call(&self, name: &str, input: Value) -> Value {
        contract::call(&self.desk, name, input).await.unwrap_or_else(|error| panic!("{name}: {}", error.code))
    }

    fn key(&self) -> [u8; 32] {
        database_key(&self.home.path().join("records/records.keys"), PASSPHRASE)
    }

    /// A student, a draft that is changed again and again, and a note, written while the records stay open.
    async fn lived() -> Self {
        let life = Self::new();
        life.call("vault.create", json!({ "folder": null, "passphrase": PASSPHRASE })).await;
        let student = json!({ "name": format!("Sample {NAME}"), "graduation_year": 2027, "school_id": null });
        let student = life.call("students.add", student).await["id"].clone();
        let plan = json!({ "student_id": student, "career": null, "programme": null, "institution": null });
        let start = json!({ "plan": plan, "form": null, "language": "en" });
        let draft = life.call("applications.start", start).await["id"].clone();
        for words in [10, 200, 40] {
            let answers = json!({ "statement": format!("{STATEMENT} ").repeat(words) });
            life.call("applications.save", json!({ "id": draft, "answers": answers })).await;
        }
        let search = json!({ "id": null, "name": NOTE, "query": "q=a" });
        life.call("careers.save_search", search).await;
        life
    }
}

const WORDS: [&str; 4] = [NAME, STATEMENT, NOTE, PASSPHRASE];

#[tokio::test]
async fn what_was_written_is_readable_only_where_it_is_deciphered() {
    let life = Life::lived().await;
    for when in ["open", "closed"] {
        assert_eq!(find_in_plain(life.home.path(), &WORDS), [], "{when}");
        let found = find_in_decrypted(life.home.path(), &life.key(), &WORDS);
        for word in 0..3 {
            assert!(found.iter().any(|place| place.word == word), "{when}: word {word} is not found");
        }
        assert!(!found.iter().any(|place| place.word == 3), "the passphrase stands nowhere");
        if when == "open" {
            let in_log = |file: &std::path::Path| file.to_string_lossy().ends_with("-wal");
            assert!(found.iter().any(|place| in_log(&place.file)), "the log is looked into");
            life.call("vault.lock", json!({})).await;
        }
    }
}

#[tokio::test]
async fn every_page_of_the_database_can_be_looked_into() {
    let life = Life::lived().await;
    life.call("vault.lock", json!({})).await;
    let file = life.home.path().join("records/records.db");
    let pages = decrypted(&file, &life.key());
    assert_eq!(pages.len() as u64 * 4096, std::fs::metadata(&file).unwrap().len());
    assert_eq!(decrypted(&file, &[7; 32]), [], "another key opens no page");
}

#[tokio::test]
async fn a_panic_in_the_midst_of_an_operation_leaves_no_word_behind() {
    let life = Life::lived().await;
    life.failing.0.store(true, Ordering::SeqCst);
    let student = json!({ "name": format!("Another {NAME}"), "graduation_year": 2027, "school_id": null });
    let error = contract::call(&life.desk, "students.add", student.clone()).await.unwrap_err();
    assert_eq!(error.code, "operation.failed");
    assert!(!format!("{error:?}").contains("Planted"), "{error:?}");
    life.failing.0.store(false, Ordering::SeqCst);
    life.call("students.add", student).await;
    assert_eq!(find_in_plain(life.home.path(), &[NAME, STATEMENT, NOTE, PASSPHRASE, PANIC]), []);
}

#[tokio::test]
async fn the_scan_finds_what_lies_open_in_every_way_of_writing() {
    let place = TempDir::new().unwrap();
    let wide: Vec<u8> = NAME.encode_utf16().flat_map(u16::to_le_bytes).collect();
    std::fs::create_dir(place.path().join("below")).unwrap();
    std::fs::write(place.path().join("below/wide"), [b"x".to_vec(), wide].concat()).unwrap();
    std::fs::write(place.path().join("plain"), format!("a {NAME}")).unwrap();
    std::fs::write(place.path().join(format!("{NOTE}.txt")), "").unwrap();
    let found = find_in_plain(place.path(), &WORDS);
    assert_eq!(found.iter().map(|place| place.word).collect::<Vec<_>>(), [2, 0, 0], "{found:?}");
}

/// What was written about a student who is then erased, in every way that the records keep it: fields, versions, the log
/// of changes, an undone change, a removed draft; beside somebody else's.
#[tokio::test]
async fn an_erased_student_is_found_in_no_page_no_free_page_and_no_frame_of_the_log() {
    const OTHER: &str = "PlantedOtherZQ";
    let life = Life::lived().await;
    let students = life.call("students.list", json!({ "text": "", "graduation_year": null })).await;
    let id = students[0]["id"].clone();
    let other = json!({ "name": format!("Sample {OTHER}"), "graduation_year": 2027, "school_id": null });
    life.call("students.add", other).await;
    let renamed = json!({ "name": format!("{NAME} {NAME}"), "graduation_year": 2028, "school_id": NAME });
    let edited = life.call("students.edit", json!({ "id": id, "student": renamed })).await;
    life.call("changes.undo", json!({ "change": edited["change"] })).await;
    let words = [NAME, STATEMENT, OTHER];
    let count = |word: usize| {
        let found = find_in_decrypted(life.home.path(), &life.key(), &words);
        found.into_iter().filter(|place| place.word == word).count()
    };
    assert!(count(0) > 3 && count(1) > 3, "the scan finds what is there: {} and {}", count(0), count(1));
    let others = count(2);
    let about = json!({ "student_id": id, "scope": "record" });
    let preview = life.call("rights.preview_erase", about.clone()).await;
    let mut erase = about;
    erase["certificate"] = preview["certificate"].clone();
    erase["backups"] = json!(false);
    assert_eq!(life.call("rights.erase", erase).await["clean"], true);
    assert_eq!((count(0), count(1)), (0, 0), "while the records are open");
    life.call("vault.lock", json!({})).await;
    assert_eq!((count(0), count(1)), (0, 0), "once they are closed");
    assert!(others > 0 && count(2) > 0, "nobody else was erased");
    life.call("vault.unlock", json!({ "passphrase": PASSPHRASE })).await;
    assert_eq!((count(0), count(1)), (0, 0), "once they are open again");
    assert_eq!(find_in_plain(life.home.path(), &WORDS), []);
}

/// Waits until no job runs any more, and gives the last one of a kind.
async fn ended(life: &Life, kind: &str) -> Value {
    for _ in 0..600 {
        let jobs = life.call("jobs.list", json!({})).await;
        let jobs = jobs.as_array().unwrap();
        if !jobs.is_empty() && jobs.iter().all(|job| job["state"] != "running") {
            return jobs.iter().rfind(|job| job["kind"] == kind).unwrap().clone();
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("the job does not end");
}

/// Backups in both places, records that a restore has set aside, and a log beside them: whoever is erased from the records
/// and from their copies is found in none of them, in pages that are in use as little as in free ones.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_erased_student_is_in_no_page_of_a_backup_nor_of_what_a_restore_has_set_aside() {
    const OTHER: &str = "PlantedOtherZQ";
    let life = Life::lived().await;
    let stick = life.home.path().join("stick");
    std::fs::create_dir(&stick).unwrap();
    life.call("backups.set_place", json!({ "folder": stick })).await;
    let other = json!({ "name": format!("Sample {OTHER}"), "graduation_year": 2027, "school_id": null });
    life.call("students.add", other).await;
    let students = life.call("students.list", json!({ "text": NAME, "graduation_year": null })).await;
    let id = students[0]["id"].clone();
    life.call("backups.make", json!({})).await;
    assert_eq!(ended(&life, "backup").await["state"], "done");
    let backup = life.call("backups.list", json!({})).await[0]["name"].clone();
    let restore = json!({ "name": backup, "second": false, "passphrase": null, "recovery_key": null });
    let restored = life.call("backups.restore", restore).await;
    let aside = restored["set_aside"].as_str().unwrap().to_owned();
    life.call("backups.make", json!({})).await;
    assert_eq!(ended(&life, "backup").await["state"], "done");

    let words = [NAME, STATEMENT, OTHER];
    let found = |word: usize, below: &std::path::Path| {
        let found = find_in_decrypted(below, &life.key(), &words);
        found.into_iter().filter(|place| place.word == word).count()
    };
    let backups = life.home.path().join("records/backups");
    let places = [backups.as_path(), stick.as_path(), std::path::Path::new(&aside)];
    for place in places {
        assert!(found(0, place) > 0 && found(1, place) > 0, "it is there to be erased: {}", place.display());
    }
    let about = json!({ "student_id": id, "scope": "record" });
    let preview = life.call("rights.preview_erase", about.clone()).await;
    assert_eq!(preview["aside"], json!([{ "folder": aside, "opens": true }]));
    let mut erase = about;
    erase["certificate"] = preview["certificate"].clone();
    (erase["backups"], erase["aside"]) = (json!(true), json!("rewrite"));
    assert_eq!(life.call("rights.erase", erase).await["clean"], true);
    assert_eq!(ended(&life, "erase").await["state"], "done");
    assert_eq!(life.call("rights.unfinished", json!({})).await, json!([]));
    for place in places {
        assert_eq!((found(0, place), found(1, place)), (0, 0), "{}", place.display());
        assert!(found(2, place) > 0, "nobody else was erased: {}", place.display());
    }
    assert_eq!((found(0, life.home.path()), found(1, life.home.path())), (0, 0), "nor anywhere else");
    life.call("vault.lock", json!({})).await;
    assert_eq!((found(0, life.home.path()), found(1, life.home.path())), (0, 0), "once they are closed");
    assert_eq!(find_in_plain(life.home.path(), &WORDS), []);
}
