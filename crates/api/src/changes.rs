//! Undo of what a person did to the records.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use waymark_records::Step;

use crate::Desk;
use crate::errors::{ApiError, ChangesError, not_found};
use crate::shapes::Nothing;

/// Undoes one change.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Undo {
    /// Its number.
    pub change: i64,
}

/// It was undone; the undoing is itself a change.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Undone {
    /// Number of the new change, to do it again.
    pub change: i64,
}

/// A step, with the names of those it speaks of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct NamedStep {
    /// The step.
    pub step: Step,
    /// Names of the students, as far as they are on the roster.
    pub students: Vec<String>,
}

/// What can be taken back and what can be done again, the next one first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct NamedSteps {
    /// Done, newest first.
    pub undo: Vec<NamedStep>,
    /// Taken back, the one taken back last first.
    pub redo: Vec<NamedStep>,
}

/// The steps that can be taken back or done again.
pub async fn steps(desk: &Desk, _: Nothing) -> Result<NamedSteps, ApiError> {
    let records = desk.records().await?;
    let students = records.students(String::new(), None).await?;
    let names: BTreeMap<&str, &str> =
        students.iter().map(|student| (student.id.as_str(), student.name.as_str())).collect();
    let told = |steps: Vec<Step>| {
        let name = |step: Step| {
            let found = step.about.iter().filter_map(|id| names.get(id.as_str()));
            NamedStep { students: found.map(|name| (*name).to_owned()).collect(), step }
        };
        steps.into_iter().map(name).collect()
    };
    let mut steps = records.steps().await?;
    // In a meeting only what was done in it, and so to its student.
    if let Some(own) = desk.meeting.changes() {
        for list in [&mut steps.undo, &mut steps.redo] {
            list.retain(|step| own.contains(&step.change));
        }
    }
    Ok(NamedSteps { undo: told(steps.undo), redo: told(steps.redo) })
}

/// Takes one change back.
pub async fn undo(desk: &Desk, input: Undo) -> Result<Undone, ApiError> {
    let records = desk.records().await?;
    let packs = desk.packs()?;
    let today = crate::applications::today(desk);
    let done = records
        .undo(input.change, move |form, version, answers| {
            // A draft on a form that this program does not know keeps its answers and says nothing of readiness.
            packs.version(form, version).map(|pack| pack.progress(answers, &today)).unwrap_or_default()
        })
        .await
        .map_err(not_found(ChangesError::NotFound))?;
    done.change.map(|change| Undone { change }).ok_or_else(|| ChangesError::NotFound.into())
}
