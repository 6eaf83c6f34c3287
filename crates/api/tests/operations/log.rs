//! The log of disclosures: nothing with a student's data leaves without its row, and one answer says for whom.

use serde_json::{Value, json};
use waymark_api::contract;
use waymark_api::errors::DocumentsError;
use waymark_api::log::hand_over;

use crate::support::{CAREER, PASSPHRASE, Room, open};

fn print(id: &str) -> Value {
    json!({ "id": id, "language": "en", "today": "2026-11-30" })
}

async fn rows(room: &Room, filter: Value) -> Vec<Value> {
    let mut whole = json!({ "student": null, "kind": null, "audience": null, "from": null, "until": null });
    whole.as_object_mut().unwrap().extend(filter.as_object().unwrap().clone());
    let page = room.call("log.list", json!({ "filter": whole, "after": null, "most": null })).await;
    page["rows"].as_array().unwrap().clone()
}

async fn outputs(room: &Room) -> Vec<Value> {
    rows(room, json!({ "kind": "disclosure" })).await
}

fn answer(batch: &Value, audience: &str, party: &str, interest: &str) -> Value {
    json!({ "batch": batch, "audience": audience, "party": party, "interest": interest, "correcting": false })
}

#[tokio::test]
async fn a_printed_application_is_logged_and_a_printed_career_is_not() {
    let room = open().await;
    let student = room.student("Sample Student").await;
    let draft = room.application(Some(&student)).await;
    let (_, logged) = room.output("applications.pdf", print(&draft)).await.unwrap();
    let logged = logged.unwrap();
    assert_eq!((logged.output.as_str(), logged.students_count), ("applications.pdf", 1));
    assert_eq!(logged.students[0].name.as_deref(), Some("Sample Student"));

    let career =
        json!({ "slug": CAREER, "place": "US", "language": "en", "full": false, "today": "2026-11-30" });
    assert_eq!(room.output("careers.pdf", career).await.unwrap().1, None);

    let rows = outputs(&room).await;
    assert_eq!(rows.len(), 1);
    assert_eq!((&rows[0]["name"], &rows[0]["audience"]), (&json!("applications.pdf"), &Value::Null));
    assert_eq!(rows[0]["students"], json!([{ "id": student, "name": "Sample Student" }]));
}

#[tokio::test]
async fn an_output_whose_student_is_not_chosen_yet_is_logged_without_one() {
    let room = open().await;
    let draft = room.application(None).await;
    let logged = room.output("applications.pdf", print(&draft)).await.unwrap().1.unwrap();
    assert_eq!((logged.students.len(), logged.students_count), (0, 0));
    assert_eq!(outputs(&room).await[0]["batch"], json!(logged.batch));
}

#[tokio::test]
async fn what_is_only_made_is_not_logged_and_what_could_not_be_written_is_marked() {
    let room = open().await;
    let student = room.student("Sample Student").await;
    let draft = room.application(Some(&student)).await;
    let made = contract::document(&room.desk, "applications.pdf", print(&draft)).await.unwrap();
    assert!(outputs(&room).await.is_empty(), "a cancelled dialog logs nothing");

    let refused = hand_over(&room.desk, made, |_| async { Err::<(), _>(DocumentsError::NotWritten.into()) });
    assert_eq!(refused.await.unwrap_err().code, "documents.not_written");
    let rows = outputs(&room).await;
    assert_eq!((rows.len(), &rows[0]["failed"]), (1, &json!(true)));
    let page =
        room.call("log.list", json!({ "filter": { "audience": "not_said" }, "after": null, "most": null }));
    assert_eq!(page.await["unsaid"], 0);
}

#[tokio::test]
async fn what_cannot_be_logged_does_not_leave() {
    let room = open().await;
    let student = room.student("Sample Student").await;
    let draft = room.application(Some(&student)).await;
    let made = contract::document(&room.desk, "applications.pdf", print(&draft)).await.unwrap();
    room.call("vault.lock", json!({})).await;
    let mut left = false;
    let refused = hand_over(&room.desk, made, |_| {
        left = true;
        async { Ok(()) }
    });
    assert_eq!(refused.await.unwrap_err().code, "vault.locked");
    assert!(!left, "nothing left");
}

