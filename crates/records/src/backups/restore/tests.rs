//! Restores: the same records again, whatever moment they are cut off at.

use std::panic::{AssertUnwindSafe, catch_unwind};

use proptest::prelude::*;

use super::*;
use crate::backups::tests::{At, Desk, PASSPHRASE, desk, names, unwatched};
use crate::surroundings::Computer;
use crate::{Cost, Records};

fn unlock(folder: &Folder) -> Result<Records, RecordsError> {
    Records::unlock(folder, PASSPHRASE, Arc::new(Computer))
}

async fn students(records: &Records) -> Vec<String> {
    records.students(String::new(), None).await.unwrap().into_iter().map(|row| row.name).collect()
}

/// Every row of every table, as text.
async fn dump(records: &Records) -> Vec<String> {
    let dumped = records.read(|connection| {
        let mut tables =
            connection.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")?;
        let names: Vec<String> = tables.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        let mut lines = Vec::new();
        for name in names {
            let mut statement = connection.prepare(&format!("SELECT * FROM \"{name}\""))?;
            let columns = statement.column_count();
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let values: Vec<_> =
                    (0..columns).map(|at| format!("{:?}", row.get_ref(at).unwrap())).collect();
                lines.push(format!("{name}: {}", values.join(", ")));
            }
        }
        lines.sort();
        Ok(lines)
    });
    dumped.await.unwrap()
}

/// Records with a backup of one student, and a second student since.
async fn changed_since() -> (Desk, String, Vec<String>) {
    let desk = desk();
    desk.student("Before Backup").await;
    desk.draft(None, "as it was").await;
    let name = desk.backups().make(BackupReason::Regular, &unwatched()).unwrap().name;
    let then = dump(&desk.records).await;
    desk.student("Since Then").await;
    (desk, name, then)
}

#[tokio::test]
async fn a_restore_gives_the_records_of_then_and_sets_those_of_now_aside() {
    let (desk, name, then) = changed_since().await;
    let opened = desk.backups().open(&name, false, None).unwrap();
    opened.prepare(&desk.folder, &unwatched()).unwrap();
    let Desk { folder, records, place: _place } = desk;
    records.close().await.unwrap();
    let restored = opened.put_in_place(&folder, &Computer).unwrap();
    assert!(!restored.other_key);
    let records = Records::open_restored(&folder, &restored, Arc::new(Computer)).unwrap();
    assert_eq!(dump(&records).await, then);
    records.close().await.unwrap();

    // What was set aside is whole, and can itself be opened again.
    let aside = restored.aside.unwrap();
    assert_eq!(names(&aside), ["records.db"]);
    let other = Folder::at(aside);
    std::fs::copy(folder.keys(), other.keys()).unwrap();
    assert_eq!(students(&unlock(&other).unwrap()).await, ["Before Backup", "Since Then"]);
}

#[tokio::test]
async fn the_preview_says_who_would_change_come_back_and_go() {
    let desk = desk();
    let same = desk.student("Always Same").await;
    let changed = desk.student("Later Changed").await;
    let removed = desk.student("Later Removed").await;
    let draft = desk.draft(Some(changed), "as it was").await;
    desk.draft(Some(same), "untouched").await;
    let name = desk.backups().make(BackupReason::Regular, &unwatched()).unwrap().name;
    let look =
        || desk.backups().open(&name, false, None).unwrap().preview(Some(&desk.backups()), &unwatched());
    let before = look().unwrap().changed.unwrap();
    assert_eq!((before.same, before.others), (3, false));
    desk.save(&draft, "written anew").await;
    desk.records.remove_student(removed).await.unwrap();
    desk.student("Added Since").await;
    let preview = look().unwrap();
    let now = preview.changed.unwrap();
    assert_eq!((now.same, now.others), (1, false));
    assert_eq!(now.changed, ["Later Changed"]);
    assert_eq!(now.back, ["Later Removed"]);
    assert_eq!(now.gone, ["Added Since"]);
    assert_eq!((preview.students, preview.applications, preview.newest_drafts.len()), (3, 2, 2));
    desk.draft(None, "of nobody").await;
    assert!(look().unwrap().changed.unwrap().others);
}

/// Restores, and is killed at this step; says whether it came through.
fn restored_until(opened: &Opened, folder: &Folder, step: u64) -> bool {
    let restored = catch_unwind(AssertUnwindSafe(|| {
        let watch = At::killing(step);
        opened.prepare(folder, &(watch.clone() as Arc<dyn Watcher>)).unwrap();
        decide(folder, &Computer).unwrap();
        finish_watched(folder, watch.as_ref()).unwrap();
    }));
    restored.is_ok()
}

