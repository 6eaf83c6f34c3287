//! Students can be added, changed and taken away, and every act can be taken back.

mod support;

use support::desk;
use waymark_records::{RecordsError, StudentInput};

#[tokio::test]
async fn a_student_of_any_name_is_kept_as_written() {
    let desk = desk();
    let names = ["X", "Éloïse d’Exemple", "示例学生", "مثال", &"Very ".repeat(60)];
    for name in names {
        let id = desk.student(name).await;
        assert_eq!(desk.records.student(id).await.unwrap().name, name);
    }
    assert_eq!(desk.records.count_students().await.unwrap(), 5);
}

#[tokio::test]
async fn search_minds_neither_accents_nor_case() {
    let desk = desk();
    desk.student("José Ejemplo").await;
    desk.student("Sample Student").await;
    let found = desk.records.students("jose".into(), None).await.unwrap();
    assert_eq!(found.iter().map(|student| student.name.as_str()).collect::<Vec<_>>(), ["José Ejemplo"]);
    assert_eq!(desk.records.students(String::new(), Some(2027)).await.unwrap().len(), 2);
    assert!(desk.records.students(String::new(), Some(2030)).await.unwrap().is_empty());
}

#[tokio::test]
async fn removing_a_student_takes_everything_along_and_undo_brings_it_back() {
    let desk = desk();
    let id = desk.student("Demo Learner").await;
    let application = desk.application(Some(id.clone())).await;
    desk.save(&application, "statement", "Every word of this.").await;
    desk.records.set_shortlist(id.clone(), "backend-architect".into(), true).await.unwrap();
    let before = desk.records.draft(application.clone()).await.unwrap();
    let versions = desk.records.versions(application.clone()).await.unwrap();

    let removed = desk.records.remove_student(id.clone()).await.unwrap();
    assert_eq!(desk.records.student(id.clone()).await.err(), Some(RecordsError::NotFound));
    assert_eq!(desk.records.draft(application.clone()).await.err(), Some(RecordsError::NotFound));

    let undone = desk.records.undo(removed.change.unwrap(), support::no_progress).await.unwrap();
    assert_eq!(desk.records.draft(application.clone()).await.unwrap(), before);
    assert_eq!(desk.records.versions(application.clone()).await.unwrap(), versions);
    assert_eq!(desk.records.shortlist(id.clone()).await.unwrap().len(), 1);

    desk.records.undo(undone.change.unwrap(), support::no_progress).await.unwrap();
    assert_eq!(desk.records.student(id).await.err(), Some(RecordsError::NotFound));
}

#[tokio::test]
async fn an_undo_of_what_was_changed_since_is_refused_and_changes_nothing() {
    let desk = desk();
    let id = desk.student("Demo Learner").await;
    let edit = |name: &str| StudentInput { name: name.into(), graduation_year: Some(2027), school_id: None };
    let first = desk.records.edit_student(id.clone(), edit("Demo L.")).await.unwrap();
    desk.records.edit_student(id.clone(), edit("Demo Learner-Example")).await.unwrap();
    assert_eq!(
        desk.records.undo(first.change.unwrap(), support::no_progress).await.err(),
        Some(RecordsError::ChangedSince)
    );
    assert_eq!(desk.records.student(id).await.unwrap().name, "Demo Learner-Example");
}

#[tokio::test]
async fn adding_a_student_can_not_be_undone_once_a_draft_hangs_on_it() {
    let desk = desk();
    let student = StudentInput { name: "Sample Student".into(), graduation_year: None, school_id: None };
    let added = desk.records.add_students("students.add", vec![student], true).await.unwrap();
    let application = desk.application(Some(added.value[0].clone())).await;
    assert_eq!(
        desk.records.undo(added.change.unwrap(), support::no_progress).await.err(),
        Some(RecordsError::ChangedSince)
    );
    assert!(desk.records.draft(application).await.is_ok());
}
