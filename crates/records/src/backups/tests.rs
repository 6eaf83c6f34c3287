//! Backups as a whole: made, listed, checked, copied to the second place, cut off at each step.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use tempfile::TempDir;

use super::*;
use crate::surroundings::Computer;
use crate::{Answers, Cost, NewApplication, Plan, Progress, StudentInput};

mod places;

pub(super) const PASSPHRASE: &str = "quiet lantern under seven maples";

pub(super) struct Desk {
    pub(super) folder: Folder,
    pub(super) records: Records,
    pub(super) place: TempDir,
}

pub(super) fn desk() -> Desk {
    let place = TempDir::new().unwrap();
    let folder = Folder::at(place.path().join("records"));
    let records = Records::create(&folder, PASSPHRASE, Cost::WEAK_FOR_TESTS, Arc::new(Computer)).unwrap().0;
    Desk { folder, records, place }
}

impl Desk {
    pub(super) fn second(&self) -> BackupPlace {
        let second = BackupPlace::at(self.place.path().join("stick"));
        std::fs::create_dir_all(second.path()).unwrap();
        second
    }

    pub(super) fn backups(&self) -> Backups {
        self.records.backups(None).unwrap()
    }

    pub(super) fn with_second(&self) -> Backups {
        self.records.backups(Some(self.second())).unwrap()
    }

    pub(super) async fn student(&self, name: &str) -> String {
        let student = StudentInput { name: name.into(), graduation_year: Some(2027), school_id: None };
        self.records.add_students("students.add", vec![student], false).await.unwrap().value.remove(0)
    }

    pub(super) async fn draft(&self, student: Option<String>, text: &str) -> String {
        let new = NewApplication {
            plan: Plan { student_id: student, ..Plan::default() },
            form: "general-admission".into(),
            form_version: 1,
            answers: Answers::from([("statement".into(), text.into())]),
            prefilled: true,
            between_us: false,
        };
        self.records.start_application(new, no_check).await.unwrap().value
    }

    pub(super) async fn save(&self, id: &str, text: &str) {
        let answers = Answers::from([("statement".into(), text.into())]);
        self.records.save_answers(id.into(), answers, no_check).await.unwrap();
    }
}

pub(super) fn no_check(_: &Answers) -> (Progress, ()) {
    (Progress::default(), ())
}

pub(super) fn unwatched() -> Arc<dyn Watcher> {
    Arc::new(Unwatched)
}

/// Stops, or falls over, when it has heard so many steps.
pub(super) struct At {
    heard: AtomicU64,
    step: u64,
    falls: bool,
    reached: AtomicBool,
}

impl At {
    /// Ends the work there as the end of the process would: nothing is tidied up.
    pub(super) fn killing(step: u64) -> Arc<Self> {
        Arc::new(Self { heard: AtomicU64::new(0), step, falls: true, reached: AtomicBool::new(false) })
    }

    /// Tells the work there to stop.
    pub(super) fn stopping(step: u64) -> Arc<Self> {
        Arc::new(Self { heard: AtomicU64::new(0), step, falls: false, reached: AtomicBool::new(false) })
    }

    pub(super) fn reached(&self) -> bool {
        self.reached.load(Ordering::SeqCst)
    }
}

impl Watcher for At {
    fn at(&self, _: u64, _: u64) {
        if self.heard.fetch_add(1, Ordering::SeqCst) == self.step {
            self.reached.store(true, Ordering::SeqCst);
            assert!(!self.falls, "the process ends here");
        }
    }

    fn is_to_stop(&self) -> bool {
        self.reached() && !self.falls
    }
}