#[tokio::test]
async fn a_restore_cut_off_at_any_step_is_finished_or_was_never_begun() {
    for step in 0..9 {
        let (desk, name, then) = changed_since().await;
        let now = dump(&desk.records).await;
        let opened = desk.backups().open(&name, false, None).unwrap();
        let Desk { folder, records, place: _place } = desk;
        records.close().await.unwrap();
        assert_eq!(restored_until(&opened, &folder, step), step > 7, "step {step}");
        let decided = folder.path().join(DECIDED).exists() || folder.path().join("set-aside").exists();
        // Whoever owns it next finishes it.
        drop(folder.own().unwrap());
        let records = unlock(&folder).unwrap();
        let found = dump(&records).await;
        assert!(found == then || found == now, "step {step}: neither the records of then nor those of now");
        assert_eq!(found == then, decided, "step {step}");
        let left = names(folder.path());
        assert!(!left.iter().any(|name| name.contains("restor")), "step {step}: {left:?}");
        if found == then {
            let aside = folder.path().join("set-aside");
            let dates = names(&aside);
            assert_eq!(dates.len(), 1, "step {step}");
            assert!(names(&aside.join(&dates[0])).contains(&"records.db".into()), "step {step}");
        }
    }
}

/// Records under a new key since their backup, closed, with that backup opened.
async fn under_another_key() -> (Desk, Opened, Vec<String>) {
    let (desk, name, then) = changed_since().await;
    let Desk { folder, records, place } = desk;
    records.close().await.unwrap();
    let vault = crate::Vault {
        folder: folder.clone(),
        places: vec![folder.path().join("backups")],
        cost: Cost::WEAK_FOR_TESTS,
        surroundings: Arc::new(Computer),
    };
    vault.new_key(PASSPHRASE, Box::new(|_, _| std::ops::ControlFlow::Continue(()))).unwrap();
    let desk = Desk { records: unlock(&folder).unwrap(), folder, place };
    let secret = Secret::Passphrase(PASSPHRASE.into());
    let opened = desk.backups().open(&name, false, Some(&secret)).unwrap();
    (desk, opened, then)
}

#[tokio::test]
async fn a_restore_under_another_key_cut_off_at_any_step_is_finished_or_was_never_begun() {
    for step in 0..11 {
        let (desk, opened, then) = under_another_key().await;
        let now = dump(&desk.records).await;
        let Desk { folder, records, place: _place } = desk;
        records.close().await.unwrap();
        assert_eq!(restored_until(&opened, &folder, step), step > 9, "step {step}");
        drop(folder.own().unwrap());
        let found = dump(&unlock(&folder).unwrap()).await;
        assert!(found == if step < 4 { now } else { then }, "step {step}");
    }
}

/// A power cut keeps any of the renames since the folder was last synced, and not the others.
#[tokio::test]
async fn a_power_cut_that_keeps_the_records_new_name_and_not_the_keys_loses_no_keys() {
    let (desk, opened, then) = under_another_key().await;
    let Desk { folder, records, place: _place } = desk;
    records.close().await.unwrap();
    let keys_of_now = std::fs::read(folder.keys()).unwrap();
    opened.prepare(&folder, &unwatched()).unwrap();
    decide(&folder, &Computer).unwrap();
    let aside = aside_of(&folder.path().join(DECIDED)).unwrap();
    set_aside(&folder, &aside, &Unwatched).unwrap();
    std::fs::rename(restoring(&folder), folder.database()).unwrap();
    drop(folder.own().unwrap());
    drop(folder.own().unwrap());
    assert_eq!(dump(&unlock(&folder).unwrap()).await, then);
    let left = names(folder.path());
    assert!(!left.iter().any(|name| name.contains("restor")), "{left:?}");
    assert_eq!(std::fs::read(folder.set_aside().join(aside).join("records.keys")).unwrap(), keys_of_now);
}

#[tokio::test]
async fn a_stopped_restore_leaves_the_records_as_they_are() {
    let (desk, name, _) = changed_since().await;
    let now = dump(&desk.records).await;
    for step in 0..2 {
        let opened = desk.backups().open(&name, false, None).unwrap();
        let prepared = opened.prepare(&desk.folder, &(At::stopping(step) as Arc<dyn Watcher>));
        assert_eq!(prepared.err(), Some(RecordsError::Stopped), "step {step}");
        assert!(!names(desk.folder.path()).iter().any(|name| name.contains("restor")), "step {step}");
    }
    let folder = desk.folder.clone();
    desk.records.close().await.unwrap();
    assert_eq!(dump(&unlock(&folder).unwrap()).await, now);
}

