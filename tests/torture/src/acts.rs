//! What a worker does to the records, an act each: how it is chosen, how it is carried out through the contract, and what
//! must be so after it. A new operation that changes something gets its act here and is thereby in every run.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use waymark_fault_layer::random::Random;

use crate::host::Host;
use crate::state::State;

mod backups;
mod drafts;
mod keys;
mod others;
mod rights;
mod students;

/// One act with the words that it is done with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Name in [`ACTS`].
    pub act: String,
    /// What it is done with.
    pub words: Vec<String>,
}

impl Step {
    /// A step.
    #[must_use]
    pub fn new(act: &str, words: &[&str]) -> Self {
        Self { act: act.into(), words: words.iter().map(|word| (*word).to_owned()).collect() }
    }

    fn word(&self, index: usize) -> &str {
        self.words.get(index).map_or("", String::as_str)
    }

    /// The act of this step.
    pub fn act(&self) -> Result<&'static Act, String> {
        ACTS.iter().find(|act| act.name == self.act).ok_or_else(|| format!("there is no act '{}'", self.act))
    }

    /// The draft that it writes to.
    #[must_use]
    pub fn draft(&self) -> Option<&str> {
        ["save", "start", "restore"].contains(&self.act.as_str()).then(|| self.word(0))
    }
}

/// One kind of act.
pub struct Act {
    /// Its name.
    pub name: &'static str,
    /// How often it is chosen, beside the others.
    weight: usize,
    /// The operation that it needs, where that may not be in the program.
    needs: &'static str,
    /// Whether it changes nothing but the database, so that it can be done where only SQLite is watched.
    pub database_only: bool,
    /// Chooses what it is done with; none where it can't be done now. `new` is a name that nothing has.
    plan: fn(&State, &mut Random, &str) -> Option<Vec<String>>,
    /// Does it.
    perform: fn(&mut dyn Host, &Step, &State) -> Result<Value, String>,
    /// What is so after it. The answer is missing where none came.
    effect: fn(&mut State, &Step, Option<&Value>),
}

/// Every act.
pub const ACTS: &[Act] = &[
    Act {
        name: "create",
        weight: 0,
        needs: "",
        database_only: false,
        plan: nothing,
        perform: keys::create,
        effect: keys::created,
    },
    Act {
        name: "save",
        weight: 50,
        needs: "",
        database_only: true,
        plan: drafts::any_save,
        perform: drafts::save,
        effect: drafts::saved,
    },
    Act {
        name: "start",
        weight: 6,
        needs: "",
        database_only: true,
        plan: drafts::any_start,
        perform: drafts::start,
        effect: drafts::started,
    },
    Act {
        name: "add",
        weight: 6,
        needs: "",
        database_only: true,
        plan: students::any_add,
        perform: students::add,
        effect: students::added,
    },
    Act {
        name: "edit",
        weight: 4,
        needs: "",
        database_only: true,
        plan: students::any_edit,
        perform: students::edit,
        effect: students::edited,
    },
    Act {
        name: "import",
        weight: 2,
        needs: "",
        database_only: true,
        plan: students::any_import,
        perform: students::import,
        effect: students::imported,
    },
    Act {
        name: "remove_student",
        weight: 1,
        needs: "",
        database_only: true,
        plan: students::any_student,
        perform: students::remove_student,
        effect: students::student_removed,
    },
    Act {
        name: "remove_draft",
        weight: 1,
        needs: "",
        database_only: true,
        plan: drafts::any_draft,
        perform: drafts::remove_draft,
        effect: drafts::draft_removed,
    },
    Act {
        name: "restore",
        weight: 4,
        needs: "",
        database_only: true,
        plan: drafts::any_version,
        perform: drafts::restore,
        effect: drafts::restored,
    },
    Act {
        name: "search",
        weight: 3,
        needs: "",
        database_only: true,
        plan: others::any_search,
        perform: others::search,
        effect: others::searched,
    },
    Act {
        name: "undo",
        weight: 6,
        needs: "",
        database_only: true,
        plan: others::any_undo,
        perform: others::undo,
        effect: same,
    },
    Act {
        name: "settings",
        weight: 3,
        needs: "",
        database_only: false,
        plan: others::any_size,
        perform: others::settings,
        effect: others::sized,
    },
    Act {
        name: "lock",
        weight: 2,
        needs: "",
        database_only: true,
        plan: always,
        perform: keys::lock,
        effect: same,
    },
    Act {
        name: "recover",
        weight: 2,
        needs: "",
        database_only: false,
        plan: keys::any_passphrase,
        perform: keys::recover,
        effect: keys::recovered,
    },
    Act {
        name: "passphrase",
        weight: 2,
        needs: "vault.change_passphrase",
        database_only: false,
        plan: keys::another_passphrase,
        perform: keys::change_passphrase,
        effect: keys::recovered,
    },
    Act {
        name: "recovery_key",
        weight: 1,
        needs: "vault.set_recovery_key",
        database_only: false,
        plan: always,
        perform: keys::new_recovery_key,
        effect: keys::recovery_key_set,
    },
    Act {
        name: "backup",
        weight: 3,
        needs: "backups.make",
        database_only: false,
        plan: always,
        perform: backups::back_up,
        effect: backups::backed_up,
    },
    Act {
        name: "restore_backup",
        weight: 2,
        needs: "backups.restore",
        database_only: false,
        plan: backups::a_backup,
        perform: backups::restore_backup,
        effect: backups::backup_restored,
    },
    Act {
        name: "restore_other_key",
        weight: 1,
        needs: "backups.restore",
        database_only: false,
        plan: keys::any_new_key,
        perform: backups::restore_under_another_key,
        effect: keys::key_is_new,
    },
    Act {
        name: "new_key",
        weight: 2,
        needs: "vault.new_key",
        database_only: false,
        plan: keys::any_new_key,
        perform: keys::new_key,
        effect: keys::key_is_new,
    },
    Act {
        name: "aid",
        weight: 5,
        needs: "students.save_memory_aid",
        database_only: true,
        plan: students::any_aid,
        perform: students::write_aid,
        effect: students::aid_written,
    },
    Act {
        name: "hold",
        weight: 2,
        needs: "rights.open_hold",
        database_only: true,
        plan: rights::any_hold,
        perform: rights::hold,
        effect: rights::held,
    },
    Act {
        name: "release",
        weight: 1,
        needs: "rights.close_hold",
        database_only: true,
        plan: rights::any_held,
        perform: rights::release,
        effect: rights::released,
    },
    Act {
        name: "erase",
        weight: 1,
        needs: "rights.erase",
        database_only: true,
        plan: rights::any_erasable,
        perform: rights::erase,
        effect: rights::erased,
    },
];

