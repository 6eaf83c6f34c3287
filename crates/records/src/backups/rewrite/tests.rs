//! A student who was erased is erased from the copies of the records: what goes, what is left and named, and that nothing
//! that stands in the way of one of them loses sight of it.

use super::*;
use crate::backups::BackupReason;
use crate::backups::tests::{At, Desk, PASSPHRASE, desk, names, unwatched};
use crate::surroundings::Computer;
use crate::{AsideWish, Copies, Cost, EraseScope, Folder, Plan, Records, Vault};

const NAME: &str = "Planted Namewordzq";
const STATEMENT: &str = "planted-statementwordzq";
const BACKUPS: Copies = Copies { backups: true, aside: AsideWish::Keep };

async fn erase(records: &Records, student: &str, copies: Copies) {
    let certificate = format!("certificate-{student}");
    records.erase(student.to_owned(), EraseScope::Record, certificate, copies).await.unwrap();
}

/// Carries out what is still to be carried out, and notes what came of it.
async fn go_on(records: &Records, backups: &Backups) -> Rewritten {
    let erasures = records.erasures().await.unwrap();
    let done = backups.erase(&erasures, &unwatched()).unwrap();
    let certificates = erasures.into_iter().map(|one| one.certificate.id).collect();
    records.erasures_tried(certificates, done.clone()).await.unwrap();
    done
}

/// Names of the students in a file of records.
fn students(backups: &Backups, path: &std::path::Path) -> Vec<String> {
    let file = check::finished(path, &backups.held.data, &unwatched()).unwrap();
    let mut asked = file.prepare("SELECT name FROM student ORDER BY name").unwrap();
    asked.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
}

/// Whether a word stands in a row of any table of a file, the log's content among them.
fn speaks_of(backups: &Backups, path: &std::path::Path, word: &str) -> bool {
    let file = check::finished(path, &backups.held.data, &unwatched()).unwrap();
    let mut tables = file.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").unwrap();
    let tables: Vec<String> = tables.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    tables.iter().any(|table| {
        let mut rows = file.prepare(&format!("SELECT * FROM \"{table}\"")).unwrap();
        let columns = rows.column_count();
        let mut rows = rows.query([]).unwrap();
        let mut found = false;
        while let Some(row) = rows.next().unwrap() {
            found |= (0..columns)
                .any(|at| format!("{:?}", row.get::<_, rusqlite::types::Value>(at)).contains(word));
        }
        found
    })
}

/// Two students, of whom one is to be erased, and a backup of both.
async fn with_backup(backups: impl Fn(&Desk) -> Backups) -> (Desk, Backups, String, String) {
    let desk = desk();
    let student = desk.student(NAME).await;
    desk.draft(Some(student.clone()), STATEMENT).await;
    desk.student("Other Student").await;
    let backups = backups(&desk);
    let name = backups.make(BackupReason::Regular, &unwatched()).unwrap().name;
    (desk, backups, student, name)
}

#[tokio::test]
async fn an_erased_student_is_in_no_backup_of_either_place_and_the_others_are() {
    let (desk, backups, student, old) = with_backup(Desk::with_second).await;
    let second = desk.second();
    for place in [&backups.first, &second] {
        assert_eq!(students(&backups, &place.backup(&old)), ["Other Student", NAME]);
        assert!(speaks_of(&backups, &place.backup(&old), STATEMENT), "it is there to be erased");
    }
    erase(&desk.records, &student, BACKUPS).await;
    assert_eq!(desk.records.erasures().await.unwrap().len(), 1);
    let done = go_on(&desk.records, &backups).await;
    assert_eq!((done.rewritten, done.left.clone()), (1, Left::default()));
    for place in [&backups.first, &second] {
        let names = place.names().unwrap();
        assert_eq!(names.len(), 1);
        assert_ne!(names[0], old);
        let path = place.backup(&names[0]);
        assert_eq!(students(&backups, &path), ["Other Student"]);
        assert!(!speaks_of(&backups, &path, STATEMENT) && !speaks_of(&backups, &path, NAME));
    }
    let checked = backups.check_all(&unwatched()).unwrap();
    assert_eq!((checked.checked, checked.damaged), (2, 0));
    assert_eq!(desk.records.erasures().await.unwrap(), [], "done is forgotten");
}

