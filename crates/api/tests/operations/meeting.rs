//! The meeting view: in a meeting no operation says anything of anybody else, and only the PIN or the passphrase on the
//! locked page ends it.

use std::path::Path;
use std::sync::Arc;

use jiff::SignedDuration;
use serde_json::{Value, json};
use waymark_records::{Computer, Folder, Records};

use crate::refusals::{DOCUMENTS, ID, on_records, without_records};
use crate::support::{CAREER, PASSPHRASE, Room, id, open};

const PIN: &str = "258013";

/// Stands in the name, the number, the plan and the draft of the student whom nobody may see.
const OTHER: &str = "Plantedwordzq";
/// Stands in the counselor's own words.
const OWN: &str = "Ownwordzq";
/// Stands in the draft that is between the student and the counselor.
const HIDDEN: &str = "Hiddenwordzq";

/// Records with a student to meet, their draft and a hidden one, another student, and the counselor's own words.
struct Scene {
    room: Room,
    student: String,
    draft: String,
    hidden: String,
    other: String,
    other_draft: String,
    nobodys_draft: String,
    search: String,
    /// The last change before the meeting, which was to the student's own draft.
    before: i64,
}

async fn scene() -> Scene {
    let room = open().await;
    let student = room.student("Sample Student").await;
    let other = json!({ "name": OTHER, "graduation_year": 2027, "school_id": format!("7{OTHER}") });
    let other = id(&room.call("students.add", other).await);
    let plan = |student: Option<&str>, word: &str| json!({ "student_id": student, "career": CAREER, "programme": word, "institution": word });
    let start = async |plan: Value| {
        id(&room.call("applications.start", json!({ "plan": plan, "form": null, "language": "en" })).await)
    };
    let draft = start(plan(Some(&student), "Nursing")).await;
    let hidden = start(plan(Some(&student), HIDDEN)).await;
    let other_draft = start(plan(Some(&other), OTHER)).await;
    let nobodys_draft = start(plan(None, OTHER)).await;
    room.save(&hidden, "statement", HIDDEN).await;
    room.save(&other_draft, "statement", OTHER).await;
    room.call("students.shortlist", json!({ "student_id": other, "career": "3d-animator", "on": true }))
        .await;
    room.call("careers.save_note", json!({ "slug": CAREER, "text": OWN })).await;
    let search = json!({ "id": null, "name": OWN, "query": format!("q={OWN}") });
    let search = id(&room.call("careers.save_search", search).await);
    room.call("careers.show", json!({ "slug": "3d-animator", "place": "US", "language": "en" })).await;
    room.call("applications.between_us", json!({ "id": hidden, "on": true })).await;
    let before = room.save(&draft, "statement", "Mine.").await["change"].as_i64().unwrap();
    room.call("meeting.set_pin", json!({ "pin": PIN, "passphrase": PASSPHRASE })).await;
    Scene { room, student, draft, hidden, other, other_draft, nobodys_draft, search, before }
}

impl Scene {
    async fn begin(&self) -> Value {
        self.room.call("meeting.begin", json!({ "student_id": self.student })).await
    }

    /// What an operation says, whatever it is: its answer, its document's bytes or its error.
    async fn said(&self, name: &str, input: Value) -> String {
        if DOCUMENTS.contains(&name) {
            return match self.room.document(name, input).await {
                Ok(document) => format!("{} {}", document.name, String::from_utf8_lossy(&document.bytes)),
                Err(error) => serde_json::to_string(&error).unwrap(),
            };
        }
        match self.room.try_call(name, input).await {
            Ok(answer) => answer.to_string(),
            Err(error) => serde_json::to_string(&error).unwrap(),
        }
    }

    async fn under_way(&self) -> bool {
        self.room.call("meeting.status", json!({})).await["under_way"].as_bool().unwrap()
    }

    async fn end(&self, pin: &str) -> Result<Value, waymark_api::ApiError> {
        self.room.try_call("meeting.end", json!({ "pin": pin })).await
    }
}

/// The input with an id in the place of the one that nobody has.
fn about(input: &Value, id: &str) -> Value {
    match input {
        Value::String(text) if text == ID => json!(id),
        Value::Array(items) => items.iter().map(|item| about(item, id)).collect(),
        Value::Object(fields) => fields.iter().map(|(key, value)| (key.clone(), about(value, id))).collect(),
        other => other.clone(),
    }
}

/// Operations that would end the meeting or lock it away from the ones after them.
fn leads_out(name: &str) -> bool {
    matches!(name, "meeting.end" | "vault.lock")
}

