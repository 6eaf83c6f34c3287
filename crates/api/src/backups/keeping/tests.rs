//! Backups beside what changes the keys, and beside the lock.

use std::path::PathBuf;
use std::sync::mpsc;

use waymark_records::{Computer, Cost, Watcher};
use zeroize::Zeroizing;

use super::*;
use crate::Paths;
use crate::damage::{Salvage, salvage};
use crate::vault::keys::{ChangePassphrase, Proof, change_passphrase};
use crate::vault::{CreateVault, create, new_key};

const PASSPHRASE: &str = "quiet lantern under seven maples";
const NEXT: &str = "another lantern under the maples";

struct Room {
    desk: Arc<Desk>,
    folder: tempfile::TempDir,
}

impl Room {
    fn records(&self) -> PathBuf {
        self.folder.path().join("records")
    }

    async fn student(&self) {
        let student =
            serde_json::json!({ "name": "Sample Student", "graduation_year": null, "school_id": null });
        crate::contract::call(&self.desk, "students.add", student).await.unwrap();
    }
}

async fn open() -> Room {
    let folder = tempfile::tempdir().unwrap();
    let paths = Paths {
        settings: folder.path().join("settings.json"),
        records: folder.path().join("records"),
        catalogue: folder.path().join("none"),
        renewed_catalogue: None,
        fonts: Vec::new(),
    };
    let desk = Arc::new(Desk::new(paths, Arc::new(Computer), Cost::WEAK_FOR_TESTS));
    let made = CreateVault { folder: None, passphrase: Zeroizing::new(PASSPHRASE.into()) };
    create(&desk, made).await.unwrap();
    Room { desk, folder }
}

#[tokio::test]
async fn whoever_asks_how_far_a_job_is_waits_for_nothing_that_holds_the_records() {
    let room = open().await;
    let held = room.desk.open.write().await;
    let asked = crate::contract::call(&room.desk, "jobs.list", serde_json::json!({}));
    let answered = tokio::time::timeout(Duration::from_secs(5), asked).await;
    assert!(answered.is_ok_and(|rows| rows.is_ok()), "the page would show no progress and no way to cancel");
    drop(held);
}

/// Stands still just before the keys are put beside the backup, until it is told to go on. It ignores its stop.
struct Paused {
    reached: Mutex<Option<mpsc::Sender<()>>>,
    go_on: Mutex<mpsc::Receiver<()>>,
}

impl Watcher for Paused {
    fn at(&self, done: u64, _: u64) {
        if done == 85
            && let Some(reached) = self.reached.lock().unwrap().take()
        {
            reached.send(()).unwrap();
            self.go_on.lock().unwrap().recv().unwrap();
        }
    }

