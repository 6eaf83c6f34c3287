//! What is refused, and that no refusal repeats what somebody wrote.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use waymark_api::contract;

use crate::support::{CAREER, Room, first_run, open};

pub(crate) const ID: &str = "0190c0de-0000-7000-8000-000000000000";
const PLANTED: &str = "plantedwordzq";

/// Operations that need open records, each with an input of the right shape.
pub(crate) fn on_records() -> Vec<(&'static str, Value)> {
    let id = json!({ "id": ID });
    let plan =
        json!({ "student_id": ID, "career": CAREER, "programme": "a programme", "institution": "a college" });
    let version = json!({ "id": ID, "number": 1 });
    let passphrase = "a long enough passphrase";
    let backup = json!({ "name": "a name", "second": false, "passphrase": null, "recovery_key": null });
    let new_key = json!({ "passphrase": passphrase, "recovery_key": "AAAA" });
    let mut operations = vec![
        ("vault.keys", json!({})),
        ("vault.change_passphrase", json!({ "passphrase": passphrase, "new_passphrase": passphrase })),
        ("vault.set_recovery_key", new_key.clone()),
        ("vault.set_school_key", new_key),
        ("vault.set_school_public_key", json!({ "passphrase": passphrase, "public_key": "00" })),
        ("vault.remove_school_key", json!({ "passphrase": passphrase })),
        ("vault.keychain_on", json!({ "passphrase": passphrase })),
        ("vault.keychain_off", json!({})),
        ("vault.new_key", json!({ "passphrase": passphrase })),
        (
            "vault.keep_unsaved",
            json!({ "texts": [{ "what": "application", "id": ID, "edits": { "statement": "words" } }] }),
        ),
        ("vault.take_unsaved", json!({})),
        ("home.show", json!({ "language": "en" })),
        ("meeting.begin", json!({ "student_id": ID })),
        ("meeting.end", json!({ "pin": "2580" })),
        ("meeting.set_pin", json!({ "pin": "2580", "passphrase": "a long enough passphrase" })),
        ("damage.opening", json!({})),
        ("damage.report", json!({})),
        ("palette.find", json!({ "text": "sample", "language": "en" })),
        ("careers.show", json!({ "slug": CAREER, "place": "US", "language": "en" })),
        ("careers.note", json!({ "slug": CAREER })),
        ("careers.save_note", json!({ "slug": CAREER, "text": "a note" })),
        ("careers.saved_searches", json!({})),
        ("careers.save_search", json!({ "id": null, "name": "a name", "query": "q=a" })),
        ("careers.remove_search", id.clone()),
        ("applications.list", json!({})),
        ("applications.start", json!({ "plan": plan, "form": null, "language": "en" })),
        ("applications.plan", json!({ "id": ID, "plan": plan })),
        ("applications.open", id.clone()),
        ("applications.save", json!({ "id": ID, "answers": { "statement": "words" } })),
        ("applications.between_us", json!({ "id": ID, "on": true })),
        ("applications.remove", id.clone()),
        ("applications.duplicate", id.clone()),
        ("applications.versions", id),
        ("applications.version", version.clone()),
        ("applications.restore", version),
        ("changes.undo", json!({ "change": 1 })),
        ("changes.steps", json!({})),
        ("backups.status", json!({})),
        ("backups.list", json!({})),
        ("backups.make", json!({})),
        ("backups.check", json!({})),
        ("backups.preview", backup.clone()),
        ("backups.restore", backup),
        ("backups.set_place", json!({ "folder": "relative" })),
        ("jobs.stopped", json!({})),
        ("jobs.resume", json!({ "id": 99 })),
        ("jobs.forget", json!({ "id": 99 })),
        ("log.list", json!({ "filter": { "student": ID }, "after": null, "most": null })),
        (
            "log.answer",
            json!({ "batch": ID, "audience": "parent", "party": null, "interest": null, "correcting": false }),
        ),
        ("log.verify", json!({})),
        ("log.csv", json!({ "filter": { "student": ID }, "language": "en", "today": "2026-11-23" })),
        ("log.pdf", json!({ "student": ID, "language": "en", "today": "2026-11-23" })),
        ("damage.check", json!({})),
        ("rights.preview_erase", json!({ "student_id": ID, "scope": "record" })),
        ("rights.erase", json!({ "student_id": ID, "scope": "record", "certificate": ID, "backups": false })),
        ("rights.copies", json!({})),
        ("rights.go_on", json!({})),
        ("rights.unfinished", json!({})),
        ("rights.removed", json!({})),
        ("rights.certificates", json!({})),
        ("rights.holds", json!({ "id": ID })),
        ("rights.open_hold", json!({ "student_id": ID, "kind": "legal", "reason": "words" })),
        ("rights.close_hold", json!({ "id": ID })),
        ("rights.retention", json!({})),
        ("rights.set_retention", json!({ "category": "drafts", "years": 3 })),
        ("rights.due", json!({ "category": "records" })),
        ("rights.export", json!({ "student_id": ID, "language": "en" })),
        (
            "rights.certificate",
            json!({ "student_id": ID, "scope": "record", "certificate": ID, "language": "en" }),
        ),
        ("applications.pdf", json!({ "id": ID, "language": "en", "today": "2026-11-23" })),
    ];
    operations.extend(on_students());
    operations
}

