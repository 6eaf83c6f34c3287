//! From records that can't be opened back to their newest good backup.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::support::{PASSPHRASE, Room, first_run, groups, open};

/// Bytes that no file of records begins with.
const DAMAGE: &[u8] = b"nothing that can be read";

fn records(room: &Room) -> PathBuf {
    room.folder.path().join("records")
}

/// Locks records that were changed, which makes a backup of them.
async fn back_up(room: &Room, student: &str) {
    room.student(student).await;
    room.reopen().await;
    room.clock.forward(jiff::SignedDuration::from_secs(2));
}

/// Damages the records file beyond reading and gives what it is then.
async fn damage(room: &Room) -> Vec<u8> {
    room.call("vault.lock", json!({})).await;
    let file = records(room).join("records.db");
    let mut bytes = fs::read(&file).unwrap();
    bytes[..DAMAGE.len()].copy_from_slice(DAMAGE);
    fs::write(&file, &bytes).unwrap();
    assert_eq!(room.code("vault.unlock", json!({ "passphrase": PASSPHRASE })).await, "vault.damaged");
    bytes
}

async fn found(room: &Room) -> (Vec<Value>, Value) {
    let mut found = room.call("damage.backups", json!({})).await;
    (found["rows"].as_array().unwrap().clone(), found["away"].take())
}

fn wish(from: &Value, passphrase: &str) -> Value {
    json!({ "from": from, "passphrase": passphrase, "recovery_key": null })
}

async fn restore(room: &Room, good: &Value, passphrase: &str) -> Value {
    let back = json!({
        "folder": good["folder"], "name": good["preview"]["name"], "passphrase": passphrase,
        "recovery_key": null, "replace": true,
    });
    room.call("backups.restore_elsewhere", back).await
}

fn strike(file: &Path) {
    let mut bytes = fs::read(file).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0x10;
    fs::write(file, bytes).unwrap();
}

#[tokio::test]
async fn the_newest_good_backup_takes_the_place_of_damaged_records_and_these_are_set_aside() {
    let room = open().await;
    back_up(&room, "First Student").await;
    back_up(&room, "Second Student").await;
    back_up(&room, "Third Student").await;
    let damaged = damage(&room).await;
    let (rows, away) = found(&room).await;
    assert_eq!((rows.len(), &away), (3, &Value::Null));
    let name = rows[0]["name"].as_str().unwrap();
    strike(&records(&room).join("backups").join(format!("{name}.backup")));

    let wrong = wish(&Value::Null, "not this one at all");
    assert_eq!(room.code("damage.good_backup", wrong).await, "vault.wrong_passphrase");
    let good = room.call("damage.good_backup", wish(&Value::Null, PASSPHRASE)).await;
    assert_eq!((&good["passed"], &good["preview"]["name"]), (&json!(1), &rows[1]["name"]));
    assert_eq!(good["preview"]["students"], 2);
    let older = room.call("damage.good_backup", wish(&rows[2]["name"], PASSPHRASE)).await;
    assert_eq!((&older["passed"], &older["preview"]["students"]), (&json!(0), &json!(1)));
    assert!(fs::read(records(&room).join("records.db")).unwrap() == damaged, "looking changes nothing");

    let restored = restore(&room, &good, PASSPHRASE).await;
    assert_eq!(restored["taken_along"], "unreadable", "it is said that nothing could be asked of them");
    let aside = Path::new(restored["set_aside"].as_str().unwrap());
    assert!(fs::read(aside.join("records.db")).unwrap() == damaged, "kept byte for byte");
    assert_eq!(room.names().await, ["First Student", "Second Student"]);
    let open = room.code("damage.good_backup", wish(&Value::Null, PASSPHRASE)).await;
    assert_eq!(open, "vault.already_there", "open records are left as they are");
    room.reopen().await;
}

#[tokio::test]
async fn looking_for_a_good_backup_and_going_back_to_it_can_be_stopped_and_change_nothing_then() {
    let room = open().await;
    back_up(&room, "Sample Student").await;
    let damaged = damage(&room).await;
    // It may be at its end before anybody can stop it.
    let mut stopped = None;
    for _ in 0..50 {
        stopped =
            room.stopped("damage.good_backup", wish(&Value::Null, PASSPHRASE), "find_backup").await.err();
        if stopped.is_some() {
            break;
        }
    }
    assert_eq!(stopped.expect("it never stopped").code, "jobs.stopped");
    let good = room.call("damage.good_backup", wish(&Value::Null, PASSPHRASE)).await;
    let back = json!({
        "folder": good["folder"], "name": good["preview"]["name"], "passphrase": PASSPHRASE, "replace": true,
    });
    let stopped = room.stopped("backups.restore_elsewhere", back, "restore").await;
    assert_eq!(stopped.unwrap_err().code, "jobs.stopped");
    assert!(fs::read(records(&room).join("records.db")).unwrap() == damaged);
    assert!(!records(&room).join("records.db.restoring").exists());
    restore(&room, &good, PASSPHRASE).await;
    assert_eq!(room.names().await, ["Sample Student"]);
}

