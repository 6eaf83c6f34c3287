//! Keys of open records: the passphrase is asked again, what changes takes hold, and wrong tries are remembered.

use std::fs;

use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::support::{PASSPHRASE, Room, first_run, groups, open};

const NEXT: &str = "quite another passphrase";

async fn drawn(room: &Room) -> String {
    groups(&room.call("vault.draw_recovery_key", json!({})).await)
}

fn recover(key: &str) -> Value {
    json!({ "recovery_key": key, "passphrase": NEXT })
}

#[tokio::test]
async fn the_passphrase_changes_where_the_old_one_is_typed() {
    let room = open().await;
    let change = |old: &str, new: &str| json!({ "passphrase": old, "new_passphrase": new });
    let name = "vault.change_passphrase";
    assert_eq!(room.code(name, change(PASSPHRASE, "too short")).await, "vault.passphrase_too_short");
    assert_eq!(room.code(name, change("not this one", NEXT)).await, "vault.wrong_passphrase");
    assert_eq!(room.call(name, change(PASSPHRASE, NEXT)).await, json!({ "left": [], "keychain_off": false }));
    room.call("vault.lock", json!({})).await;
    assert_eq!(room.code(name, change(NEXT, PASSPHRASE)).await, "vault.locked");
    let old = json!({ "passphrase": PASSPHRASE });
    assert_eq!(room.code("vault.unlock", old).await, "vault.wrong_passphrase");
    room.call("vault.unlock", json!({ "passphrase": NEXT })).await;
}

#[tokio::test]
async fn a_place_that_a_changed_passphrase_did_not_reach_is_named_until_it_is_back_also_after_a_new_start() {
    let room = open().await;
    let stick = room.folder.path().join("stick");
    fs::create_dir(&stick).unwrap();
    room.call("backups.set_place", json!({ "folder": stick })).await;
    room.student("Sample Student").await;
    room.reopen().await;
    let copies = || {
        let entries = fs::read_dir(&stick).unwrap().map(|entry| entry.unwrap().path());
        let keys = entries.filter(|path| path.extension().is_some_and(|ending| ending == "keys"));
        keys.map(|path| fs::read(path).unwrap()).collect::<Vec<_>>()
    };
    let before = copies();
    assert_eq!(before.len(), 1);
    let away = room.folder.path().join("away");
    fs::rename(&stick, &away).unwrap();
    let change = json!({ "passphrase": PASSPHRASE, "new_passphrase": NEXT });
    let changed = room.call("vault.change_passphrase", change).await;
    let left = json!([{ "place": stick, "reason": "absent" }]);
    assert_eq!(changed["left"], left);

    room.call("vault.lock", json!({})).await;
    let room = room.started_again();
    room.call("vault.unlock", json!({ "passphrase": NEXT })).await;
    assert_eq!(room.call("vault.keys", json!({})).await["left"], left);
    fs::rename(&away, &stick).unwrap();
    assert_eq!(copies(), before);
    assert_eq!(room.call("vault.keys", json!({})).await["left"], json!([]));
    let present = fs::read(room.folder.path().join("records/records.keys")).unwrap();
    assert_eq!(copies(), [present]);
}

#[tokio::test]
async fn wrong_tries_wait_inside_as_at_the_door_and_after_a_new_start() {
    let room = open().await;
    for _ in 0..4 {
        let input = json!({ "passphrase": "not this one" });
        assert_eq!(room.code("vault.remove_school_key", input).await, "vault.wrong_passphrase");
    }
    let right = json!({ "passphrase": PASSPHRASE });
    assert_eq!(room.code("vault.remove_school_key", right.clone()).await, "vault.wait");
    room.call("vault.lock", json!({})).await;
    assert_eq!(room.code("vault.unlock", right.clone()).await, "vault.wait");
    let room = room.started_again();
    assert_eq!(room.call("vault.status", json!({})).await["wait_seconds"], 2);
    assert_eq!(room.code("vault.unlock", right.clone()).await, "vault.wait");
    room.clock.forward(SignedDuration::from_secs(2));
    room.call("vault.unlock", right).await;
    assert_eq!(room.started_again().call("vault.status", json!({})).await["wait_seconds"], 0);
}