/// Those on students.
fn on_students() -> Vec<(&'static str, Value)> {
    let id = json!({ "id": ID });
    let student = json!({ "name": "Sample Student", "graduation_year": 2027, "school_id": "17" });
    let roster = json!({ "text": "Sample Student\n", "columns": null });
    let guardian = json!({ "kind": "guardian", "name": "Sample Guardian" });
    vec![
        ("students.memory_aid", id.clone()),
        ("students.save_memory_aid", json!({ "id": ID, "text": "words" })),
        ("students.list", json!({ "text": "sample", "graduation_year": null })),
        ("students.show", json!({ "id": ID, "language": "en" })),
        ("students.add", student.clone()),
        ("students.edit", json!({ "id": ID, "student": student })),
        ("students.remove", id.clone()),
        ("students.add_sample", json!({ "language": "en" })),
        ("students.check_roster", roster.clone()),
        ("students.import_roster", roster),
        ("students.details", id.clone()),
        ("students.save_detail", json!({ "student_id": ID, "id": null, "detail": guardian })),
        ("students.remove_detail", json!({ "student_id": ID, "id": ID })),
        ("students.order_details", json!({ "student_id": ID, "kind": "activity", "ids": [ID] })),
        ("students.shortlist", json!({ "student_id": ID, "career": CAREER, "on": true })),
    ]
}

