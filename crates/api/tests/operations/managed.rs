//! What a school sets for a computer holds, is said, and is never passed over without a word.

use serde_json::{Value, json};

use waymark_records::RecoveryKey;

use crate::support::{CAREER, PASSPHRASE, Room, first_run, groups, open};

/// The same desk on a computer where this stands in the school's file.
pub(crate) fn set_by_school(room: Room, text: &str) -> Room {
    let file = room.folder.path().join("managed.json");
    std::fs::write(&file, text).unwrap();
    let Room { desk, clock, folder } = room;
    Room { desk: desk.managed_by(file), clock, folder }
}

/// A desk with open records on a computer where this stands in the school's file.
async fn managed(text: &str) -> Room {
    let room = set_by_school(first_run(), text);
    room.call("vault.create", json!({ "folder": null, "passphrase": PASSPHRASE })).await;
    room
}

/// A school's recovery key as it is typed, and its public half as it is handed on.
async fn school_key(room: &Room) -> (String, String) {
    let typed = groups(&room.call("vault.draw_recovery_key", json!({})).await);
    let public = RecoveryKey::read(&typed).unwrap().public_half().unwrap().text();
    (typed, public)
}

fn unlock() -> Value {
    json!({ "passphrase": PASSPHRASE })
}

fn career() -> Value {
    json!({ "slug": CAREER, "place": "US", "language": "en", "full": false, "today": "2026-11-23" })
}

#[tokio::test]
async fn a_computer_without_such_a_file_is_managed_by_nobody() {
    let room = first_run();
    let none = room.folder.path().join("none.json");
    let Room { desk, clock, folder } = room;
    let room = Room { desk: desk.managed_by(none), clock, folder };
    let told = room.call("settings.managed", json!({})).await;
    let nothing = json!({
        "file": null, "problem": null, "backup_folder": null, "idle_minutes": null,
        "school_recovery_key": false, "allowed_exports": null, "keychain": null,
    });
    assert_eq!(told, nothing);
    assert!(room.document("careers.pdf", career()).await.is_ok());
}