#[tokio::test]
async fn a_wrong_passphrase_for_the_pin_waits_as_at_the_door_and_after_a_new_start() {
    let room = open().await;
    let set = |passphrase: &str| json!({ "pin": "2580", "passphrase": passphrase });
    for _ in 0..4 {
        assert_eq!(room.code("meeting.set_pin", set("not this one")).await, "vault.wrong_passphrase");
    }
    assert_eq!(room.code("meeting.set_pin", set(PASSPHRASE)).await, "vault.wait");
    let room = room.started_again();
    assert_eq!(room.code("vault.unlock", json!({ "passphrase": PASSPHRASE })).await, "vault.wait");
    room.clock.forward(SignedDuration::from_secs(2));
    room.call("vault.unlock", json!({ "passphrase": PASSPHRASE })).await;
    room.call("meeting.set_pin", set(PASSPHRASE)).await;
}

#[tokio::test]
async fn wrong_recovery_keys_are_counted_with_wrong_passphrases() {
    let room = open().await;
    let other = drawn(&room).await;
    room.call("vault.lock", json!({})).await;
    for _ in 0..4 {
        assert_eq!(room.code("vault.recover", recover(&other)).await, "vault.wrong_recovery_key");
    }
    assert_eq!(room.code("vault.recover", recover(&other)).await, "vault.wait");
}

#[tokio::test]
async fn a_recovery_key_holds_once_it_was_typed_back_and_not_before() {
    let room = first_run();
    let first = groups(&room.call("vault.create", json!({ "folder": null, "passphrase": PASSPHRASE })).await);
    let next = drawn(&room).await;
    assert_ne!(next, drawn(&room).await);
    let set = |key: &str| json!({ "passphrase": PASSPHRASE, "recovery_key": key });
    let mistyped = format!("{next}X");
    assert_eq!(room.code("vault.set_recovery_key", set(&mistyped)).await, "vault.recovery_key_mistyped");
    room.call("vault.lock", json!({})).await;
    assert_eq!(room.code("vault.recover", recover(&next)).await, "vault.wrong_recovery_key");
    room.call("vault.unlock", json!({ "passphrase": PASSPHRASE })).await;
    room.call("vault.set_recovery_key", set(&next.to_lowercase())).await;
    room.call("vault.lock", json!({})).await;
    assert_eq!(room.code("vault.recover", recover(&first)).await, "vault.wrong_recovery_key");
    assert_eq!(room.call("vault.recover", recover(&next)).await["opened_by"], "recovery_key");
}

#[tokio::test]
async fn the_schools_key_opens_the_records_without_the_memory_aids() {
    let room = open().await;
    let student = room.student("Sample Student").await;
    let aid = json!({ "id": student, "text": "asks about nursing" });
    assert!(room.call("students.save_memory_aid", aid.clone()).await["change"].is_number());
    let school = drawn(&room).await;
    room.call("vault.set_school_key", json!({ "passphrase": PASSPHRASE, "recovery_key": school })).await;
    let keys = room.call("vault.keys", json!({})).await;
    let expected = json!({
        "opened_by": "passphrase", "school_key": true, "offered_school_key": null, "recovery_key_is_new": true,
        "memory_aids": true, "keychain": false, "left": [],
    });
    assert_eq!(keys, expected);
    let shown = room.call("students.memory_aid", json!({ "id": student })).await;
    assert_eq!((&shown["state"], &shown["text"]), (&json!("open"), &json!("asks about nursing")));
    room.call("vault.lock", json!({})).await;

    assert_eq!(room.call("vault.recover", recover(&school)).await["opened_by"], "school_key");
    assert_eq!(room.call("vault.status", json!({})).await["opened_by"], "school_key");
    assert_eq!(room.names().await, ["Sample Student"]);
    let shown = room.call("students.memory_aid", json!({ "id": student })).await;
    assert_eq!((&shown["state"], &shown["text"]), (&json!("school_key"), &json!("")));
    assert!(shown["saved_at"].is_string());
    assert_eq!(room.code("students.save_memory_aid", aid.clone()).await, "vault.private_key_missing");
    assert_eq!(room.call("vault.keys", json!({})).await["memory_aids"], false);

    // A new recovery key begins anew with memory aids; what was written before stays closed, and can be taken away.
    let next = drawn(&room).await;
    room.call("vault.set_recovery_key", json!({ "passphrase": NEXT, "recovery_key": next })).await;
    let shown = room.call("students.memory_aid", json!({ "id": student })).await;
    assert_eq!(shown["state"], "other_key");
    assert_eq!(room.code("students.save_memory_aid", aid.clone()).await, "vault.private_key_missing");
    room.call("students.save_memory_aid", json!({ "id": student, "text": "" })).await;
    room.call("students.save_memory_aid", aid).await;
    let shown = room.call("students.memory_aid", json!({ "id": student })).await;
    assert_eq!((&shown["state"], &shown["text"]), (&json!("open"), &json!("asks about nursing")));
}

