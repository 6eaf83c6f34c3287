//! Backups as a person has them: made by themselves and by hand, looked into, gone back to, brought to another computer.

use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::support::{PASSPHRASE, Room, first_run, open};

/// Begins a job and waits for its end.
async fn done(room: &Room, name: &str) -> Value {
    let id = room.call(name, json!({})).await["id"].clone();
    loop {
        let jobs = room.call("jobs.list", json!({})).await;
        let job = jobs.as_array().unwrap().iter().find(|job| job["id"] == id).unwrap().clone();
        if job["state"] != "running" {
            return job;
        }
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
}

async fn list(room: &Room) -> Vec<Value> {
    room.call("backups.list", json!({})).await.as_array().unwrap().clone()
}

async fn status(room: &Room) -> Value {
    room.call("backups.status", json!({})).await
}

fn named(row: &Value) -> Value {
    json!({ "name": row["name"], "second": false, "passphrase": null, "recovery_key": null })
}

#[tokio::test]
async fn a_backup_by_hand_is_listed_checked_and_said_to_hold_everything() {
    let room = open().await;
    room.student("Sample Student").await;
    assert_eq!(status(&room).await["last_at"], Value::Null);
    assert_eq!(done(&room, "backups.make").await["state"], "done");
    let rows = list(&room).await;
    assert_eq!((rows.len(), &rows[0]["reason"], &rows[0]["first"]), (1, &json!("by_hand"), &json!("whole")));
    assert_eq!(rows[0]["students"], 1);
    let now = status(&room).await;
    assert_eq!((&now["changed"], &now["last_at"]), (&json!(false), &rows[0]["made_at"]));
    room.student("Demo Learner").await;
    assert_eq!(status(&room).await["changed"], true);
    assert_eq!(done(&room, "backups.check").await["state"], "done");
}

#[tokio::test]
async fn every_half_hour_with_changes_has_a_backup_and_no_other() {
    let room = open().await;
    room.student("Sample Student").await;
    room.desk.back_up_if_due().await.unwrap();
    assert_eq!(list(&room).await.len(), 1);
    room.student("Demo Learner").await;
    room.desk.back_up_if_due().await.unwrap();
    assert_eq!(list(&room).await.len(), 1, "not yet");
    room.clock.forward(SignedDuration::from_mins(31));
    room.desk.back_up_if_due().await.unwrap();
    assert_eq!(list(&room).await.len(), 2);
    room.clock.forward(SignedDuration::from_mins(31));
    room.desk.back_up_if_due().await.unwrap();
    assert_eq!(list(&room).await.len(), 2, "nothing was changed");
    // A clock that was set back postpones nothing.
    room.student("Third Student").await;
    room.clock.forward(SignedDuration::from_hours(-5));
    room.desk.back_up_if_due().await.unwrap();
    assert_eq!(list(&room).await.len(), 3);
}

#[tokio::test]
async fn the_lock_and_the_end_of_the_program_leave_a_backup_where_something_was_changed() {
    let room = open().await;
    room.student("Sample Student").await;
    room.reopen().await;
    assert_eq!(list(&room).await[0]["reason"], "closing");
    room.reopen().await;
    assert_eq!(list(&room).await.len(), 1, "nothing was changed in between");
    assert_eq!(room.call("backups.before_quit", json!({})).await["made"], false);
    room.student("Demo Learner").await;
    assert_eq!(room.call("backups.before_quit", json!({})).await["made"], true);
    assert_eq!(list(&room).await.len(), 2);
    room.call("vault.lock", json!({})).await;
    assert_eq!(room.call("backups.before_quit", json!({})).await["made"], false, "locked is no fault");
}

#[tokio::test]
async fn an_import_is_preceded_by_a_backup() {
    let room = open().await;
    room.student("Sample Student").await;
    room.call("students.import_roster", json!({ "text": "name\nDemo Learner", "columns": null })).await;
    let rows = list(&room).await;
    assert_eq!((rows.len(), &rows[0]["reason"], &rows[0]["students"]), (1, &json!("import"), &json!(1)));
}

#[tokio::test]
async fn going_back_shows_first_what_it_changes_and_keeps_what_was_there() {
    let room = open().await;
    room.student("Before Backup").await;
    done(&room, "backups.make").await;
    room.student("Since Then").await;
    let row = list(&room).await[0].clone();
    let preview = room.call("backups.preview", named(&row)).await;
    assert_eq!(preview["changed"]["gone"], json!(["Since Then"]));
    assert_eq!((&preview["students"], &preview["changed"]["same"]), (&json!(1), &json!(1)));
    let restored = room.call("backups.restore", named(&row)).await;
    assert_eq!(room.names().await, ["Before Backup"]);
    let aside = std::path::PathBuf::from(restored["set_aside"].as_str().unwrap());
    assert!(aside.join("records.db").exists());
    assert_eq!(restored["other_key"], false);
    room.student("And Goes On").await;
    room.reopen().await;
    assert_eq!(room.names().await, ["And Goes On", "Before Backup"]);
}

/// Prints the student's draft: a disclosure.
async fn disclosed(room: &Room, draft: &str) {
    let print = json!({ "id": draft, "language": "en", "today": "2026-11-30" });
    room.output("applications.pdf", print).await.unwrap();
}

async fn disclosures(room: &Room) -> Vec<Value> {
    let filter =
        json!({ "student": null, "kind": "disclosure", "audience": null, "from": null, "until": null });
    let page = room.call("log.list", json!({ "filter": filter, "after": null, "most": null })).await;
    page["rows"].as_array().unwrap().clone()
}

#[tokio::test]
async fn going_back_and_forth_takes_no_disclosure_and_no_hold_back_and_the_log_stays_whole() {
    let room = open().await;
    let student = room.student("Sample Student").await;
    let draft = room.application(Some(&student)).await;
    disclosed(&room, &draft).await;
    done(&room, "backups.make").await;
    room.clock.forward(SignedDuration::from_mins(5));
    disclosed(&room, &draft).await;
    let batch = disclosures(&room).await.last().unwrap()["batch"].clone();
    let answer =
        json!({ "batch": batch, "audience": "parent", "party": null, "interest": null, "correcting": false });
    room.call("log.answer", answer).await;
    let hold = json!({ "student_id": student, "kind": "legal", "reason": "court order" });
    room.call("rights.open_hold", hold).await;
    done(&room, "backups.make").await;
    let rows = list(&room).await;
    let before = disclosures(&room).await;
    assert_eq!(before.len(), 2);
    for (at, left) in [(1, 1), (0, 1), (1, 2)] {
        room.call("backups.restore", named(&rows[at])).await;
        assert_eq!(disclosures(&room).await, before);
        assert_eq!(room.call("rights.holds", json!({ "id": student })).await.as_array().unwrap().len(), 1);
        let check = room.call("log.verify", json!({})).await;
        assert_eq!((&check["broken"], check["unread_backups"].as_u64()), (&Value::Null, Some(0)));
        assert!(check["left_backups"].as_u64().unwrap() <= left, "{check}");
        assert_eq!(check["backups"].as_u64().unwrap() + check["left_backups"].as_u64().unwrap(), 2);
    }
    // A backup that these records never had still shows.
    let steps = room.call("changes.steps", json!({})).await;
    assert!(steps["undo"].as_array().unwrap().iter().all(|step| step["act"] != "backups.restore"));
}

#[tokio::test]
async fn going_back_keeps_a_corrected_answer_and_brings_nobody_back_who_was_erased_from_the_backups() {
    let room = open().await;
    let student = room.student("Sample Student").await;
    let gone = room.student("Gone For Good").await;
    let draft = room.application(Some(&student)).await;
    disclosed(&room, &draft).await;
    let batch = disclosures(&room).await[0]["batch"].clone();
    let answer = |audience: &str, party: Value, correcting: bool| json!({ "batch": batch, "audience": audience, "party": party, "interest": party, "correcting": correcting });
    room.call("log.answer", answer("other", json!("A college"), false)).await;
    let (stick, away) = (room.folder.path().join("stick"), room.folder.path().join("drawer"));
    std::fs::create_dir(&stick).unwrap();
    room.call("backups.set_place", json!({ "folder": stick })).await;
    done(&room, "backups.make").await;
    room.call("log.answer", answer("parent", Value::Null, true)).await;
    std::fs::rename(&stick, &away).unwrap();
    let which = json!({ "student_id": gone, "scope": "record" });
    let preview = room.call("rights.preview_erase", which.clone()).await;
    let erase = json!({ "student_id": gone, "scope": "record", "certificate": preview["certificate"], "backups": true });
    room.call("rights.erase", erase).await;
    while room
        .call("jobs.list", json!({}))
        .await
        .as_array()
        .unwrap()
        .iter()
        .any(|job| job["state"] == "running")
    {
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    assert_eq!(room.call("rights.unfinished", json!({})).await.as_array().unwrap().len(), 1);
    // The stick comes back, and its old copy is gone back to before anything else looks at it.
    let old = std::fs::read_dir(&away).unwrap().map(|entry| entry.unwrap().path());
    let old: Vec<_> = old.filter(|path| path.extension().is_some_and(|kind| kind == "backup")).collect();
    let name = old[0].file_stem().unwrap().to_str().unwrap().to_owned();
    std::fs::rename(&away, &stick).unwrap();
    let copy = json!({ "name": name, "second": true, "passphrase": null, "recovery_key": null });
    room.call("backups.restore", copy).await;
    assert_eq!(room.names().await, ["Sample Student"]);
    let row = disclosures(&room).await[0].clone();
    assert_eq!((&row["audience"], &row["party"]), (&json!("parent"), &Value::Null));
    assert_eq!(room.call("log.verify", json!({})).await["broken"], Value::Null);
}

#[tokio::test]
async fn the_second_place_is_warned_of_after_a_week_and_catches_up_when_it_is_back() {
    let room = open().await;
    room.student("Sample Student").await;
    assert_eq!(status(&room).await["second_missing"], false);
    room.clock.forward(SignedDuration::from_hours(24 * 8));
    assert_eq!(status(&room).await["second_missing"], true);
    let set = |folder: Value| json!({ "folder": folder });
    assert_eq!(room.code("backups.set_place", set("stick".into())).await, "backups.place_not_there");
    let within = room.folder.path().join("records").display().to_string();
    assert_eq!(room.code("backups.set_place", set(within.into())).await, "backups.place_within_records");
    let (stick, away) = (room.folder.path().join("stick"), room.folder.path().join("drawer"));
    std::fs::create_dir(&stick).unwrap();
    room.call("backups.set_place", set(stick.display().to_string().into())).await;
    assert_eq!(status(&room).await["second_missing"], false);
    done(&room, "backups.make").await;
    assert!(status(&room).await["second"]["seen_at"].is_string());
    assert_eq!(list(&room).await[0]["second"], "whole");

    std::fs::rename(&stick, &away).unwrap();
    room.student("Demo Learner").await;
    done(&room, "backups.make").await;
    let now = status(&room).await;
    assert_eq!((&now["second"]["reachable"], now["second"]["seen_at"].is_string()), (&json!(false), true));
    std::fs::rename(&away, &stick).unwrap();
    room.desk.back_up_if_due().await.unwrap();
    assert!(list(&room).await.iter().all(|row| row["second"] == "whole"));
    // It is remembered on this computer.
    let room = room.started_again();
    room.call("vault.unlock", json!({ "passphrase": PASSPHRASE })).await;
    assert_eq!(status(&room).await["second"]["folder"], json!(stick.display().to_string()));
    assert_eq!(room.call("backups.set_place", set(Value::Null)).await["second"], Value::Null);
}

#[tokio::test]
async fn another_computer_needs_the_folder_and_the_passphrase_and_nothing_else() {
    let room = open().await;
    room.student("Sample Student").await;
    done(&room, "backups.make").await;
    let folder = room.folder.path().join("records/backups").display().to_string();
    let other = first_run();
    let rows = other.call("backups.look_elsewhere", json!({ "folder": folder })).await;
    assert_eq!((rows.as_array().unwrap().len(), &rows[0]["openable"]), (1, &json!(true)));
    let of = |passphrase: &str| {
        let name = &rows[0]["name"];
        json!({ "folder": folder, "name": name, "passphrase": passphrase, "recovery_key": null, "replace": false })
    };
    assert_eq!(
        other.code("backups.preview_elsewhere", of("not this one at all")).await,
        "vault.wrong_passphrase"
    );
    assert_eq!(other.call("backups.preview_elsewhere", of(PASSPHRASE)).await["students"], 1);
    other.call("backups.restore_elsewhere", of(PASSPHRASE)).await;
    assert_eq!(other.names().await, ["Sample Student"]);
    other.reopen().await;
    assert_eq!(other.names().await, ["Sample Student"]);
    assert_eq!(other.code("backups.restore_elsewhere", of(PASSPHRASE)).await, "backups.records_there");
    other.call("vault.lock", json!({})).await;
    assert_eq!(other.code("backups.restore_elsewhere", of(PASSPHRASE)).await, "backups.records_there");
    let nowhere = json!({ "folder": room.folder.path().join("nothing here").display().to_string() });
    assert_eq!(other.code("backups.look_elsewhere", nowhere).await, "backups.place_not_there");
}

#[tokio::test]
async fn wrong_tries_at_a_backup_slow_down_as_at_the_door() {
    let room = open().await;
    room.student("Sample Student").await;
    done(&room, "backups.make").await;
    let folder = room.folder.path().join("records/backups").display().to_string();
    let other = first_run();
    let name = other.call("backups.look_elsewhere", json!({ "folder": folder })).await[0]["name"].clone();
    let wrong = json!({ "folder": folder, "name": name, "passphrase": "not this one", "recovery_key": null, "replace": false });
    for _ in 0..4 {
        assert_eq!(other.code("backups.preview_elsewhere", wrong.clone()).await, "vault.wrong_passphrase");
    }
    assert_eq!(other.code("backups.preview_elsewhere", wrong).await, "vault.wait");
}

#[tokio::test]
async fn so_they_do_at_a_backup_under_an_older_key() {
    let room = open().await;
    room.student("Sample Student").await;
    done(&room, "backups.make").await;
    let name = list(&room).await[0]["name"].clone();
    room.call("vault.new_key", json!({ "passphrase": PASSPHRASE })).await;
    let with = |passphrase: Value| json!({ "name": name, "second": false, "passphrase": passphrase, "recovery_key": null });
    assert_eq!(room.code("backups.preview", with(Value::Null)).await, "backups.older_key");
    for operation in ["backups.preview", "backups.restore", "backups.preview", "backups.restore"] {
        assert_eq!(room.code(operation, with("not this one".into())).await, "vault.wrong_passphrase");
    }
    assert_eq!(room.code("backups.preview", with(PASSPHRASE.into())).await, "vault.wait");
    assert_eq!(room.code("backups.restore", with(PASSPHRASE.into())).await, "vault.wait");
    room.clock.forward(SignedDuration::from_secs(2));
    // What needs no secret proves none: it neither waits nor forgets.
    assert_eq!(room.call("backups.preview", with(PASSPHRASE.into())).await["students"], 1);
}

#[tokio::test]
async fn a_damaged_backup_is_named_and_never_restored() {
    let room = open().await;
    room.student("Sample Student").await;
    done(&room, "backups.make").await;
    let row = list(&room).await[0].clone();
    let path = room.folder.path().join(format!("records/backups/{}.backup", row["name"].as_str().unwrap()));
    let mut bytes = std::fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&path, bytes).unwrap();
    let checked = done(&room, "backups.check").await;
    assert_eq!((&checked["state"], &checked["code"]), (&json!("failed"), &json!("backups.some_damaged")));
    assert_eq!(checked["params"], json!({ "damaged": "1", "checked": "1" }));
    assert_eq!(list(&room).await[0]["first"], "damaged");
    assert_eq!(room.code("backups.restore", named(&row)).await, "backups.damaged");
    assert_eq!(room.names().await, ["Sample Student"], "the records are as they were, and open");
    let unknown = json!({ "name": "../records", "second": false, "passphrase": null, "recovery_key": null });
    assert_eq!(room.code("backups.preview", unknown).await, "backups.not_found");
}
