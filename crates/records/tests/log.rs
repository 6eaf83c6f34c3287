//! The log of disclosures: what left is never altered, one answer says for whom all of a batch was, and it is read in
//! one order with what was changed.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod support;

use support::{Desk, desk, no_progress};
use waymark_records::{Audience, Disclosed, ForWhom, LogKind, LogQuery, LogRow, RecordsError, Said};

const OUTPUT: &str = "applications.pdf";

fn of(student: &str) -> Disclosed {
    Disclosed { student: Some(student.to_owned()), subject: None }
}

async fn log(desk: &Desk, students: &[&str]) -> String {
    let disclosed = students.iter().map(|student| of(student)).collect();
    desk.records.log_output(OUTPUT, disclosed).await.unwrap().value
}

fn everything() -> LogQuery {
    LogQuery { most: 100, named: 10, ..LogQuery::default() }
}

async fn outputs(desk: &Desk, query: LogQuery) -> Vec<LogRow> {
    desk.records.log(LogQuery { kind: Some(LogKind::Disclosure), ..query }).await.unwrap().rows
}

async fn say(desk: &Desk, batch: &str, whom: ForWhom, correcting: bool) -> Option<RecordsError> {
    desk.records.say_for_whom(batch.to_owned(), whom, correcting).await.err()
}

#[tokio::test]
async fn one_answer_says_for_whom_all_of_a_batch_was_and_stands_unless_it_is_corrected() {
    let desk = desk();
    let (ann, bo) = (desk.student("Ann Sample").await, desk.student("Bo Sample").await);
    let batch = log(&desk, &[&ann, &bo]).await;
    let other = log(&desk, &[&ann]).await;
    assert_eq!(desk.records.count_unsaid().await.unwrap(), 2);

    assert_eq!(say(&desk, &batch, ForWhom::Known(Audience::Parent), false).await, None);
    assert_eq!(desk.records.count_unsaid().await.unwrap(), 1);
    let again = say(&desk, &batch, ForWhom::Known(Audience::Student), false).await;
    assert_eq!(again, Some(RecordsError::ChangedSince));
    for student in [&ann, &bo] {
        let query = LogQuery { student: Some(student.clone()), ..everything() };
        let row = outputs(&desk, query).await.into_iter().find(|row| row.batch.as_ref() == Some(&batch));
        let row = row.unwrap();
        assert_eq!((row.audience, row.students_count), (Some(Audience::Parent), 2));
    }

    assert_eq!(say(&desk, &batch, ForWhom::Known(Audience::Student), true).await, None);
    let row = outputs(&desk, everything()).await.pop().unwrap();
    assert_eq!((row.batch, row.audience), (Some(batch), Some(Audience::Student)));
    assert_eq!(
        say(&desk, "no-such-batch", ForWhom::Known(Audience::Student), false).await,
        Some(RecordsError::NotFound)
    );
    let unsaid = outputs(&desk, LogQuery { audience: Some(Said::NotSaid), ..everything() }).await;
    assert_eq!(unsaid.into_iter().map(|row| row.batch).collect::<Vec<_>>(), [Some(other)]);
}

#[tokio::test]
async fn somebody_else_has_a_name_and_a_legitimate_interest() {
    let desk = desk();
    let ann = desk.student("Ann Sample").await;
    let batch = log(&desk, &[&ann]).await;
    let other =
        |party: &str, interest: &str| ForWhom::Other { party: party.into(), interest: interest.into() };
    for (party, interest) in [("", "Reads it"), ("Example College", " \n"), ("", "")] {
        let refused = say(&desk, &batch, other(party, interest), false).await;
        assert_eq!(refused, Some(RecordsError::Constraint), "{party:?} {interest:?}");
    }
    assert_eq!(say(&desk, &batch, other(" Example College ", "Decides on admission"), false).await, None);
    let row = outputs(&desk, everything()).await.remove(0);
    assert_eq!((row.audience, row.party.as_deref()), (Some(Audience::Other), Some("Example College")));
    assert_eq!(row.interest.as_deref(), Some("Decides on admission"));
    // A correction to somebody who needs no words takes them away again.
    assert_eq!(say(&desk, &batch, ForWhom::Known(Audience::Parent), true).await, None);
    let row = outputs(&desk, everything()).await.remove(0);
    assert_eq!((row.party, row.interest), (None, None));
}