#[tokio::test]
async fn another_computer_needs_only_the_backup_folder_and_a_secret() {
    let place = tempfile::TempDir::new().unwrap();
    let home = Folder::at(place.path().join("records"));
    let (records, recovery) =
        Records::create(&home, PASSPHRASE, Cost::WEAK_FOR_TESTS, Arc::new(Computer)).unwrap();
    let student =
        crate::StudentInput { name: "Sample Student".into(), graduation_year: None, school_id: None };
    records.add_students("students.add", vec![student], false).await.unwrap();
    let stick = BackupPlace::at(place.path().join("stick"));
    std::fs::create_dir(stick.path()).unwrap();
    records.backups(Some(stick.clone())).unwrap().make(BackupReason::Regular, &unwatched()).unwrap();
    let then = dump(&records).await;
    records.close().await.unwrap();
    std::fs::remove_dir_all(home.path()).unwrap();

    let elsewhere = Elsewhere::at(stick.clone()).unwrap();
    let rows = elsewhere.list().unwrap();
    assert!(rows.len() == 1 && rows[0].openable, "{rows:?}");
    let wrong = elsewhere.open(&rows[0].name, &Secret::Passphrase("not this one".into()));
    assert_eq!(wrong.err(), Some(RecordsError::WrongPassphrase));
    let secrets = [Secret::Passphrase(PASSPHRASE.into()), Secret::Recovery(recovery)];
    for (number, secret) in secrets.iter().enumerate() {
        let folder = Folder::at(place.path().join(format!("computer {number}")));
        folder.make().unwrap();
        let opened = elsewhere.open(&rows[0].name, secret).unwrap();
        assert_eq!(opened.preview(None, &unwatched()).unwrap().students, 1);
        opened.prepare(&folder, &unwatched()).unwrap();
        let restored = opened.put_in_place(&folder, &Computer).unwrap();
        assert_eq!(restored.aside, None, "there was nothing");
        let records = Records::open_restored(&folder, &restored, Arc::new(Computer)).unwrap();
        assert_eq!(dump(&records).await, then);
        records.close().await.unwrap();
        assert!(unlock(&folder).is_ok(), "the passphrase of then opens them");
    }
    std::fs::remove_file(
        std::fs::read_dir(stick.path())
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .find(|path| path.extension().is_some_and(|end| end == "keys"))
            .unwrap(),
    )
    .unwrap();
    let gone = elsewhere.open(&rows[0].name, &secrets[0]);
    assert_eq!(gone.err(), Some(RecordsError::BackupKeysMissing));
    assert_eq!(Elsewhere::at(BackupPlace::at(home.path())).err(), Some(RecordsError::FolderNotThere));
}

#[tokio::test]
async fn a_name_that_is_a_path_leads_nowhere() {
    let desk = desk();
    for name in ["../records", "/etc/passwd", "waymark-20260101T000000Z-00000000", ""] {
        assert_eq!(desk.backups().open(name, false, None).err(), Some(RecordsError::NotFound), "{name}");
    }
}

