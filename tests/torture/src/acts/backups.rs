//! Acts on backups.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use waymark_fault_layer::random::Random;

use super::{Step, keys};
use crate::host::Host;
use crate::state::{State, list, text};

/// Waits for a job. One that was stopped or has failed is refused with its code.
fn finished(host: &mut dyn Host, id: &Value) -> Result<(), String> {
    let limit = Instant::now() + Duration::from_secs(60);
    loop {
        let jobs = list(host, "jobs.list", json!({}))?;
        let job = jobs.iter().find(|job| job["id"] == *id).ok_or("no such job")?;
        match text(job, "/state").as_str() {
            "running" if Instant::now() < limit => std::thread::sleep(Duration::from_millis(2)),
            "done" => return Ok(()),
            state => {
                return Err(job["code"].as_str().map_or_else(|| format!("a job is {state}"), str::to_owned));
            }
        }
    }
}

pub(super) fn back_up(host: &mut dyn Host, _: &Step, _: &State) -> Result<Value, String> {
    let before = names_of_backups(host)?;
    let job = host.call("backups.make", json!({}))?;
    finished(host, &job["id"])?;
    // A description that the disk does not give once does not say that the backup was made by hand.
    for _ in 0..2 {
        if let Some(made) = names_of_backups(host)?.iter().find(|name| !before.contains(name)) {
            return Ok(json!({ "backup": made }));
        }
    }
    Err("no backup was made".into())
}

/// Names of the backups that somebody asked for.
fn names_of_backups(host: &mut dyn Host) -> Result<Vec<String>, String> {
    let backups = list(host, "backups.list", json!({}))?;
    let by_hand = backups.iter().filter(|row| row["reason"] == "by_hand");
    Ok(by_hand.map(|row| text(row, "/name")).collect())
}

pub(super) fn backed_up(state: &mut State, _: &Step, answer: Option<&Value>) {
    if let Some(name) = answer.and_then(|answer| answer["backup"].as_str()) {
        let then = State { backup: None, undo: None, ..state.clone() };
        state.backup = Some((name.to_owned(), Box::new(then)));
    }
}

pub(super) fn a_backup(state: &State, _: &mut Random, _: &str) -> Option<Vec<String>> {
    state.backup.as_ref().map(|(name, _)| vec![name.clone()])
}

pub(super) fn restore_backup(host: &mut dyn Host, step: &Step, _: &State) -> Result<Value, String> {
    let which = json!({ "name": step.word(0), "second": false, "passphrase": null, "recovery_key": null });
    host.call("backups.restore", which)
}

/// Goes back under another key: a backup, everything encrypted anew, and that backup in the place of the records. What it
/// holds is what was there, and the same passphrase opens it.
pub(super) fn restore_under_another_key(
    host: &mut dyn Host,
    step: &Step,
    state: &State,
) -> Result<Value, String> {
    let made = back_up(host, step, state)?;
    keys::new_key(host, step, state)?;
    let passphrase = &state.secrets.passphrase;
    let which =
        json!({ "name": made["backup"], "second": false, "passphrase": passphrase, "recovery_key": null });
    match host.call("backups.restore", which) {
        // By a clock that is wrong it may be too old to be kept. Everything is as it was all the same.
        Err(code) if code == "backups.not_found" => Ok(json!({})),
        done => done,
    }
}

pub(super) fn backup_restored(state: &mut State, _: &Step, _: Option<&Value>) {
    if let Some((_, then)) = &state.backup {
        *state = State {
            // What opens the records and the settings is not in a backup.
            secrets: state.secrets.clone(),
            private: state.private,
            certificates: state.certificates,
            carried: true,
            text_percent: state.text_percent,
            backup: state.backup.clone(),
            ..then.as_ref().clone()
        };
    }
}