#[tokio::test]
async fn a_school_can_keep_the_key_and_hand_on_no_more_than_its_public_half() {
    let room = open().await;
    let school = drawn(&room).await;
    let public = waymark_records::RecoveryKey::read(&school).unwrap().public_half().unwrap().text();
    let set = |key: &str| json!({ "passphrase": PASSPHRASE, "public_key": key });
    let name = "vault.set_school_public_key";
    assert_eq!(room.code(name, set(&public[1..])).await, "vault.recovery_key_mistyped");
    room.call(name, set(&public)).await;
    room.call("vault.lock", json!({})).await;
    assert_eq!(room.call("vault.recover", recover(&school)).await["opened_by"], "school_key");
    room.call("vault.remove_school_key", json!({ "passphrase": NEXT })).await;
    room.call("vault.lock", json!({})).await;
    assert_eq!(room.code("vault.recover", recover(&school)).await, "vault.wrong_recovery_key");
}

#[tokio::test]
async fn nobody_has_a_memory_aid_on_a_student_who_is_not_there() {
    let room = open().await;
    let aid = json!({ "id": "nobody", "text": "words" });
    assert_eq!(room.code("students.save_memory_aid", aid).await, "students.not_found");
    let shown = room.call("students.memory_aid", json!({ "id": "nobody" })).await;
    assert_eq!(shown, json!({ "state": "open", "text": "", "saved_at": null }));
}

#[tokio::test]
async fn a_lost_file_of_keys_comes_back_from_the_backup_place_and_that_is_said_once() {
    let room = open().await;
    let records = room.folder.path().join("records");
    fs::create_dir(records.join("backups")).unwrap();
    let again = json!({ "passphrase": PASSPHRASE, "new_passphrase": PASSPHRASE });
    room.call("vault.change_passphrase", again).await;
    room.call("vault.lock", json!({})).await;
    fs::remove_file(records.join("records.keys")).unwrap();
    let status = room.call("vault.status", json!({})).await;
    assert_eq!((&status["state"], &status["problem"]), (&json!("locked"), &Value::Null));
    let status = room.call("vault.unlock", json!({ "passphrase": PASSPHRASE })).await;
    assert!(status["keys_restored"]["written"].is_string(), "{status}");
    assert_eq!(room.call("vault.status", json!({})).await["keys_restored"], Value::Null);
    assert!(records.join("records.keys").is_file());
}

#[tokio::test]
async fn everything_is_encrypted_anew_and_the_records_are_open_again_after() {
    let room = open().await;
    room.student("Sample Student").await;
    let keys = room.folder.path().join("records/records.keys");
    let before = fs::read(&keys).unwrap();
    let wrong = json!({ "passphrase": "not this one" });
    assert_eq!(room.code("vault.new_key", wrong).await, "vault.wrong_passphrase");
    assert_eq!(room.names().await, ["Sample Student"], "a wrong passphrase closes nothing");
    let right = json!({ "passphrase": PASSPHRASE });
    assert_eq!(room.call("vault.new_key", right).await, json!({ "left": [], "keychain_off": false }));
    assert_ne!(fs::read(&keys).unwrap(), before);
    let jobs = room.call("jobs.list", json!({})).await;
    assert_eq!((&jobs[0]["kind"], &jobs[0]["state"]), (&json!("new_key"), &json!("done")));
    assert_eq!(room.names().await, ["Sample Student"]);
    room.reopen().await;
    assert_eq!(room.names().await, ["Sample Student"]);
}
