//! Drafts keep every letter and every version.

mod support;

use jiff::SignedDuration;
use proptest::prelude::*;
use support::{desk, no_check};
use waymark_records::{Answers, Progress, RecordsError};

#[tokio::test]
async fn what_was_saved_is_there_after_closing_and_opening() {
    let desk = desk();
    let id = desk.application(None).await;
    let text = "Line one\r\nline two \u{202e}עברית 👩‍👩‍👧 <script>alert(1)</script> \u{0}end";
    desk.save(&id, "statement", text).await;
    let desk = desk.reopened().await;
    assert_eq!(desk.records.draft(id).await.unwrap().answers["statement"], text);
}

#[tokio::test]
async fn a_statement_of_ten_megabytes_is_kept_to_the_last_letter() {
    let desk = desk();
    let id = desk.application(None).await;
    let text = "word ".repeat(2 * 1024 * 1024);
    desk.save(&id, "statement", &text).await;
    desk.save(&id, "statement", &format!("{text}end")).await;
    let draft = desk.records.draft(id).await.unwrap();
    assert_eq!(draft.answers["statement"].as_str().unwrap().len(), text.len() + 3);
}

#[tokio::test]
async fn typing_goes_to_one_version_and_a_pause_opens_the_next() {
    let desk = desk();
    let id = desk.application(None).await;
    assert_eq!(desk.save(&id, "statement", "a").await, 1);
    assert_eq!(desk.save(&id, "statement", "ab").await, 1);
    desk.clock.forward(SignedDuration::from_mins(11));
    assert_eq!(desk.save(&id, "statement", "abc").await, 2);
    let desk = desk.reopened().await;
    assert_eq!(desk.save(&id, "city", "Springfield").await, 3);
    let versions = desk.records.versions(id.clone()).await.unwrap();
    assert_eq!(versions.iter().map(|version| version.number).collect::<Vec<_>>(), [3, 2, 1]);
    assert_eq!(versions[0].changed, ["city"]);
    let second = desk.records.version(id.clone(), 2).await.unwrap();
    assert_eq!(second["statement"], "abc");
    assert!(!second.contains_key("city"));
    assert_eq!(desk.records.version(id, 1).await.unwrap()["statement"], "ab");
}

#[tokio::test]
async fn restoring_a_version_keeps_what_was_there_before() {
    let desk = desk();
    let id = desk.application(None).await;
    desk.save(&id, "statement", "first").await;
    desk.clock.forward(SignedDuration::from_mins(11));
    desk.save(&id, "statement", "second").await;
    desk.save(&id, "city", "Springfield").await;
    let done = desk.records.restore_version(id.clone(), 1, no_check).await.unwrap();
    assert_eq!(done.value.version, 3);
    let now = desk.records.draft(id.clone()).await.unwrap().answers;
    assert_eq!(now["statement"], "first");
    assert!(!now.contains_key("city"));
    assert_eq!(desk.records.version(id.clone(), 2).await.unwrap()["statement"], "second");
    assert_eq!(desk.records.versions(id.clone()).await.unwrap()[0].restored_from, Some(1));
    assert_eq!(desk.records.restore_version(id, 9, no_check).await.err(), Some(RecordsError::NotFound));
}

#[tokio::test]
async fn an_answer_from_the_record_says_so_until_it_is_changed() {
    let desk = desk();
    let id = desk.application(None).await;
    assert_eq!(desk.records.draft(id.clone()).await.unwrap().prefilled, ["full_name"]);
    desk.save(&id, "full_name", "Sample A. Student").await;
    assert!(desk.records.draft(id).await.unwrap().prefilled.is_empty());
}

#[tokio::test]
async fn saving_the_same_again_changes_nothing() {
    let desk = desk();
    let id = desk.application(None).await;
    desk.save(&id, "city", "Springfield").await;
    let again = Answers::from([("city".into(), "Springfield".into())]);
    let done = desk.records.save_answers(id, again, no_check).await.unwrap();
    assert_eq!(done.change, None);
}

