//! What is known of a student: what is taken, what is refused, what a meeting leaves out, and that it is in the record that
//! is handed out.

use std::io::{Cursor, Read};

use serde_json::{Value, json};

use crate::support::{PASSPHRASE, Room, id, open};

async fn save(room: &Room, student: &str, detail: Value) -> Value {
    room.call("students.save_detail", json!({ "student_id": student, "id": null, "detail": detail })).await
}

async fn refused(room: &Room, student: &str, detail: Value) -> String {
    let input = json!({ "student_id": student, "id": null, "detail": detail });
    room.try_call("students.save_detail", input).await.unwrap_err().code.into()
}

async fn details(room: &Room, student: &str) -> Vec<Value> {
    let rows = room.call("students.details", json!({ "id": student })).await;
    rows.as_array().unwrap().iter().map(|row| row["detail"].clone()).collect()
}

#[tokio::test]
async fn what_is_written_is_kept_and_blanks_around_it_are_none_of_it() {
    let room = open().await;
    let student = room.student("Sample Student").await;
    save(&room, &student, json!({ "kind": "guardian", "name": "  Sample Guardian ", "relation": " " })).await;
    save(&room, &student, json!({ "kind": "names", "given": "Ana María", "preferred": "安娜" })).await;
    let told = details(&room, &student).await;
    assert_eq!(told[0]["preferred"], "安娜");
    assert_eq!((&told[1]["name"], &told[1]["relation"]), (&json!("Sample Guardian"), &Value::Null));
}

#[tokio::test]
async fn what_says_nothing_or_is_no_date_or_number_is_refused_and_nothing_is_saved() {
    let room = open().await;
    let student = room.student("Sample Student").await;
    for empty in [
        json!({ "kind": "names", "given": "  " }),
        json!({ "kind": "guardian", "name": "" }),
        json!({ "kind": "contact", "way": "email", "value": " " }),
        json!({ "kind": "address", "street": "" }),
        json!({ "kind": "test", "name": "", "scores": [{ "part": "total", "score": "27" }] }),
        json!({ "kind": "activity", "hours_a_week": 3.5, "grades": [9] }),
    ] {
        assert_eq!(refused(&room, &student, empty.clone()).await, "students.detail_empty", "{empty}");
    }
    for date in ["spring", "2009-02-30", "09"] {
        let birth = json!({ "kind": "birth", "date": date });
        assert_eq!(refused(&room, &student, birth).await, "students.detail_date", "{date}");
    }
    for (field, number) in
        [("hours_a_week", json!(169)), ("weeks_a_year", json!(54)), ("grades", json!([14]))]
    {
        let mut activity = json!({ "kind": "activity", "role": "captain" });
        activity[field] = number;
        assert_eq!(refused(&room, &student, activity).await, "students.detail_number", "{field}");
    }
    let unknown = json!({ "kind": "social_security_number", "number": "000" });
    assert_eq!(refused(&room, &student, unknown).await, "operation.bad_input");
    assert_eq!(details(&room, &student).await, Vec::<Value>::new());
}

#[tokio::test]
async fn in_a_meeting_the_student_sees_their_own_details_but_not_who_holds_the_rights() {
    let room = open().await;
    let (student, other) = (room.student("Sample Student").await, room.student("Other Student").await);
    save(&room, &student, json!({ "kind": "activity", "role": "captain" })).await;
    let rights = json!({ "kind": "rights_holder", "holder": "other", "note": "a court's decision" });
    let rights_id = id(&save(&room, &student, rights.clone()).await);
    let of_other = id(&save(&room, &other, json!({ "kind": "activity", "role": "cook" })).await);
    room.call("meeting.set_pin", json!({ "pin": "258013", "passphrase": PASSPHRASE })).await;
    room.call("meeting.begin", json!({ "student_id": student })).await;
    let told = details(&room, &student).await;
    assert_eq!(told.len(), 1);
    assert_eq!(told[0]["role"], "captain");
    assert_eq!(refused(&room, &student, rights).await, "meeting.refused");
    let taken = json!({ "student_id": student, "id": rights_id });
    assert_eq!(room.try_call("students.remove_detail", taken).await.unwrap_err().code, "meeting.refused");
    let theirs = room.try_call("students.details", json!({ "id": other })).await;
    assert_eq!(theirs.unwrap_err().code, "meeting.not_here");
    // An id of somebody else's under the own student's name reaches nothing.
    let taken = json!({ "student_id": student, "id": of_other });
    assert_eq!(room.try_call("students.remove_detail", taken).await.unwrap_err().code, "students.not_found");
}

#[tokio::test]
async fn the_record_that_is_handed_out_has_the_details_for_people_and_for_programs() {
    let room = open().await;
    let student = room.student("Sample Student").await;
    let act = json!({ "kind": "test", "name": "ACT", "scores": [{ "part": "total", "score": "27" }] });
    save(&room, &student, act).await;
    let asked = json!({ "student_id": student, "language": "en" });
    let document = room.document("rights.export", asked).await.unwrap();
    let mut zip = zip::ZipArchive::new(Cursor::new(&document.bytes)).unwrap();
    let mut record = String::new();
    zip.by_name("record.json").unwrap().read_to_string(&mut record).unwrap();
    let record: Value = serde_json::from_str(&record).unwrap();
    assert_eq!(record["student"]["details"][0]["detail"]["scores"][0]["score"], "27");
    let mut pdf = Vec::new();
    zip.by_name("record.pdf").unwrap().read_to_end(&mut pdf).unwrap();
    let pdf = lopdf::Document::load_mem(&pdf).unwrap();
    let pages: Vec<u32> = pdf.get_pages().keys().copied().collect();
    let text = pdf.extract_text(&pages).unwrap();
    assert!(text.contains("total: 27"), "{text}");
}

#[tokio::test]
async fn an_application_begins_with_what_is_known_and_marks_it() {
    let room = open().await;
    let student = room.student("Sample Student").await;
    let birth = save(&room, &student, json!({ "kind": "birth", "date": "2009" })).await;
    for detail in [
        json!({ "kind": "names", "preferred": "Sam", "former": "Another Name", "on_applications": "Sam Student" }),
        json!({ "kind": "contact", "way": "phone", "value": "555 0100" }),
        json!({ "kind": "contact", "way": "email", "value": "sample@example.org" }),
        json!({ "kind": "address", "street": "1 Example Street\n\nApartment 2\nGate B", "city": "Springfield" }),
    ] {
        save(&room, &student, detail).await;
    }
    let begun = room.application(Some(&student)).await;
    let draft = room.call("applications.open", json!({ "id": begun })).await;
    let answers = &draft["answers"];
    assert_eq!(answers["full_name"], "Sam Student");
    assert_eq!(answers["preferred_name"], "Sam");
    assert_eq!((&answers["email"], &answers["phone"]), (&json!("sample@example.org"), &json!("555 0100")));
    assert_eq!(answers["address_line_1"], "1 Example Street");
    assert_eq!(answers["address_line_2"], "Apartment 2, Gate B");
    assert_eq!(answers["city"], "Springfield");
    // A former name goes into no draft by itself, and a year is no day.
    assert_eq!((answers.get("other_name_which"), answers.get("birth_date")), (None, None));
    assert!(draft["prefilled"].as_array().unwrap().contains(&json!("email")));

    let day = json!({ "student_id": student, "id": id(&birth), "detail": { "kind": "birth", "date": "2009-02-28" } });
    room.call("students.save_detail", day).await;
    let begun = room.application(Some(&student)).await;
    assert_eq!(room.answers(&begun).await["birth_date"], "2009-02-28");
}
