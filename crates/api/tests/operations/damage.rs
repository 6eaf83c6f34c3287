//! Records that can't be opened as they are: what is known, what is offered, and what each way does.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::support::{PASSPHRASE, Room, first_run, groups, open};

fn database(folder: &Path) -> std::path::PathBuf {
    folder.join("records.db")
}

/// Strikes one byte of a page.
fn strike(folder: &Path, page: usize) {
    let mut bytes = fs::read(database(folder)).unwrap();
    bytes[page * 4096 + 2000] ^= 0x10;
    fs::write(database(folder), bytes).unwrap();
}

fn salvage(passphrase: &str) -> Value {
    json!({ "passphrase": passphrase, "student": "Student without a name" })
}

async fn damaged() -> (Room, std::path::PathBuf) {
    let room = open().await;
    let student = room.student("Sample Student").await;
    let application = room.application(Some(&student)).await;
    room.save(&application, "statement", "every word of this").await;
    room.call("vault.lock", json!({})).await;
    let folder = room.folder.path().join("records");
    strike(&folder, 0);
    (room, folder)
}

#[tokio::test]
async fn a_damaged_file_is_set_aside_and_salvage_opens_what_can_be_read() {
    let (room, folder) = damaged().await;
    let found = fs::read(database(&folder)).unwrap();
    let problem = room.call("vault.problem", json!({})).await;
    assert_eq!((&problem["set_aside"], &problem["local_copy"]), (&Value::Null, &Value::Null));
    let passphrase = json!({ "passphrase": PASSPHRASE });
    assert_eq!(room.code("vault.unlock", passphrase).await, "vault.damaged");
    let problem = room.call("vault.problem", json!({})).await;
    assert_eq!(problem["can_salvage"], true);
    let aside = problem["set_aside"].as_str().unwrap().to_owned();
    assert!(fs::read(Path::new(&aside).join("records.db")).unwrap() == found);

    assert_eq!(room.code("damage.salvage", salvage("not this one at all")).await, "vault.wrong_passphrase");
    let report = room.call("damage.salvage", salvage(PASSPHRASE)).await;
    assert_eq!((&report["unreadable_pages"], &report["set_aside"]), (&json!(1), &json!(aside)));
    assert_eq!(room.names().await, ["Sample Student"]);
    assert_eq!(room.call("damage.report", json!({})).await, report);
    assert!(fs::read(Path::new(&aside).join("records.db")).unwrap() == found, "kept as it was");
    assert_eq!(room.code("damage.salvage", salvage(PASSPHRASE)).await, "vault.already_there");
    room.reopen().await;
    assert_eq!(room.names().await, ["Sample Student"]);
}

#[tokio::test]
async fn the_recovery_key_salvages_as_well_and_nothing_at_all_does_not() {
    let room = first_run();
    let key = groups(&room.call("vault.create", json!({ "folder": null, "passphrase": PASSPHRASE })).await);
    let other = groups(&room.call("vault.draw_recovery_key", json!({})).await);
    room.student("Sample Student").await;
    room.call("vault.lock", json!({})).await;
    strike(&room.folder.path().join("records"), 0);
    let with_key = |key: &str| json!({ "recovery_key": key, "student": "Student without a name" });
    let name = "damage.salvage";
    assert_eq!(room.code(name, json!({ "student": "Student without a name" })).await, "operation.bad_input");
    assert_eq!(room.code(name, with_key(&key[1..])).await, "vault.recovery_key_mistyped");
    assert_eq!(room.code(name, with_key(&other)).await, "vault.wrong_recovery_key");
    room.call(name, with_key(&key)).await;
    assert_eq!(room.names().await, ["Sample Student"]);
}

#[tokio::test]
async fn a_salvage_that_is_stopped_leaves_the_damaged_records_as_they_are_and_can_be_begun_again() {
    let (room, folder) = damaged().await;
    assert_eq!(room.code("vault.unlock", json!({ "passphrase": PASSPHRASE })).await, "vault.damaged");
    let found = fs::read(database(&folder)).unwrap();
    let names = || {
        let entries = fs::read_dir(&folder).unwrap();
        let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        names
    };
    let before = names();
    let stopped = room.stopped("damage.salvage", salvage(PASSPHRASE), "salvage").await;
    assert_eq!(stopped.unwrap_err().code, "jobs.stopped");
    assert!(fs::read(database(&folder)).unwrap() == found, "byte for byte");
    assert_eq!(names(), before, "nothing is left beside it");
    let jobs = room.call("jobs.list", json!({})).await;
    let last = jobs.as_array().unwrap().last().unwrap();
    assert_eq!((&last["kind"], &last["state"]), (&json!("salvage"), &json!("stopped")));
    assert_eq!(room.call("vault.status", json!({})).await["wait_seconds"], 0, "it was no wrong passphrase");
    room.call("damage.salvage", salvage(PASSPHRASE)).await;
    assert_eq!(room.names().await, ["Sample Student"]);
}