#[tokio::test]
async fn the_check_sees_the_draft_as_it_will_be_and_its_numbers_are_kept() {
    let desk = desk();
    let id = desk.application(None).await;
    let answers = Answers::from([("city".into(), "Springfield".into())]);
    let check = |answers: &Answers| {
        let faults = u32::try_from(answers.len()).unwrap();
        (Progress { sections: 6, complete: 2, faults }, faults)
    };
    let done = desk.records.save_answers(id.clone(), answers, check).await.unwrap();
    assert_eq!(done.value.checked, 2);
    let progress = desk.records.application(id).await.unwrap().progress;
    assert_eq!(progress, Progress { sections: 6, complete: 2, faults: 2 });
}

/// Of the newest version the application says when it was saved: a row of its own would be a page more for every letter.
#[tokio::test]
async fn every_version_says_when_it_was_last_saved() {
    let desk = desk();
    let student = desk.student("Sample Student").await;
    let id = desk.application(Some(student.clone())).await;
    let mut last_saves = Vec::new();
    for session in 0..3 {
        for letter in 0..3 {
            let text = format!("session {session}, letter {letter}");
            let answers = Answers::from([("statement".into(), text.into())]);
            let done = desk.records.save_answers(id.clone(), answers, no_check).await.unwrap();
            if letter == 2 {
                last_saves.push(done.at);
            }
        }
        desk.clock.forward(SignedDuration::from_mins(11));
    }
    let versions = desk.records.versions(id).await.unwrap();
    let told: Vec<String> = versions.into_iter().rev().map(|version| version.saved_at).collect();
    assert_eq!(told, last_saves);
    let record = desk.records.student_record(student).await.unwrap();
    let told: Vec<String> =
        record.applications[0].versions.iter().map(|version| version.saved_at.clone()).collect();
    assert_eq!(told, last_saves);
}

/// Each page that a save writes is encrypted, sealed and written twice: what no letter changes must not be among them.
#[tokio::test]
async fn a_letter_that_is_typed_writes_six_pages() {
    const FRAME: u64 = 4096 + 24;
    let desk = desk();
    let id = desk.application(None).await;
    let log = desk.folder.path().join("records.db-wal");
    let mut text = "A plain sentence of a statement. ".repeat(60);
    desk.save(&id, "statement", &text).await;
    for _ in 0..20 {
        let before = std::fs::metadata(&log).unwrap().len();
        text.push('a');
        desk.save(&id, "statement", &text).await;
        assert_eq!((std::fs::metadata(&log).unwrap().len() - before) / FRAME, 6);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn undo_after_any_saves_gives_the_records_before(
        texts in prop::collection::vec((0..3usize, ".{0,12}", any::<bool>()), 1..8)
    ) {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async {
            let desk = desk();
            let id = desk.application(None).await;
            let mut steps: Vec<(i64, Answers)> = Vec::new();
            for (place, text, paused) in texts {
                if paused {
                    desk.clock.forward(SignedDuration::from_mins(11));
                }
                let before = desk.records.draft(id.clone()).await.unwrap().answers;
                let long = text.repeat(60);
                let value = if text.is_empty() { serde_json::Value::Null } else { long.into() };
                let answers = Answers::from([(format!("question_{place}"), value)]);
                let done = desk.records.save_answers(id.clone(), answers, no_check).await.unwrap();
                // Saves of one session of typing are one step: its undo leads back to before the first of them.
                if let Some(change) = done.change
                    && steps.last().is_none_or(|(last, _)| *last != change)
                {
                    steps.push((change, before));
                }
            }
            for (change, before) in steps.into_iter().rev() {
                let undone = desk.records.undo(change, support::no_progress).await;
                if undone == Err(RecordsError::NotFound) {
                    // Typed and taken away again within the session: there is nothing to take back.
                    assert_eq!(desk.records.draft(id.clone()).await.unwrap().answers, before);
                    continue;
                }
                assert_eq!(desk.records.draft(id.clone()).await.unwrap().answers, before);
                // Doing it again and undoing once more leads back to the same.
                let again = desk.records.undo(undone.unwrap().change.unwrap(), support::no_progress).await.unwrap();
                desk.records.undo(again.change.unwrap(), support::no_progress).await.unwrap();
                assert_eq!(desk.records.draft(id.clone()).await.unwrap().answers, before);
            }
            assert_eq!(desk.records.verify_log().await.unwrap().broken, None);
        });
    }
}
