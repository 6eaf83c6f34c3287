//! Driving a host with random acts, writing down what was begun and what was acknowledged, and holding what is there
//! afterwards against it.

use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use waymark_fault_layer::random::Random;

use crate::acts::{Step, after, any_step, forget, perform};
use crate::host::{GONE, Host, InProcess, standing};
use crate::state::State;

/// The passphrase of records that a run makes; that of the fixtures.
pub const PASSPHRASE: &str = "quiet lantern under seven maples";

/// What a worker says, a line of JSON each. What is done is said after its answer has come, never before.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Line {
    /// The records are open.
    Ready,
    /// An act begins.
    Begin(Step),
    /// It was acknowledged, with this answer.
    Done(Value),
    /// It was refused, with this code.
    Refused(String),
}

/// How a host is driven.
#[derive(Debug, Clone, Copy)]
pub struct Drive<'a> {
    /// Acts.
    pub acts: usize,
    /// Begins every name that is made up.
    pub prefix: &'a str,
    /// Only acts that change nothing but the database.
    pub database_only: bool,
}

/// Does acts. Ends early where the host is gone.
pub fn drive(
    host: &mut dyn Host,
    state: &mut State,
    random: &mut Random,
    how: Drive<'_>,
    say: &mut dyn FnMut(&Line),
) -> Result<(), String> {
    for number in 0..how.acts {
        let step = if state.made {
            any_step(state, random, &format!("{}-{number}", how.prefix), how.database_only)
        } else {
            Step::new("create", &[PASSPHRASE])
        };
        if !take(host, state, &step, say)? {
            return Ok(());
        }
    }
    Ok(())
}

/// Does one act and says how it went. False where the host is gone.
pub fn take(
    host: &mut dyn Host,
    state: &mut State,
    step: &Step,
    say: &mut dyn FnMut(&Line),
) -> Result<bool, String> {
    say(&Line::Begin(step.clone()));
    match perform(host, step, state) {
        Ok(answer) => {
            *state = after(state, step, Some(&answer))?;
            // What the oracle reads of it; the rest would only be long.
            let told =
                ["change", "version", "groups", "backup"].map(|name| (name.to_owned(), answer[name].clone()));
            say(&Line::Done(told.into_iter().collect::<serde_json::Map<_, _>>().into()));
        }
        Err(code) if code == GONE => return Ok(false),
        Err(code) => {
            say(&Line::Refused(code));
            state.undo = None;
            forget(state, &step.act);
            return refused(host, state, step);
        }
    }
    Ok(true)
}

/// Finds out what holds after a refusal: whoever could not open the records again tries again, and a passphrase whose
/// file was replaced just before the disk failed may be the new one. False where nobody can tell.
fn refused(host: &mut dyn Host, state: &mut State, step: &Step) -> Result<bool, String> {
    let new = step.words.first().cloned().unwrap_or_default();
    let opens = |host: &mut dyn Host, passphrase: &str| {
        host.call("vault.unlock", json!({ "passphrase": passphrase })).map(|_| ())
    };
    match step.act.as_str() {
        "recover" if opens(host, &state.secrets.passphrase).is_err() => {
            if opens(host, &new).is_err() {
                return Ok(false);
            }
            state.secrets.passphrase = new;
        }
        "passphrase" => {
            // Only the present passphrase may be changed, be it to itself.
            let same = json!({ "passphrase": new, "new_passphrase": new });
            match host.call("vault.change_passphrase", same) {
                Ok(_) => state.secrets.passphrase = new,
                Err(code) if code == "vault.wrong_passphrase" => {}
                Err(_) => return Ok(false),
            }
        }
        "recovery_key" | "recover" => {}
        // Decided by one rename and finished by the next opening: where the disk failed behind it, it may have been done.
        "restore_backup" | "restore_other_key" => return Ok(false),
        // A lock that was refused half-way; where nothing was locked, this changes nothing.
        _ => drop(opens(host, &state.secrets.passphrase)),
    }
    Ok(true)
}

/// How things may be, and the draft whose newest version is in doubt.
#[derive(Debug, Clone)]
pub struct World {
    /// What is there.
    pub state: State,
    in_doubt: Option<String>,
}

