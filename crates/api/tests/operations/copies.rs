//! Erasing from copies of the records: it waits for a backup under way, goes on after a stop, and says what is left.

use serde_json::{Value, json};

use crate::support::{PASSPHRASE, Room, open};

/// Waits until no job runs any more, and gives all that are told.
async fn ended(room: &Room) -> Vec<Value> {
    for _ in 0..600 {
        let jobs = room.call("jobs.list", json!({})).await;
        let jobs = jobs.as_array().unwrap();
        if jobs.iter().all(|job| job["state"] != "running") {
            return jobs.clone();
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("the jobs do not end");
}

/// How the last erasing from copies ended: its state and the code of its fault.
async fn last_erasing(room: &Room) -> (Value, Value) {
    let jobs = ended(room).await;
    let job = jobs.iter().rfind(|job| job["kind"] == "erase").unwrap().clone();
    (job["state"].clone(), job["code"].clone())
}

async fn unfinished(room: &Room) -> Value {
    room.call("rights.unfinished", json!({})).await
}

async fn backup(room: &Room) {
    room.call("backups.make", json!({})).await;
    ended(room).await;
}

/// How many students are in each backup that is whole.
async fn in_backups(room: &Room) -> Vec<Value> {
    let list = room.call("backups.list", json!({})).await;
    list.as_array().unwrap().iter().map(|row| row["students"].clone()).collect()
}

async fn erase(room: &Room, student: &str, more_follow: bool) -> Value {
    let about = json!({ "student_id": student, "scope": "record" });
    let preview = room.call("rights.preview_erase", about.clone()).await;
    let mut erase = about;
    erase["certificate"] = preview["certificate"].clone();
    (erase["backups"], erase["more_follow"]) = (json!(true), json!(more_follow));
    room.call("rights.erase", erase).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_under_way_when_the_erasing_begins_does_not_survive_it() {
    let room = open().await;
    let student = room.student("Sample Student").await;
    room.student("Other Student").await;
    backup(&room).await;
    // Both at once, several times over: whichever is first, the other waits for its turn.
    for round in 0..5 {
        let another = room.student(&format!("Student {round}")).await;
        room.call("backups.make", json!({})).await;
        erase(&room, &another, false).await;
        room.call("backups.make", json!({})).await;
        assert_eq!(last_erasing(&room).await, (json!("done"), Value::Null), "round {round}");
        let students = in_backups(&room).await;
        assert!(students.iter().all(|count| *count == json!(2)), "round {round}: {students:?}");
    }
    assert!(erase(&room, &student, false).await["job"]["id"].is_u64());
    assert_eq!(last_erasing(&room).await.0, "done");
    assert!(in_backups(&room).await.iter().all(|count| *count == json!(1)));
    room.call("backups.check", json!({})).await;
    let jobs = ended(&room).await;
    assert!(jobs.iter().all(|job| job["state"] == "done"), "{jobs:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_erasing_from_backups_that_was_cut_off_goes_on_when_the_records_are_opened() {
    let room = open().await;
    let student = room.student("Sample Student").await;
    backup(&room).await;
    // Erased from the records, and the program ends before anything was done in the backups.
    assert_eq!(erase(&room, &student, true).await["job"], Value::Null);
    let told = unfinished(&room).await;
    assert_eq!((&told[0]["tried"], &told[0]["backups"]), (&json!(false), &json!(0)));
    let room = room.started_again();
    room.call("vault.unlock", json!({ "passphrase": PASSPHRASE })).await;
    assert_eq!(last_erasing(&room).await, (json!("done"), Value::Null));
    assert_eq!(in_backups(&room).await, [json!(0)]);
    assert_eq!(unfinished(&room).await, json!([]));
    // Nothing is left to be done, then and at the next opening.
    assert_eq!(room.call("rights.go_on", json!({})).await, json!({ "job": null }));
    room.reopen().await;
    assert!(ended(&room).await.iter().filter(|job| job["kind"] == "erase").count() == 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_place_that_was_away_is_said_and_done_once_it_is_back() {
    let room = open().await;
    let (stick, away) = (room.folder.path().join("stick"), room.folder.path().join("drawer"));
    std::fs::create_dir(&stick).unwrap();
    room.call("backups.set_place", json!({ "folder": stick })).await;
    let student = room.student("Sample Student").await;
    backup(&room).await;
    std::fs::rename(&stick, &away).unwrap();
    erase(&room, &student, false).await;
    assert_eq!(last_erasing(&room).await, (json!("failed"), json!("rights.second_left")));
    let told = unfinished(&room).await;
    assert_eq!(
        (&told[0]["tried"], &told[0]["second"], &told[0]["backups"]),
        (&json!(true), &json!(true), &json!(0))
    );
    assert_eq!(told.as_array().unwrap().len(), 1);
    std::fs::rename(&away, &stick).unwrap();
    room.reopen().await;
    assert_eq!(last_erasing(&room).await, (json!("done"), Value::Null));
    assert_eq!(unfinished(&room).await, json!([]));
    let list = room.call("backups.list", json!({})).await;
    let list = list.as_array().unwrap();
    assert!(list.iter().all(|row| row["students"] == 0 && row["second"] == "whole"), "{list:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn several_students_are_erased_from_the_backups_in_one_go() {
    let room = open().await;
    let mut students = Vec::new();
    for number in 0..3 {
        students.push(room.student(&format!("Student {number}")).await);
    }
    room.student("Who Stays").await;
    backup(&room).await;
    for student in &students {
        erase(&room, student, true).await;
    }
    assert!(room.call("rights.go_on", json!({})).await["job"]["id"].is_u64());
    assert_eq!(last_erasing(&room).await, (json!("done"), Value::Null));
    assert_eq!(in_backups(&room).await, [json!(1)]);
    assert_eq!(unfinished(&room).await, json!([]));
    assert_eq!(ended(&room).await.iter().filter(|job| job["kind"] == "erase").count(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_damaged_backup_is_counted_in_what_is_said() {
    let room = open().await;
    let student = room.student("Sample Student").await;
    backup(&room).await;
    let name = room.call("backups.list", json!({})).await[0]["name"].as_str().unwrap().to_owned();
    let file = room.folder.path().join(format!("records/backups/{name}.backup"));
    std::fs::write(&file, vec![7; 4096]).unwrap();
    erase(&room, &student, false).await;
    assert_eq!(last_erasing(&room).await, (json!("failed"), json!("rights.backups_left")));
    let told = unfinished(&room).await;
    assert_eq!((&told[0]["backups"], &told[0]["second"]), (&json!(1), &json!(false)));
    // It may be deleted by hand, or age out: then nothing is left.
    std::fs::remove_file(file).unwrap();
    room.call("rights.go_on", json!({})).await;
    assert_eq!(last_erasing(&room).await, (json!("done"), Value::Null));
    assert_eq!(unfinished(&room).await, json!([]));
}

#[tokio::test]
async fn a_removed_student_is_listed_with_the_day_and_can_be_erased() {
    let room = open().await;
    let student = room.student("Sample Student").await;
    assert_eq!(room.call("rights.removed", json!({})).await, json!([]));
    room.call("students.remove", json!({ "id": student })).await;
    let removed = room.call("rights.removed", json!({})).await;
    assert_eq!((&removed[0]["id"], &removed[0]["name"]), (&json!(student), &json!("Sample Student")));
    assert!(removed[0]["removed_at"].is_string());
    let copy = json!({ "student_id": student, "scope": "record", "certificate": "one", "language": "es" });
    assert!(room.document("rights.certificate", copy).await.unwrap().bytes.starts_with(b"%PDF"));
    erase(&room, &student, false).await;
    assert_eq!(room.call("rights.removed", json!({})).await, json!([]));
}
