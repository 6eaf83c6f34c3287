//! A verified backup of a file of 50 MB beside a raw `VACUUM INTO` with one integrity check of the copy.

use std::path::Path;
use std::sync::Arc;

use rusqlite::Connection;
use waymark_records::{
    BackupReason, Computer, Cost, Folder, NewApplication, Plan, Progress, Records, Unwatched, Watcher,
};

use crate::{folder, middle, tell, timed};

const MEGABYTES: usize = 50;
const RUNS: usize = 5;
const PASSPHRASE: &str = "a sample passphrase for measuring";

pub fn run() {
    let place = folder();
    let records = filled(&Folder::at(place.path().join("records")));
    let size = std::fs::metadata(place.path().join("records/records.db")).unwrap().len();
    assert!(size > (MEGABYTES as u64) << 20, "the file has {size} bytes");
    let raw = raw_store(&place.path().join("raw.db"), size);
    let backups = records.backups(None).unwrap();
    let watch: Arc<dyn Watcher> = Arc::new(Unwatched);
    let (mut ours, mut baseline) = (Vec::new(), Vec::new());
    for number in 0..RUNS {
        ours.push(timed(|| backups.make(BackupReason::ByHand, &watch).unwrap()).0);
        let copy = place.path().join(format!("raw-{number}.db"));
        baseline.push(timed(|| raw_backup(&raw, &copy)).0);
        std::fs::remove_file(copy).unwrap();
    }
    tell(
        "backup of a 50 MB file, verified",
        middle(ours),
        Some(("raw VACUUM INTO and integrity check", middle(baseline))),
        ("times", 2.0),
    );
}

/// Records of long drafts.
fn filled(place: &Folder) -> Records {
    let (records, _) = Records::create(place, PASSPHRASE, Cost::WEAK_FOR_TESTS, Arc::new(Computer)).unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        // Each draft stands there as it is now, as a version and in the log.
        for number in 0..MEGABYTES {
            let answers =
                [("statement".to_owned(), format!("{number} A plain sentence. ").repeat(20_000).into())];
            let plan = Plan { student_id: None, career: None, programme: None, institution: None };
            let new = NewApplication {
                plan,
                form: "general".into(),
                form_version: 1,
                answers: answers.into(),
                prefilled: false,
                between_us: false,
            };
            records.start_application(new, |_| (Progress::default(), ())).await.unwrap();
        }
    });
    // Closing folds the log into the file.
    runtime.block_on(records.close()).unwrap();
    Records::unlock(place, PASSPHRASE, Arc::new(Computer)).unwrap()
}

/// A store of the same size and encryption, with texts of the same length.
fn raw_store(file: &Path, size: u64) -> Connection {
    let connection = keyed(file);
    connection
        .execute_batch("PRAGMA journal_mode = WAL; CREATE TABLE text (id INTEGER PRIMARY KEY, text TEXT)")
        .unwrap();
    let text = "A plain sentence of a text. ".repeat(14_000);
    while std::fs::metadata(file).unwrap().len() < size {
        connection.execute("INSERT INTO text (text) VALUES (?)", [&text]).unwrap();
        connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(())).unwrap();
    }
    connection
}

fn raw_backup(raw: &Connection, copy: &Path) {
    raw.execute("VACUUM INTO ?", [copy.to_str().unwrap()]).unwrap();
    let copy = keyed(copy);
    let said: String = copy.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(said, "ok");
}

fn keyed(file: &Path) -> Connection {
    let connection = Connection::open(file).unwrap();
    connection.execute_batch(&format!("PRAGMA key = \"x'{}'\"", "5a".repeat(32))).unwrap();
    connection
}
