//! Holds, retention, and erasing: what goes, what stays, and that a stop in between leaves nothing half-done.
#![allow(clippy::unwrap_used, reason = "a test's own set-up")]

mod support;

use support::{Desk, desk, no_progress};
use waymark_records::{
    Copies, Disclosed, EraseScope, HoldKind, LogQuery, Plan, RecordsError, RetentionCategory, RetentionRule,
    StudentInput,
};

async fn with_two() -> (Desk, String, String) {
    let desk = desk();
    let (one, other) = (desk.student("Sample Student").await, desk.student("Example Student").await);
    for (student, words) in [(&one, "planted words"), (&other, "other words")] {
        let draft = desk.application(Some(student.clone())).await;
        desk.save(&draft, "statement", words).await;
        desk.records.set_shortlist(student.clone(), "electrician".into(), true).await.unwrap();
    }
    (desk, one, other)
}

async fn erase(desk: &Desk, student: &str, scope: EraseScope) -> Result<bool, RecordsError> {
    let preview = desk.records.preview_erase(student.into(), scope).await?;
    let copies = Copies::default();
    let done = desk.records.erase(student.into(), scope, preview.certificate.clone(), copies).await?;
    let (certificate, clean) = done.value;
    assert_eq!((certificate.id, certificate.counts), (preview.certificate, preview.counts));
    Ok(clean)
}

#[tokio::test]
async fn an_erased_student_is_nowhere_and_the_others_are_untouched() {
    let (desk, one, other) = with_two().await;
    let before = desk.records.student_record(other.clone()).await.unwrap();
    assert!(erase(&desk, &one, EraseScope::Record).await.unwrap());
    assert_eq!(desk.records.student(one.clone()).await.err(), Some(RecordsError::NotFound));
    assert_eq!(desk.records.student_record(one.clone()).await.err(), Some(RecordsError::NotFound));
    assert_eq!(desk.records.student_record(other.clone()).await.unwrap(), before);
    let verdict = desk.records.verify_log().await.unwrap();
    assert_eq!(verdict.broken, None);
    assert!(verdict.erased >= 4, "{verdict:?}");
    let steps = desk.records.steps().await.unwrap();
    assert!(steps.undo.iter().all(|step| !step.about.contains(&one)), "{steps:?}");
    // Erasing is no step, and everything that is left can still be taken back.
    for step in steps.undo {
        desk.records.undo(step.change, no_progress).await.unwrap();
    }
    assert_eq!(desk.records.students(String::new(), None).await.unwrap(), []);
    let certificates = desk.reopened().await.records.certificates().await.unwrap();
    assert_eq!(certificates.len(), 1);
    assert_eq!((certificates[0].counts.students, certificates[0].counts.applications), (1, 1));
}

#[tokio::test]
async fn a_removed_student_can_still_be_erased_and_not_be_brought_back() {
    let (desk, one, _) = with_two().await;
    let removed = desk.records.remove_student(one.clone()).await.unwrap();
    assert!(erase(&desk, &one, EraseScope::Record).await.unwrap());
    let undone = desk.records.undo(removed.change.unwrap(), no_progress).await;
    assert_eq!(undone.err(), Some(RecordsError::NotFound));
}

#[tokio::test]
async fn a_removed_student_is_told_with_the_day_until_they_are_back_or_erased() {
    let (desk, one, other) = with_two().await;
    assert_eq!(desk.records.removed_students().await.unwrap(), []);
    let removal = desk.records.remove_student(one.clone()).await.unwrap();
    let removed = desk.records.removed_students().await.unwrap();
    let [told] = removed.as_slice() else { panic!("{removed:?}") };
    assert_eq!((&told.id, told.name.as_str(), &told.removed_at), (&one, "Sample Student", &removal.at));
    assert_eq!(desk.records.name_of(one.clone()).await.unwrap(), "Sample Student");
    assert_eq!(desk.records.name_of("nobody".into()).await.err(), Some(RecordsError::NotFound));
    desk.records.undo(removal.change.unwrap(), no_progress).await.unwrap();
    assert_eq!(desk.records.removed_students().await.unwrap(), [], "they are back");
    for student in [&one, &other] {
        desk.records.remove_student(student.clone()).await.unwrap();
    }
    erase(&desk, &one, EraseScope::Record).await.unwrap();
    let removed = desk.records.removed_students().await.unwrap();
    assert_eq!(removed.into_iter().map(|told| told.id).collect::<Vec<_>>(), [other]);
}