#[test]
fn what_somebody_wrote_into_the_decision_leads_nowhere_else() {
    let place = tempfile::TempDir::new().unwrap();
    let file = place.path().join(DECIDED);
    for text in ["", "{", r#"{"aside":"../../elsewhere"}"#, r#"{"aside":""}"#, r#"{"aside":"/tmp"}"#] {
        std::fs::write(&file, text).unwrap();
        assert_eq!(aside_of(&file).unwrap(), "interrupted", "{text}");
    }
    std::fs::write(&file, r#"{"aside":"20261130T120000Z-2"}"#).unwrap();
    assert_eq!(aside_of(&file).unwrap(), "20261130T120000Z-2");
}

/// What a person may do between two backups.
#[derive(Debug, Clone)]
enum Doing {
    Student(String),
    Draft(String),
    Save(usize, String),
    Remove(usize),
    Note(String),
}

fn any_doing() -> impl Strategy<Value = Doing> {
    prop_oneof![
        "\\PC{1,20}".prop_map(Doing::Student),
        "\\PC{0,300}".prop_map(Doing::Draft),
        (0_usize..8, "\\PC{0,600}").prop_map(|(at, text)| Doing::Save(at, text)),
        (0_usize..8).prop_map(Doing::Remove),
        "\\PC{0,40}".prop_map(Doing::Note),
    ]
}

async fn restores_the_same(doings: Vec<Vec<Doing>>) {
    let desk = desk();
    let (mut drafts, mut backups) = (Vec::new(), Vec::new());
    for part in doings {
        for doing in part {
            match doing {
                Doing::Student(name) => {
                    desk.student(&name).await;
                }
                Doing::Draft(text) => drafts.push(desk.draft(None, &text).await),
                Doing::Save(at, text) if !drafts.is_empty() => {
                    desk.save(&drafts[at % drafts.len()], &text).await;
                }
                Doing::Remove(at) => {
                    let there = desk.records.students(String::new(), None).await.unwrap();
                    if let Some(student) = there.get(at) {
                        desk.records.remove_student(student.id.clone()).await.unwrap();
                    }
                }
                Doing::Note(text) => {
                    desk.records.save_career_note("software".into(), text).await.unwrap();
                }
                Doing::Save(..) => {}
            }
        }
        desk.records.seal_open_change().await.unwrap();
        let name = desk.backups().make(BackupReason::Regular, &unwatched()).unwrap().name;
        backups.push((name, dump(&desk.records).await));
    }
    let Desk { folder, mut records, place: _place } = desk;
    for (name, then) in backups {
        let opened = records.backups(None).unwrap().open(&name, false, None).unwrap();
        opened.prepare(&folder, &unwatched()).unwrap();
        records.close().await.unwrap();
        let restored = opened.put_in_place(&folder, &Computer).unwrap();
        records = Records::open_restored(&folder, &restored, Arc::new(Computer)).unwrap();
        assert!(dump(&records).await == then, "other records came back");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn every_backup_restores_to_the_same_records(
        doings in prop::collection::vec(prop::collection::vec(any_doing(), 0..8), 1..4)
    ) {
        tokio::runtime::Runtime::new().unwrap().block_on(restores_the_same(doings));
    }
}

#[tokio::test]
async fn looking_for_the_newest_good_backup_is_stopped_at_each_of_its_parts() {
    let (desk, name, _) = changed_since().await;
    let places = Places::of(&desk.folder, None);
    let before = std::fs::read(desk.folder.database()).unwrap();
    let secret = Secret::Passphrase(PASSPHRASE.into());
    for step in 0..newest::PARTS {
        let watch = At::stopping(step);
        let stopped = places.newest_good(None, &secret, &(watch.clone() as Arc<dyn Watcher>));
        assert!(watch.reached());
        assert_eq!(stopped.err(), Some(RecordsError::Stopped), "step {step}");
    }
    assert!(std::fs::read(desk.folder.database()).unwrap() == before);
    assert_eq!(places.newest_good(None, &secret, &unwatched()).unwrap().opened.name(), name);
}

#[tokio::test]
async fn records_that_a_backup_replaces_are_opened_where_the_keys_at_hand_open_them_and_else_it_is_said_why()
{
    let (desk, name, _) = changed_since().await;
    let Desk { folder, records, place: _place } = desk;
    records.close().await.unwrap();
    let opened = |passphrase: &str| {
        let place = Elsewhere::at(BackupPlace::within(&folder)).unwrap();
        let secret = Secret::Passphrase(passphrase.to_owned());
        (place.open(&name, &secret).unwrap(), secret)
    };
    let (backup, secret) = opened(PASSPHRASE);
    let asked = |folder: &Folder| backup.replaced(folder, &secret, Arc::new(Computer));
    let present = asked(&folder).unwrap();
    assert_eq!(students(&present).await, ["Before Backup", "Since Then"]);
    present.close().await.unwrap();

    // Without the file of keys the key of the backup proves that they are the same.
    let keys = std::fs::read(folder.keys()).unwrap();
    std::fs::remove_file(folder.keys()).unwrap();
    asked(&folder).unwrap().close().await.unwrap();
    std::fs::write(folder.keys(), keys).unwrap();

    let other = crate::backups::tests::desk();
    other.student("Of Other Records").await;
    let Desk { folder: others, records, place: _other } = other;
    records.close().await.unwrap();
    let before = std::fs::read(others.database()).unwrap();
    assert_eq!(asked(&others).err(), Some(NotAsked::OtherRecords));
    assert!(std::fs::read(others.database()).unwrap() == before);

    // Under a key that was made since, the same passphrase opens them as long as it is the one.
    let vault = crate::Vault {
        folder: folder.clone(),
        places: Vec::new(),
        cost: Cost::WEAK_FOR_TESTS,
        surroundings: Arc::new(Computer),
    };
    vault.new_key(PASSPHRASE, Box::new(|_, _| std::ops::ControlFlow::Continue(()))).unwrap();
    asked(&folder).unwrap().close().await.unwrap();
    vault.change_passphrase(PASSPHRASE, "quite another passphrase").unwrap();
    assert_eq!(asked(&folder).err(), Some(NotAsked::OtherKey));

    std::fs::write(others.database(), vec![7; 40_000]).unwrap();
    std::fs::remove_file(others.keys()).unwrap();
    assert_eq!(asked(&others).err(), Some(NotAsked::Unreadable));
}
