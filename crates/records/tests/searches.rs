//! Saved searches of careers can be kept, renamed and taken away, and every act can be taken back.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod support;

use support::{Desk, desk, no_progress};
use waymark_records::RecordsError;

async fn names(desk: &Desk) -> Vec<String> {
    desk.records.career_searches().await.unwrap().into_iter().map(|search| search.name).collect()
}

async fn undo(desk: &Desk, change: Option<i64>) {
    desk.records.undo(change.unwrap(), no_progress).await.unwrap();
}

#[tokio::test]
async fn a_search_is_kept_as_it_was_named_and_in_the_order_of_saving() {
    let desk = desk();
    for name in ["Zoo", "Ärzte 👩‍⚕️", "a"] {
        desk.records.save_career_search(None, name.into(), "q=x".into()).await.unwrap();
    }
    let desk = desk.reopened().await;
    assert_eq!(names(&desk).await, ["Zoo", "Ärzte 👩‍⚕️", "a"]);
}

#[tokio::test]
async fn adding_renaming_and_removing_a_search_can_each_be_taken_back() {
    let desk = desk();
    let save = |id: Option<String>, name: &str| {
        desk.records.save_career_search(id, name.to_owned(), "growth=faster&sort=pay".into())
    };
    let added = save(None, "Growing").await.unwrap();
    undo(&desk, added.change).await;
    assert!(names(&desk).await.is_empty());

    let id = save(None, "Growing").await.unwrap().value;
    let renamed = save(Some(id.clone()), "Growing fast").await.unwrap();
    assert_eq!(names(&desk).await, ["Growing fast"]);
    undo(&desk, renamed.change).await;
    assert_eq!(names(&desk).await, ["Growing"]);

    let removed = desk.records.remove_career_search(id.clone()).await.unwrap();
    assert!(names(&desk).await.is_empty());
    undo(&desk, removed.change).await;
    let kept = desk.records.career_searches().await.unwrap().remove(0);
    assert_eq!((kept.id, kept.query.as_str()), (id, "growth=faster&sort=pay"));
}

#[tokio::test]
async fn a_search_that_is_not_there_can_be_neither_renamed_nor_removed() {
    let desk = desk();
    let gone = desk.records.save_career_search(Some("gone".into()), "Name".into(), String::new()).await;
    assert_eq!(gone.err(), Some(RecordsError::NotFound));
    assert_eq!(desk.records.remove_career_search("gone".into()).await.err(), Some(RecordsError::NotFound));
    assert!(names(&desk).await.is_empty());
}
