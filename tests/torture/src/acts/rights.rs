//! Acts on a student's rights: holds on a record, and erasing it. None of them can be undone.

use serde_json::{Value, json};
use waymark_fault_layer::random::Random;

use super::students::take_away;
use super::{Step, one};
use crate::host::Host;
use crate::state::{State, list, student_id, text};

fn is_held(state: &State, student: &str) -> bool {
    state.holds.get(student).is_some_and(|holds| holds.values().any(|stands| *stands))
}

pub(super) fn any_hold(state: &State, random: &mut Random, new: &str) -> Option<Vec<String>> {
    let kind = *random.pick(&["legal", "inspection"])?;
    Some(vec![one(&state.students, random)?, format!("A matter of {new}"), kind.into()])
}

pub(super) fn hold(host: &mut dyn Host, step: &Step, _: &State) -> Result<Value, String> {
    let id = student_id(host, step.word(0))?;
    let hold = json!({ "student_id": id, "kind": step.word(2), "reason": step.word(1) });
    host.call("rights.open_hold", hold)
}

pub(super) fn held(state: &mut State, step: &Step, _: Option<&Value>) {
    state.holds.entry(step.word(0).into()).or_default().insert(step.word(1).into(), true);
}

pub(super) fn any_held(state: &State, random: &mut Random, _: &str) -> Option<Vec<String>> {
    let held: Vec<&String> = state.holds.keys().filter(|student| is_held(state, student)).collect();
    let student = *random.pick(&held)?;
    let stands = state.holds.get(student)?.iter().find(|(_, stands)| **stands);
    Some(vec![student.clone(), stands?.0.clone()])
}

pub(super) fn release(host: &mut dyn Host, step: &Step, _: &State) -> Result<Value, String> {
    let id = student_id(host, step.word(0))?;
    let holds = list(host, "rights.holds", json!({ "id": id }))?;
    let hold = holds.iter().find(|hold| hold["reason"] == step.word(1)).ok_or("no such hold")?;
    host.call("rights.close_hold", json!({ "id": text(hold, "/id") }))
}

pub(super) fn released(state: &mut State, step: &Step, _: Option<&Value>) {
    state.holds.entry(step.word(0).into()).or_default().insert(step.word(1).into(), false);
}

/// A student whose record is not held.
pub(super) fn any_erasable(state: &State, random: &mut Random, _: &str) -> Option<Vec<String>> {
    // A hold that was taken along to a backup stands, and its student's name then is not known.
    if state.carried {
        return None;
    }
    let free: Vec<&String> = state.students.keys().filter(|student| !is_held(state, student)).collect();
    let scope = *random.pick(&["record", "drafts"])?;
    Some(vec![(*random.pick(&free)?).clone(), scope.into()])
}

pub(super) fn erase(host: &mut dyn Host, step: &Step, _: &State) -> Result<Value, String> {
    let id = student_id(host, step.word(0))?;
    let which = json!({ "student_id": id, "scope": step.word(1) });
    let preview = host.call("rights.preview_erase", which.clone())?;
    let mut erase = which;
    erase["certificate"] = preview["certificate"].clone();
    erase["backups"] = false.into();
    host.call("rights.erase", erase)
}

pub(super) fn erased(state: &mut State, step: &Step, _: Option<&Value>) {
    state.certificates += 1;
    if step.word(1) == "record" {
        take_away(state, step.word(0));
    } else {
        state.drafts.retain(|_, draft| draft.student.as_deref() != Some(step.word(0)));
        state.last_saved = None;
    }
}