#[tokio::test]
async fn a_backup_without_the_student_stays_as_it_is() {
    let (desk, backups, student, _) = with_backup(Desk::backups).await;
    erase(&desk.records, &student, BACKUPS).await;
    let since = backups.make(BackupReason::Regular, &unwatched()).unwrap().name;
    let done = go_on(&desk.records, &backups).await;
    assert_eq!((done.rewritten, done.untouched), (1, 1));
    assert!(backups.first.names().unwrap().contains(&since));
}

#[tokio::test]
async fn a_damaged_backup_is_counted_and_left_and_the_others_are_done() {
    let (desk, backups, student, damaged) = with_backup(Desk::backups).await;
    backups.make(BackupReason::Regular, &unwatched()).unwrap();
    let path = backups.first.backup(&damaged);
    let mut bytes = std::fs::read(&path).unwrap();
    // Not known to be damaged yet: its size is right.
    for at in (4096..bytes.len()).step_by(4096) {
        bytes[at + 100] ^= 1;
    }
    std::fs::write(&path, &bytes).unwrap();
    erase(&desk.records, &student, BACKUPS).await;
    let done = go_on(&desk.records, &backups).await;
    assert_eq!((done.rewritten, done.left.backups.clone()), (1, vec![damaged.clone()]));
    assert_eq!(std::fs::read(&path).unwrap(), bytes, "it is left as it is");
    let erasures = desk.records.erasures().await.unwrap();
    assert_eq!(erasures[0].left, Some(done.left));
    // Once it has aged out, nothing is left.
    backups.first.remove(&damaged).unwrap();
    assert_eq!(go_on(&desk.records, &backups).await.left, Left::default());
    assert_eq!(desk.records.erasures().await.unwrap(), []);
}

#[tokio::test]
async fn a_backup_under_an_older_key_is_named_and_left() {
    let (desk, backups, student, old) = with_backup(Desk::backups).await;
    drop(backups);
    let Desk { folder, records, place: _place } = desk;
    records.close().await.unwrap();
    let vault = Vault {
        folder: folder.clone(),
        places: vec![BackupPlace::within(&folder).path().to_path_buf()],
        cost: Cost::WEAK_FOR_TESTS,
        surroundings: Arc::new(Computer),
    };
    vault.new_key(PASSPHRASE, Box::new(|_, _| std::ops::ControlFlow::Continue(()))).unwrap();
    let records = Records::unlock(&folder, PASSPHRASE, Arc::new(Computer)).unwrap();
    let backups = records.backups(None).unwrap();
    backups.make(BackupReason::Regular, &unwatched()).unwrap();
    erase(&records, &student, BACKUPS).await;
    let done = go_on(&records, &backups).await;
    assert_eq!((done.rewritten, done.left.backups), (1, vec![old]));
}

#[tokio::test]
async fn a_backup_of_an_older_schema_loses_the_student_too() {
    let place = tempfile::TempDir::new().unwrap();
    let folder = Folder::at(place.path().join("records"));
    folder.make().unwrap();
    let kept = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/schema-0001");
    std::fs::copy(kept.join("records.db"), folder.database()).unwrap();
    std::fs::copy(kept.join("records.keys"), folder.keys()).unwrap();
    // Before the schema is brought up to date, a backup is made of the records as they are.
    let records = Records::unlock(&folder, PASSPHRASE, Arc::new(Computer)).unwrap();
    let backups = records.backups(None).unwrap();
    let old = backups.first.names().unwrap();
    assert_eq!(old.len(), 1);
    assert!(speaks_of(&backups, &backups.first.backup(&old[0]), "every word of this"));
    let student = records.students(String::new(), None).await.unwrap().remove(0).id;
    erase(&records, &student, BACKUPS).await;
    let done = go_on(&records, &backups).await;
    assert_eq!((done.rewritten, done.left), (1, Left::default()));
    let path = backups.first.backup(&backups.first.names().unwrap()[0]);
    assert_eq!(students(&backups, &path), Vec::<String>::new());
    assert!(
        !speaks_of(&backups, &path, "every word of this") && !speaks_of(&backups, &path, "Sample Student")
    );
    assert_eq!(backups.check_all(&unwatched()).unwrap().damaged, 0);
}