#[tokio::test]
async fn no_operation_says_anything_of_anybody_else() {
    let scene = scene().await;
    scene.begin().await;
    let ids = [&scene.other, &scene.other_draft, &scene.nobodys_draft, &scene.hidden, &scene.search];
    let mut asked = 0;
    for (name, input) in on_records().into_iter().chain(without_records()) {
        if leads_out(name) {
            continue;
        }
        let mut inputs: Vec<Value> = ids.iter().map(|id| about(&input, id)).collect();
        // Words that would find them, and changes that were theirs.
        for word in ["plantedword", "", "7plant", "ownword", "hiddenword"] {
            let mut asking = input.clone();
            if let Some(text) = asking.get_mut("text") {
                *text = json!(word);
                inputs.push(asking);
            }
        }
        if name == "changes.undo" {
            inputs.extend((1..=scene.before + 2).map(|change| json!({ "change": change })));
        }
        for input in inputs {
            asked += 1;
            let said = scene.said(name, input).await;
            for word in [OTHER, OWN, HIDDEN] {
                assert!(!said.contains(word), "{name} said {word}: {said}");
            }
            for (what, id) in ["student", "draft", "draft of nobody", "hidden draft"].iter().zip(ids) {
                assert!(!said.contains(id.as_str()), "{name} said the id of the other {what}: {said}");
            }
        }
        assert!(scene.under_way().await, "{name} ended the meeting");
    }
    assert!(asked > 250, "only {asked} calls");

    scene.end(PIN).await.unwrap();
    // Nothing of them was changed either.
    let page = scene.said("students.show", json!({ "id": scene.other, "language": "en" })).await;
    assert!(page.contains(OTHER) && page.contains("3d-animator"));
    for (draft, word) in [(&scene.other_draft, OTHER), (&scene.hidden, HIDDEN)] {
        assert_eq!(scene.room.answers(draft).await["statement"], word);
    }
    let notes = scene.said("careers.note", json!({ "slug": CAREER })).await;
    assert!(notes.contains(OWN));
    let searches = scene.said("careers.saved_searches", json!({})).await;
    assert!(searches.contains(OWN));
    assert_eq!(scene.room.names().await, [OTHER, "Sample Student"]);
}

#[tokio::test]
async fn what_another_student_has_is_refused_like_what_nobody_has() {
    let scene = scene().await;
    scene.begin().await;
    for (name, input) in on_records() {
        if leads_out(name) || !input.to_string().contains(ID) {
            continue;
        }
        let missing = scene.said(name, input.clone()).await;
        for id in [&scene.other, &scene.other_draft, &scene.nobodys_draft, &scene.hidden] {
            assert_eq!(scene.said(name, about(&input, id)).await, missing, "{name}");
        }
    }
}

