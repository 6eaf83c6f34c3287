//! Acts on saved searches and settings, and the undo of what was done last.

use serde_json::{Value, json};
use waymark_fault_layer::random::Random;

use super::Step;
use crate::host::Host;
use crate::state::State;

pub(super) fn any_search(state: &State, _: &mut Random, new: &str) -> Option<Vec<String>> {
    (state.searches.len() < 10).then(|| vec![format!("Search {new}"), format!("text={new}")])
}

pub(super) fn search(host: &mut dyn Host, step: &Step, _: &State) -> Result<Value, String> {
    let input = json!({ "id": null, "name": step.word(0), "query": step.word(1) });
    host.call("careers.save_search", input)
}

pub(super) fn searched(state: &mut State, step: &Step, _: Option<&Value>) {
    state.searches.insert(step.word(0).into(), step.word(1).into());
}

pub(super) fn any_undo(state: &State, _: &mut Random, _: &str) -> Option<Vec<String>> {
    state.undo.as_ref().map(|(change, _)| vec![change.to_string()])
}

pub(super) fn undo(host: &mut dyn Host, step: &Step, _: &State) -> Result<Value, String> {
    host.call("changes.undo", json!({ "change": step.word(0).parse::<i64>().unwrap_or(0) }))
}

pub(super) fn any_size(state: &State, _: &mut Random, _: &str) -> Option<Vec<String>> {
    Some(vec![(100 + (state.text_percent + 7) % 100).to_string()])
}

pub(super) fn settings(host: &mut dyn Host, step: &Step, _: &State) -> Result<Value, String> {
    let mut settings = host.call("settings.get", json!({}))?;
    settings["text_percent"] = json!(step.word(0).parse::<u64>().unwrap_or(0));
    host.call("settings.save", settings)
}

pub(super) fn sized(state: &mut State, step: &Step, _: Option<&Value>) {
    state.text_percent = step.word(0).parse().unwrap_or(0);
}