#[tokio::test]
async fn where_nothing_can_be_read_the_file_stays_as_it_is() {
    let (room, folder) = damaged().await;
    fs::write(database(&folder), vec![7; 40_000]).unwrap();
    assert_eq!(room.code("damage.salvage", salvage(PASSPHRASE)).await, "vault.nothing_readable");
    assert!(fs::read(database(&folder)).unwrap() == vec![7; 40_000]);
}

#[tokio::test]
async fn whole_records_have_no_report_and_nothing_missing() {
    let room = open().await;
    assert_eq!(room.call("damage.report", json!({})).await, Value::Null);
    let opening = room.call("damage.opening", json!({})).await;
    assert_eq!(opening, json!({ "unclean": false, "lost": null }));
}

#[tokio::test]
async fn records_are_not_kept_in_a_synchronized_folder_and_those_in_one_are_copied() {
    let room = open().await;
    room.student("Sample Student").await;
    room.call("vault.lock", json!({})).await;
    let made = room.folder.path().join("records");
    let cloud = room.folder.path().join("OneDrive - Northside School/records");
    let other = first_run();
    let choose = json!({ "folder": cloud.display().to_string() });
    assert_eq!(other.code("vault.choose_folder", choose.clone()).await, "vault.synchronized");
    assert!(!cloud.exists(), "not even the folder is made");
    let create = json!({ "folder": cloud.display().to_string(), "passphrase": PASSPHRASE });
    assert_eq!(other.code("vault.create", create).await, "vault.synchronized");

    fs::create_dir_all(&cloud).unwrap();
    for name in ["records.db", "records.keys"] {
        fs::copy(made.join(name), cloud.join(name)).unwrap();
    }
    assert_eq!(other.code("damage.local_copy", json!({})).await, "vault.already_there");
    let status = other.call("vault.choose_folder", choose).await;
    assert_eq!((&status["state"], &status["problem"]), (&json!("locked"), &json!("vault.synchronized")));
    let problem = other.call("vault.problem", json!({})).await;
    let usual = status["default_folder"].clone();
    assert_eq!((&problem["client"], &problem["local_copy"]), (&json!("OneDrive"), &usual));
    assert_eq!(problem["can_salvage"], false, "nothing is written there");
    let second = json!(cloud.join("backups"));
    assert_eq!((&problem["second_place"], &problem["second_place_stays"]), (&second, &json!(false)));
    assert_eq!(other.code("vault.unlock", json!({ "passphrase": PASSPHRASE })).await, "vault.synchronized");

    let status = other.call("damage.local_copy", json!({})).await;
    assert_eq!((&status["folder"], &status["problem"]), (&usual, &Value::Null));
    other.call("vault.unlock", json!({ "passphrase": PASSPHRASE })).await;
    assert_eq!(other.names().await, ["Sample Student"]);
    let mut left: Vec<_> = fs::read_dir(&cloud).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left, ["backups", "records.db", "records.keys"], "only the place for backups is new");

    // The folder is the second place for backups from then on.
    let status = other.call("backups.status", json!({})).await;
    assert_eq!((&status["second"]["folder"], &status["second"]["reachable"]), (&second, &json!(true)));
    other.student("Demo Learner").await;
    other.reopen().await;
    let names = fs::read_dir(cloud.join("backups")).unwrap().map(|entry| entry.unwrap().file_name());
    assert!(names.into_iter().any(|name| name.to_string_lossy().ends_with(".backup")));
}

#[tokio::test]
async fn a_second_place_that_is_set_stays_where_records_are_copied_from_a_synchronized_folder() {
    let room = open().await;
    let stick = room.folder.path().join("stick");
    fs::create_dir(&stick).unwrap();
    room.call("backups.set_place", json!({ "folder": stick })).await;
    room.call("vault.lock", json!({})).await;
    let cloud = room.folder.path().join("Dropbox/records");
    fs::create_dir_all(&cloud).unwrap();
    for name in ["records.db", "records.keys"] {
        fs::copy(room.folder.path().join("records").join(name), cloud.join(name)).unwrap();
    }
    room.call("vault.choose_folder", json!({ "folder": cloud })).await;
    let problem = room.call("vault.problem", json!({})).await;
    assert_eq!((&problem["second_place"], &problem["second_place_stays"]), (&json!(stick), &json!(true)));
    room.call("damage.local_copy", json!({})).await;
    room.call("vault.unlock", json!({ "passphrase": PASSPHRASE })).await;
    assert_eq!(room.call("backups.status", json!({})).await["second"]["folder"], json!(stick));
    assert!(!cloud.join("backups").exists());
}