#[tokio::test]
async fn only_documents_that_the_school_allows_are_made() {
    let room = managed(r#"{"allowed_exports": ["careers.pdf"], "idle_minutes": 5}"#).await;
    let told = room.call("settings.managed", json!({})).await;
    assert_eq!(told["allowed_exports"], json!(["careers.pdf"]));
    assert_eq!((&told["idle_minutes"], &told["problem"]), (&json!(5), &Value::Null));
    assert!(room.document("careers.pdf", career()).await.is_ok());
    let application = room.application(None).await;
    let print = json!({ "id": application, "language": "en", "today": "2026-11-23" });
    let refused = room.document("applications.pdf", print.clone()).await.unwrap_err();
    assert_eq!(refused.code, "documents.not_allowed");
    let none = managed(r#"{"allowed_exports": []}"#).await;
    assert_eq!(none.document("careers.pdf", career()).await.unwrap_err().code, "documents.not_allowed");
}

#[tokio::test]
async fn a_damaged_file_is_said_and_nothing_is_exported_until_it_is_mended() {
    let room = managed("{ cut").await;
    let told = room.call("settings.managed", json!({})).await;
    assert_eq!(told["problem"], "settings.managed_damaged");
    assert!(told["file"].as_str().unwrap().ends_with("managed.json"));
    assert_eq!(room.document("careers.pdf", career()).await.unwrap_err().code, "settings.managed_damaged");
    room.student("Sample Student").await;
    assert_eq!(room.names().await, ["Sample Student"], "the records work as before");
}

#[tokio::test]
async fn idle_time_that_the_school_sets_holds_and_leaves_the_persons_own_choice_as_it_is() {
    let room = open().await;
    let mut settings = room.call("settings.get", json!({})).await;
    settings["idle_minutes"] = json!(30);
    room.call("settings.save", settings).await;
    let room = set_by_school(room, r#"{"idle_minutes": 7}"#);
    let mut settings = room.call("settings.get", json!({})).await;
    assert_eq!(settings["idle_minutes"], 7);
    assert_eq!(room.desk.idle_limit(), std::time::Duration::from_secs(7 * 60));
    settings["idle_minutes"] = json!(60);
    assert_eq!(room.call("settings.save", settings).await["idle_minutes"], 7);
    let unmanaged = room.started_again();
    assert_eq!(unmanaged.call("settings.get", json!({})).await["idle_minutes"], 30);
}

#[tokio::test]
async fn the_schools_backup_folder_is_the_second_place_and_no_other_can_be_chosen() {
    let room = open().await;
    let [own, school] = ["own", "school"].map(|name| room.folder.path().join(name));
    std::fs::create_dir(&own).unwrap();
    std::fs::create_dir(&school).unwrap();
    let status = room.call("backups.set_place", json!({ "folder": own })).await;
    assert_eq!(status["second"]["managed"], false);

    let room = set_by_school(room.started_again(), &json!({ "backup_folder": school }).to_string());
    room.call("vault.unlock", unlock()).await;
    for folder in [json!(own), Value::Null] {
        let refused = room.code("backups.set_place", json!({ "folder": folder })).await;
        assert_eq!(refused, "backups.place_managed");
    }
    room.student("Sample Student").await;
    room.reopen().await;
    let second = room.call("backups.status", json!({})).await["second"].take();
    assert_eq!((&second["folder"], &second["managed"]), (&json!(school), &json!(true)));
    assert!(second["seen_at"].is_string());
    let backups = |place: &std::path::Path| {
        let names = std::fs::read_dir(place).unwrap().map(|entry| entry.unwrap().file_name());
        names.filter(|name| name.to_string_lossy().ends_with(".backup")).count()
    };
    assert_eq!((backups(&school), backups(&own)), (1, 0));

    // Where the school sets none any more, the person's own choice holds again.
    let room = room.started_again();
    room.call("vault.unlock", unlock()).await;
    let second = room.call("backups.status", json!({})).await["second"].take();
    assert_eq!((&second["folder"], &second["managed"]), (&json!(own), &json!(false)));
}

#[tokio::test]
async fn a_backup_folder_of_the_schools_within_the_records_folder_is_said_and_not_used() {
    let room = first_run();
    let inside = room.folder.path().join("records").join("backups");
    let room = set_by_school(room, &json!({ "backup_folder": inside }).to_string());
    room.call("vault.create", json!({ "folder": null, "passphrase": PASSPHRASE })).await;
    room.student("Sample Student").await;
    room.reopen().await;
    let second = room.call("backups.status", json!({})).await["second"].take();
    assert_eq!((&second["managed"], &second["reachable"]), (&json!(true), &json!(true)));
    assert_eq!(second["fault"], "backups.place_within_records");
    let rows = room.call("backups.list", json!({})).await;
    assert_eq!((rows.as_array().unwrap().len(), &rows[0]["second"]), (1, &Value::Null));
}

#[tokio::test]
async fn the_schools_recovery_key_opens_records_from_their_beginning() {
    let room = first_run();
    let (typed, public) = school_key(&room).await;
    let room = set_by_school(room, &json!({ "school_recovery_public_key": public }).to_string());
    assert_eq!(room.call("settings.managed", json!({})).await["school_recovery_key"], true);
    let own = groups(&room.call("vault.create", json!({ "folder": null, "passphrase": PASSPHRASE })).await);
    room.student("Sample Student").await;
    let keys = room.call("vault.keys", json!({})).await;
    assert_eq!((&keys["school_key"], &keys["offered_school_key"]), (&json!(true), &Value::Null));
    assert_eq!(keys["memory_aids"], true);

    room.call("vault.lock", json!({})).await;
    let recover = |key: &str| json!({ "recovery_key": key, "passphrase": "another long passphrase" });
    let status = room.call("vault.recover", recover(&typed)).await;
    assert_eq!(status["opened_by"], "school_key");
    assert_eq!(room.names().await, ["Sample Student"]);
    assert_eq!(room.call("vault.keys", json!({})).await["memory_aids"], false, "they stay the counselor's");
    room.call("vault.lock", json!({})).await;
    let status = room.call("vault.recover", recover(&own)).await;
    assert_eq!(status["opened_by"], "recovery_key", "the counselor's own key holds beside it");
}

#[tokio::test]
async fn the_schools_recovery_key_is_offered_for_records_that_exist_and_never_added_by_itself() {
    let room = open().await;
    let (typed, public) = school_key(&room).await;
    let room = set_by_school(room, &json!({ "school_recovery_public_key": public }).to_string());
    room.reopen().await;
    let keys = room.call("vault.keys", json!({})).await;
    assert_eq!((&keys["school_key"], &keys["offered_school_key"]), (&json!(false), &json!(public)));
    room.call("vault.lock", json!({})).await;
    let recover = json!({ "recovery_key": typed, "passphrase": "another long passphrase" });
    assert_eq!(room.code("vault.recover", recover).await, "vault.wrong_recovery_key");

    room.call("vault.unlock", unlock()).await;
    // Another key of the school's opens them: this one is offered still.
    let (_, other) = school_key(&room).await;
    for (key, offered) in [(other, json!(public)), (public.clone(), Value::Null)] {
        let set = json!({ "passphrase": PASSPHRASE, "public_key": key });
        room.call("vault.set_school_public_key", set).await;
        assert_eq!(room.call("vault.keys", json!({})).await["offered_school_key"], offered);
    }
}