/// How things may be after what was said: everything that was acknowledged is done; what was begun last may be, whole
/// or not at all. A file beside the database whose replacing was refused may be the old one or the new one. A commit
/// that the disk took and did not sync is refused, and the next one is written over it: where the records are closed
/// first, the next opening may find it whole in the log.
pub fn worlds(initial: &State, lines: &[Line]) -> Result<Vec<World>, String> {
    let mut worlds = vec![World { state: initial.clone(), in_doubt: None }];
    let mut begun: Option<&Step> = None;
    let mut not_synced = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        match line {
            Line::Ready => {}
            Line::Begin(step) => {
                if step.act == "lock" {
                    worlds.append(&mut not_synced);
                }
                begun = Some(step);
            }
            Line::Done(answer) => {
                let step = begun.take().ok_or("acknowledged, but never begun")?;
                not_synced.clear();
                for world in &mut worlds {
                    world.state = after(&world.state, step, Some(answer))?;
                }
            }
            Line::Refused(code) => {
                let step = begun.ok_or("refused, but never begun")?;
                let is_last = !lines.iter().skip(index + 1).any(|line| matches!(line, Line::Begin(_)));
                if !is_last {
                    let also = after_all(&worlds, step)?;
                    if !step.act()?.database_only {
                        worlds.extend(also);
                    } else if code == "storage.io" && step.act != "lock" {
                        not_synced = also;
                        not_synced.iter_mut().for_each(World::forget_newest_version);
                    }
                    for world in worlds.iter_mut().chain(&mut not_synced) {
                        world.state.undo = None;
                        forget(&mut world.state, &step.act);
                    }
                    begun = None;
                }
            }
        }
    }
    if let Some(step) = begun {
        for world in &mut worlds {
            forget(&mut world.state, &step.act);
        }
        let also = after_all(&worlds, step)?;
        worlds.extend(also);
    }
    Ok(worlds)
}

impl World {
    /// A save that was perhaps made belongs to the draft's newest version or began one: what that one holds nobody knows.
    fn forget_newest_version(&mut self) {
        if let Some(draft) = self.in_doubt.take().and_then(|name| self.state.drafts.get_mut(&name)) {
            draft.versions.pop_last();
        }
    }
}

fn after_all(worlds: &[World], step: &Step) -> Result<Vec<World>, String> {
    let done = worlds.iter().map(|world| {
        let in_doubt = step.draft().map(str::to_owned).or_else(|| world.in_doubt.clone());
        Ok(World { state: after(&world.state, step, None)?, in_doubt })
    });
    done.collect()
}

/// Opens the home and finds out which of the worlds it is. Gives what is there, to go on from.
pub fn verify(home: &Path, worlds: &[World]) -> Result<State, String> {
    verify_with(&mut InProcess::at(home), worlds)
}

/// The same with a host that may be open already.
pub fn verify_with(host: &mut dyn Host, worlds: &[World]) -> Result<State, String> {
    match standing(host)?.as_str() {
        "first_run" => {
            let unmade = worlds.iter().find(|world| !world.state.made);
            return unmade.map(|world| world.state.clone()).ok_or_else(|| "the records are gone".into());
        }
        "locked" | "unlocked" => {}
        problem => return Err(format!("the records do not open: {problem}")),
    }
    let mut passphrases: Vec<&str> = worlds
        .iter()
        .filter(|world| world.state.made)
        .map(|world| world.state.secrets.passphrase.as_str())
        .collect();
    passphrases.dedup();
    let mut refusal = String::new();
    let opened = passphrases.into_iter().find(|passphrase| {
        match host.call("vault.unlock", json!({ "passphrase": passphrase })) {
            Ok(_) => true,
            Err(code) => {
                // A passphrase that is wrong, because it is of the other world, hides no other fault.
                if refusal.is_empty() || code != "vault.wrong_passphrase" {
                    refusal = code;
                }
                false
            }
        }
    });
    let passphrase = opened.ok_or_else(|| format!("the records do not open: {refusal}"))?.to_owned();
    let there = State::read(host, crate::state::Secrets::default())
        .map_err(|fault| format!("the records can't be read: {fault}"))?;
    let mut fault = None;
    let mut found = None;
    for world in worlds.iter().filter(|world| world.state.secrets.passphrase == passphrase) {
        match world.state.missing_in(&there, world.in_doubt.as_deref()) {
            None => {
                found = Some(world.state.clone());
                break;
            }
            Some(missing) => fault = fault.or(Some(missing)),
        }
    }
    host.call("vault.lock", json!({})).map_err(|code| format!("the records do not close: {code}"))?;
    let mut found = found.ok_or_else(|| fault.unwrap_or_else(|| "no world fits".into()))?;
    for (name, draft) in &mut found.drafts {
        draft.versions = there.drafts.get(name).map(|draft| draft.versions.clone()).unwrap_or_default();
    }
    found.last_saved = there.last_saved;
    (found.holds, found.carried) = (there.holds, false);
    Ok(found)
}
