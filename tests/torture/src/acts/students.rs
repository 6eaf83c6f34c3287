//! Acts on students, with what hangs on them.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use waymark_fault_layer::random::Random;

use super::{Step, one};
use crate::host::Host;
use crate::state::{State, student_id};

fn student(name: &str, year: &str) -> Value {
    json!({ "name": name, "graduation_year": year.parse::<u64>().ok(), "school_id": null })
}

pub(super) fn any_add(state: &State, random: &mut Random, new: &str) -> Option<Vec<String>> {
    let room = state.students.len() < 300;
    room.then(|| vec![format!("Sample Student {new}"), (2026 + random.below(5)).to_string()])
}

pub(super) fn add(host: &mut dyn Host, step: &Step, _: &State) -> Result<Value, String> {
    host.call("students.add", student(step.word(0), step.word(1)))
}

pub(super) fn added(state: &mut State, step: &Step, _: Option<&Value>) {
    state.students.insert(step.word(0).into(), step.word(1).parse().ok());
}

pub(super) fn any_edit(state: &State, random: &mut Random, new: &str) -> Option<Vec<String>> {
    Some(vec![one(&state.students, random)?, format!("Sample Student {new}"), "2031".into()])
}

pub(super) fn edit(host: &mut dyn Host, step: &Step, _: &State) -> Result<Value, String> {
    let id = student_id(host, step.word(0))?;
    host.call("students.edit", json!({ "id": id, "student": student(step.word(1), step.word(2)) }))
}

pub(super) fn edited(state: &mut State, step: &Step, _: Option<&Value>) {
    state.students.remove(step.word(0));
    state.students.insert(step.word(1).into(), step.word(2).parse().ok());
    for draft in state.drafts.values_mut().filter(|draft| draft.student.as_deref() == Some(step.word(0))) {
        draft.student = Some(step.word(1).into());
    }
    rename(&mut state.aids, step);
    rename(&mut state.holds, step);
}

pub(super) fn any_import(state: &State, random: &mut Random, new: &str) -> Option<Vec<String>> {
    (state.students.len() < 200).then(|| vec![new.into(), (1 + random.below(120)).to_string()])
}

fn imported_names(step: &Step) -> impl Iterator<Item = String> {
    let count: usize = step.word(1).parse().unwrap_or(0);
    let new = step.word(0).to_owned();
    (0..count).map(move |number| format!("Imported Student {new} {number}"))
}

pub(super) fn import(host: &mut dyn Host, step: &Step, _: &State) -> Result<Value, String> {
    let rows: Vec<String> = imported_names(step).map(|name| format!("{name},2029\n")).collect();
    let text = format!("name,graduation year\n{}", rows.concat());
    host.call("students.import_roster", json!({ "text": text, "columns": null }))
}

pub(super) fn imported(state: &mut State, step: &Step, _: Option<&Value>) {
    state.students.extend(imported_names(step).map(|name| (name, Some(2029))));
}

pub(super) fn any_student(state: &State, random: &mut Random, _: &str) -> Option<Vec<String>> {
    one(&state.students, random).map(|name| vec![name])
}

pub(super) fn remove_student(host: &mut dyn Host, step: &Step, _: &State) -> Result<Value, String> {
    let id = student_id(host, step.word(0))?;
    host.call("students.remove", json!({ "id": id }))
}

pub(super) fn student_removed(state: &mut State, step: &Step, _: Option<&Value>) {
    take_away(state, step.word(0));
}

/// What goes with a student.
pub(super) fn take_away(state: &mut State, student: &str) {
    state.students.remove(student);
    state.aids.remove(student);
    state.holds.remove(student);
    state.drafts.retain(|_, draft| draft.student.as_deref() != Some(student));
    state.last_saved = None;
}

fn rename<T>(of: &mut BTreeMap<String, T>, step: &Step) {
    if let Some(value) = of.remove(step.word(0)) {
        of.insert(step.word(1).into(), value);
    }
}

pub(super) fn any_aid(state: &State, random: &mut Random, new: &str) -> Option<Vec<String>> {
    if !state.private {
        return None;
    }
    // Mostly somebody goes on with what they wrote; now and then they take it away.
    let student = if random.chance(50) { one(&state.aids, random) } else { None };
    let student = student.or_else(|| one(&state.students, random))?;
    let before = state.aids.get(&student).map_or("", String::as_str);
    let text = match random.below(6) {
        0 => String::new(),
        1 => format!("{new} remembered ").repeat(1 + random.below(200)),
        _ if before.len() < 4000 => format!("{before} {new}, niño"),
        _ => new.to_owned(),
    };
    Some(vec![student, text])
}

pub(super) fn write_aid(host: &mut dyn Host, step: &Step, _: &State) -> Result<Value, String> {
    let id = student_id(host, step.word(0))?;
    host.call("students.save_memory_aid", json!({ "id": id, "text": step.word(1) }))
}

pub(super) fn aid_written(state: &mut State, step: &Step, _: Option<&Value>) {
    match step.word(1) {
        "" => drop(state.aids.remove(step.word(0))),
        text => drop(state.aids.insert(step.word(0).into(), text.into())),
    }
}
