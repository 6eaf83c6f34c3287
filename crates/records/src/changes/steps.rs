//! The steps that can be taken back and done again, read from the log itself, so that they outlive a restart. An undo is
//! a change that names the change it takes back; doing again is the undo of an undo.

use rusqlite::{Connection, OptionalExtension};
use ts_rs::TS;

use crate::{Records, RecordsError};

/// How many steps are offered each way.
pub const STEPS: usize = 100;

/// How far back the log is read for them. Of older changes no step is offered.
const WINDOW: i64 = 2_000;

/// Acts that no undo takes back: what left the computer has left, and keys, rights and backups are no typing.
const NEVER: [&str; 5] = ["disclosures.", "access.", "rights.", "vault.", "backups."];

/// Whether an act stands for good.
fn stands(act: &str) -> bool {
    NEVER.iter().any(|area| act.starts_with(area))
}

/// Refuses where the change of this number stands for good.
pub(super) fn may_be_undone(connection: &Connection, number: i64) -> Result<(), RecordsError> {
    let act: Option<String> = connection
        .prepare_cached("SELECT act FROM change WHERE number = ?")?
        .query_row([number], |row| row.get(0))
        .optional()?;
    if act.is_some_and(|act| stands(&act)) { Err(RecordsError::StandsForGood) } else { Ok(()) }
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, TS)]
pub struct Step {
    /// Number of the change that an undo of this step names.
    pub change: i64,
    /// What was done, `area.verb`.
    pub act: String,
    /// When it began, RFC 3339 UTC.
    pub at: String,
    /// When it ended: later than `at` for a session of typing.
    pub until: String,
    /// Ids of the students and applications that it speaks of.
    pub about: Vec<String>,
}

/// What can be taken back and what can be done again, the next one first.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, TS)]
pub struct Steps {
    /// Done, newest first.
    pub undo: Vec<Step>,
    /// Taken back, the one taken back last first.
    pub redo: Vec<Step>,
}

struct Entry {
    number: i64,
    at: String,
    until: String,
    act: String,
    undoes: Option<i64>,
    has_content: bool,
}

impl Records {
    /// The steps that can be taken back or done again, at most [`STEPS`] each way.
    pub async fn steps(&self) -> Result<Steps, RecordsError> {
        self.read(|connection| {
            let (undo, redo) = stacks(entries(connection)?);
            let told = |stack: Vec<Entry>| -> Result<Vec<Step>, RecordsError> {
                stack.into_iter().rev().take(STEPS).map(|entry| step(connection, entry)).collect()
            };
            Ok(Steps { undo: told(undo)?, redo: told(redo)? })
        })
        .await
    }
}

/// Goes through the log and keeps two stacks, the newest last.
fn stacks(entries: Vec<Entry>) -> (Vec<Entry>, Vec<Entry>) {
    let (mut done, mut undone): (Vec<Entry>, Vec<Entry>) = (Vec::new(), Vec::new());
    for entry in entries {
        let Some(taken_back) = entry.undoes else {
            if !stands(&entry.act) {
                done.push(entry);
                undone.clear();
            }
            continue;
        };
        if let Some(at) = undone.iter().position(|one| one.number == taken_back) {
            let original = undone.remove(at);
            done.push(Entry { act: original.act, ..entry });
        } else if let Some(at) = done.iter().position(|one| one.number == taken_back) {
            let original = done.remove(at);
            undone.push(Entry { act: original.act, ..entry });
        }
        // Of a change from before the window nothing is offered, neither to undo nor to do again.
    }
    done.retain(|entry| entry.has_content);
    undone.retain(|entry| entry.has_content);
    (done, undone)
}

fn entries(connection: &Connection) -> Result<Vec<Entry>, RecordsError> {
    let mut statement = connection.prepare_cached(
        "SELECT number, at, until, act, undoes,
                EXISTS (SELECT 1 FROM change_part p WHERE p.change = number AND p.content IS NOT NULL)
         FROM change WHERE number > (SELECT coalesce(max(number), 0) FROM change) - ? ORDER BY number",
    )?;
    let rows = statement.query_map([WINDOW], |row| {
        Ok(Entry {
            number: row.get(0)?,
            at: row.get(1)?,
            until: row.get(2)?,
            act: row.get(3)?,
            undoes: row.get(4)?,
            has_content: row.get(5)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn step(connection: &Connection, entry: Entry) -> Result<Step, RecordsError> {
    let mut statement = connection
        .prepare_cached("SELECT DISTINCT about FROM change_about WHERE change = ? ORDER BY about")?;
    let about = statement.query_map([entry.number], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(Step { change: entry.number, act: entry.act, at: entry.at, until: entry.until, about })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn log(rows: &[(i64, &str, Option<i64>)]) -> Vec<Entry> {
        let entry = |&(number, act, undoes): &(i64, &str, Option<i64>)| Entry {
            number,
            at: String::new(),
            until: String::new(),
            act: act.into(),
            undoes,
            has_content: true,
        };
        rows.iter().map(entry).collect()
    }

    fn numbers(rows: &[(i64, &str, Option<i64>)]) -> (Vec<i64>, Vec<i64>) {
        let (done, undone) = stacks(log(rows));
        let numbers = |stack: Vec<Entry>| stack.into_iter().map(|entry| entry.number).collect();
        (numbers(done), numbers(undone))
    }

    #[test]
    fn what_was_taken_back_can_be_done_again_and_taken_back_again() {
        let mut rows = vec![(1, "students.add", None), (2, "students.edit", None)];
        assert_eq!(numbers(&rows), (vec![1, 2], vec![]));
        rows.push((3, "changes.undo", Some(2)));
        assert_eq!(numbers(&rows), (vec![1], vec![3]));
        rows.push((4, "changes.undo", Some(3)));
        assert_eq!(numbers(&rows), (vec![1, 4], vec![]));
        rows.push((5, "changes.undo", Some(4)));
        rows.push((6, "changes.undo", Some(1)));
        assert_eq!(numbers(&rows), (vec![], vec![5, 6]));
    }

    #[test]
    fn something_new_ends_what_can_be_done_again_and_a_disclosure_does_not() {
        let mut rows = vec![(1, "students.add", None), (2, "changes.undo", Some(1))];
        rows.push((3, "disclosures.log", None));
        assert_eq!(numbers(&rows), (vec![], vec![2]));
        rows.push((4, "students.add", None));
        assert_eq!(numbers(&rows), (vec![4], vec![]));
    }

    #[test]
    fn a_step_keeps_the_name_of_what_was_done_first() {
        let rows = [(1, "students.remove", None), (2, "changes.undo", Some(1)), (3, "changes.undo", Some(2))];
        let (done, _) = stacks(log(&rows));
        assert_eq!(done.first().map(|entry| entry.act.as_str()), Some("students.remove"));
    }
}