#[tokio::test]
async fn going_back_from_whole_records_that_are_locked_takes_along_what_has_happened() {
    let room = open().await;
    let student = room.student("Sample Student").await;
    room.reopen().await;
    let hold = json!({ "student_id": student, "kind": "legal", "reason": "court order" });
    room.call("rights.open_hold", hold).await;
    room.student("Since Then").await;
    let holds = room.call("rights.holds", json!({ "id": student })).await;
    assert_eq!(holds.as_array().unwrap().len(), 1);
    let (rows, _) = found(&room).await;
    room.call("vault.lock", json!({})).await;
    let good = room.call("damage.good_backup", wish(&rows[0]["name"], PASSPHRASE)).await;
    let restored = restore(&room, &good, PASSPHRASE).await;
    assert_eq!((&restored["taken_along"], &restored["other_key"]), (&json!("done"), &json!(false)));
    assert_eq!(room.names().await, ["Sample Student"]);
    assert_eq!(room.call("rights.holds", json!({ "id": student })).await, holds);
    assert_eq!(room.call("log.verify", json!({})).await["broken"], Value::Null);
}

#[tokio::test]
async fn where_there_is_no_good_backup_it_is_said() {
    let room = open().await;
    damage(&room).await;
    fs::remove_dir_all(records(&room).join("backups")).unwrap();
    assert_eq!(found(&room).await.0, Vec::<Value>::new());
    assert_eq!(room.code("damage.good_backup", wish(&Value::Null, PASSPHRASE)).await, "backups.not_found");
    let neither = json!({ "from": null, "passphrase": null, "recovery_key": null });
    assert_eq!(room.code("damage.good_backup", neither).await, "operation.bad_input");

    let room = open().await;
    back_up(&room, "Sample Student").await;
    damage(&room).await;
    let (rows, _) = found(&room).await;
    let name = rows[0]["name"].as_str().unwrap();
    strike(&records(&room).join("backups").join(format!("{name}.backup")));
    assert_eq!(room.code("damage.good_backup", wish(&Value::Null, PASSPHRASE)).await, "backups.damaged");
}

#[tokio::test]
async fn the_second_place_is_looked_into_where_it_is_there_and_named_where_it_is_not() {
    let room = open().await;
    let stick = room.folder.path().join("stick");
    fs::create_dir(&stick).unwrap();
    room.call("backups.set_place", json!({ "folder": stick })).await;
    back_up(&room, "Sample Student").await;
    // Of the records nothing is left, not even their file of keys.
    room.call("vault.lock", json!({})).await;
    for name in ["records.db", "records.keys"] {
        fs::remove_file(records(&room).join(name)).unwrap();
    }
    fs::remove_dir_all(records(&room).join("backups")).unwrap();
    let away = room.folder.path().join("away");
    fs::rename(&stick, &away).unwrap();
    assert_eq!(found(&room).await, (vec![], json!(stick)));
    fs::rename(&away, &stick).unwrap();
    let (rows, gone) = found(&room).await;
    assert_eq!((rows.len(), &rows[0]["folder"], &gone), (1, &json!(stick), &Value::Null));
    let good = room.call("damage.good_backup", wish(&Value::Null, PASSPHRASE)).await;
    restore(&room, &good, PASSPHRASE).await;
    assert_eq!(room.names().await, ["Sample Student"]);
}

#[tokio::test]
async fn the_recovery_key_opens_it_and_backups_of_other_records_are_not_offered() {
    let shared = tempfile::tempdir().unwrap();
    let others = open().await;
    others.call("backups.set_place", json!({ "folder": shared.path() })).await;
    back_up(&others, "Of Somebody Else").await;

    let room = first_run();
    let key = groups(&room.call("vault.create", json!({ "folder": null, "passphrase": PASSPHRASE })).await);
    room.call("backups.set_place", json!({ "folder": shared.path() })).await;
    back_up(&room, "Sample Student").await;
    damage(&room).await;
    let (rows, _) = found(&room).await;
    assert_eq!(rows.len(), 1);
    let by_key = json!({ "from": null, "passphrase": null, "recovery_key": key });
    assert_eq!(room.call("damage.good_backup", by_key).await["preview"]["students"], 1);
}

#[tokio::test]
async fn in_a_shared_place_ones_own_backup_is_found_where_nothing_says_any_more_whose_is_whose() {
    let shared = tempfile::tempdir().unwrap();
    let room = open().await;
    room.call("backups.set_place", json!({ "folder": shared.path() })).await;
    back_up(&room, "Sample Student").await;
    room.call("vault.lock", json!({})).await;

    let others = first_run();
    others.clock.forward(jiff::SignedDuration::from_hours(1));
    let create = json!({ "folder": null, "passphrase": "of somebody else entirely" });
    others.call("vault.create", create).await;
    others.call("backups.set_place", json!({ "folder": shared.path() })).await;
    others.student("Of Somebody Else").await;
    others.call("vault.lock", json!({})).await;

    for name in ["records.db", "records.keys"] {
        fs::remove_file(records(&room).join(name)).unwrap();
    }
    let wrong = wish(&Value::Null, "not this one at all");
    let good = room.call("damage.good_backup", wish(&Value::Null, PASSPHRASE)).await;
    assert_eq!((&good["preview"]["students"], &good["passed"]), (&json!(1), &json!(0)));
    fs::remove_dir_all(records(&room).join("backups")).unwrap();
    assert_eq!(found(&room).await.0.len(), 2, "both people's");
    assert_eq!(room.code("damage.good_backup", wrong).await, "vault.wrong_passphrase");
    let good = room.call("damage.good_backup", wish(&Value::Null, PASSPHRASE)).await;
    assert_eq!((&good["preview"]["students"], &good["passed"]), (&json!(1), &json!(0)));
    restore(&room, &good, PASSPHRASE).await;
    assert_eq!(room.names().await, ["Sample Student"]);
}