#[tokio::test]
async fn one_key_says_for_whom_and_only_somebody_else_needs_words() {
    let room = open().await;
    let student = room.student("Sample Student").await;
    let draft = room.application(Some(&student)).await;
    let first = json!(room.output("applications.pdf", print(&draft)).await.unwrap().1.unwrap().batch);
    let second = json!(room.output("applications.pdf", print(&draft)).await.unwrap().1.unwrap().batch);

    room.call("log.answer", answer(&first, "parent", "", "")).await;
    assert_eq!(room.code("log.answer", answer(&first, "student", "", "")).await, "log.answered");
    let mut correction = answer(&first, "student", "", "");
    correction["correcting"] = json!(true);
    room.call("log.answer", correction).await;

    let long = "x".repeat(301);
    for (party, interest, code) in [
        ("", "Decides", "log.party_missing"),
        (" ", "Decides", "log.party_missing"),
        ("Example College", "\t", "log.interest_missing"),
        (long.as_str(), "Decides", "log.too_long"),
    ] {
        assert_eq!(room.code("log.answer", answer(&second, "other", party, interest)).await, code);
    }
    room.call("log.answer", answer(&second, "other", "Example College", "Decides on admission")).await;
    let rows = outputs(&room).await;
    assert_eq!(
        (&rows[0]["party"], &rows[0]["interest"]),
        (&json!("Example College"), &json!("Decides on admission"))
    );
    assert_eq!(rows[1]["audience"], "student");
    assert_eq!(room.code("log.answer", answer(&json!("none"), "student", "", "")).await, "log.not_found");
    // The correction is itself a change that the log shows.
    let changes = rows_named(&room, "disclosures.correct").await;
    assert_eq!(changes, 1);
}

async fn rows_named(room: &Room, name: &str) -> usize {
    rows(room, json!({ "kind": "change" })).await.iter().filter(|row| row["name"] == name).count()
}

#[tokio::test]
async fn what_happened_and_rights_and_the_pin_cannot_be_undone_by_any_number() {
    let room = open().await;
    let student = room.student("Sample Student").await;
    let draft = room.application(Some(&student)).await;
    let batch = json!(room.output("applications.pdf", print(&draft)).await.unwrap().1.unwrap().batch);
    let saved = room.call("log.answer", answer(&batch, "student", "", "")).await;
    let hold = json!({ "student_id": student, "kind": "legal", "reason": "court order" });
    room.call("rights.open_hold", hold).await;
    room.call("meeting.set_pin", json!({ "pin": "2580", "passphrase": PASSPHRASE })).await;
    room.call("meeting.begin", json!({ "student_id": student })).await;
    room.call("students.show", json!({ "id": student, "language": "en" })).await;
    room.call("meeting.end", json!({ "pin": "2580" })).await;
    let acts = ["disclosures.log", "disclosures.answer", "rights.hold", "vault.set_pin", "access.view"];
    let written = rows(&room, json!({ "kind": null })).await;
    let last = saved["change"].as_i64().unwrap() + 20;
    for number in 1..=last {
        // Whatever else has a number may be undone or not; these never.
        let _ = room.try_call("changes.undo", json!({ "change": number })).await;
    }
    assert_eq!(
        room.code("changes.undo", json!({ "change": saved["change"] })).await,
        "changes.stands_for_good"
    );
    let now = rows(&room, json!({ "kind": null })).await;
    for act in acts {
        let of = |rows: &[Value]| rows.iter().filter(|row| row["name"] == act).count();
        assert!(of(&now) >= of(&written), "{act}");
    }
    assert_eq!(outputs(&room).await[0]["audience"], "student");
    assert_eq!(room.call("rights.holds", json!({ "id": student })).await[0]["closed_at"], Value::Null);
    assert_eq!(room.call("log.verify", json!({})).await["broken"], Value::Null);
    let seen = rows(&room, json!({ "kind": "access" })).await;
    assert!(!seen.is_empty(), "who looked stays");
}

