//! The log from the inside: what the chain notices, what erasing leaves of it, and how little typing adds to it.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use std::collections::BTreeSet;
use std::sync::Arc;

use rusqlite::Connection;
use tempfile::TempDir;

use super::chain::{BrokenLink, LinkFault, erase};
use crate::changes::rows::{CERTIFICATE, row};
use crate::changes::{Act, Value};
use crate::surroundings::Computer;
use crate::{
    Answers, Cost, Folder, NewApplication, Plan, Progress, Records, RecordsError, STEPS, StudentInput,
};

const PASSPHRASE: &str = "quiet lantern under seven maples";

struct Desk {
    _place: TempDir,
    folder: Folder,
    records: Records,
}

fn desk() -> Desk {
    let place = TempDir::new().unwrap();
    let folder = Folder::at(place.path().join("records"));
    let (records, _) =
        Records::create(&folder, PASSPHRASE, Cost::WEAK_FOR_TESTS, Arc::new(Computer)).unwrap();
    Desk { _place: place, folder, records }
}

impl Desk {
    async fn reopened(self) -> Self {
        self.records.close().await.unwrap();
        let records = Records::unlock(&self.folder, PASSPHRASE, Arc::new(Computer)).unwrap();
        Self { records, ..self }
    }

    async fn students(&self, names: &[&str]) -> Vec<String> {
        let students = names.iter().map(|name| StudentInput {
            name: (*name).into(),
            graduation_year: None,
            school_id: None,
        });
        self.records.add_students("students.import", students.collect(), false).await.unwrap().value
    }

    async fn draft_of(&self, student: &str) -> String {
        let new = NewApplication {
            plan: Plan { student_id: Some(student.into()), ..Plan::default() },
            form: "general-admission".into(),
            form_version: 1,
            answers: Answers::new(),
            prefilled: false,
            between_us: false,
        };
        self.records.start_application(new, no_check).await.unwrap().value
    }

    async fn save(&self, draft: &str, text: &str) -> i64 {
        let answers = Answers::from([("statement".into(), text.into())]);
        self.records.save_answers(draft.into(), answers, no_check).await.unwrap().change.unwrap()
    }

    /// What somebody with the key and no respect for triggers may do.
    async fn tamper(&self, sql: &'static str) {
        let done = self.records.write(move |connection| {
            connection.execute_batch(
                "DROP TRIGGER change_is_never_altered; DROP TRIGGER change_is_never_removed;
                 DROP TRIGGER change_part_is_only_erased; DROP TRIGGER change_part_is_never_removed;
                 PRAGMA foreign_keys = OFF;",
            )?;
            Ok(connection.execute_batch(sql)?)
        });
        done.await.unwrap();
    }

    async fn broken(&self) -> Option<BrokenLink> {
        self.records.verify_log().await.unwrap().broken
    }

    async fn count(&self, sql: &'static str) -> i64 {
        self.records
            .read(move |connection| Ok(connection.query_row(sql, [], |row| row.get(0))?))
            .await
            .unwrap()
    }
}

fn no_check(_: &Answers) -> (Progress, ()) {
    (Progress::default(), ())
}

/// Three changes: an import of two students, a draft, words typed into it. All of them chained.
async fn with_history() -> (Desk, Vec<String>, String) {
    let desk = desk();
    let students = desk.students(&["Sample Student", "Example Student"]).await;
    let draft = desk.draft_of(&students[0]).await;
    desk.save(&draft, "planted words").await;
    desk.records.seal_open_change().await.unwrap();
    (desk, students, draft)
}

#[tokio::test]
async fn a_log_that_nobody_touched_is_whole_and_its_head_is_held() {
    let (desk, ..) = with_history().await;
    let verdict = desk.records.verify_log().await.unwrap();
    assert_eq!((verdict.changes, verdict.erased, verdict.broken), (3, 0, None));
    assert_eq!(verdict.head, desk.records.log_head().await.unwrap());
    assert!(desk.records.log_holds(verdict.head.clone()).await.unwrap());
    let desk = desk.reopened().await;
    assert!(desk.records.log_holds(verdict.head).await.unwrap());
}