    fn is_to_stop(&self) -> bool {
        false
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_passphrase_changed_during_a_backup_is_the_one_that_opens_it() {
    let room = open().await;
    room.student().await;
    let backups = room.desk.backups().await.unwrap();
    let keeping = room.desk.keeping.clone();
    let ((reached, is_reached), (go_on, told)) = (mpsc::channel(), mpsc::channel());
    let watch: Arc<dyn Watcher> =
        Arc::new(Paused { reached: Mutex::new(Some(reached)), go_on: Mutex::new(told) });
    let running = room.desk.jobs.begin(JobKind::Backup, None, move |job| {
        let _turn = keeping.turn_of(job)?;
        Ok(backups.make(BackupReason::Regular, &watch)?)
    });
    is_reached.recv().unwrap();
    let desk = Arc::clone(&room.desk);
    let words = ChangePassphrase {
        passphrase: Zeroizing::new(PASSPHRASE.into()),
        new_passphrase: Zeroizing::new(NEXT.into()),
    };
    let changing = tokio::spawn(async move { change_passphrase(&desk, words).await });
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert!(!changing.is_finished(), "it waits for work that writes to the places");
    go_on.send(()).unwrap();
    running.outcome().await.unwrap();
    assert_eq!(changing.await.unwrap().unwrap().left, []);
    let present = std::fs::read(room.records().join("records.keys")).unwrap();
    let files = std::fs::read_dir(room.records().join("backups")).unwrap().map(|entry| entry.unwrap().path());
    let copies: Vec<_> =
        files.filter(|path| path.extension().is_some_and(|ending| ending == "keys")).collect();
    assert_eq!(copies.len(), 1);
    assert!(std::fs::read(&copies[0]).unwrap() == present);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_key_waits_for_the_jobs_and_what_was_known_of_backups_is_forgotten() {
    let room = open().await;
    room.student().await;
    let (keeping, ended) = (room.desk.keeping.clone(), Arc::new(Mutex::new(false)));
    let end = Arc::clone(&ended);
    let (reached, is_reached) = mpsc::channel();
    let running: crate::jobs::Running<()> = room.desk.jobs.begin(JobKind::Copy, None, move |job| {
        let _turn = keeping.turn_of(job)?;
        reached.send(()).unwrap();
        for _ in 0..100 {
            if job.is_to_stop() {
                break;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        std::thread::sleep(Duration::from_millis(200));
        *end.lock().unwrap() = true;
        Err(JobsError::Stopped.into())
    });
    is_reached.recv().unwrap();
    room.desk.keeping.lock().fault = Some(JobsError::NotFound.into());
    new_key::new_key(&room.desk, Proof { passphrase: Zeroizing::new(PASSPHRASE.into()) }).await.unwrap();
    assert!(*ended.lock().unwrap(), "the job had not ended");
    assert!(room.desk.keeping.lock().fault.is_none());
    assert!(running.outcome().await.is_err());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_known_of_backups_is_forgotten_with_a_salvage() {
    let room = open().await;
    room.student().await;
    room.desk.close().await.unwrap();
    let database = room.records().join("records.db");
    let mut bytes = std::fs::read(&database).unwrap();
    bytes[2000] ^= 0x10;
    std::fs::write(&database, bytes).unwrap();
    room.desk.keeping.lock().fault = Some(JobsError::NotFound.into());
    let asked =
        Salvage { passphrase: Some(PASSPHRASE.into()), recovery_key: None, student: "Student".into() };
    salvage(&room.desk, asked).await.unwrap();
    assert!(room.desk.keeping.lock().fault.is_none());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_job_that_ignores_its_stop_does_not_keep_the_records_open() {
    let room = open().await;
    room.student().await;
    let keeping = room.desk.keeping.clone();
    let ((reached, is_reached), (go_on, told)) = (mpsc::channel(), mpsc::channel::<()>());
    let running = room.desk.jobs.begin(JobKind::Check, None, move |job| {
        let _turn = keeping.turn_of(job)?;
        reached.send(()).unwrap();
        told.recv().map_err(|_| ApiError::from(JobsError::Stopped))
    });
    is_reached.recv().unwrap();
    let closed = tokio::time::timeout(Duration::from_secs(9), room.desk.close()).await;
    go_on.send(()).unwrap();
    running.outcome().await.unwrap();
    closed.expect("it waits without end").unwrap();
    assert_eq!(room.desk.is_open(), Some(false));
}

/// Work that has the turn and is no job, or no longer one that anybody waits for.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_that_waits_for_its_turn_can_be_stopped() {
    let room = open().await;
    room.student().await;
    let keeping = room.desk.keeping.clone();
    let ((reached, is_reached), (go_on, told)) = (mpsc::channel(), mpsc::channel::<()>());
    let holding = std::thread::spawn(move || {
        let _turn = keeping.1.blocking_lock();
        reached.send(()).unwrap();
        told.recv().unwrap();
    });
    is_reached.recv().unwrap();
    let closed = tokio::time::timeout(Duration::from_secs(5), room.desk.close()).await;
    go_on.send(()).unwrap();
    holding.join().unwrap();
    closed.expect("it waits without end").unwrap();
    assert_eq!(room.desk.is_open(), Some(false));
}

#[test]
fn a_backup_after_which_old_ones_could_not_be_dropped_is_made_all_the_same() {
    let mut kept = Kept { fault: Some(JobsError::NotFound.into()), ..Kept::default() };
    let made = |not_thinned| {
        let (name, at) =
            ("waymark-20261130T120000Z-00000000".to_owned(), "2026-11-30T12:00:00.000Z".to_owned());
        Ok(Made { name, size: 1, at, second: SecondState::None, thinned_early: false, not_thinned })
    };
    let at = || "2026-11-30T12:00:00.000Z".to_owned();
    kept.made(Mark::default(), at(), &made(Some(waymark_records::RecordsError::Io)));
    assert_eq!((&kept.fault, kept.thinning_fault), (&None, Some("storage.io")));
    kept.made(Mark::default(), at(), &made(None));
    assert_eq!(kept.thinning_fault, None);
}