/// Acts of which the contract has an operation; each is in the table before its operation is in the program.
fn possible() -> &'static Vec<&'static Act> {
    static POSSIBLE: OnceLock<Vec<&Act>> = OnceLock::new();
    POSSIBLE.get_or_init(|| {
        let contract = waymark_api::contract::typescript();
        let is_there = |act: &&Act| act.needs.is_empty() || contract.contains(&format!("\"{}\"", act.needs));
        ACTS.iter().filter(is_there).collect()
    })
}

/// Acts that the next one may take back.
const UNDOABLE: [&str; 7] = ["add", "edit", "import", "remove_student", "remove_draft", "search", "aid"];

/// What nobody knows after an act that was not acknowledged, whether or not it was done.
pub fn forget(state: &mut State, act: &str) {
    match act {
        // It was drawn in the host.
        "recovery_key" => state.secrets.recovery = None,
        // A backup under the old key opens with what was valid then.
        "new_key" | "restore_other_key" => state.backup = None,
        _ => {}
    }
}

/// Chooses a step.
pub fn any_step(state: &State, random: &mut Random, new: &str, database_only: bool) -> Step {
    let acts: Vec<&Act> =
        possible().iter().copied().filter(|act| act.database_only || !database_only).collect();
    let all: usize = acts.iter().map(|act| act.weight).sum();
    loop {
        let mut left = random.below(all);
        for act in &acts {
            if left < act.weight {
                if let Some(words) = (act.plan)(state, random, new) {
                    return Step { act: act.name.into(), words };
                }
                break;
            }
            left -= act.weight;
        }
    }
}

/// Carries a step out.
pub fn perform(host: &mut dyn Host, step: &Step, state: &State) -> Result<Value, String> {
    (step.act()?.perform)(host, step, state)
}

/// What is so after a step that was acknowledged with this answer, or that was done without anybody hearing of it.
pub fn after(state: &State, step: &Step, answer: Option<&Value>) -> Result<State, String> {
    let mut next = State { undo: None, ..state.clone() };
    if step.act == "undo"
        && let Some((_, before)) = &state.undo
    {
        next = State { last_saved: None, backup: state.backup.clone(), ..before.as_ref().clone() };
    }
    (step.act()?.effect)(&mut next, step, answer);
    // One step back and no further: what came before it is not kept.
    if let Some(change) = answer.and_then(|answer| answer["change"].as_i64())
        && UNDOABLE.contains(&step.act.as_str())
    {
        next.undo = Some((change, Box::new(State { undo: None, ..state.clone() })));
    }
    Ok(next)
}

fn nothing(_: &State, _: &mut Random, _: &str) -> Option<Vec<String>> {
    None
}

fn always(_: &State, _: &mut Random, _: &str) -> Option<Vec<String>> {
    Some(Vec::new())
}

fn same(_: &mut State, _: &Step, _: Option<&Value>) {}

fn one<T>(map: &BTreeMap<String, T>, random: &mut Random) -> Option<String> {
    map.keys().nth(random.below(map.len())).cloned()
}