/// A draft without a student that left these records, and then became a student's.
async fn left_before_it_was_anybody_s() -> (Desk, String, String) {
    let (desk, one, _) = with_two().await;
    let draft = desk.application(None).await;
    let disclosed = Disclosed { student: None, subject: Some(draft.clone()) };
    desk.records.log_output("applications.pdf", vec![disclosed]).await.unwrap();
    let plan = Plan { student_id: Some(one.clone()), ..Plan::default() };
    desk.records.change_plan(draft.clone(), plan).await.unwrap();
    (desk, one, draft)
}

#[tokio::test]
async fn what_left_before_a_draft_was_anybody_s_is_in_the_record_of_who_it_became() {
    let (desk, one, _) = left_before_it_was_anybody_s().await;
    let record = desk.records.student_record(one).await.unwrap();
    assert_eq!(record.disclosures.len(), 1);
    assert_eq!(record.disclosures[0].output, "applications.pdf");
    assert!(record.changes.iter().any(|change| change.act == "disclosures.log"), "{:?}", record.changes);
}

#[tokio::test]
async fn what_left_before_a_draft_was_anybody_s_is_erased_with_who_it_became() {
    let (desk, one, draft) = left_before_it_was_anybody_s().await;
    let counts = desk.records.preview_erase(one.clone(), EraseScope::Record).await.unwrap().counts;
    assert_eq!(counts.disclosures, 1);
    erase(&desk, &one, EraseScope::Record).await.unwrap();
    let log = desk.records.log(everything()).await.unwrap();
    assert!(log.rows.iter().all(|row| row.name != "applications.pdf"), "{:?}", log.rows);
    assert_eq!(desk.records.check_log(Vec::new()).await.unwrap().broken, None);
    assert_eq!(desk.records.draft(draft).await.err(), Some(RecordsError::NotFound));
}

#[tokio::test]
async fn what_left_before_a_draft_was_anybody_s_stays_the_student_s_where_only_drafts_are_erased() {
    let (desk, one, _) = left_before_it_was_anybody_s().await;
    erase(&desk, &one, EraseScope::Drafts).await.unwrap();
    assert_eq!(desk.records.student_record(one.clone()).await.unwrap().disclosures.len(), 1);
    assert_eq!(desk.records.check_log(Vec::new()).await.unwrap().broken, None);
    erase(&desk, &one, EraseScope::Record).await.unwrap();
    let log = desk.records.log(everything()).await.unwrap();
    assert!(log.rows.iter().all(|row| row.name != "applications.pdf"), "{:?}", log.rows);
}

#[tokio::test]
async fn what_never_left_is_told_as_such_in_the_whole_record() {
    let (desk, one, _) = with_two().await;
    let disclosed = Disclosed { student: Some(one.clone()), subject: None };
    let batch = desk.records.log_output("rights.export", vec![disclosed]).await.unwrap().value;
    desk.records.output_failed(batch).await.unwrap();
    let record = desk.records.student_record(one).await.unwrap();
    assert!(record.disclosures[0].failed_at.is_some());
}

fn everything() -> LogQuery {
    LogQuery {
        student: None,
        kind: None,
        audience: None,
        from: None,
        until: None,
        after: None,
        most: 100,
        named: 3,
    }
}

#[tokio::test]
async fn drafts_alone_can_be_erased_and_the_student_stays() {
    let (desk, one, _) = with_two().await;
    assert!(erase(&desk, &one, EraseScope::Drafts).await.unwrap());
    let record = desk.records.student_record(one).await.unwrap();
    assert_eq!((record.applications.len(), record.shortlist.len()), (0, 1));
    assert_eq!(desk.records.verify_log().await.unwrap().broken, None);
}

#[tokio::test]
async fn a_draft_that_became_another_student_s_stays_theirs() {
    let (desk, one, other) = with_two().await;
    let draft = desk.records.applications_of(one.clone()).await.unwrap().remove(0);
    let plan = Plan { student_id: Some(other.clone()), ..Plan::default() };
    desk.records.change_plan(draft.id.clone(), plan).await.unwrap();
    erase(&desk, &one, EraseScope::Record).await.unwrap();
    assert_eq!(desk.records.draft(draft.id).await.unwrap().answers["statement"], "planted words");
    assert_eq!(desk.records.applications_of(other).await.unwrap().len(), 2);
}

