//! A student's rights: the whole record as one file, holds, retention, erasing, and steps taken back.

use std::io::{Cursor, Read};

use serde_json::{Value, json};
use zip::ZipArchive;

use crate::support::{Room, open};

async fn written() -> (Room, String, String) {
    let room = open().await;
    let student = room.student("Sample Student").await;
    let draft = room.application(Some(&student)).await;
    room.save(&draft, "statement", "planted words").await;
    room.call(
        "students.shortlist",
        json!({ "student_id": student, "career": "backend-architect", "on": true }),
    )
    .await;
    (room, student, draft)
}

fn in_zip(bytes: &[u8], name: &str) -> Vec<u8> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut file = zip.by_name(name).unwrap();
    let mut read = Vec::new();
    file.read_to_end(&mut read).unwrap();
    read
}

#[tokio::test]
async fn the_whole_record_is_a_file_to_read_and_one_for_programs_and_names_nobody_outside() {
    let (room, student, _) = written().await;
    for language in ["en", "es"] {
        let asked = json!({ "student_id": student, "language": language });
        let document = room.document("rights.export", asked).await.unwrap();
        assert_eq!(document.media_type, "application/zip");
        let ending = std::path::Path::new(&document.name).extension();
        assert!(ending.is_some_and(|ending| ending == "zip"), "{}", document.name);
        assert!(!document.name.contains("Sample"), "{}", document.name);
        assert_eq!(&in_zip(&document.bytes, "record.pdf")[..5], b"%PDF-");
        let record: Value = serde_json::from_slice(&in_zip(&document.bytes, "record.json")).unwrap();
        assert_eq!(record["format"], "waymark-student-record");
        let told = &record["student"];
        assert_eq!(told["name"], "Sample Student");
        assert_eq!(told["applications"][0]["answers"]["statement"], "planted words");
        assert_eq!(told["shortlist"][0]["career"], "backend-architect");
        assert!(
            told["changes"].as_array().unwrap().iter().any(|change| change["act"] == "applications.save")
        );
    }
}

#[tokio::test]
async fn the_schema_of_the_record_names_everything_that_is_in_it() {
    let (room, student, _) = written().await;
    let document =
        room.document("rights.export", json!({ "student_id": student, "language": "en" })).await.unwrap();
    let record: Value = serde_json::from_slice(&in_zip(&document.bytes, "record.json")).unwrap();
    let documented =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/RECORD.md")).unwrap();
    let mut missing = Vec::new();
    names(&record, &mut |name| {
        if !documented.contains(&format!("`{name}`")) {
            missing.push(name.to_owned());
        }
    });
    assert_eq!(missing, Vec::<String>::new(), "docs/RECORD.md does not say what these are");
}

/// Every name in an object, but for the keys of answers, which are the form's.
fn names(value: &Value, tell: &mut impl FnMut(&str)) {
    match value {
        Value::Object(parts) => {
            for (name, part) in parts {
                tell(name);
                if name != "answers" && name != "changed" {
                    names(part, tell);
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| names(item, tell)),
        _ => {}
    }
}

#[tokio::test]
async fn erasing_follows_its_preview_and_leaves_a_certificate_without_a_name() {
    let (room, student, draft) = written().await;
    let asked = json!({ "student_id": student, "scope": "record" });
    let preview = room.call("rights.preview_erase", asked.clone()).await;
    assert_eq!((&preview["counts"]["students"], &preview["counts"]["applications"]), (&json!(1), &json!(1)));
    let certificate = &preview["certificate"];
    let copy =
        json!({ "student_id": student, "scope": "record", "certificate": certificate, "language": "en" });
    let copy = room.document("rights.certificate", copy).await.unwrap();
    assert_eq!(&copy.bytes[..5], b"%PDF-");
    let erase =
        json!({ "student_id": student, "scope": "record", "certificate": certificate, "backups": false });
    let erased = room.call("rights.erase", erase.clone()).await;
    assert_eq!(&erased["certificate"]["id"], certificate);
    assert_eq!(erased["clean"], true);
    assert_eq!(room.names().await, Vec::<String>::new());
    assert_eq!(
        room.code("students.show", json!({ "id": student, "language": "en" })).await,
        "students.not_found"
    );
    assert_eq!(room.code("applications.open", json!({ "id": draft })).await, "applications.not_found");
    assert_eq!(room.code("rights.erase", erase).await, "students.not_found");
    let certificates = room.call("rights.certificates", json!({})).await;
    assert_eq!(certificates.as_array().unwrap().len(), 1);
    assert!(!certificates.to_string().contains("Sample Student"));
    assert_eq!(room.call("changes.steps", json!({})).await, json!({ "undo": [], "redo": [] }));
}

#[tokio::test]
async fn a_hold_wants_a_reason_and_stops_erasing_until_it_is_closed() {
    let (room, student, _) = written().await;
    let hold = |reason: &str| json!({ "student_id": student, "kind": "legal", "reason": reason });
    assert_eq!(room.code("rights.open_hold", hold("  ")).await, "rights.reason_empty");
    let opened = room.call("rights.open_hold", hold("court order")).await;
    let erase = json!({ "student_id": student, "scope": "drafts", "certificate": "one", "backups": true });
    assert_eq!(room.code("rights.erase", erase.clone()).await, "rights.held");
    room.call("rights.close_hold", json!({ "id": opened["id"] })).await;
    assert_eq!(room.code("rights.close_hold", json!({ "id": "none" })).await, "rights.hold_not_found");
    room.call("rights.erase", erase).await;
    let holds = room.call("rights.holds", json!({ "id": student })).await;
    assert_eq!(holds[0]["reason"], "court order");
    assert!(holds[0]["closed_at"].is_string());
}

#[tokio::test]
async fn a_rule_of_retention_is_kept_and_tells_who_is_due() {
    let (room, ..) = written().await;
    let rules = room.call("rights.set_retention", json!({ "category": "records", "years": 0 })).await;
    assert_eq!(
        rules,
        json!([{ "category": "records", "years": 0 }, { "category": "drafts", "years": null }])
    );
    // The clock stands in 2026, the student graduates in 2027.
    assert_eq!(room.call("rights.due", json!({ "category": "records" })).await, json!([]));
    room.clock.forward(jiff::SignedDuration::from_hours(24 * 365 * 2));
    let due = room.call("rights.due", json!({ "category": "records" })).await;
    assert_eq!(due[0]["name"], "Sample Student");
}

#[tokio::test]
async fn steps_are_named_and_taken_back_one_after_the_other() {
    let (room, student, draft) = written().await;
    let steps = room.call("changes.steps", json!({})).await;
    let acts: Vec<_> =
        steps["undo"].as_array().unwrap().iter().map(|one| one["step"]["act"].clone()).collect();
    assert_eq!(acts, ["students.shortlist", "applications.save", "applications.start", "students.add"]);
    assert!(steps["undo"].as_array().unwrap().iter().all(|one| one["students"] == json!(["Sample Student"])));
    for step in steps["undo"].as_array().unwrap() {
        room.call("changes.undo", json!({ "change": step["step"]["change"] })).await;
    }
    assert_eq!(room.names().await, Vec::<String>::new());
    room.reopen().await;
    for _ in 0..4 {
        let steps = room.call("changes.steps", json!({})).await;
        room.call("changes.undo", json!({ "change": steps["redo"][0]["step"]["change"] })).await;
    }
    assert_eq!(room.answers(&draft).await["statement"], "planted words");
    let page = room.call("students.show", json!({ "id": student, "language": "en" })).await;
    assert_eq!(page["shortlist"].as_array().unwrap().len(), 1);
}