/// Operations that do without, each with an input of the right shape.
pub(crate) fn without_records() -> Vec<(&'static str, Value)> {
    let query = json!({
        "text": "a", "filters": { "field": ["a"] }, "sort": "name", "offset": 0, "limit": 1, "place": "US",
        "language": "en",
    });
    let settings = json!({
        "language": "en", "theme": "system", "high_contrast": false, "text_percent": 100, "place": "US",
        "idle_minutes": 10,
    });
    let elsewhere = json!({
        "folder": "relative", "name": "a name", "passphrase": "a long enough passphrase", "recovery_key": null,
        "replace": false,
    });
    let print =
        json!({ "slug": CAREER, "place": "US", "language": "en", "full": false, "today": "2026-11-23" });
    let comparison = json!({
        "slugs": [CAREER, "3d-animator"], "place": "US", "language": "en", "today": "2026-11-23",
    });
    vec![
        ("vault.status", json!({})),
        ("vault.create", json!({ "folder": "relative", "passphrase": "a long enough passphrase" })),
        ("vault.unlock", json!({ "passphrase": "a long enough passphrase" })),
        ("vault.recover", json!({ "recovery_key": "AAAA", "passphrase": "a long enough passphrase" })),
        ("vault.draw_recovery_key", json!({})),
        ("vault.keychain", json!({})),
        ("vault.unlock_by_keychain", json!({})),
        ("vault.lock", json!({})),
        ("backups.before_quit", json!({})),
        ("backups.look_elsewhere", json!({ "folder": "relative" })),
        ("backups.preview_elsewhere", elsewhere.clone()),
        ("backups.restore_elsewhere", elsewhere),
        ("jobs.list", json!({})),
        ("jobs.cancel", json!({ "id": 99 })),
        ("vault.choose_folder", json!({ "folder": "relative" })),
        ("meeting.status", json!({})),
        ("vault.problem", json!({})),
        ("damage.salvage", json!({ "passphrase": "a long enough passphrase", "student": "a name" })),
        ("damage.backups", json!({})),
        (
            "damage.good_backup",
            json!({ "from": null, "passphrase": "a long enough passphrase", "recovery_key": null }),
        ),
        ("damage.local_copy", json!({})),
        ("settings.get", json!({})),
        ("settings.save", settings),
        ("settings.begin_anew", json!({})),
        ("settings.managed", json!({})),
        ("careers.search", query),
        ("careers.titles", json!({ "language": "en" })),
        ("careers.places", json!({ "text": "ohio", "language": "en" })),
        ("careers.compare", json!({ "slugs": [CAREER, "3d-animator"], "place": "US", "language": "en" })),
        ("careers.states", json!({ "slug": CAREER, "language": "en" })),
        ("catalogue.info", json!({ "language": "en" })),
        ("catalogue.status", json!({})),
        ("catalogue.use_bundled", json!({})),
        ("applications.forms", json!({})),
        ("careers.pdf", print),
        ("careers.compare_pdf", comparison.clone()),
        ("careers.compare_xlsx", comparison),
    ]
}

/// The operations that make documents.
pub(crate) const DOCUMENTS: [&str; 8] = [
    "applications.pdf",
    "careers.pdf",
    "careers.compare_pdf",
    "careers.compare_xlsx",
    "rights.export",
    "rights.certificate",
    "log.csv",
    "log.pdf",
];

/// Calls an operation or a document; only how it fails is wanted.
async fn fault(room: &Room, name: &str, input: Value) -> Option<waymark_api::ApiError> {
    if DOCUMENTS.contains(&name) {
        return room.document(name, input).await.err();
    }
    room.try_call(name, input).await.err()
}

#[test]
fn the_lists_here_name_every_operation_of_the_contract() {
    let declared = contract::typescript();
    let names = declared.lines().filter_map(|line| Some(line.strip_prefix("  \"")?.split_once("\": {")?.0));
    let declared: BTreeSet<&str> = names.collect();
    let listed: BTreeSet<&str> =
        on_records().iter().chain(&without_records()).map(|(name, _)| *name).collect();
    assert_eq!(listed, declared);
}

#[tokio::test]
async fn whatever_needs_the_records_says_that_they_are_locked() {
    let never_made = first_run();
    let locked = open().await;
    locked.call("vault.lock", json!({})).await;
    for (name, input) in on_records() {
        for room in [&never_made, &locked] {
            let error = fault(room, name, input.clone()).await;
            assert_eq!(error.map(|error| error.code), Some("vault.locked"), "{name}");
        }
    }
    for (name, input) in without_records() {
        let error = fault(&never_made, name, input).await;
        assert_ne!(error.map(|error| error.code), Some("vault.locked"), "{name}");
    }
}