#[tokio::test]
async fn nothing_is_erased_while_a_hold_stands() {
    let (desk, one, _) = with_two().await;
    let hold = desk.records.open_hold(one.clone(), HoldKind::Inspection, "asked on the 3rd".into()).await;
    let hold = hold.unwrap().value;
    for scope in [EraseScope::Record, EraseScope::Drafts] {
        let preview = desk.records.preview_erase(one.clone(), scope).await.unwrap();
        assert_eq!(preview.holds.len(), 1);
        assert_eq!(erase(&desk, &one, scope).await, Err(RecordsError::Held));
    }
    assert_eq!(desk.records.certificates().await.unwrap(), []);
    desk.records.close_hold(hold).await.unwrap();
    let holds = desk.records.holds(one.clone()).await.unwrap();
    assert!(holds[0].closed_at.is_some());
    assert!(erase(&desk, &one, EraseScope::Record).await.unwrap());
}

#[tokio::test]
async fn a_hold_wants_a_student_and_a_student_to_erase_is_known() {
    let desk = desk();
    let hold = desk.records.open_hold("nobody".into(), HoldKind::Legal, "x".into()).await;
    assert_eq!(hold.err(), Some(RecordsError::NotFound));
    assert_eq!(erase(&desk, "nobody", EraseScope::Record).await, Err(RecordsError::NotFound));
}

#[tokio::test]
async fn who_is_due_is_past_the_years_of_the_rule() {
    let (desk, one, _) = with_two().await;
    let late = StudentInput { name: "Late Student".into(), graduation_year: Some(2030), school_id: None };
    let none = StudentInput { name: "Yearless Student".into(), graduation_year: None, school_id: None };
    desk.records.add_students("students.add", vec![late, none], false).await.unwrap();
    let due = |category, year| desk.records.due(category, year);
    assert_eq!(due(RetentionCategory::Records, 2100).await.unwrap(), [], "without a rule nobody is due");
    for category in RetentionCategory::ALL {
        desk.records.set_retention(RetentionRule { category, years: Some(3) }).await.unwrap();
    }
    // Both graduate in 2027: through 2030 their records are kept.
    assert_eq!(due(RetentionCategory::Records, 2030).await.unwrap(), []);
    let names = |due: Vec<waymark_records::Due>| due.into_iter().map(|one| one.name).collect::<Vec<_>>();
    assert_eq!(
        names(due(RetentionCategory::Records, 2031).await.unwrap()),
        ["Example Student", "Sample Student"]
    );
    assert_eq!(names(due(RetentionCategory::Drafts, 2100).await.unwrap()).len(), 2, "only who has drafts");
    desk.records.open_hold(one.clone(), HoldKind::Legal, "court".into()).await.unwrap();
    let held: Vec<_> = due(RetentionCategory::Records, 2031).await.unwrap();
    assert!(held.iter().all(|student| student.held == (student.student_id == one)));
    let none = RetentionRule { category: RetentionCategory::Records, years: None };
    desk.records.set_retention(none).await.unwrap();
    assert_eq!(due(RetentionCategory::Records, 2100).await.unwrap(), []);
}

#[tokio::test]
async fn the_whole_record_holds_every_version_and_every_change() {
    let (desk, one, _) = with_two().await;
    let draft = desk.records.applications_of(one.clone()).await.unwrap().remove(0).id;
    desk.clock.forward(jiff::SignedDuration::from_mins(20));
    desk.save(&draft, "statement", "planted words, and more").await;
    let record = desk.records.student_record(one).await.unwrap();
    assert_eq!(record.name, "Sample Student");
    let told = &record.applications[0];
    assert_eq!(told.answers["statement"], "planted words, and more");
    let versions: Vec<_> = told.versions.iter().map(|version| version.changed.get("statement")).collect();
    assert_eq!(versions, [Some(&"planted words".into()), Some(&"planted words, and more".into())]);
    let acts: Vec<_> = record.changes.iter().map(|change| change.act.as_str()).collect();
    assert_eq!(
        acts,
        [
            "students.add",
            "applications.start",
            "applications.save",
            "students.shortlist",
            "applications.save"
        ]
    );
}
