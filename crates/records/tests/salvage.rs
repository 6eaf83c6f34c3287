//! Salvage: whichever page of the file is struck, everything that stands on the others is brought back, and the report
//! says what could not be.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::SeqCst};

use support::{Desk, PASSPHRASE, desk};
use tempfile::TempDir;
use waymark_records::damage::{SalvageReport, StandIn};
use waymark_records::{Cost, Folder, Records, RecordsError, Secret, Unwatched, Vault, Watcher};

const PAGE: usize = 4096;

/// Records of several students, each with drafts, versions and a shortlist, closed in order.
async fn filled() -> (Desk, Vec<String>) {
    let desk = desk();
    let mut drafts = Vec::new();
    for count in 0..12 {
        let student = desk.student(&format!("Sample Student {count}")).await;
        desk.records.set_shortlist(student.clone(), "vet".into(), true).await.unwrap();
        let draft = desk.application(Some(student)).await;
        desk.save(&draft, "statement", &format!("statement {count} ").repeat(700)).await;
        desk.save(&draft, "activities", &format!("activity {count} ").repeat(40)).await;
        drafts.push(draft);
    }
    (desk.reopened().await, drafts)
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

fn copied(desk: &Desk) -> (TempDir, Folder) {
    let place = TempDir::new().unwrap();
    let folder = Folder::at(place.path().join("records"));
    folder.make().unwrap();
    for name in ["records.db", "records.keys"] {
        fs::copy(desk.folder.path().join(name), folder.path().join(name)).unwrap();
    }
    (place, folder)
}

fn salvage(folder: &Folder, desk: &Desk) -> Result<(Records, SalvageReport), RecordsError> {
    watched(folder, desk, &(Arc::new(Unwatched) as _))
}

fn watched(
    folder: &Folder,
    desk: &Desk,
    watch: &Arc<dyn Watcher>,
) -> Result<(Records, SalvageReport), RecordsError> {
    let words = StandIn { student: "Student without a name".into(), form: "general-admission".into() };
    let vault = Vault {
        folder: folder.clone(),
        places: Vec::new(),
        cost: Cost::WEAK_FOR_TESTS,
        surroundings: desk.clock.clone(),
    };
    vault.salvage(&Secret::Passphrase(PASSPHRASE.into()), &words, watch)
}

fn rows(report: &SalvageReport, table: &str) -> (u32, u32, u32) {
    let found = report.tables.iter().find(|one| one.table == table);
    found.map_or((0, 0, 0), |table| (table.rows, table.missing, table.pages))
}

#[tokio::test]
async fn a_whole_file_is_brought_back_row_for_row() {
    let (desk, drafts) = filled().await;
    let (_place, folder) = copied(&desk);
    let (records, report) = salvage(&folder, &desk).unwrap();
    assert_eq!((report.unreadable_pages, report.stand_ins, report.untold_pages), (0, 0, 0));
    assert!(report.proved && report.students.is_empty());
    assert_eq!(rows(&report, "student"), (12, 0, 0));
    assert_eq!(rows(&report, "application"), (12, 0, 0));
    assert!(report.tables.iter().all(|table| table.missing == 0 && table.pages == 0));
    for (count, draft) in drafts.iter().enumerate() {
        let answers = records.draft(draft.clone()).await.unwrap().answers;
        assert_eq!(answers["statement"], format!("statement {count} ").repeat(700));
        assert_eq!(
            records.versions(draft.clone()).await.unwrap(),
            desk.records.versions(draft.clone()).await.unwrap()
        );
    }
    assert_eq!(records.salvage_report(), Some(report));
    records.close().await.unwrap();
    let opened = Records::unlock(&folder, PASSPHRASE, desk.clock.clone()).unwrap();
    assert_eq!(opened.count_students().await.unwrap(), 12);
}

#[tokio::test]
async fn whichever_page_is_struck_the_others_are_brought_back() {
    let (desk, drafts) = filled().await;
    let (_place, whole) = copied(&desk);
    let (full, report) = salvage(&whole, &desk).unwrap();
    full.close().await.unwrap();
    let all: u32 = report.tables.iter().map(|table| table.rows).sum();
    let pages = report.pages as usize;
    let mut told = 0;
    for page in 0..pages {
        let (_place, folder) = copied(&desk);
        let database = folder.path().join("records.db");
        let mut bytes = fs::read(&database).unwrap();
        bytes[page * PAGE..(page + 1) * PAGE].fill(0xa5);
        fs::write(&database, &bytes).unwrap();
        let (records, report) =
            salvage(&folder, &desk).unwrap_or_else(|error| panic!("page {page}: {error}"));
        // Where the first page is lost, so is what proves the others.
        assert_eq!(report.proved, page != 0, "page {page}");
        let got: u32 = report.tables.iter().map(|table| table.rows).sum();
        assert!(got + 100 >= all, "page {page}: {got} of {all} rows");
        assert_eq!(report.untold_pages, 0, "page {page}");
        // Every draft is there, be it under a stand-in; at most two statements are gone with one page.
        let mut statements = 0;
        for (count, draft) in drafts.iter().enumerate() {
            let read = records.draft(draft.clone()).await;
            let statement = read.ok().and_then(|draft| draft.answers.get("statement").cloned());
            statements +=
                usize::from(statement.is_some_and(|text| text == format!("statement {count} ").repeat(700)));
        }
        assert!(statements >= 6, "page {page}: {statements} statements");
        if statements < drafts.len() {
            told +=
                usize::from(!report.students.is_empty() || report.tables.iter().any(|table| table.pages > 0));
            assert!(
                !report.students.is_empty() || report.tables.iter().any(|table| table.pages > 0),
                "page {page}"
            );
        }
        assert!(fs::read(Path::new(&report.set_aside).join("records.db")).unwrap() == bytes);
        records.close().await.unwrap();
        assert!(Records::unlock(&folder, PASSPHRASE, desk.clock.clone()).is_ok(), "page {page}: whole again");
    }
    assert!(told > 0, "some page held statements");
}

#[tokio::test]
async fn one_changed_byte_in_the_salt_costs_nothing() {
    let (desk, _) = filled().await;
    let (_place, folder) = copied(&desk);
    let database = folder.path().join("records.db");
    let mut bytes = fs::read(&database).unwrap();
    bytes[5] ^= 0x41;
    fs::write(&database, &bytes).unwrap();
    assert_eq!(Records::unlock(&folder, PASSPHRASE, desk.clock.clone()).err(), Some(RecordsError::Damaged));
    let (records, report) = salvage(&folder, &desk).unwrap();
    assert!(report.proved && report.unreadable_pages == 0);
    assert_eq!(records.count_students().await.unwrap(), 12);
}

#[tokio::test]
async fn changes_behind_a_broken_frame_of_the_log_are_brought_back() {
    let desk = desk();
    let student = desk.student("Sample Student").await;
    let draft = desk.application(Some(student)).await;
    for count in 1..=4 {
        desk.save(&draft, "statement", &format!("{count} ").repeat(3000)).await;
    }
    let (_place, folder) = copied(&desk);
    let log = folder.path().join("records.db-wal");
    let mut bytes = fs::read(desk.folder.path().join("records.db-wal")).unwrap();
    let frames = (bytes.len() - 32) / (PAGE + 24);
    bytes[32 + (frames / 2) * (PAGE + 24) + 2000] ^= 1;
    fs::write(&log, &bytes).unwrap();
    let (records, report) = salvage(&folder, &desk).unwrap();
    let answers = records.draft(draft).await.unwrap().answers;
    assert_eq!(answers["statement"], "4 ".repeat(3000), "the last change, which SQLite would drop");
    assert_eq!(rows(&report, "student").0, 1);
}

/// Files of older versions are salvaged into their own schema and brought up to date then, with the gaps that a lost page
/// leaves in their log.
#[tokio::test]
async fn whichever_page_of_an_older_version_s_file_is_struck_the_others_are_brought_back() {
    for version in ["schema-0001", "schema-0002", "schema-0003"] {
        let whole = fs::read(fixture(version).join("records.db")).unwrap();
        let mut brought_back = 0;
        for page in 0..=whole.len() / PAGE {
            let place = TempDir::new().unwrap();
            let folder = Folder::at(place.path().join("records"));
            folder.make().unwrap();
            fs::copy(fixture(version).join("records.keys"), folder.path().join("records.keys")).unwrap();
            let mut bytes = whole.clone();
            // The last round strikes none.
            bytes.iter_mut().skip(page * PAGE).take(PAGE).for_each(|byte| *byte = 0xa5);
            fs::write(folder.path().join("records.db"), &bytes).unwrap();
            let vault = Vault {
                folder: folder.clone(),
                places: Vec::new(),
                cost: Cost::WEAK_FOR_TESTS,
                surroundings: desk().clock.clone(),
            };
            let words = StandIn { student: "Without a name".into(), form: "general-admission".into() };
            let secret = Secret::Passphrase("quiet lantern under seven maples".into());
            let salvaged = vault.salvage(&secret, &words, &(Arc::new(Unwatched) as _));
            let (records, report) =
                salvaged.unwrap_or_else(|fault| panic!("{version}, page {page}: {fault}"));
            let told = report.unreadable_pages > 0;
            assert_eq!(told, page < whole.len() / PAGE, "{version}, page {page}");
            let drafts = records.applications().await.unwrap();
            for draft in &drafts {
                let answers = records.draft(draft.id.clone()).await.unwrap().answers;
                brought_back +=
                    usize::from(answers.get("statement").is_some_and(|text| text == "every word of this"));
            }
            if !told {
                assert!(report.last_change.is_some(), "{version}: the last change is named");
                assert!(records.check_log(Vec::new()).await.unwrap().broken.is_none(), "{version}");
            }
        }
        assert!(brought_back > whole.len() / PAGE / 2, "{version}: {brought_back} of {}", whole.len() / PAGE);
    }
}

#[tokio::test]
async fn where_nothing_can_be_read_that_is_said_and_nothing_is_changed() {
    let (desk, _) = filled().await;
    for bytes in [Vec::new(), vec![0; 64 * 1024], b"a letter, and no database\n".repeat(4000)] {
        let (_place, folder) = copied(&desk);
        fs::write(folder.path().join("records.db"), &bytes).unwrap();
        assert_eq!(salvage(&folder, &desk).err(), Some(RecordsError::NothingReadable));
        assert!(fs::read(folder.path().join("records.db")).unwrap() == bytes);
    }
}

#[tokio::test]
async fn a_salvage_that_was_cut_off_behind_its_end_is_ended_at_the_next_opening() {
    let (desk, _) = filled().await;
    let (_place, folder) = copied(&desk);
    let database = folder.path().join("records.db");
    // As the program leaves it when it is stopped right after the new file was complete.
    fs::rename(&database, folder.path().join("records.db.salvaged")).unwrap();
    fs::write(&database, b"what was damaged").unwrap();
    fs::write(folder.path().join("records.db-wal"), b"its log").unwrap();
    let records = Records::unlock(&folder, PASSPHRASE, desk.clock.clone()).unwrap();
    assert_eq!(records.count_students().await.unwrap(), 12);
    assert!(!folder.path().join("records.db.salvaged").exists());
}

/// Stops the work at one of the times at which it says how far it is.
struct StopsAt {
    step: u64,
    heard: AtomicU64,
    far: AtomicU64,
}

impl StopsAt {
    fn new(step: u64) -> Arc<Self> {
        Arc::new(Self { step, heard: AtomicU64::new(0), far: AtomicU64::new(0) })
    }
}

impl Watcher for StopsAt {
    fn at(&self, done: u64, total: u64) {
        self.heard.fetch_add(1, SeqCst);
        assert!(done <= total && self.far.swap(done, SeqCst) <= done, "it goes forward, to its end at most");
    }

    fn is_to_stop(&self) -> bool {
        self.heard.load(SeqCst) > self.step
    }
}

/// Every file of a records folder by its path in it, with its bytes.
fn everything(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    let mut places = vec![folder.to_path_buf()];
    while let Some(place) = places.pop() {
        for entry in fs::read_dir(place).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                places.push(path);
            } else {
                found.push((path.strip_prefix(folder).unwrap().to_path_buf(), fs::read(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

#[tokio::test]
async fn wherever_a_salvage_is_stopped_everything_is_as_it_was() {
    let (desk, _) = filled().await;
    let struck = || {
        let (place, folder) = copied(&desk);
        let database = folder.path().join("records.db");
        let mut bytes = fs::read(&database).unwrap();
        // One byte of the salt, which has to be found, and a page.
        bytes[5] ^= 0x41;
        bytes[9 * PAGE..10 * PAGE].fill(0xa5);
        fs::write(&database, &bytes).unwrap();
        (place, folder)
    };
    let (_place, folder) = struck();
    // The refused opening copies the damaged file aside.
    assert_eq!(Records::unlock(&folder, PASSPHRASE, desk.clock.clone()).err(), Some(RecordsError::Damaged));
    let before = everything(folder.path());

    // How often it says how far it is: it is stopped at each of so many parts, and at its last words.
    let steps = {
        let (_place, other) = struck();
        let watch = StopsAt::new(u64::MAX);
        watched(&other, &desk, &(watch.clone() as _)).unwrap().0.close().await.unwrap();
        watch.heard.load(SeqCst)
    };
    assert!(steps > 100, "{steps}");
    let spread = (0..steps).step_by(usize::try_from(steps / 25).unwrap());
    for step in spread.chain(steps - 8..steps) {
        let stopped = watched(&folder, &desk, &(StopsAt::new(step) as _));
        assert_eq!(stopped.err(), Some(RecordsError::Stopped), "step {step} of {steps}");
        assert!(everything(folder.path()) == before, "step {step} of {steps}");
    }
    let (records, report) = salvage(&folder, &desk).unwrap();
    assert_eq!(report.unreadable_pages, 1);
    records.close().await.unwrap();
}

#[tokio::test]
async fn a_salvage_that_is_stopped_before_anything_was_set_aside_leaves_no_half_copy() {
    let (desk, _) = filled().await;
    let (_place, folder) = copied(&desk);
    let before = everything(folder.path());
    let stopped = watched(&folder, &desk, &(StopsAt::new(0) as _));
    assert_eq!(stopped.err(), Some(RecordsError::Stopped));
    assert!(everything(folder.path()) == before);
}