#[tokio::test]
async fn an_unknown_operation_and_an_input_of_another_shape_are_refused() {
    let room = open().await;
    for name in ["", "students", "students.drop", "careers.pdf", "STUDENTS.LIST", "vault.lock "] {
        assert_eq!(room.code(name, json!({})).await, "operation.unknown", "{name}");
    }
    assert_eq!(room.document("students.list", json!({})).await.unwrap_err().code, "operation.unknown");
    for (name, input) in on_records().into_iter().chain(without_records()) {
        for wrong in [json!("text"), json!(3), json!([[[]]]), Value::Null] {
            let error = fault(&room, name, wrong).await;
            assert_eq!(error.map(|error| error.code), Some("operation.bad_input"), "{name}");
        }
        // Where fields are asked for, an input without any has another shape; settings have a default for each.
        if input != json!({}) && !["settings.save", "backups.set_place"].contains(&name) {
            let error = fault(&room, name, json!({})).await;
            assert_eq!(error.map(|error| error.code), Some("operation.bad_input"), "{name}");
        }
    }
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let room = open().await;
    let expected = [
        ("students.show", "students.not_found"),
        ("meeting.begin", "students.not_found"),
        ("meeting.end", "meeting.not_under_way"),
        ("students.details", "students.not_found"),
        ("students.save_detail", "students.not_found"),
        ("students.remove_detail", "students.not_found"),
        ("students.order_details", "students.not_found"),
        ("students.shortlist", "students.not_found"),
        ("students.save_memory_aid", "students.not_found"),
        ("applications.start", "students.not_found"),
        ("applications.plan", "applications.not_found"),
        ("applications.open", "applications.not_found"),
        ("applications.save", "applications.not_found"),
        ("applications.between_us", "applications.not_found"),
        ("applications.remove", "applications.not_found"),
        ("applications.duplicate", "applications.not_found"),
        ("applications.versions", "applications.not_found"),
        ("changes.undo", "changes.not_found"),
    ];
    for (name, input) in on_records() {
        if let Some((_, code)) = expected.iter().find(|(expected, _)| *expected == name) {
            assert_eq!(room.code(name, input).await, *code, "{name}");
        }
    }
    let unknown = json!({ "slug": "no-such-career", "place": "US", "language": "en" });
    assert_eq!(room.code("careers.show", unknown).await, "careers.not_found");
    let note = json!({ "slug": "no-such-career", "text": "" });
    assert_eq!(room.code("careers.save_note", note).await, "careers.not_found");
}

/// The input with the planted word in the place of every text, and once more beside it.
fn planted(input: &Value) -> Value {
    match input {
        Value::String(_) => json!(PLANTED),
        Value::Array(items) => items.iter().map(planted).collect(),
        Value::Object(fields) => fields.iter().map(|(key, value)| (key.clone(), planted(value))).collect(),
        other => other.clone(),
    }
}

/// Every input that differs from the right one in one field, which then holds the planted word.
fn planted_one_by_one(input: &Value) -> Vec<Value> {
    let fields = input.as_object().into_iter().flatten();
    let one = |(key, _): (&String, &Value)| {
        let mut changed = input.clone();
        changed[key.as_str()] = json!(PLANTED);
        changed
    };
    fields.map(one).collect()
}

#[tokio::test]
async fn no_error_repeats_what_somebody_wrote() {
    let room = open().await;
    let application = room.application(None).await;
    let mut failed = 0;
    for (name, input) in on_records().into_iter().chain(without_records()) {
        let mut inputs = vec![json!(PLANTED), json!([PLANTED]), json!({ PLANTED: PLANTED }), planted(&input)];
        inputs.extend(planted_one_by_one(&input));
        for input in inputs {
            if let Some(error) = fault(&room, name, input).await {
                failed += 1;
                let said = format!("{error} {error:?} {}", serde_json::to_string(&error).unwrap());
                assert!(!said.contains(PLANTED), "{name}: {said}");
            }
        }
        // Opens them again where an operation closed them.
        let _ = room.try_call("vault.unlock", json!({ "passphrase": crate::support::PASSPHRASE })).await;
    }
    assert!(failed > 100, "only {failed} calls failed");

    let answers = |answers: Value| json!({ "id": application, "answers": answers });
    for input in [answers(json!({ PLANTED: "x" })), answers(json!({ "statement": { PLANTED: PLANTED } }))] {
        let error = room.try_call("applications.save", input).await.unwrap_err();
        assert!(!format!("{error:?}").contains(PLANTED));
    }
    let roster = json!({ "text": format!("name,year\n{PLANTED},{PLANTED}\n"), "columns": null });
    let error = room.try_call("students.import_roster", roster).await.unwrap_err();
    assert!(!format!("{error:?}").contains(PLANTED));
}
