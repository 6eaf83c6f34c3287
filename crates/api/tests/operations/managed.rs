//! What a school sets for a computer holds, is said, and is never passed over without a word.

use serde_json::{Value, json};

use crate::support::{CAREER, PASSPHRASE, Room, first_run};

/// A desk with open records on a computer where this stands in the school's file.
async fn managed(text: &str) -> Room {
    let room = first_run();
    let file = room.folder.path().join("managed.json");
    std::fs::write(&file, text).unwrap();
    let Room { desk, clock, folder } = room;
    let room = Room { desk: desk.managed_by(file), clock, folder };
    room.call("vault.create", json!({ "folder": null, "passphrase": PASSPHRASE })).await;
    room
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
        "school_recovery_key": false, "allowed_exports": null,
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
