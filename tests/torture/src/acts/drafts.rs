//! Acts on drafts: typing, beginning, removing, going back to a version.

use serde_json::{Value, json};
use waymark_fault_layer::random::Random;

use super::{Step, one};
use crate::host::Host;
use crate::state::{Draft, State, draft_id, student_id};

pub(super) fn any_save(state: &State, random: &mut Random, new: &str) -> Option<Vec<String>> {
    let draft = match &state.last_saved {
        // Mostly somebody goes on typing where they were.
        Some(last) if random.chance(80) && state.drafts.contains_key(last) => last.clone(),
        _ => one(&state.drafts, random)?,
    };
    let key =
        *random.pick(&["statement", "statement", "statement", "preferred_name", "city", "more_text"])?;
    let before = state.drafts.get(&draft)?.answers.get(key).map_or("", String::as_str);
    // Somebody types on; now and then they paste a page, or begin again.
    let text = match random.below(20) {
        0 => format!("{new} began again"),
        1 => format!("{before} {}", format!("{new} pasted ").repeat(random.below(300))),
        _ if before.len() < 6000 => format!("{before} {new}, mañana"),
        _ => format!("{new} on a new page"),
    };
    Some(vec![draft, key.into(), text])
}

pub(super) fn save(host: &mut dyn Host, step: &Step, _: &State) -> Result<Value, String> {
    let id = draft_id(host, step.word(0))?;
    host.call("applications.save", json!({ "id": id, "answers": { step.word(1): step.word(2) } }))
}

pub(super) fn saved(state: &mut State, step: &Step, answer: Option<&Value>) {
    if let Some(draft) = state.drafts.get_mut(step.word(0)) {
        draft.answers.insert(step.word(1).into(), step.word(2).into());
        note_version(draft, answer);
        state.last_saved = Some(step.word(0).into());
    }
}

fn note_version(draft: &mut Draft, answer: Option<&Value>) {
    if let Some(number) = answer.and_then(|answer| answer["version"].as_u64()) {
        draft.versions.insert(number, draft.answers.clone());
    }
}

pub(super) fn any_start(state: &State, random: &mut Random, new: &str) -> Option<Vec<String>> {
    if state.drafts.len() >= 8 {
        return None;
    }
    Some(vec![format!("College {new}"), one(&state.students, random).unwrap_or_default()])
}

pub(super) fn start(host: &mut dyn Host, step: &Step, _: &State) -> Result<Value, String> {
    let student = match step.word(1) {
        "" => None,
        name => Some(student_id(host, name)?),
    };
    let plan =
        json!({ "student_id": student, "career": null, "programme": null, "institution": step.word(0) });
    host.call("applications.start", json!({ "plan": plan, "form": "general-admission", "language": "en" }))
}

pub(super) fn started(state: &mut State, step: &Step, _: Option<&Value>) {
    let mut draft = Draft::default();
    draft.answers.insert("institution".into(), step.word(0).into());
    if let Some(year) = state.students.get(step.word(1)) {
        draft.student = Some(step.word(1).into());
        draft.answers.insert("full_name".into(), step.word(1).into());
        if let Some(year) = year {
            draft.answers.insert("graduation_year".into(), year.to_string());
        }
    }
    draft.versions.insert(1, draft.answers.clone());
    state.drafts.insert(step.word(0).into(), draft);
    state.last_saved = Some(step.word(0).into());
}

pub(super) fn any_draft(state: &State, random: &mut Random, _: &str) -> Option<Vec<String>> {
    one(&state.drafts, random).map(|name| vec![name])
}

pub(super) fn remove_draft(host: &mut dyn Host, step: &Step, _: &State) -> Result<Value, String> {
    let id = draft_id(host, step.word(0))?;
    host.call("applications.remove", json!({ "id": id }))
}

pub(super) fn draft_removed(state: &mut State, step: &Step, _: Option<&Value>) {
    state.drafts.remove(step.word(0));
    state.last_saved = None;
}

pub(super) fn any_version(state: &State, random: &mut Random, _: &str) -> Option<Vec<String>> {
    let name = one(&state.drafts, random)?;
    let versions: Vec<u64> = state.drafts.get(&name)?.versions.keys().copied().collect();
    let number = random.pick(&versions)?.to_string();
    Some(vec![name, number])
}

pub(super) fn restore(host: &mut dyn Host, step: &Step, _: &State) -> Result<Value, String> {
    let id = draft_id(host, step.word(0))?;
    host.call("applications.restore", json!({ "id": id, "number": step.word(1).parse::<u64>().unwrap_or(0) }))
}

pub(super) fn restored(state: &mut State, step: &Step, answer: Option<&Value>) {
    let number: u64 = step.word(1).parse().unwrap_or(0);
    if let Some(draft) = state.drafts.get_mut(step.word(0))
        && let Some(then) = draft.versions.get(&number).cloned()
    {
        // Restoring what is there already saves nothing.
        state.last_saved = None;
        draft.answers = then;
        note_version(draft, answer);
    }
}
