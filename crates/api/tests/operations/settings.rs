//! The file of settings and the records folder that it names: neither is forgotten because it can't be reached.

use std::path::PathBuf;

use serde_json::{Value, json};

use crate::support::{PASSPHRASE, Room, first_run, open};

/// Records in a folder that was chosen, closed, with the program about to start anew.
async fn elsewhere() -> (Room, PathBuf) {
    let room = first_run();
    let chosen = room.folder.path().join("stick/records");
    room.call("vault.create", json!({ "folder": chosen, "passphrase": PASSPHRASE })).await;
    room.student("Sample Student").await;
    room.call("vault.lock", json!({})).await;
    (room, chosen)
}

async fn status(room: &Room) -> Value {
    room.call("vault.status", json!({})).await
}

fn settings_file(room: &Room) -> PathBuf {
    room.folder.path().join("settings.json")
}

/// Whatever opens, makes or moves the records, or writes the settings, with how it is refused.
async fn all_refused(room: &Room, code: &str) {
    let another = room.folder.path().join("another");
    for (name, input) in [
        ("vault.unlock", json!({ "passphrase": PASSPHRASE })),
        ("vault.create", json!({ "folder": null, "passphrase": PASSPHRASE })),
        ("vault.create", json!({ "folder": another, "passphrase": PASSPHRASE })),
        ("vault.choose_folder", json!({ "folder": another })),
    ] {
        assert_eq!(room.code(name, input).await, code, "{name}");
    }
    assert!(!another.exists());
    let mut settings = room.call("settings.get", json!({})).await;
    settings["language"] = json!("es");
    assert_eq!(room.code("settings.save", settings).await, "storage.settings");
    assert_eq!(room.call("settings.get", json!({})).await["language"], "es", "it is in use all the same");
}

#[tokio::test]
async fn damaged_settings_are_told_and_left_as_they_are_until_they_are_mended() {
    let (room, chosen) = elsewhere().await;
    let whole = std::fs::read(settings_file(&room)).unwrap();
    let cut = &whole[..whole.len() / 2];
    std::fs::write(settings_file(&room), cut).unwrap();
    let room = room.started_again();
    let told = status(&room).await;
    assert_eq!((&told["state"], &told["problem"]), (&json!("locked"), &json!("settings.damaged")));
    assert_eq!(told["settings_file"], json!(settings_file(&room)));
    all_refused(&room, "settings.damaged").await;
    assert_eq!(std::fs::read(settings_file(&room)).unwrap(), cut, "nothing was written");
    assert!(!room.folder.path().join("records").exists(), "no first run was begun");

    std::fs::write(settings_file(&room), &whole).unwrap();
    let told = status(&room).await;
    assert_eq!((&told["problem"], &told["folder"]), (&Value::Null, &json!(chosen)));
    room.call("vault.unlock", json!({ "passphrase": PASSPHRASE })).await;
    assert_eq!(room.names().await, ["Sample Student"]);
}

#[tokio::test]
async fn settings_that_cannot_be_read_are_not_taken_for_none() {
    let (room, chosen) = elsewhere().await;
    // Whoever runs this may read every file; what is no file can't be read by anybody.
    let kept = room.folder.path().join("kept");
    std::fs::rename(settings_file(&room), &kept).unwrap();
    std::fs::create_dir(settings_file(&room)).unwrap();
    let room = room.started_again();
    assert_eq!(status(&room).await["problem"], "settings.unreadable");
    all_refused(&room, "settings.unreadable").await;
    std::fs::remove_dir(settings_file(&room)).unwrap();
    std::fs::rename(kept, settings_file(&room)).unwrap();
    assert_eq!(status(&room).await["folder"], json!(chosen));
}

#[tokio::test]
async fn new_settings_set_the_broken_ones_aside_and_the_records_are_found_again() {
    let (room, chosen) = elsewhere().await;
    std::fs::write(settings_file(&room), "{ cut").unwrap();
    let room = room.started_again();
    room.call("settings.begin_anew", json!({})).await;
    let aside = room.folder.path().join("settings.set-aside-1.json");
    assert_eq!(std::fs::read(&aside).unwrap(), b"{ cut");
    let told = status(&room).await;
    assert_eq!((&told["state"], &told["problem"]), (&json!("first_run"), &Value::Null));
    assert_eq!(told["folder"], told["default_folder"]);
    assert_eq!(room.call("vault.choose_folder", json!({ "folder": chosen })).await["state"], "locked");
    let room = room.started_again();
    room.call("vault.unlock", json!({ "passphrase": PASSPHRASE })).await;
    assert_eq!(room.names().await, ["Sample Student"]);
}

#[tokio::test]
async fn settings_that_can_be_read_are_never_set_aside() {
    let room = open().await;
    let settings = room.call("settings.get", json!({})).await;
    room.call("settings.save", settings.clone()).await;
    let before = std::fs::read(settings_file(&room)).unwrap();
    assert_eq!(room.call("settings.begin_anew", json!({})).await, settings);
    assert_eq!(std::fs::read(settings_file(&room)).unwrap(), before);
    assert!(!room.folder.path().join("settings.set-aside-1.json").exists());
}

#[tokio::test]
async fn a_chosen_folder_that_is_gone_is_told_and_never_made_anew() {
    let (room, chosen) = elsewhere().await;
    let (stick, away) = (room.folder.path().join("stick"), room.folder.path().join("in a pocket"));
    let gone = async |room: &Room| {
        let told = status(room).await;
        assert_eq!((&told["state"], &told["problem"]), (&json!("locked"), &json!("vault.not_there")));
        assert_eq!(told["folder"], json!(chosen));
        let unlock = json!({ "passphrase": PASSPHRASE });
        assert_eq!(room.code("vault.unlock", unlock).await, "vault.not_there");
        for folder in [Value::Null, json!(chosen)] {
            let create = json!({ "folder": folder, "passphrase": PASSPHRASE });
            assert_eq!(room.code("vault.create", create).await, "vault.not_there");
        }
        let same = room.call("vault.choose_folder", json!({ "folder": chosen })).await;
        assert_eq!(same["problem"], "vault.not_there");
        assert!(!stick.exists(), "nothing was made in its place");
    };
    // While the program runs, and when it starts without the stick.
    std::fs::rename(&stick, &away).unwrap();
    gone(&room).await;
    let room = room.started_again();
    gone(&room).await;

    std::fs::rename(&away, &stick).unwrap();
    let told = status(&room).await;
    assert_eq!((&told["state"], &told["problem"]), (&json!("locked"), &Value::Null));
    room.call("vault.unlock", json!({ "passphrase": PASSPHRASE })).await;
    assert_eq!(room.names().await, ["Sample Student"]);
}

#[tokio::test]
async fn another_folder_can_be_chosen_while_the_chosen_one_is_gone_and_the_usual_one_is_made() {
    let (room, _) = elsewhere().await;
    std::fs::remove_dir_all(room.folder.path().join("stick")).unwrap();
    let room = room.started_again();
    let usual = status(&room).await["default_folder"].clone();
    assert!(!PathBuf::from(usual.as_str().unwrap()).exists());
    let told = room.call("vault.choose_folder", json!({ "folder": usual })).await;
    assert_eq!((&told["state"], &told["folder"]), (&json!("first_run"), &usual));
    room.call("vault.create", json!({ "folder": null, "passphrase": PASSPHRASE })).await;
}
