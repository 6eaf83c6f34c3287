//! Locking: what could not be saved before it comes back with the same records, and with no others.

use serde_json::{Value, json};

use crate::support::{PASSPHRASE, Room, groups, open};

#[allow(clippy::needless_pass_by_value, reason = "calls read well with `json!` in place")]
fn text(what: &str, id: &str, edits: Value) -> Value {
    json!({ "what": what, "id": id, "edits": edits })
}

async fn keep(room: &Room, texts: Value) {
    room.call("vault.keep_unsaved", json!({ "texts": texts })).await;
}

async fn kept(room: &Room) -> Value {
    room.call("vault.take_unsaved", json!({})).await["texts"].take()
}

#[tokio::test]
async fn unsaved_text_waits_sealed_until_the_records_are_open_again() {
    let room = open().await;
    assert_eq!(kept(&room).await, json!([]));
    let texts = json!([
        text("application", "one", json!({ "statement": "Mañana 🦊", "gone": null, "list": ["a", "b"] })),
        text("career_note", "backend-architect", json!({ "text": "" })),
    ]);
    keep(&room, texts.clone()).await;
    room.call("vault.lock", json!({})).await;
    assert_eq!(room.code("vault.take_unsaved", json!({})).await, "vault.locked");
    room.call("vault.unlock", json!({ "passphrase": PASSPHRASE })).await;
    // It is given as often as it is asked for: a page that ends before it has saved it loses nothing.
    assert_eq!(kept(&room).await, texts);
    assert_eq!(kept(&room).await, texts);
    // Newer letters join those that are kept; what is saved is kept no longer.
    keep(&room, json!([text("application", "one", json!({ "statement": "Newer", "name": "S" }))])).await;
    let joined = json!({ "statement": "Newer", "name": "S", "gone": null, "list": ["a", "b"] });
    assert_eq!(kept(&room).await, json!([text("application", "one", joined), texts[1]]));
    keep(&room, json!([text("application", "one", json!({}))])).await;
    assert_eq!(kept(&room).await, json!([texts[1]]));
    keep(&room, json!([text("career_note", "backend-architect", json!({}))])).await;
    room.reopen().await;
    assert_eq!(kept(&room).await, json!([]));
}

#[tokio::test]
async fn in_a_meeting_only_what_is_the_student_s_comes_back_and_the_rest_waits() {
    let room = open().await;
    let (with, without) = (room.student("Sample Student").await, room.student("Somebody Else").await);
    let theirs = text("application", &room.application(Some(&with)).await, json!({ "statement": "a" }));
    let other = text("application", &room.application(Some(&without)).await, json!({ "statement": "b" }));
    let note = text("career_note", "backend-architect", json!({ "text": "c" }));
    let all = json!([theirs, other, note]);
    keep(&room, all.clone()).await;
    room.call("meeting.set_pin", json!({ "pin": "2580", "passphrase": PASSPHRASE })).await;
    room.call("meeting.begin", json!({ "student_id": with })).await;
    assert_eq!(kept(&room).await, json!([theirs]));
    keep(&room, json!([text("application", "none of these", json!({}))])).await;
    room.call("meeting.end", json!({ "pin": "2580" })).await;
    assert_eq!(kept(&room).await, all);
}

#[tokio::test]
async fn whoever_opens_the_records_with_the_school_s_key_gets_no_memory_aid_back() {
    let room = open().await;
    let school = groups(&room.call("vault.draw_recovery_key", json!({})).await);
    room.call("vault.set_school_key", json!({ "passphrase": PASSPHRASE, "recovery_key": school })).await;
    let aid = text("memory_aid", "a student", json!({ "text": "for me alone" }));
    let form = text("form", "students.add", json!({ "name": "Sample" }));
    keep(&room, json!([aid, form])).await;
    room.call("vault.lock", json!({})).await;
    let next = "quite another passphrase";
    room.call("vault.recover", json!({ "recovery_key": school, "passphrase": next })).await;
    assert_eq!(kept(&room).await, json!([form]));
}

#[tokio::test]
async fn other_records_neither_read_it_nor_drop_it() {
    let room = open().await;
    let own = room.call("vault.status", json!({})).await["folder"].clone();
    let texts = json!([text("career_note", "backend-architect", json!({ "text": "mine" }))]);
    keep(&room, texts.clone()).await;
    room.call("vault.lock", json!({})).await;
    let other = room.folder.path().join("other");
    room.call("vault.create", json!({ "folder": other, "passphrase": PASSPHRASE })).await;
    assert_eq!(kept(&room).await, json!([]));
    let others = json!([text("career_note", "backend-architect", json!({ "text": "theirs" }))]);
    keep(&room, others).await;
    keep(&room, json!([text("career_note", "backend-architect", json!({}))])).await;
    room.call("vault.lock", json!({})).await;
    room.call("vault.choose_folder", json!({ "folder": own })).await;
    room.call("vault.unlock", json!({ "passphrase": PASSPHRASE })).await;
    assert_eq!(kept(&room).await, texts);
}

#[tokio::test]
async fn the_idle_time_is_ten_minutes_unless_chosen_and_never_without_end() {
    let room = open().await;
    let mut settings = room.call("settings.get", json!({})).await;
    assert_eq!(settings["idle_minutes"], 10);
    for (wished, kept) in [(1, 1), (0, 1), (7, 5), (60, 60), (65_535, 60)] {
        settings["idle_minutes"] = json!(wished);
        let saved = room.call("settings.save", settings.clone()).await;
        assert_eq!(saved["idle_minutes"], kept);
        assert_eq!(room.desk.idle_limit().as_secs(), 60 * kept);
    }
    // Also where the file says something else.
    let file = room.folder.path().join("settings.json");
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, text.replace("\"idle_minutes\": 60", "\"idle_minutes\": 10000")).unwrap();
    assert_eq!(room.started_again().desk.idle_limit().as_secs(), 60 * 60);
}

#[tokio::test]
async fn a_desk_says_whether_its_records_are_open() {
    let room = open().await;
    assert_eq!(room.desk.is_open(), Some(true));
    room.call("vault.lock", json!({})).await;
    assert_eq!(room.desk.is_open(), Some(false));
}
