//! The way that the program is for: from a career to an application whose every letter is there the next day.

use jiff::SignedDuration;
use serde_json::json;

use crate::support::{CAREER, PASSPHRASE, first_run, id};

#[tokio::test]
async fn from_a_career_to_an_application_that_is_there_the_next_day() {
    let room = first_run();
    let status = room.call("vault.status", json!({})).await;
    assert_eq!((&status["state"], &status["problem"]), (&json!("first_run"), &json!(null)));
    let key = room.call("vault.create", json!({ "folder": null, "passphrase": PASSPHRASE })).await;
    assert_eq!(key["groups"].as_array().unwrap().len(), 9);

    let query = json!({
        "text": "backend", "filters": {}, "sort": "relevance", "offset": 0, "limit": 10, "place": "MA18140",
        "language": "en",
    });
    let found = room.call("careers.search", query).await;
    assert_eq!(found["rows"][0]["slug"], CAREER);
    let show = json!({ "slug": CAREER, "place": "MA18140", "language": "en" });
    assert_eq!(room.call("careers.show", show).await["title"], "Backend Architect");

    let student = room.student("Sample Student").await;
    let application = room.application(Some(&student)).await;
    let draft = room.call("applications.open", json!({ "id": application })).await;
    let answers = &draft["answers"];
    assert_eq!(answers["full_name"], "Sample Student");
    assert_eq!(answers["graduation_year"], "2027");
    assert_eq!(answers["career"], "Backend Architect");
    assert_eq!(draft["prefilled"], json!(["career", "full_name", "graduation_year"]));

    let statement = "First line.\r\n\r\n\tSecond line – with “quotes” and ñ, 漢字, 🙂.\n";
    let saved = room.save(&application, "statement", statement).await;
    assert!(saved["saved_at"].as_str().unwrap().ends_with('Z'));
    room.save(&application, "full_name", "Sample Q. Student").await;

    room.clock.forward(SignedDuration::from_hours(20));
    room.reopen().await;
    let draft = room.call("applications.open", json!({ "id": application })).await;
    assert_eq!(draft["answers"]["statement"], statement);
    assert_eq!(draft["answers"]["full_name"], "Sample Q. Student");
    assert_eq!(draft["prefilled"], json!(["career", "graduation_year"]));
    assert_eq!(draft["application"]["plan"]["career"], CAREER);

    let home = room.call("home.show", json!({ "language": "es" })).await;
    assert_eq!((&home["students"], &home["applications"]), (&json!(1), &json!(1)));
    assert_eq!(home["drafts"][0]["application"]["id"], application.as_str());
    assert_eq!(home["recent"], json!([{ "slug": CAREER, "title": "Arquitectura de backend" }]));
    let page = room.call("students.show", json!({ "id": student, "language": "en" })).await;
    assert_eq!(page["applications"][0]["application"]["id"], application.as_str());
}

#[tokio::test]
async fn a_note_and_a_shortlist_stay_with_the_records() {
    let room = crate::support::open().await;
    let student = room.student("Demo Learner").await;
    let shortlist = |on: bool| json!({ "student_id": student, "career": CAREER, "on": on });
    room.call("students.shortlist", shortlist(true)).await;
    room.call("careers.save_note", json!({ "slug": CAREER, "text": "Ask at the library.\n" })).await;
    room.reopen().await;
    assert_eq!(room.call("careers.note", json!({ "slug": CAREER })).await["text"], "Ask at the library.\n");
    let show = json!({ "id": student, "language": "en" });
    let page = room.call("students.show", show.clone()).await;
    assert_eq!(page["shortlist"], json!([{ "slug": CAREER, "title": "Backend Architect" }]));
    room.call("students.shortlist", shortlist(false)).await;
    assert_eq!(room.call("students.show", show).await["shortlist"], json!([]));
    room.call("careers.save_note", json!({ "slug": CAREER, "text": "" })).await;
    assert_eq!(room.call("careers.note", json!({ "slug": CAREER })).await["saved_at"], json!(null));
}

#[tokio::test]
async fn nothing_has_to_be_decided_to_begin_and_the_plan_can_change() {
    let room = crate::support::open().await;
    let plan = json!({ "student_id": " ", "career": null, "programme": "", "institution": null });
    let start = json!({ "plan": plan, "form": "general-admission", "language": "es" });
    let application = id(&room.call("applications.start", start).await);
    let student = room.student("Demo Learner").await;
    let plan = json!({
        "student_id": student, "career": CAREER, "programme": "Computer Science", "institution": "Example College",
    });
    room.call("applications.plan", json!({ "id": application, "plan": plan })).await;
    let listed = room.call("applications.list", json!({})).await;
    assert_eq!(listed[0]["application"]["student_name"], "Demo Learner");
    assert_eq!(listed[0]["application"]["plan"], plan);
    let copy = id(&room.call("applications.duplicate", json!({ "id": application })).await);
    assert_ne!(copy, application);
    let removed = room.call("applications.remove", json!({ "id": application })).await;
    assert_eq!(room.code("applications.open", json!({ "id": application })).await, "applications.not_found");
    room.call("changes.undo", json!({ "change": removed["change"] })).await;
    assert_eq!(room.call("applications.list", json!({})).await.as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn the_sample_student_comes_once_and_goes_whole() {
    let room = crate::support::open().await;
    let first = room.call("students.add_sample", json!({ "language": "en" })).await;
    let again = room.call("students.add_sample", json!({ "language": "es" })).await;
    assert_eq!((&again["id"], &again["change"]), (&first["id"], &json!(null)));
    assert_eq!(room.call("home.show", json!({ "language": "en" })).await["sample"], first["id"]);
    room.call("students.remove", json!({ "id": first["id"] })).await;
    assert!(room.names().await.is_empty());
    assert_eq!(room.call("applications.list", json!({})).await, json!([]));
}
