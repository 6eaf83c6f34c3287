//! What is known of a student: kept in order, one of what there is one of, with undo, and gone when the record is erased.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod support;

use support::{Desk, desk, no_progress};
use waymark_records::{Activity, Detail, DetailKind, Guardian, Holder, Names, RecordsError, RightsHolder};

fn guardian(name: &str) -> Detail {
    Detail::Guardian(Guardian { name: name.into(), lives_with: true, ..Guardian::default() })
}

fn activity(role: &str) -> Detail {
    Detail::Activity(Activity { role: Some(role.into()), ..Activity::default() })
}

async fn save(desk: &Desk, student: &str, detail: Detail) -> String {
    desk.records.save_detail(student.into(), None, detail).await.unwrap().value
}

async fn details(desk: &Desk, student: &str) -> Vec<Detail> {
    let rows = desk.records.student_details(student.into()).await.unwrap();
    rows.into_iter().map(|row| row.detail).collect()
}

#[tokio::test]
async fn details_stand_by_kind_in_the_order_that_somebody_gave_them() {
    let desk = desk();
    let student = desk.student("Sample Student").await;
    let mut activities = Vec::new();
    for role in ["captain", "cook", "cashier"] {
        activities.push(save(&desk, &student, activity(role)).await);
    }
    save(&desk, &student, guardian("Sample Guardian")).await;
    let wanted = vec![activities[2].clone(), activities[0].clone()];
    desk.records.order_details(student.clone(), DetailKind::Activity, wanted).await.unwrap();
    let expected =
        vec![guardian("Sample Guardian"), activity("cashier"), activity("captain"), activity("cook")];
    assert_eq!(details(&desk, &student).await, expected);
    let desk = desk.reopened().await;
    assert_eq!(details(&desk, &student).await, expected);
}

#[tokio::test]
async fn of_names_and_the_holder_of_rights_there_is_one() {
    let desk = desk();
    let student = desk.student("Sample Student").await;
    let names =
        |preferred: &str| Detail::Names(Names { preferred: Some(preferred.into()), ..Names::default() });
    let first = save(&desk, &student, names("Sam")).await;
    assert_eq!(save(&desk, &student, names("Sammy")).await, first);
    let rights = Detail::RightsHolder(RightsHolder { holder: Holder::Student, note: None });
    save(&desk, &student, rights.clone()).await;
    assert_eq!(details(&desk, &student).await, [names("Sammy"), rights]);
}

#[tokio::test]
async fn a_detail_belongs_to_its_student_and_keeps_its_kind() {
    let desk = desk();
    let student = desk.student("Sample Student").await;
    let other = desk.student("Other Student").await;
    let id = save(&desk, &student, guardian("Sample Guardian")).await;
    let not_found = Some(RecordsError::NotFound);
    let of_other = desk.records.save_detail(other.clone(), Some(id.clone()), guardian("Another")).await;
    assert_eq!(of_other.err(), not_found);
    let of_kind = desk.records.save_detail(student.clone(), Some(id.clone()), activity("cook")).await;
    assert_eq!(of_kind.err(), not_found);
    assert_eq!(desk.records.remove_detail(other.clone(), id.clone()).await.err(), not_found);
    let ordered = desk.records.order_details(other, DetailKind::Guardian, vec![id]).await;
    assert_eq!(ordered.err(), not_found);
    assert_eq!(desk.records.student_details("nobody".into()).await.err(), not_found);
    assert_eq!(details(&desk, &student).await, [guardian("Sample Guardian")]);
}

#[tokio::test]
async fn every_step_is_taken_back_and_a_removed_student_comes_back_with_theirs() {
    let desk = desk();
    let student = desk.student("Sample Student").await;
    let id = save(&desk, &student, guardian("Sample Guardian")).await;
    let edited =
        desk.records.save_detail(student.clone(), Some(id.clone()), guardian("Renamed")).await.unwrap();
    desk.records.undo(edited.change.unwrap(), no_progress).await.unwrap();
    assert_eq!(details(&desk, &student).await, [guardian("Sample Guardian")]);
    // What is saved as it was is no step.
    let same = desk.records.save_detail(student.clone(), Some(id.clone()), guardian("Sample Guardian")).await;
    assert_eq!(same.unwrap().change, None);

    let removed = desk.records.remove_detail(student.clone(), id).await.unwrap();
    assert_eq!(details(&desk, &student).await, []);
    desk.records.undo(removed.change.unwrap(), no_progress).await.unwrap();
    let gone = desk.records.remove_student(student.clone()).await.unwrap();
    assert_eq!(desk.records.student_details(student.clone()).await.err(), Some(RecordsError::NotFound));
    desk.records.undo(gone.change.unwrap(), no_progress).await.unwrap();
    assert_eq!(details(&desk, &student).await, [guardian("Sample Guardian")]);
    let record = desk.records.student_record(student).await.unwrap();
    assert_eq!(record.details.len(), 1);
}
