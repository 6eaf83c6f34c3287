//! Whoever writes past the log is named by the check: rows altered, taken out, put in; links cut; an end cut off.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use std::sync::Arc;

use tempfile::TempDir;

use super::shapes::{Disclosed, ForWhom};
use super::verify::{BackupHead, LogFault};
use crate::surroundings::Computer;
use crate::{Cost, Folder, LogHead, Records, StudentInput};

struct Room {
    records: Records,
    student: String,
    _place: TempDir,
}

/// Records with a student and two outputs: one for a court, one for nobody yet.
async fn room() -> Room {
    let place = TempDir::new().unwrap();
    let folder = Folder::at(place.path().join("records"));
    let passphrase = "quiet lantern under seven maples";
    let records = Records::create(&folder, passphrase, Cost::WEAK_FOR_TESTS, Arc::new(Computer)).unwrap().0;
    let input = StudentInput { name: "Sample Student".into(), graduation_year: None, school_id: None };
    let student = records.add_students("students.add", vec![input], false).await.unwrap().value.remove(0);
    let room = Room { records, student, _place: place };
    let batch = room.output().await;
    // Longer than what the log keeps whole.
    let whom = ForWhom::Other { party: "A court".into(), interest: "Because ".repeat(36).trim().into() };
    room.records.say_for_whom(batch.clone(), whom, false).await.unwrap();
    let whom = ForWhom::Other { party: "A court".into(), interest: "Because ".repeat(37).trim().into() };
    room.records.say_for_whom(batch, whom, true).await.unwrap();
    room.output().await;
    room
}

impl Room {
    async fn output(&self) -> String {
        let disclosed = Disclosed { student: Some(self.student.clone()), subject: None };
        self.records.log_output("applications.pdf", vec![disclosed]).await.unwrap().value
    }

    /// Writes past the log, as somebody with the key and a tool could.
    async fn past_the_log(&self, sql: &'static str) {
        self.records.write(move |connection| Ok(connection.execute_batch(sql)?)).await.unwrap();
    }

    async fn broken(&self) -> Option<LogFault> {
        self.records.check_log(Vec::new()).await.unwrap().broken
    }
}

fn row(number: i64) -> LogFault {
    LogFault::Row { table: "disclosure".into(), number }
}

#[tokio::test]
async fn a_log_that_nobody_wrote_past_is_whole() {
    let room = room().await;
    let check = room.records.check_log(Vec::new()).await.unwrap();
    assert_eq!((check.entries, check.broken), (5, None));
}

#[tokio::test]
async fn a_disclosure_that_was_altered_past_the_log_is_named_with_its_entry() {
    for (column, number) in [("audience = 'parent'", 4), ("party = 'Nobody'", 4), ("interest = 'None'", 4)] {
        let room = room().await;
        let sql = format!("UPDATE disclosure SET {column} WHERE audience = 'other'");
        room.records.write(move |connection| Ok(connection.execute_batch(&sql)?)).await.unwrap();
        assert_eq!(room.broken().await, Some(row(number)), "{column}");
    }
}

#[tokio::test]
async fn what_left_is_not_altered_without_taking_the_guard_away_and_then_it_shows() {
    let room = room().await;
    let guarded = room.records.write(|connection| {
        Ok(connection.execute_batch("UPDATE disclosure SET at = '2020-01-01T00:00:00.000Z'")?)
    });
    assert!(guarded.await.is_err());
    room.past_the_log(
        "DROP TRIGGER disclosure_is_never_altered;
         UPDATE disclosure SET at = '2020-01-01T00:00:00.000Z' WHERE audience IS NULL;",
    )
    .await;
    assert_eq!(room.broken().await, Some(row(5)));
}

#[tokio::test]
async fn a_disclosure_that_was_taken_out_or_put_in_is_named() {
    let room = room().await;
    room.past_the_log("DELETE FROM disclosure WHERE audience IS NULL").await;
    let missing = LogFault::RowMissing { table: "disclosure".into(), number: 5 };
    assert_eq!(room.broken().await, Some(missing));

    let room = self::room().await;
    room.past_the_log(
        "INSERT INTO access (id, at, student_id, view) VALUES ('x', '2026-01-01T00:00:00.000Z', 'y', 'student')",
    )
    .await;
    assert_eq!(room.broken().await, Some(LogFault::RowAdded { table: "access".into() }));
}

#[tokio::test]
async fn an_entry_that_was_altered_or_taken_out_is_named() {
    let room = room().await;
    room.past_the_log("DROP TRIGGER change_is_never_altered; UPDATE change SET act = 'x.y' WHERE number = 2")
        .await;
    assert_eq!(room.broken().await, Some(LogFault::Altered { number: 2 }));

    let room = self::room().await;
    room.past_the_log(
        "PRAGMA foreign_keys = OFF; DROP TRIGGER change_is_never_removed; DELETE FROM change WHERE number = 3",
    )
    .await;
    assert_eq!(room.broken().await, Some(LogFault::Missing { number: 3 }));
}

#[tokio::test]
async fn an_end_that_was_cut_off_shows_by_the_end_that_a_backup_kept() {
    let room = room().await;
    let head = room.records.log_head().await.unwrap();
    let kept = |head: LogHead| BackupHead { made_at: "2026-11-30T10:00:00.000Z".into(), head: Some(head) };
    let unread = BackupHead { made_at: String::new(), head: None };
    let check = room.records.check_log(vec![kept(head.clone()), unread.clone()]).await.unwrap();
    assert_eq!((check.backups, check.unread_backups, check.broken), (1, 1, None));

    // The second output and its entry are taken out together: the log alone can't tell.
    room.past_the_log(
        "PRAGMA foreign_keys = OFF;
         DROP TRIGGER change_is_never_removed;
         DELETE FROM disclosure WHERE audience IS NULL;
         DELETE FROM change_about WHERE change = 5;
         DELETE FROM change WHERE number = 5;
         DROP TRIGGER IF EXISTS change_part_is_never_removed;
         DELETE FROM change_part WHERE change = 5;",
    )
    .await;
    assert_eq!(room.broken().await, None);
    let check = room.records.check_log(vec![kept(head)]).await.unwrap();
    let cut = LogFault::Backup { made_at: "2026-11-30T10:00:00.000Z".into(), number: 5 };
    assert_eq!((check.backups, check.broken), (0, Some(cut)));
}