#[tokio::test]
async fn a_draft_that_was_nobody_s_when_the_backup_was_made_goes_with_the_student_of_later() {
    let desk = desk();
    let student = desk.student(NAME).await;
    let draft = desk.draft(None, STATEMENT).await;
    let backups = desk.backups();
    backups.make(BackupReason::Regular, &unwatched()).unwrap();
    let plan = Plan { student_id: Some(student.clone()), ..Plan::default() };
    desk.records.change_plan(draft, plan).await.unwrap();
    erase(&desk.records, &student, BACKUPS).await;
    assert_eq!(go_on(&desk.records, &backups).await.rewritten, 1);
    let path = backups.first.backup(&backups.first.names().unwrap()[0]);
    assert!(!speaks_of(&backups, &path, STATEMENT));
}

#[tokio::test]
async fn what_was_stopped_or_out_of_reach_is_gone_on_with_and_not_forgotten() {
    let (desk, backups, student, _) = with_backup(Desk::with_second).await;
    let (stick, away) = (desk.place.path().join("stick"), desk.place.path().join("in a drawer"));
    std::fs::rename(&stick, &away).unwrap();
    erase(&desk.records, &student, BACKUPS).await;
    let erasures = desk.records.erasures().await.unwrap();
    let stopped = backups.erase(&erasures, &(At::stopping(0) as Arc<dyn Watcher>));
    assert_eq!(stopped.err(), Some(RecordsError::Stopped));
    // As after a crash: the records are opened anew.
    drop(backups);
    let Desk { folder, records, place } = desk;
    records.close().await.unwrap();
    let records = Records::unlock(&folder, PASSPHRASE, Arc::new(Computer)).unwrap();
    assert_eq!(records.erasures().await.unwrap(), erasures);
    let backups = records.backups(Some(BackupPlace::at(&stick))).unwrap();
    let done = go_on(&records, &backups).await;
    assert_eq!((done.rewritten, done.left.second), (1, true));
    assert_eq!(records.erasures().await.unwrap().len(), 1, "the stick is in a drawer");
    std::fs::rename(&away, &stick).unwrap();
    assert_eq!(go_on(&records, &backups).await.left, Left::default());
    for name in BackupPlace::at(&stick).names().unwrap() {
        let path = BackupPlace::at(&stick).backup(&name);
        assert_eq!(students(&backups, &path), ["Other Student"]);
    }
    assert_eq!(records.erasures().await.unwrap(), []);
    drop(place);
}

#[tokio::test]
async fn what_a_backup_that_was_cut_off_left_behind_goes() {
    let (desk, backups, student, _) = with_backup(Desk::backups).await;
    let making = backups.first.making("waymark-20261130T131415Z-0a1b2c3d");
    std::fs::copy(desk.folder.database(), &making).unwrap();
    erase(&desk.records, &student, BACKUPS).await;
    go_on(&desk.records, &backups).await;
    assert!(!making.exists(), "{:?}", names(backups.first.path()));
}

/// The records with both students, put aside as a restore does it: whole, with what was written last beside it.
fn put_aside(desk: &Desk, name: &str) -> PathBuf {
    let aside = desk.folder.set_aside().join(name);
    std::fs::create_dir_all(&aside).unwrap();
    for file in [desk.folder.database(), desk.folder.wal()] {
        std::fs::copy(&file, aside.join(file.file_name().unwrap())).unwrap();
    }
    aside
}

