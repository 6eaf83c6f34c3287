//! Acts on what opens the records.

use serde_json::{Value, json};
use waymark_fault_layer::random::Random;

use super::Step;
use crate::host::Host;
use crate::state::{Secrets, State};

pub(super) fn create(host: &mut dyn Host, step: &Step, _: &State) -> Result<Value, String> {
    host.call("vault.create", json!({ "folder": null, "passphrase": step.word(0) }))
}

pub(super) fn created(state: &mut State, step: &Step, answer: Option<&Value>) {
    state.made = true;
    state.private = true;
    state.secrets = Secrets { passphrase: step.word(0).into(), recovery: groups_of(answer) };
}

pub(super) fn lock(host: &mut dyn Host, _: &Step, state: &State) -> Result<Value, String> {
    host.call("vault.lock", json!({}))?;
    host.call("vault.unlock", json!({ "passphrase": state.secrets.passphrase }))
}

pub(super) fn any_passphrase(state: &State, _: &mut Random, new: &str) -> Option<Vec<String>> {
    state.secrets.recovery.as_ref().map(|_| vec![format!("a passphrase of {new}")])
}

pub(super) fn recover(host: &mut dyn Host, step: &Step, state: &State) -> Result<Value, String> {
    host.call("vault.lock", json!({}))?;
    let key = state.secrets.recovery.clone().unwrap_or_default();
    host.call("vault.recover", json!({ "recovery_key": key, "passphrase": step.word(0) }))
}

pub(super) fn recovered(state: &mut State, step: &Step, _: Option<&Value>) {
    state.secrets.passphrase = step.word(0).into();
}

pub(super) fn another_passphrase(_: &State, _: &mut Random, new: &str) -> Option<Vec<String>> {
    Some(vec![format!("another passphrase of {new}")])
}

pub(super) fn change_passphrase(host: &mut dyn Host, step: &Step, state: &State) -> Result<Value, String> {
    let words = json!({ "passphrase": state.secrets.passphrase, "new_passphrase": step.word(0) });
    host.call("vault.change_passphrase", words)
}

pub(super) fn new_recovery_key(host: &mut dyn Host, _: &Step, state: &State) -> Result<Value, String> {
    let drawn = host.call("vault.draw_recovery_key", json!({}))?;
    let groups = groups_of(Some(&drawn)).ok_or("no recovery key was drawn")?;
    let words = json!({ "passphrase": state.secrets.passphrase, "recovery_key": groups });
    host.call("vault.set_recovery_key", words)?;
    Ok(drawn)
}

fn groups_of(answer: Option<&Value>) -> Option<String> {
    let groups = answer?["groups"].as_array()?;
    Some(groups.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("-"))
}

pub(super) fn recovery_key_set(state: &mut State, _: &Step, answer: Option<&Value>) {
    // Drawn in the host: nobody knows it where no answer came.
    state.secrets.recovery = groups_of(answer);
    // One that is new brings the private key to records that had none.
    state.private = true;
}

/// Records whose recovery key is of the old kind are given another first.
pub(super) fn any_new_key(state: &State, _: &mut Random, _: &str) -> Option<Vec<String>> {
    state.private.then(Vec::new)
}

pub(super) fn new_key(host: &mut dyn Host, _: &Step, state: &State) -> Result<Value, String> {
    host.call("vault.new_key", json!({ "passphrase": state.secrets.passphrase }))
}

/// Everything is as it was, under another key.
pub(super) fn key_is_new(state: &mut State, _: &Step, _: Option<&Value>) {
    super::forget(state, "new_key");
}
