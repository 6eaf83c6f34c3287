//! The roster from a file: checked first, imported whole or not at all, and taken back whole.

use serde_json::{Value, json};

use crate::support::open;

const FAULTY: &str =
    "name,year,id\nSample Student,2027,1\n,2027,2\nDemo Learner,soon,3\nExample Pupil,2027,1\n";
const SOUND: &str = "Nombre;Año;Matrícula\nSample Student;2027;1\nDemo Learner;2028;2\nNadie Ejemplo;;3\n";

fn roster(text: &str) -> Value {
    json!({ "text": text, "columns": null })
}

#[tokio::test]
async fn a_roster_with_a_fault_imports_nobody_and_names_every_fault() {
    let room = open().await;
    let check = room.call("students.check_roster", roster(FAULTY)).await;
    let faults = json!([
        { "line": 3, "column": 0, "fault": "name_missing" },
        { "line": 4, "column": 1, "fault": "year_not_a_year" },
        { "line": 5, "column": 2, "fault": "school_id_twice" },
    ]);
    assert_eq!(check["faults"], faults);
    let error = room.try_call("students.import_roster", roster(FAULTY)).await.unwrap_err();
    assert_eq!((error.code, error.params["count"].as_str()), ("students.roster_has_faults", "3"));
    assert!(room.names().await.is_empty());
}

#[tokio::test]
async fn a_check_writes_nothing() {
    let room = open().await;
    let check = room.call("students.check_roster", roster(SOUND)).await;
    assert_eq!((&check["new"], &check["known"], &check["faults"]), (&json!(3), &json!(0), &json!([])));
    assert!(room.names().await.is_empty());
}

#[tokio::test]
async fn an_import_is_one_change_that_can_be_taken_back_and_done_again() {
    let room = open().await;
    room.student("Somebody Before").await;
    let imported = room.call("students.import_roster", roster(SOUND)).await;
    assert_eq!((&imported["added"], &imported["known"]), (&json!(3), &json!(0)));
    assert_eq!(room.names().await.len(), 4);

    let again = room.call("students.import_roster", roster(SOUND)).await;
    assert_eq!((&again["added"], &again["known"], &again["change"]), (&json!(0), &json!(3), &json!(null)));

    let undone = room.call("changes.undo", json!({ "change": imported["change"] })).await;
    assert_eq!(room.names().await, ["Somebody Before"]);
    let twice = room.code("changes.undo", json!({ "change": imported["change"] })).await;
    assert_eq!(twice, "changes.changed_since");
    room.call("changes.undo", json!({ "change": undone["change"] })).await;
    assert_eq!(room.names().await.len(), 4);
}

#[tokio::test]
async fn an_import_somebody_has_worked_with_since_is_not_torn_out() {
    let room = open().await;
    let imported = room.call("students.import_roster", roster("Sample Student\nDemo Learner\n")).await;
    let students = room.call("students.list", json!({ "text": "sample", "graduation_year": null })).await;
    let student = json!({ "name": "Sample Q. Student", "graduation_year": 2027, "school_id": null });
    room.call("students.edit", json!({ "id": students[0]["id"], "student": student })).await;
    assert_eq!(
        room.code("changes.undo", json!({ "change": imported["change"] })).await,
        "changes.changed_since"
    );
    assert_eq!(room.names().await.len(), 2);
}

#[tokio::test]
async fn an_empty_roster_is_no_roster() {
    let room = open().await;
    for text in ["", "\n\n", "name,year,id\n"] {
        assert_eq!(
            room.code("students.import_roster", roster(text)).await,
            "students.roster_empty",
            "{text:?}"
        );
    }
}

#[tokio::test]
async fn a_student_has_a_name_and_a_year_that_can_be() {
    let room = open().await;
    let student = |name: &str, year: u16| json!({ "name": name, "graduation_year": year, "school_id": null });
    assert_eq!(room.code("students.add", student(" \t", 2027)).await, "students.name_empty");
    assert_eq!(
        room.code("students.add", student("Sample Student", 1949)).await,
        "students.year_out_of_range"
    );
    let nobody = "0190c0de-0000-7000-8000-000000000000";
    let edit = json!({ "id": nobody, "student": student("Sample Student", 2027) });
    assert_eq!(room.code("students.edit", edit).await, "students.not_found");
    assert_eq!(room.code("students.remove", json!({ "id": nobody })).await, "students.not_found");
    assert!(room.names().await.is_empty());
}