#[tokio::test]
async fn what_did_not_leave_after_all_stays_in_the_log_and_waits_for_no_answer() {
    let desk = desk();
    let ann = desk.student("Ann Sample").await;
    let batch = log(&desk, &[&ann]).await;
    desk.records.output_failed(batch.clone()).await.unwrap();
    assert_eq!(desk.records.count_unsaid().await.unwrap(), 0);
    let row = outputs(&desk, everything()).await.remove(0);
    assert!(row.failed && row.audience.is_none());
    let answer = say(&desk, &batch, ForWhom::Known(Audience::Student), false).await;
    assert_eq!(answer, Some(RecordsError::NotFound));
    assert_eq!(desk.records.output_failed(batch).await.err(), Some(RecordsError::NotFound));
}

#[tokio::test]
async fn an_output_without_a_student_belongs_to_whoever_the_draft_is_for_later() {
    let desk = desk();
    let ann = desk.student("Ann Sample").await;
    let draft = desk.application(None).await;
    let disclosed = Disclosed { student: None, subject: Some(draft.clone()) };
    desk.records.log_output(OUTPUT, vec![disclosed]).await.unwrap();
    let of_ann = || LogQuery { student: Some(ann.clone()), ..everything() };
    assert!(outputs(&desk, of_ann()).await.is_empty());
    assert_eq!(outputs(&desk, everything()).await[0].students_count, 0);

    let plan = waymark_records::Plan { student_id: Some(ann.clone()), ..Default::default() };
    desk.records.change_plan(draft, plan).await.unwrap();
    let row = outputs(&desk, of_ann()).await.remove(0);
    assert_eq!(row.students[0].name.as_deref(), Some("Ann Sample"));
}

#[tokio::test]
async fn the_log_is_read_page_by_page_without_a_gap_or_a_row_twice() {
    let desk = desk();
    let ann = desk.student("Ann Sample").await;
    for _ in 0..7 {
        log(&desk, &[&ann]).await;
        desk.student("Another Sample").await;
    }
    let whole = desk.records.log(everything()).await.unwrap();
    assert!(!whole.more && whole.rows.len() == 15, "{}", whole.rows.len());
    assert!(whole.rows.is_sorted_by(|a, b| a.at >= b.at));
    let (mut places, mut after) = (Vec::new(), None);
    loop {
        let page = desk.records.log(LogQuery { most: 4, after, ..everything() }).await.unwrap();
        places.extend(page.rows.iter().map(|row| row.place.clone()));
        after = places.last().cloned();
        if !page.more {
            break;
        }
    }
    assert_eq!(places, whole.rows.iter().map(|row| row.place.clone()).collect::<Vec<_>>());
}

#[tokio::test]
async fn spans_of_time_and_kinds_narrow_the_log() {
    let desk = desk();
    let ann = desk.student("Ann Sample").await;
    log(&desk, &[&ann]).await;
    let first = desk.records.log(everything()).await.unwrap().rows;
    let moment = first[0].at.clone();
    desk.clock.forward(jiff::SignedDuration::from_hours(24));
    log(&desk, &[&ann]).await;
    let since = LogQuery { from: Some(moment.clone()), ..everything() };
    let before = LogQuery { until: Some(moment), ..everything() };
    assert_eq!(outputs(&desk, since).await.len(), 2, "its first moment is part of a span");
    assert_eq!(outputs(&desk, before).await.len(), 0, "and its end is not");
    for (kind, rows) in
        [(LogKind::Disclosure, 2), (LogKind::Change, 1), (LogKind::Access, 0), (LogKind::Rights, 0)]
    {
        let query = LogQuery { kind: Some(kind), ..everything() };
        assert_eq!(desk.records.log(query).await.unwrap().rows.len(), rows, "{kind:?}");
    }
}

#[tokio::test]
async fn a_student_who_is_removed_and_brought_back_keeps_the_record_of_disclosures() {
    let desk = desk();
    let ann = desk.student("Ann Sample").await;
    let batch = log(&desk, &[&ann]).await;
    let removed = desk.records.remove_student(ann.clone()).await.unwrap();
    let row = outputs(&desk, everything()).await.remove(0);
    assert_eq!((row.batch.as_ref(), row.students[0].name.as_deref()), (Some(&batch), None));
    desk.records.undo(removed.change.unwrap(), no_progress).await.unwrap();
    let query = LogQuery { student: Some(ann), ..everything() };
    let row = outputs(&desk, query).await.remove(0);
    assert_eq!((row.batch, row.students[0].name.as_deref()), (Some(batch), Some("Ann Sample")));
}