#[tokio::test]
async fn counts_and_lists_know_the_one_student() {
    let scene = scene().await;
    scene.begin().await;
    let home = scene.room.call("home.show", json!({ "language": "en" })).await;
    let counts = ["students", "applications", "without_application"].map(|name| home[name].as_i64().unwrap());
    assert_eq!(counts, [1, 1, 0]);
    assert_eq!(home["recent"], json!([]), "careers looked at before may be another student's");
    let students = scene.room.call("students.list", json!({ "text": "", "graduation_year": null })).await;
    assert_eq!((students.as_array().unwrap().len(), &students[0]["applications"]), (1, &json!(1)));
    let page = scene.room.call("students.show", json!({ "id": scene.student, "language": "en" })).await;
    assert_eq!((page["applications"].as_array().unwrap().len(), &page["hidden"]), (1, &json!(1)));
    assert_eq!(page["student"]["last_saved_at"], page["applications"][0]["application"]["saved_at"]);
    scene.room.call("careers.show", json!({ "slug": CAREER, "place": "US", "language": "en" })).await;
    let home = scene.room.call("home.show", json!({ "language": "en" })).await;
    assert_eq!(home["recent"][0]["slug"], CAREER);
    let found = scene.room.call("palette.find", json!({ "text": "s", "language": "en" })).await;
    assert_eq!(found["students"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn the_students_own_record_is_worked_on_as_ever_and_only_that_is_undone() {
    let scene = scene().await;
    let room = &scene.room;
    scene.begin().await;
    assert_eq!(room.code("changes.undo", json!({ "change": scene.before })).await, "meeting.not_here");
    let saved = room.save(&scene.draft, "statement", "Mine, and longer.").await;
    let undone = room.call("changes.undo", json!({ "change": saved["change"] })).await;
    assert_eq!(room.answers(&scene.draft).await["statement"], "Mine.");
    room.call("changes.undo", json!({ "change": undone["change"] })).await;
    assert_eq!(room.answers(&scene.draft).await["statement"], "Mine, and longer.");
    let steps = room.call("changes.steps", json!({})).await;
    let undo = steps["undo"].as_array().unwrap();
    assert!(!undo.is_empty() && undo.len() <= 2, "only what was done in the meeting: {steps}");
    let second = room.application(Some(&scene.student)).await;
    assert_eq!(
        room.document("applications.pdf", json!({ "id": second, "language": "en", "today": "2026-11-23" }))
            .await
            .unwrap()
            .media_type,
        "application/pdf"
    );
    let plan = |student: Option<&String>| json!({ "id": second, "plan": { "student_id": student, "career": null, "programme": null, "institution": null } });
    for student in [None, Some(&scene.other)] {
        assert_eq!(room.code("applications.plan", plan(student)).await, "meeting.not_here", "given away");
    }
    room.call("applications.plan", plan(Some(&scene.student))).await;
    let edit = json!({ "name": "Sample Renamed", "graduation_year": 2028, "school_id": null });
    room.call("students.edit", json!({ "id": scene.student, "student": edit })).await;
    assert_eq!(room.call("meeting.status", json!({})).await["student"]["name"], "Sample Renamed");
}

#[tokio::test]
async fn what_is_marked_between_us_is_hidden_until_the_meeting_is_over_with_its_copies() {
    let scene = scene().await;
    let room = &scene.room;
    scene.begin().await;
    let mark = |on: bool| json!({ "id": scene.draft, "on": on });
    let marked = room.call("applications.between_us", mark(true)).await;
    assert_eq!(room.code("applications.between_us", mark(false)).await, "meeting.not_here");
    assert_eq!(room.code("changes.undo", json!({ "change": marked["change"] })).await, "meeting.not_here");
    let page = room.call("students.show", json!({ "id": scene.student, "language": "en" })).await;
    assert_eq!((page["applications"].as_array().unwrap().len(), &page["hidden"]), (0, &json!(2)));
    scene.end(PIN).await.unwrap();
    room.call("applications.duplicate", json!({ "id": scene.draft })).await;
    let page = room.call("students.show", json!({ "id": scene.student, "language": "en" })).await;
    let marks: Vec<_> = page["applications"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| &row["application"]["between_us"])
        .collect();
    assert_eq!(marks, [&json!(true); 3], "and outside a meeting nothing is hidden");
    room.call("changes.undo", json!({ "change": marked["change"] })).await;
    assert_eq!(
        room.call("applications.open", json!({ "id": scene.draft })).await["application"]["between_us"],
        false
    );
}

#[tokio::test]
async fn a_meeting_needs_a_pin_first_and_its_pin_needs_the_passphrase() {
    let room = open().await;
    let student = room.student("Sample Student").await;
    let begin = json!({ "student_id": student });
    assert_eq!(room.code("meeting.begin", begin.clone()).await, "meeting.no_pin");
    for pin in ["", "123", "1234567890123", "12a4", "１２３４", "12 4", "-123"] {
        let set = json!({ "pin": pin, "passphrase": PASSPHRASE });
        assert_eq!(room.code("meeting.set_pin", set).await, "meeting.pin_shape", "{pin}");
    }
    let wrong = json!({ "pin": PIN, "passphrase": "another long passphrase" });
    assert_eq!(room.code("meeting.set_pin", wrong).await, "vault.wrong_passphrase");
    assert_eq!(room.call("meeting.status", json!({})).await["has_pin"], false);
    room.call("meeting.set_pin", json!({ "pin": PIN, "passphrase": PASSPHRASE })).await;
    let status = room.call("meeting.begin", begin.clone()).await;
    assert_eq!((&status["under_way"], &status["student"]["name"]), (&json!(true), &json!("Sample Student")));
    assert_eq!(room.code("meeting.begin", begin).await, "meeting.under_way");
    let again = json!({ "pin": "1111", "passphrase": PASSPHRASE });
    assert_eq!(room.code("meeting.set_pin", again).await, "meeting.refused");
}

#[tokio::test]
async fn wrong_pins_slow_down_to_half_a_minute_and_never_lock_out() {
    let scene = scene().await;
    scene.begin().await;
    let mut waits = Vec::new();
    for _ in 0..9 {
        let error = scene.end("0000").await.unwrap_err();
        assert_eq!(error.code, "meeting.wrong_pin");
        let wait: i64 = error.params["wait_seconds"].parse().unwrap();
        if wait > 0 {
            assert_eq!(scene.end(PIN).await.unwrap_err().code, "meeting.wait", "the right one waits too");
        }
        waits.push(wait);
        scene.room.clock.forward(SignedDuration::from_secs(wait));
    }
    assert_eq!(waits, [0, 0, 0, 2, 4, 8, 16, 30, 30]);
    scene.end(PIN).await.unwrap();
    assert!(!scene.under_way().await);
    assert_eq!(scene.end(PIN).await.unwrap_err().code, "meeting.not_under_way");
}

#[tokio::test]
async fn a_lock_leads_back_into_the_meeting_unless_the_passphrase_is_to_end_it() {
    let scene = scene().await;
    let room = &scene.room;
    scene.begin().await;
    room.call("vault.lock", json!({})).await;
    let status = room.call("meeting.status", json!({})).await;
    assert_eq!(
        status,
        json!({ "under_way": true, "number": 1, "student": null, "has_pin": false, "wait_seconds": 0 })
    );
    assert_eq!(room.code("vault.choose_folder", json!({ "folder": "/elsewhere" })).await, "meeting.refused");
    let wrong = json!({ "passphrase": "another long passphrase", "end_meeting": true });
    assert_eq!(room.code("vault.unlock", wrong).await, "vault.wrong_passphrase");
    assert!(scene.under_way().await);
    room.call("vault.unlock", json!({ "passphrase": PASSPHRASE })).await;
    assert_eq!(room.call("meeting.status", json!({})).await["student"]["name"], "Sample Student");
    // Open already: no passphrase is asked for, so none can end anything.
    room.call("vault.unlock", json!({ "passphrase": "anything", "end_meeting": true })).await;
    assert!(scene.under_way().await);
    room.call("vault.lock", json!({})).await;
    room.call("vault.unlock", json!({ "passphrase": PASSPHRASE, "end_meeting": true })).await;
    assert!(!scene.under_way().await);
    assert_eq!(room.names().await.len(), 2);
}

#[tokio::test]
async fn a_program_that_was_started_again_is_in_no_meeting() {
    let scene = scene().await;
    scene.begin().await;
    let room = scene.room.started_again();
    assert_eq!(room.call("meeting.status", json!({})).await["under_way"], false);
    room.call("vault.unlock", json!({ "passphrase": PASSPHRASE })).await;
    let status = room.call("meeting.status", json!({})).await;
    assert_eq!((&status["under_way"], &status["has_pin"]), (&json!(false), &json!(true)));
}

#[tokio::test]
async fn of_the_settings_only_looks_are_changed_in_a_meeting() {
    let scene = scene().await;
    scene.begin().await;
    let mut settings = scene.room.call("settings.get", json!({})).await;
    settings["theme"] = json!("dark");
    settings["text_percent"] = json!(150);
    assert_eq!(scene.room.call("settings.save", settings).await["theme"], "dark");
    assert_eq!(scene.room.code("settings.begin_anew", json!({})).await, "meeting.refused");
}

#[tokio::test]
async fn each_thing_looked_at_in_a_meeting_is_written_down_once() {
    let scene = scene().await;
    let room = &scene.room;
    let show = json!({ "id": scene.student, "language": "en" });
    room.call("students.show", show.clone()).await;
    scene.begin().await;
    for _ in 0..3 {
        room.call("students.show", show.clone()).await;
        room.call("applications.open", json!({ "id": scene.draft })).await;
        room.call("careers.show", json!({ "slug": CAREER, "place": "US", "language": "en" })).await;
    }
    room.code("students.show", json!({ "id": scene.other, "language": "en" })).await;
    scene.end(PIN).await.unwrap();
    scene.begin().await;
    room.call("students.show", show).await;
    let expected = [
        "student".into(),
        format!("application/{}", scene.draft),
        format!("career/{CAREER}"),
        "student".into(),
    ];
    let (student, other) = (scene.student.clone(), scene.other.clone());
    room.call("vault.lock", json!({})).await;
    let records = unlocked(room.folder.path());
    let views =
        |rows: Vec<waymark_records::AccessRow>| rows.into_iter().map(|row| row.view).collect::<Vec<_>>();
    assert_eq!(views(records.accesses_of(student).await.unwrap()), expected);
    assert_eq!(views(records.accesses_of(other).await.unwrap()), [""; 0]);
    records.close().await.unwrap();
}

fn unlocked(folder: &Path) -> Records {
    Records::unlock(&Folder::at(folder.join("records")), PASSPHRASE, Arc::new(Computer)).unwrap()
}