#[tokio::test]
async fn every_way_of_altering_the_log_is_named_with_its_first_broken_link() {
    let cases: &[(&str, i64, LinkFault)] = &[
        ("UPDATE change SET at = '2020-01-01T00:00:00.000Z' WHERE number = 2", 2, LinkFault::Altered),
        ("UPDATE change SET act = 'students.edit' WHERE number = 1", 1, LinkFault::Altered),
        ("UPDATE change_part SET content = replace(content, 'planted', 'altered')", 3, LinkFault::Content),
        (
            "UPDATE change_part SET content = NULL, salt = NULL WHERE change = 2",
            2,
            LinkFault::GoneWithoutCertificate,
        ),
        (
            "UPDATE change_part SET content = NULL, salt = NULL, erased = 'none' WHERE change = 2",
            2,
            LinkFault::GoneWithoutCertificate,
        ),
        ("DELETE FROM change_part WHERE change = 1 AND part = 1", 1, LinkFault::Altered),
        ("DELETE FROM change WHERE number = 2", 2, LinkFault::Missing),
        ("DELETE FROM change WHERE number = 1", 1, LinkFault::Missing),
        ("UPDATE change SET hash = NULL WHERE number = 2", 2, LinkFault::Altered),
    ];
    for (sql, number, fault) in cases {
        let (desk, ..) = with_history().await;
        desk.tamper(sql).await;
        assert_eq!(desk.broken().await, Some(BrokenLink { number: *number, fault: *fault }), "{sql}");
    }
}

#[tokio::test]
async fn a_log_that_was_cut_is_whole_in_itself_but_no_longer_holds_the_head_of_a_backup() {
    let (desk, ..) = with_history().await;
    let head = desk.records.log_head().await.unwrap();
    desk.tamper("DELETE FROM change_part WHERE change = 3; DELETE FROM change WHERE number = 3").await;
    assert_eq!(desk.broken().await, None);
    assert!(!desk.records.log_holds(head).await.unwrap());
}

#[tokio::test]
async fn the_log_can_only_be_added_to() {
    let (desk, ..) = with_history().await;
    for sql in [
        "UPDATE change SET at = ''",
        "DELETE FROM change",
        "UPDATE change_part SET content = ''",
        "UPDATE change_part SET content = NULL, salt = NULL",
        "DELETE FROM change_part",
    ] {
        let refused = desk.records.write(move |connection| Ok(connection.execute_batch(sql)?)).await;
        assert_eq!(refused, Err(RecordsError::Constraint), "{sql}");
    }
}

fn certify(connection: &Connection, id: &str) {
    let sql = "INSERT INTO certificate (id, at, actor, counts) VALUES (?, '', '', '{}')";
    connection.execute(sql, [id]).unwrap();
}

#[tokio::test]
async fn erasing_one_student_clears_their_parts_and_leaves_the_chain_and_the_others() {
    let (desk, students, draft) = with_history().await;
    let (student, other) = (students[0].clone(), students[1].clone());
    let about = BTreeSet::from([student.clone(), draft]);
    let cleared = desk.records.write(move |connection| {
        certify(connection, "certificate");
        erase(connection, &about, "certificate")
    });
    // Of the import the one part, the draft's beginning and its text.
    assert!(cleared.await.unwrap() >= 3);
    let verdict = desk.records.verify_log().await.unwrap();
    assert_eq!(verdict.broken, None);
    assert!(verdict.erased >= 3);
    assert_eq!(desk.count("SELECT count(*) FROM change_part WHERE content LIKE '%planted%'").await, 0);
    assert_eq!(desk.count("SELECT count(*) FROM change_part WHERE content LIKE '%Sample Student%'").await, 0);
    assert_eq!(
        desk.count("SELECT count(*) FROM change_part WHERE content LIKE '%Example Student%'").await,
        1
    );
    let steps = desk.records.steps().await.unwrap();
    let told: Vec<_> = steps.undo.iter().map(|step| (step.act.as_str(), step.about.clone())).collect();
    assert_eq!(told, [("students.import", vec![other])], "what is erased is no step any more");
    assert!(!told.iter().any(|(_, about)| about.contains(&student)));
}

#[tokio::test]
async fn an_application_that_is_removed_is_still_known_to_be_its_student_s() {
    let (desk, students, draft) = with_history().await;
    desk.records.remove_application(draft).await.unwrap();
    let student = students[0].clone();
    let unknown = desk.records.read(move |connection| {
        let sql = "SELECT count(*) FROM change_part p WHERE content LIKE '%planted%' AND NOT EXISTS
                   (SELECT 1 FROM change_about a WHERE a.change = p.change AND a.part = p.part AND a.about = ?)";
        Ok(connection.query_row(sql, [student], |row| row.get::<_, i64>(0))?)
    });
    assert_eq!(unknown.await.unwrap(), 0);
}