/// What files lie in a folder, by name.
pub(super) fn names(path: &std::path::Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(path) else { return Vec::new() };
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn flip(path: &std::path::Path, at: usize) {
    let mut bytes = std::fs::read(path).unwrap();
    let at = at % bytes.len();
    bytes[at] ^= 1;
    std::fs::write(path, bytes).unwrap();
}

#[tokio::test]
async fn a_backup_is_listed_with_what_it_holds_and_nothing_of_it_is_readable() {
    let desk = desk();
    let student = desk.student("Planted Namewordzq").await;
    desk.draft(Some(student), "planted-statementwordzq").await;
    let backups = desk.backups();
    let made = backups.make(BackupReason::ByHand, &unwatched()).unwrap();
    assert_eq!(made.second, SecondState::None);
    let list = backups.list().unwrap();
    assert_eq!(list.len(), 1);
    let row = &list[0];
    assert_eq!((row.first, row.second), (Some(BackupState::Whole), None));
    assert_eq!((row.students, row.applications, row.versions), (Some(1), Some(1), Some(1)));
    assert_eq!((row.reason, row.size), (Some(BackupReason::ByHand), made.size));
    assert!(row.newest_draft_at.is_some());
    let place = desk.folder.path().join("backups");
    let files = names(&place);
    assert_eq!(files.len(), 3, "the backup, its manifest, the keys: {files:?}");
    for file in files {
        let bytes = std::fs::read(place.join(file)).unwrap();
        for word in ["Namewordzq", "statementwordzq", "SQLite format 3"] {
            assert!(!bytes.windows(word.len()).any(|window| window == word.as_bytes()), "{word}");
        }
    }
}

#[tokio::test]
async fn a_mark_moves_with_every_change_and_with_nothing_else() {
    let desk = desk();
    let before = desk.records.mark().await.unwrap();
    assert_eq!(desk.records.mark().await.unwrap(), before);
    desk.backups().make(BackupReason::Regular, &unwatched()).unwrap();
    assert_eq!(desk.records.mark().await.unwrap(), before, "a backup changes nothing");
    desk.student("Sample Student").await;
    assert_ne!(desk.records.mark().await.unwrap(), before);
}

#[tokio::test]
async fn what_is_stopped_leaves_nothing_and_what_is_killed_is_cleared_away_by_the_next() {
    let desk = desk();
    desk.student("Sample Student").await;
    let place = desk.folder.path().join("backups");
    let backups = desk.backups();
    for step in 0..5 {
        let watch = At::stopping(step);
        let stopped = backups.make(BackupReason::Regular, &(watch.clone() as Arc<dyn Watcher>));
        assert!(watch.reached());
        assert_eq!(stopped.err(), Some(RecordsError::Stopped), "step {step}");
        assert!(names(&place).iter().all(|name| is_keys(name)), "step {step}: {:?}", names(&place));
    }
    for step in 0..7 {
        let watch = At::killing(step) as Arc<dyn Watcher>;
        let killed = catch_unwind(AssertUnwindSafe(|| backups.make(BackupReason::Regular, &watch)));
        assert!(killed.is_err(), "step {step}");
        // Either it is not there at all, or it is whole.
        let good = backups.list().unwrap();
        assert!(good.iter().all(|row| row.first == Some(BackupState::Whole)), "step {step}");
        let checked = backups.check_all(&unwatched()).unwrap();
        assert_eq!((checked.checked, checked.damaged), (good.len() as u64, 0), "step {step}");
    }
    let before = backups.list().unwrap().len();
    backups.make(BackupReason::Regular, &unwatched()).unwrap();
    let files = names(&place);
    assert_eq!(files.iter().filter(|name| name.ends_with(".backup")).count(), before + 1);
    assert_eq!(files.len(), 2 * (before + 1) + 1, "nothing is left over: {files:?}");
}

#[tokio::test]
async fn a_damaged_file_is_not_backed_up() {
    let desk = desk();
    for number in 0..40 {
        let student = desk.student(&format!("Student {number}")).await;
        desk.draft(Some(student), &"many words ".repeat(400)).await;
    }
    let Desk { folder, records, place: _place } = desk;
    records.close().await.unwrap();
    let records = Records::unlock(&folder, PASSPHRASE, Arc::new(Computer)).unwrap();
    let size = usize::try_from(std::fs::metadata(folder.database()).unwrap().len()).unwrap();
    flip(&folder.database(), size / 2);
    let made = records.backups(None).unwrap().make(BackupReason::Regular, &unwatched());
    assert_eq!(made.err(), Some(RecordsError::Damaged));
    assert!(records.backups(None).unwrap().list().unwrap().is_empty());
}

#[tokio::test]
async fn a_changed_byte_of_a_backup_is_found_by_the_check_and_a_cut_one_by_the_list() {
    let desk = desk();
    let student = desk.student("Sample Student").await;
    desk.draft(Some(student), "every word of this").await;
    let backups = desk.backups();
    let name = backups.make(BackupReason::Regular, &unwatched()).unwrap().name;
    let path = backups.first.backup(&name);
    let whole = std::fs::read(&path).unwrap();
    for part in 0..24 {
        flip(&path, part * whole.len() / 24 + part);
        let checked = backups.check_all(&unwatched()).unwrap();
        assert_eq!((checked.checked, checked.damaged), (1, 1), "part {part}");
        assert_eq!(backups.list().unwrap()[0].first, Some(BackupState::Damaged));
        let opened = backups.open(&name, false, None).unwrap();
        let prepared = opened.prepare(&desk.folder, &unwatched());
        assert_eq!(prepared.err(), Some(RecordsError::BackupDamaged), "part {part}");
        std::fs::write(&path, &whole).unwrap();
    }
    assert!(backups.good().unwrap().is_empty(), "it is damaged until a check says otherwise");
    assert_eq!(backups.check_all(&unwatched()).unwrap().damaged, 0);
    assert_eq!(backups.good().unwrap(), [name]);
    std::fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    assert_eq!(backups.list().unwrap()[0].first, Some(BackupState::Damaged));
}

#[tokio::test]
async fn a_lost_or_altered_description_is_said_and_made_anew_by_the_check() {
    let desk = desk();
    let backups = desk.backups();
    let name = backups.make(BackupReason::ByHand, &unwatched()).unwrap().name;
    for altered in [true, false] {
        let manifest = backups.first.manifest(&name);
        if altered {
            flip(&manifest, 200);
        } else {
            std::fs::remove_file(manifest).unwrap();
        }
        assert_eq!(backups.list().unwrap()[0].first, Some(BackupState::NotDescribed));
        assert_eq!(backups.check_all(&unwatched()).unwrap(), CheckedAll { checked: 1, damaged: 0 });
        assert_eq!(backups.list().unwrap()[0].first, Some(BackupState::Whole));
    }
}

#[tokio::test]
async fn the_second_place_gets_a_copy_and_catches_up_when_it_is_back() {
    let desk = desk();
    let backups = desk.with_second();
    let first = backups.make(BackupReason::Regular, &unwatched()).unwrap();
    assert_eq!(first.second, SecondState::Whole { copied: 1 });
    let (stick, away) = (desk.place.path().join("stick"), desk.place.path().join("in a drawer"));
    std::fs::rename(&stick, &away).unwrap();
    let absent = backups.make(BackupReason::Regular, &unwatched()).unwrap();
    assert_eq!(absent.second, SecondState::Absent);
    assert!(!stick.exists(), "a place that is away is never made anew");
    std::fs::rename(&away, &stick).unwrap();
    assert_eq!(backups.bring_up(&Unwatched), SecondState::Whole { copied: 1 });
    let both = |row: &BackupRow| row.first == row.second && row.first == Some(BackupState::Whole);
    let list = backups.list().unwrap();
    assert!(list.len() == 2 && list.iter().all(both), "{list:?}");
    assert_eq!(backups.check_all(&unwatched()).unwrap(), CheckedAll { checked: 4, damaged: 0 });
}

#[tokio::test]
async fn a_damaged_backup_is_not_spread_to_the_second_place() {
    let desk = desk();
    let name = desk.backups().make(BackupReason::Regular, &unwatched()).unwrap().name;
    let backups = desk.with_second();
    flip(&backups.first.backup(&name), 5000);
    assert_eq!(backups.bring_up(&Unwatched), SecondState::Whole { copied: 0 });
    let left: Vec<_> = names(desk.second().path()).into_iter().filter(|name| !is_keys(name)).collect();
    assert!(left.is_empty(), "{left:?}");
}

#[tokio::test]
async fn the_backup_that_was_just_made_is_not_dropped_be_the_clock_set_back_and_space_scarce() {
    let desk = desk();
    let backups = desk.backups();
    let made = backups.make(BackupReason::Regular, &unwatched()).unwrap().name;
    let place = &backups.first;
    let manifest = Manifest::read(&place.manifest(&made), &made, &backups.held.data).unwrap().unwrap();
    // Those of later hours of the day, as a clock that was set back since has left them.
    let day = &made[.."waymark-20261130T".len()];
    for second in 50..=59 {
        let name = format!("{day}2359{second}Z-00000000");
        std::fs::copy(place.backup(&made), place.backup(&name)).unwrap();
        backups.write_manifest(place, &Manifest { name, ..manifest.clone() }).unwrap();
    }
    backups.thin_place(place, 0, Some(&made)).unwrap();
    assert!(place.names().unwrap().contains(&made), "what was said to be made is there");
    backups.thin_place(place, 0, None).unwrap();
    assert!(!place.names().unwrap().contains(&made), "later it is as old as it says");
}

#[tokio::test]
async fn thinning_deletes_what_is_ours_and_old_and_nothing_else() {
    let desk = desk();
    let backups = desk.backups();
    let made = backups.make(BackupReason::Regular, &unwatched()).unwrap().name;
    let place = &backups.first;
    // The same backup under names of other days, as the years would have left them.
    let manifest = Manifest::read(&place.manifest(&made), &made, &backups.held.data).unwrap().unwrap();
    let older = |day: &str| format!("waymark-{day}T120000Z-00000000");
    for day in ["20200101", "20200102", "20260101", "20260102", "20260103"] {
        std::fs::copy(place.backup(&made), place.backup(&older(day))).unwrap();
        let renamed = Manifest { name: older(day), ..manifest.clone() };
        backups.write_manifest(place, &renamed).unwrap();
    }
    // Of other records, and of nobody: they stay, however old.
    let others = self::desk();
    let foreign = others.backups().make(BackupReason::Regular, &unwatched()).unwrap().name;
    let foreign_place = BackupPlace::within(&others.folder);
    std::fs::copy(foreign_place.backup(&foreign), place.backup(&older("19990101"))).unwrap();
    std::fs::copy(foreign_place.manifest(&foreign), place.manifest(&older("19990101"))).unwrap();
    std::fs::write(place.path().join("waymark-19990102T120000Z-00000000.backup"), b"whose?").unwrap();
    std::fs::write(place.path().join("holiday.jpg"), b"a picture").unwrap();

    assert!(!backups.thin_place(place, SCARCE, None).unwrap());
    let left: Vec<String> = place.names().unwrap();
    let kept = [
        made.clone(),
        older("20260103"),
        older("20260102"),
        older("20260101"),
        older("19990102"),
        older("19990101"),
    ];
    assert_eq!(left, kept);
    assert!(place.path().join("holiday.jpg").exists());
    assert!(
        backups.list().unwrap().iter().all(|row| row.name != older("19990101")),
        "others' are not listed"
    );
}

#[tokio::test]
async fn documents_go_to_each_place_once() {
    let desk = desk();
    let documents = desk.folder.path().join("documents");
    std::fs::create_dir(&documents).unwrap();
    std::fs::write(documents.join("0a1b"), b"sealed bytes").unwrap();
    let backups = desk.with_second();
    backups.make(BackupReason::Regular, &unwatched()).unwrap();
    for place in [&backups.first, &desk.second()] {
        assert_eq!(std::fs::read(place.documents().join("0a1b")).unwrap(), b"sealed bytes");
    }
    let written =
        |place: &BackupPlace| std::fs::metadata(place.documents().join("0a1b")).unwrap().modified().unwrap();
    let before = written(&backups.first);
    backups.make(BackupReason::Regular, &unwatched()).unwrap();
    assert_eq!(written(&backups.first), before, "not copied again");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn typing_goes_on_during_the_backup_of_a_big_file() {
    let desk = desk();
    let id = desk.draft(None, "begun").await;
    for number in 0..40 {
        let letters: String = (0_u32..250_000)
            .map(|at| char::from(b'a' + u8::try_from((at.wrapping_mul(at) + number) % 26).unwrap()))
            .collect();
        desk.draft(None, &letters).await;
    }
    let backups = desk.backups();
    let ended = Arc::new(AtomicBool::new(false));
    let (tell, begun) = tokio::sync::oneshot::channel();
    let making = tokio::task::spawn_blocking({
        let ended = Arc::clone(&ended);
        move || {
            struct Begun(std::sync::Mutex<Option<tokio::sync::oneshot::Sender<()>>>);
            impl Watcher for Begun {
                fn at(&self, _: u64, _: u64) {
                    if let Some(tell) = self.0.lock().unwrap().take() {
                        tell.send(()).unwrap();
                    }
                }
                fn is_to_stop(&self) -> bool {
                    false
                }
            }
            let watch: Arc<dyn Watcher> = Arc::new(Begun(std::sync::Mutex::new(Some(tell))));
            let made = backups.make(BackupReason::Regular, &watch);
            ended.store(true, Ordering::SeqCst);
            made
        }
    });
    begun.await.unwrap();
    desk.save(&id, "typed while the backup was being made").await;
    assert!(!ended.load(Ordering::SeqCst), "the save was on the disk before the backup was done");
    making.await.unwrap().unwrap();
    let draft = desk.records.draft(id).await.unwrap();
    assert_eq!(draft.answers["statement"], "typed while the backup was being made");
    assert_eq!(desk.backups().check_all(&unwatched()).unwrap(), CheckedAll { checked: 1, damaged: 0 });
}

fn is_keys(name: &str) -> bool {
    std::path::Path::new(name).extension().is_some_and(|ending| ending == "keys")
}