#[tokio::test]
async fn what_was_set_aside_loses_the_student_where_it_opens_whole_and_stays_named_where_not() {
    let (desk, backups, student, _) = with_backup(Desk::backups).await;
    let whole = put_aside(&desk, "20261130T131415Z");
    let broken = put_aside(&desk, "20261130T131415Z-damaged");
    std::fs::remove_file(broken.join("records.db-wal")).unwrap();
    std::fs::write(broken.join("records.db"), vec![7; 8192]).unwrap();
    // Only keys were set aside here: no records.
    let keys = desk.folder.set_aside().join("20261130T131416Z");
    std::fs::create_dir_all(&keys).unwrap();
    std::fs::copy(desk.folder.keys(), keys.join("records.keys")).unwrap();

    let preview = desk.records.preview_erase(student.clone(), EraseScope::Record).await.unwrap();
    let told: Vec<_> = preview.aside.iter().map(|copy| (copy.folder.clone(), copy.opens)).collect();
    let shown = |path: &std::path::Path| path.display().to_string();
    assert_eq!(told, [(shown(&broken), false), (shown(&whole), true)]);

    erase(&desk.records, &student, Copies { backups: false, aside: AsideWish::Rewrite }).await;
    let done = go_on(&desk.records, &backups).await;
    assert_eq!((done.aside_rewritten, done.aside_deleted), (1, 0));
    assert_eq!(done.left, Left { aside: vec![broken.clone()], ..Left::default() });
    assert_eq!(students(&backups, &whole.join("records.db")), ["Other Student"]);
    assert!(!speaks_of(&backups, &whole.join("records.db"), STATEMENT));
    assert_eq!(names(&whole), ["records.db"], "nothing of it stays in a log beside it");
    assert!(broken.join("records.db").exists());
    assert_eq!(desk.records.erasures().await.unwrap()[0].left.as_ref().unwrap().aside, [broken]);
}

#[tokio::test]
async fn what_is_set_aside_after_an_erasing_stays_as_it_was_found_however_long_the_erasing_takes() {
    let (desk, backups, student, _) = with_backup(Desk::with_second).await;
    let stick = desk.second();
    std::fs::rename(stick.path(), desk.place.path().join("drawer")).unwrap();
    erase(&desk.records, &student, Copies { backups: true, aside: AsideWish::RewriteOrDelete }).await;
    go_on(&desk.records, &backups).await;
    assert_eq!(desk.records.erasures().await.unwrap().len(), 1, "the stick is in a drawer");
    let later = put_aside(&desk, "20270101T131415Z-damaged");
    std::fs::write(later.join("records.db"), vec![7; 8192]).unwrap();
    let found = names(&later);
    let done = go_on(&desk.records, &backups).await;
    assert_eq!((done.aside_deleted, done.left.aside.len()), (0, 0));
    assert_eq!(names(&later), found);
    assert_eq!(std::fs::read(later.join("records.db")).unwrap(), vec![7; 8192]);
}

#[tokio::test]
async fn what_was_set_aside_and_opens_nowhere_is_deleted_only_where_that_is_wished() {
    let (desk, backups, student, _) = with_backup(Desk::backups).await;
    let whole = put_aside(&desk, "20261130T131415Z");
    let broken = put_aside(&desk, "20261130T131415Z-damaged");
    std::fs::write(broken.join("records.db"), vec![7; 8192]).unwrap();
    erase(&desk.records, &student, Copies { backups: true, aside: AsideWish::RewriteOrDelete }).await;
    let done = go_on(&desk.records, &backups).await;
    assert_eq!((done.rewritten, done.aside_rewritten, done.aside_deleted), (1, 1, 1));
    assert!(whole.exists() && !broken.exists());
    assert_eq!(desk.records.erasures().await.unwrap(), []);
}