#[tokio::test]
async fn the_log_leaves_as_a_table_without_a_live_formula_and_its_leaving_is_logged() {
    let room = open().await;
    let student = room.student("=HYPERLINK(\"x\")").await;
    room.student("Another, \"Sample\"").await;
    let draft = room.application(Some(&student)).await;
    let batch = json!(room.output("applications.pdf", print(&draft)).await.unwrap().1.unwrap().batch);
    room.call("log.answer", answer(&batch, "other", "@college", "+1 reason")).await;
    let filter = json!({ "student": null, "kind": null, "audience": null, "from": null, "until": null });
    let input = json!({ "filter": filter, "language": "en", "today": "2026-11-30" });
    let (document, logged) = room.output("log.csv", input.clone()).await.unwrap();
    assert_eq!((document.name.as_str(), document.media_type), ("Log 2026-11-30.csv", "text/csv"));
    let mut table = csv::Reader::from_reader(document.bytes.as_slice());
    let rows: Vec<Vec<String>> = table.deserialize().map(Result::unwrap).collect();
    assert!(rows.iter().flatten().all(|cell| !cell.starts_with(['=', '+', '-', '@'])), "{rows:?}");
    let told = rows.iter().find(|row| row[2] == "Application as PDF").unwrap();
    assert_eq!(told[3..], ["'=HYPERLINK(\"x\")", "Somebody else", "'@college", "'+1 reason"]);
    assert!(rows.iter().any(|row| row[3] == "Another, \"Sample\""));
    assert_eq!(logged.unwrap().students_count, 2);
    assert_eq!(outputs(&room).await[0]["name"], "log.csv");

    // A table that nobody is in is no disclosure.
    let mut nothing = input;
    nothing["filter"]["until"] = json!("2001-01-01T00:00:00.000Z");
    assert_eq!(room.output("log.csv", nothing).await.unwrap().1, None);
}

#[tokio::test]
async fn a_record_of_disclosures_is_printed_in_both_languages_and_is_itself_a_disclosure() {
    let room = open().await;
    let student = room.student("Sample Student").await;
    let draft = room.application(Some(&student)).await;
    room.output("applications.pdf", print(&draft)).await.unwrap();
    for (language, name) in [("en", "Record of disclosures"), ("es", "Registro de divulgaciones")] {
        let input = json!({ "student": student, "language": language, "today": "2026-11-30" });
        let (document, logged) = room.output("log.pdf", input).await.unwrap();
        assert_eq!(document.name, format!("{name} 2026-11-30.pdf"));
        assert!(document.bytes.starts_with(b"%PDF"));
        assert_eq!(logged.unwrap().students[0].id, student);
    }
    let nobody = json!({ "student": "nobody", "language": "en", "today": "2026-11-30" });
    assert_eq!(room.output("log.pdf", nobody).await.unwrap_err().code, "students.not_found");
    let other_day = json!({ "student": student, "language": "en", "today": "../x" });
    assert_eq!(room.output("log.pdf", other_day).await.unwrap_err().code, "operation.bad_input");
    assert_eq!(outputs(&room).await.len(), 3);
}

#[tokio::test]
async fn the_log_of_a_day_s_work_is_whole() {
    let room = open().await;
    let student = room.student("Sample Student").await;
    let draft = room.application(Some(&student)).await;
    room.save(&draft, "statement", "A beginning.").await;
    let batch = json!(room.output("applications.pdf", print(&draft)).await.unwrap().1.unwrap().batch);
    room.call("log.answer", answer(&batch, "student", "", "")).await;
    room.call("students.remove", json!({ "id": student })).await;
    let check = room.call("log.verify", json!({})).await;
    assert_eq!(check["broken"], Value::Null, "{check}");
    assert!(check["entries"].as_u64().unwrap() >= 5, "{check}");
}
