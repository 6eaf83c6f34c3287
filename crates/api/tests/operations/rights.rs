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

/// The letters of a PDF, without what lies between them.
fn letters(pdf: &[u8]) -> String {
    let document = lopdf::Document::load_mem(pdf).unwrap();
    let pages: Vec<u32> = document.get_pages().into_keys().collect();
    document.extract_text(&pages).unwrap().split_whitespace().collect()
}

#[tokio::test]
async fn the_printed_record_says_in_both_languages_what_was_done_and_what_never_left() {
    let (room, student, draft) = written().await;
    let print = json!({ "id": draft, "language": "en", "today": "2026-11-23" });
    room.document("applications.pdf", print.clone()).await.unwrap();
    let output = waymark_api::contract::document(&room.desk, "applications.pdf", print).await.unwrap();
    let full = || async { Err::<(), _>(room.try_call("students.show", json!({})).await.unwrap_err()) };
    let lost = waymark_api::log::hand_over(&room.desk, output, |_| full()).await;
    assert!(lost.is_err(), "it could not be written");
    room.call("meeting.set_pin", json!({ "pin": "258013", "passphrase": crate::support::PASSPHRASE })).await;
    room.call("meeting.begin", json!({ "student_id": student })).await;
    room.call("students.show", json!({ "id": student, "language": "en" })).await;
    room.call("meeting.end", json!({ "pin": "258013" })).await;
    for (language, words) in [
        ("en", ["Application as PDF", "It did not leave", "A student was added", "The student’s own page"]),
        ("es", ["Solicitud en PDF", "No salió", "Se añadió un estudiante", "La página del estudiante"]),
    ] {
        let asked = json!({ "student_id": student, "language": language });
        let document = room.document("rights.export", asked).await.unwrap();
        let told = letters(&in_zip(&document.bytes, "record.pdf"));
        for code in ["applications.save", "applications.pdf", "students.add", "access.", "disclosures."] {
            assert!(!told.contains(code), "{language}: {code} is no word for people");
        }
        for word in words {
            let squeezed: String = word.split_whitespace().collect();
            assert!(told.contains(&squeezed), "{language}: {word} is missing in {told}");
        }
        let record: Value = serde_json::from_slice(&in_zip(&document.bytes, "record.json")).unwrap();
        let failed: Vec<bool> = record["student"]["disclosures"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|one| one["output"] == "applications.pdf")
            .map(|one| one["failed_at"].is_string())
            .collect();
        assert_eq!(failed, [false, true]);
    }
}