#[tokio::test]
async fn an_essay_typed_letter_by_letter_is_one_step_and_adds_less_than_a_megabyte() {
    let desk = desk();
    let students = desk.students(&["Sample Student"]).await;
    let draft = desk.draft_of(&students[0]).await;
    let size = "SELECT page_count * 4096 FROM pragma_page_count";
    let before = desk.count(size).await;
    let essay: String = "The river behind our school ".chars().cycle().take(4_000).collect();
    let mut changes = Vec::new();
    for end in 1..=essay.len() {
        changes.push(desk.save(&draft, &essay[..end]).await);
    }
    changes.dedup();
    assert_eq!(changes.len(), 1, "one session of typing is one change");
    let grown = desk.count(size).await - before;
    assert!(grown < 1_000_000, "{grown} bytes");
    desk.records.undo(changes[0], |_, _, _| Progress::default()).await.unwrap();
    assert!(desk.records.draft(draft).await.unwrap().answers.is_empty());
}

#[tokio::test]
async fn something_else_in_between_ends_a_session_of_typing() {
    let (desk, students, draft) = with_history().await;
    let first = desk.save(&draft, "planted words and more").await;
    desk.records.set_shortlist(students[0].clone(), "electrician".into(), true).await.unwrap();
    let second = desk.save(&draft, "planted words and more of them").await;
    assert_ne!(first, second);
    let desk = desk.reopened().await;
    let third = desk.save(&draft, "all of it").await;
    assert_ne!(second, third, "a session does not outlive the opening of the records");
    assert_eq!(desk.broken().await, None);
}

#[tokio::test]
async fn sixty_steps_are_taken_back_and_done_again_across_restarts() {
    let mut desk = desk();
    let mut names: Vec<Vec<String>> = vec![Vec::new()];
    for number in 0..60 {
        desk.students(&[&format!("Sample Student {number:02}")]).await;
        names.push(listed(&desk).await);
    }
    for expected in names.iter().rev().skip(1) {
        desk = desk.reopened().await;
        let step = desk.records.steps().await.unwrap().undo.remove(0);
        desk.records.undo(step.change, |_, _, _| Progress::default()).await.unwrap();
        assert_eq!(&listed(&desk).await, expected);
    }
    for expected in names.iter().skip(1) {
        let step = desk.records.steps().await.unwrap().redo.remove(0);
        desk.records.undo(step.change, |_, _, _| Progress::default()).await.unwrap();
        assert_eq!(&listed(&desk).await, expected);
    }
    let steps = desk.records.steps().await.unwrap();
    assert_eq!((steps.undo.len(), steps.redo.len()), (60.min(STEPS), 0));
    assert_eq!(desk.broken().await, None);
}

async fn listed(desk: &Desk) -> Vec<String> {
    desk.records
        .students(String::new(), None)
        .await
        .unwrap()
        .into_iter()
        .map(|student| student.name)
        .collect()
}

#[tokio::test]
async fn what_the_log_of_an_older_schema_holds_can_still_be_taken_back() {
    let place = TempDir::new().unwrap();
    let folder = Folder::at(place.path().join("records"));
    folder.make().unwrap();
    let kept = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/schema-0002");
    for name in ["records.db", "records.keys"] {
        std::fs::copy(kept.join(name), folder.path().join(name)).unwrap();
    }
    let records = Records::unlock(&folder, PASSPHRASE, Arc::new(Computer)).unwrap();
    let verdict = records.verify_log().await.unwrap();
    assert!(verdict.changes > 0 && verdict.broken.is_none(), "{verdict:?}");
    let student = records.students(String::new(), None).await.unwrap().remove(0);
    let steps = records.steps().await.unwrap();
    assert!(steps.undo.iter().any(|step| step.about.contains(&student.id)), "{steps:?}");
    for step in steps.undo {
        records.undo(step.change, |_, _, _| Progress::default()).await.unwrap();
    }
    assert_eq!(records.students(String::new(), None).await.unwrap(), []);
}

#[tokio::test]
async fn a_certificate_is_logged_like_any_row_and_can_not_be_taken_back_by_a_step() {
    let desk = desk();
    let done = desk.records.transact(Act::on("rights.erase", "certificate"), |change| {
        let at = change.at.clone();
        let row = row! { "id" => "certificate", "at" => at, "actor" => "counselor", "counts" => "{}" };
        change.insert(&CERTIFICATE, row)?;
        change.update(&CERTIFICATE, &[Value::from("certificate")], row! { "counts" => "{\"drafts\":1}" })
    });
    done.await.unwrap();
    assert_eq!(desk.records.steps().await.unwrap().undo, []);
    assert_eq!(desk.broken().await, None);
}
