//! A draft on a form that this version of the program does not know: it keeps its place, and takes nothing else down.

use std::sync::Arc;

use serde_json::{Value, json};
use waymark_records::{Answers, Computer, Folder, NewApplication, Plan, Progress, Records};

use crate::support::{PASSPHRASE, Room, id, open};

/// A student with two drafts, one of them as a later version of the program would have begun it.
async fn with_a_later_draft() -> (Room, String, String, String) {
    let room = open().await;
    let student = room.student("Sample Student").await;
    let known = room.application(Some(&student)).await;
    room.call("vault.lock", json!({})).await;
    let folder = Folder::at(room.folder.path().join("records"));
    let records = Records::unlock(&folder, PASSPHRASE, Arc::new(Computer)).unwrap();
    let new = NewApplication {
        plan: Plan {
            student_id: Some(student.clone()),
            programme: Some("Marine Biology".into()),
            ..Plan::default()
        },
        form: "general-admission".into(),
        form_version: 99,
        answers: Answers::from([("statement".into(), "every word".into())]),
        prefilled: false,
        between_us: false,
    };
    let progress = Progress { sections: 6, complete: 2, faults: 3 };
    let later = records.start_application(new, move |_| (progress, ())).await.unwrap().value;
    records.close().await.unwrap();
    room.call("vault.unlock", json!({ "passphrase": PASSPHRASE })).await;
    (room, student, known, later)
}

/// The ids of applications in an answer, each with whether the name of its form is known.
fn rows(list: &Value) -> Vec<(String, bool)> {
    let row = |one: &Value| (id(&one["application"]), !one["form_name"].is_null());
    let mut rows: Vec<_> = list.as_array().unwrap().iter().map(row).collect();
    rows.sort();
    rows
}

#[tokio::test]
async fn it_stays_in_every_list_with_its_title_and_takes_no_page_down() {
    let (room, student, known, later) = with_a_later_draft().await;
    let mut expected = vec![(known, true), (later.clone(), false)];
    expected.sort();
    let list = room.call("applications.list", json!({})).await;
    assert_eq!(rows(&list), expected);
    let home = room.call("home.show", json!({ "language": "en" })).await;
    assert_eq!(rows(&home["drafts"]), expected);
    let page = room.call("students.show", json!({ "id": student, "language": "en" })).await;
    assert_eq!(rows(&page["applications"]), expected);
    let row = list.as_array().unwrap().iter().find(|one| id(&one["application"]) == later).unwrap();
    assert_eq!(row["application"]["plan"]["programme"], "Marine Biology");
    let found = room.call("palette.find", json!({ "text": "marine", "language": "en" })).await;
    assert_eq!(id(&found["applications"][0]), later);
}

#[tokio::test]
async fn it_is_refused_where_it_would_be_opened_and_a_refusal_changes_nothing() {
    let (room, _, _, later) = with_a_later_draft().await;
    let before = room.call("applications.list", json!({})).await;
    let plan = json!({ "student_id": null, "career": null, "programme": null, "institution": null });
    for (name, input) in [
        ("applications.open", json!({ "id": later })),
        ("applications.save", json!({ "id": later, "answers": { "statement": "other words" } })),
        ("applications.plan", json!({ "id": later, "plan": plan })),
        ("applications.duplicate", json!({ "id": later })),
        ("applications.restore", json!({ "id": later, "number": 1 })),
    ] {
        assert_eq!(room.code(name, input).await, "applications.unknown_form", "{name}");
    }
    let print = json!({ "id": later, "language": "en", "today": "2026-11-23" });
    let error = room.document("applications.pdf", print).await.unwrap_err();
    assert_eq!(error.code, "applications.unknown_form");
    assert_eq!(room.call("applications.list", json!({})).await, before);
}

#[tokio::test]
async fn it_can_be_deleted_and_the_undo_brings_it_back_as_it_was() {
    let (room, _, _, later) = with_a_later_draft().await;
    let before = room.call("applications.list", json!({})).await;
    let removed = room.call("applications.remove", json!({ "id": later })).await;
    assert_eq!(room.call("applications.list", json!({})).await.as_array().unwrap().len(), 1);
    room.call("changes.undo", json!({ "change": removed["change"] })).await;
    assert_eq!(room.call("applications.list", json!({})).await, before);
    let version = room.call("applications.version", json!({ "id": later, "number": 1 })).await;
    assert_eq!(version["answers"]["statement"], "every word");
}
