//! What a worker does to the records, an act each: how it is chosen, how it is carried out through the contract, and what
//! must be so after it. A new operation that changes something gets its act here and is thereby in every run.

use std::collections::BTreeMap;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use waymark_fault_layer::random::Random;

use crate::host::Host;
use crate::state::{Draft, Secrets, State, draft_id, list, student_id, text};

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
        perform: create,
        effect: created,
    },
    Act {
        name: "save",
        weight: 50,
        needs: "",
        database_only: true,
        plan: any_save,
        perform: save,
        effect: saved,
    },
    Act {
        name: "start",
        weight: 6,
        needs: "",
        database_only: true,
        plan: any_start,
        perform: start,
        effect: started,
    },
    Act {
        name: "add",
        weight: 6,
        needs: "",
        database_only: true,
        plan: any_add,
        perform: add,
        effect: added,
    },
    Act {
        name: "edit",
        weight: 4,
        needs: "",
        database_only: true,
        plan: any_edit,
        perform: edit,
        effect: edited,
    },
    Act {
        name: "import",
        weight: 2,
        needs: "",
        database_only: true,
        plan: any_import,
        perform: import,
        effect: imported,
    },
    Act {
        name: "remove_student",
        weight: 1,
        needs: "",
        database_only: true,
        plan: any_student,
        perform: remove_student,
        effect: student_removed,
    },
    Act {
        name: "remove_draft",
        weight: 1,
        needs: "",
        database_only: true,
        plan: any_draft,
        perform: remove_draft,
        effect: draft_removed,
    },
    Act {
        name: "restore",
        weight: 4,
        needs: "",
        database_only: true,
        plan: any_version,
        perform: restore,
        effect: restored,
    },
    Act {
        name: "search",
        weight: 3,
        needs: "",
        database_only: true,
        plan: any_search,
        perform: search,
        effect: searched,
    },
    Act {
        name: "undo",
        weight: 6,
        needs: "",
        database_only: true,
        plan: any_undo,
        perform: undo,
        effect: same,
    },
    Act {
        name: "settings",
        weight: 3,
        needs: "",
        database_only: false,
        plan: any_size,
        perform: settings,
        effect: sized,
    },
    Act {
        name: "lock",
        weight: 2,
        needs: "",
        database_only: true,
        plan: always,
        perform: lock,
        effect: same,
    },
    Act {
        name: "recover",
        weight: 2,
        needs: "",
        database_only: false,
        plan: any_passphrase,
        perform: recover,
        effect: recovered,
    },
    Act {
        name: "passphrase",
        weight: 2,
        needs: "vault.change_passphrase",
        database_only: false,
        plan: another_passphrase,
        perform: change_passphrase,
        effect: recovered,
    },
    Act {
        name: "recovery_key",
        weight: 1,
        needs: "vault.set_recovery_key",
        database_only: false,
        plan: always,
        perform: new_recovery_key,
        effect: recovery_key_set,
    },
    Act {
        name: "backup",
        weight: 3,
        needs: "backups.make",
        database_only: false,
        plan: always,
        perform: back_up,
        effect: backed_up,
    },
    Act {
        name: "restore_backup",
        weight: 2,
        needs: "backups.restore",
        database_only: false,
        plan: a_backup,
        perform: restore_backup,
        effect: backup_restored,
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
        && ["add", "edit", "import", "remove_student", "remove_draft", "search"].contains(&step.act.as_str())
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

fn create(host: &mut dyn Host, step: &Step, _: &State) -> Result<Value, String> {
    host.call("vault.create", json!({ "folder": null, "passphrase": step.word(0) }))
}

fn created(state: &mut State, step: &Step, answer: Option<&Value>) {
    state.made = true;
    state.secrets = Secrets { passphrase: step.word(0).into(), recovery: groups_of(answer) };
}

fn any_save(state: &State, random: &mut Random, new: &str) -> Option<Vec<String>> {
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

fn save(host: &mut dyn Host, step: &Step, _: &State) -> Result<Value, String> {
    let id = draft_id(host, step.word(0))?;
    host.call("applications.save", json!({ "id": id, "answers": { step.word(1): step.word(2) } }))
}

fn saved(state: &mut State, step: &Step, answer: Option<&Value>) {
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

fn any_start(state: &State, random: &mut Random, new: &str) -> Option<Vec<String>> {
    if state.drafts.len() >= 8 {
        return None;
    }
    Some(vec![format!("College {new}"), one(&state.students, random).unwrap_or_default()])
}

fn start(host: &mut dyn Host, step: &Step, _: &State) -> Result<Value, String> {
    let student = match step.word(1) {
        "" => None,
        name => Some(student_id(host, name)?),
    };
    let plan =
        json!({ "student_id": student, "career": null, "programme": null, "institution": step.word(0) });
    host.call("applications.start", json!({ "plan": plan, "form": "general-admission", "language": "en" }))
}

fn started(state: &mut State, step: &Step, _: Option<&Value>) {
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

fn student(name: &str, year: &str) -> Value {
    json!({ "name": name, "graduation_year": year.parse::<u64>().ok(), "school_id": null })
}

fn any_add(state: &State, random: &mut Random, new: &str) -> Option<Vec<String>> {
    let room = state.students.len() < 300;
    room.then(|| vec![format!("Sample Student {new}"), (2026 + random.below(5)).to_string()])
}

fn add(host: &mut dyn Host, step: &Step, _: &State) -> Result<Value, String> {
    host.call("students.add", student(step.word(0), step.word(1)))
}

fn added(state: &mut State, step: &Step, _: Option<&Value>) {
    state.students.insert(step.word(0).into(), step.word(1).parse().ok());
}

fn any_edit(state: &State, random: &mut Random, new: &str) -> Option<Vec<String>> {
    Some(vec![one(&state.students, random)?, format!("Sample Student {new}"), "2031".into()])
}

fn edit(host: &mut dyn Host, step: &Step, _: &State) -> Result<Value, String> {
    let id = student_id(host, step.word(0))?;
    host.call("students.edit", json!({ "id": id, "student": student(step.word(1), step.word(2)) }))
}

fn edited(state: &mut State, step: &Step, _: Option<&Value>) {
    state.students.remove(step.word(0));
    state.students.insert(step.word(1).into(), step.word(2).parse().ok());
    for draft in state.drafts.values_mut().filter(|draft| draft.student.as_deref() == Some(step.word(0))) {
        draft.student = Some(step.word(1).into());
    }
}

fn any_import(state: &State, random: &mut Random, new: &str) -> Option<Vec<String>> {
    (state.students.len() < 200).then(|| vec![new.into(), (1 + random.below(120)).to_string()])
}

fn imported_names(step: &Step) -> impl Iterator<Item = String> {
    let count: usize = step.word(1).parse().unwrap_or(0);
    let new = step.word(0).to_owned();
    (0..count).map(move |number| format!("Imported Student {new} {number}"))
}

fn import(host: &mut dyn Host, step: &Step, _: &State) -> Result<Value, String> {
    let rows: Vec<String> = imported_names(step).map(|name| format!("{name},2029\n")).collect();
    let text = format!("name,graduation year\n{}", rows.concat());
    host.call("students.import_roster", json!({ "text": text, "columns": null }))
}

fn imported(state: &mut State, step: &Step, _: Option<&Value>) {
    state.students.extend(imported_names(step).map(|name| (name, Some(2029))));
}

fn any_student(state: &State, random: &mut Random, _: &str) -> Option<Vec<String>> {
    one(&state.students, random).map(|name| vec![name])
}

fn remove_student(host: &mut dyn Host, step: &Step, _: &State) -> Result<Value, String> {
    let id = student_id(host, step.word(0))?;
    host.call("students.remove", json!({ "id": id }))
}

fn student_removed(state: &mut State, step: &Step, _: Option<&Value>) {
    state.students.remove(step.word(0));
    state.drafts.retain(|_, draft| draft.student.as_deref() != Some(step.word(0)));
    state.last_saved = None;
}

fn any_draft(state: &State, random: &mut Random, _: &str) -> Option<Vec<String>> {
    one(&state.drafts, random).map(|name| vec![name])
}

fn remove_draft(host: &mut dyn Host, step: &Step, _: &State) -> Result<Value, String> {
    let id = draft_id(host, step.word(0))?;
    host.call("applications.remove", json!({ "id": id }))
}

fn draft_removed(state: &mut State, step: &Step, _: Option<&Value>) {
    state.drafts.remove(step.word(0));
    state.last_saved = None;
}

fn any_version(state: &State, random: &mut Random, _: &str) -> Option<Vec<String>> {
    let name = one(&state.drafts, random)?;
    let versions: Vec<u64> = state.drafts.get(&name)?.versions.keys().copied().collect();
    let number = random.pick(&versions)?.to_string();
    Some(vec![name, number])
}

fn restore(host: &mut dyn Host, step: &Step, _: &State) -> Result<Value, String> {
    let id = draft_id(host, step.word(0))?;
    host.call("applications.restore", json!({ "id": id, "number": step.word(1).parse::<u64>().unwrap_or(0) }))
}

fn restored(state: &mut State, step: &Step, answer: Option<&Value>) {
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

fn any_search(state: &State, _: &mut Random, new: &str) -> Option<Vec<String>> {
    (state.searches.len() < 10).then(|| vec![format!("Search {new}"), format!("text={new}")])
}

fn search(host: &mut dyn Host, step: &Step, _: &State) -> Result<Value, String> {
    let input = json!({ "id": null, "name": step.word(0), "query": step.word(1) });
    host.call("careers.save_search", input)
}

fn searched(state: &mut State, step: &Step, _: Option<&Value>) {
    state.searches.insert(step.word(0).into(), step.word(1).into());
}

fn any_undo(state: &State, _: &mut Random, _: &str) -> Option<Vec<String>> {
    state.undo.as_ref().map(|(change, _)| vec![change.to_string()])
}

fn undo(host: &mut dyn Host, step: &Step, _: &State) -> Result<Value, String> {
    host.call("changes.undo", json!({ "change": step.word(0).parse::<i64>().unwrap_or(0) }))
}

fn any_size(state: &State, _: &mut Random, _: &str) -> Option<Vec<String>> {
    Some(vec![(100 + (state.text_percent + 7) % 100).to_string()])
}

fn settings(host: &mut dyn Host, step: &Step, _: &State) -> Result<Value, String> {
    let mut settings = host.call("settings.get", json!({}))?;
    settings["text_percent"] = json!(step.word(0).parse::<u64>().unwrap_or(0));
    host.call("settings.save", settings)
}

fn sized(state: &mut State, step: &Step, _: Option<&Value>) {
    state.text_percent = step.word(0).parse().unwrap_or(0);
}

fn lock(host: &mut dyn Host, _: &Step, state: &State) -> Result<Value, String> {
    host.call("vault.lock", json!({}))?;
    host.call("vault.unlock", json!({ "passphrase": state.secrets.passphrase }))
}

fn any_passphrase(state: &State, _: &mut Random, new: &str) -> Option<Vec<String>> {
    state.secrets.recovery.as_ref().map(|_| vec![format!("a passphrase of {new}")])
}

fn recover(host: &mut dyn Host, step: &Step, state: &State) -> Result<Value, String> {
    host.call("vault.lock", json!({}))?;
    let key = state.secrets.recovery.clone().unwrap_or_default();
    host.call("vault.recover", json!({ "recovery_key": key, "passphrase": step.word(0) }))
}

fn recovered(state: &mut State, step: &Step, _: Option<&Value>) {
    state.secrets.passphrase = step.word(0).into();
}

fn another_passphrase(_: &State, _: &mut Random, new: &str) -> Option<Vec<String>> {
    Some(vec![format!("another passphrase of {new}")])
}

fn change_passphrase(host: &mut dyn Host, step: &Step, state: &State) -> Result<Value, String> {
    let words = json!({ "passphrase": state.secrets.passphrase, "new_passphrase": step.word(0) });
    host.call("vault.change_passphrase", words)
}

fn new_recovery_key(host: &mut dyn Host, _: &Step, state: &State) -> Result<Value, String> {
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

fn recovery_key_set(state: &mut State, _: &Step, answer: Option<&Value>) {
    // Drawn in the host: nobody knows it where no answer came.
    state.secrets.recovery = groups_of(answer);
}

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

fn back_up(host: &mut dyn Host, _: &Step, _: &State) -> Result<Value, String> {
    let before = names_of_backups(host)?;
    let job = host.call("backups.make", json!({}))?;
    finished(host, &job["id"])?;
    let after = names_of_backups(host)?;
    let made = after.iter().find(|name| !before.contains(name)).ok_or("no backup was made")?;
    Ok(json!({ "backup": made }))
}

/// Names of the backups that somebody asked for.
fn names_of_backups(host: &mut dyn Host) -> Result<Vec<String>, String> {
    let backups = list(host, "backups.list", json!({}))?;
    let by_hand = backups.iter().filter(|row| row["reason"] == "by_hand");
    Ok(by_hand.map(|row| text(row, "/name")).collect())
}

fn backed_up(state: &mut State, _: &Step, answer: Option<&Value>) {
    if let Some(name) = answer.and_then(|answer| answer["backup"].as_str()) {
        let then = State { backup: None, undo: None, ..state.clone() };
        state.backup = Some((name.to_owned(), Box::new(then)));
    }
}

fn a_backup(state: &State, _: &mut Random, _: &str) -> Option<Vec<String>> {
    state.backup.as_ref().map(|(name, _)| vec![name.clone()])
}

fn restore_backup(host: &mut dyn Host, step: &Step, _: &State) -> Result<Value, String> {
    let which = json!({ "name": step.word(0), "second": false, "passphrase": null, "recovery_key": null });
    host.call("backups.restore", which)
}

fn backup_restored(state: &mut State, _: &Step, _: Option<&Value>) {
    if let Some((_, then)) = &state.backup {
        *state = State {
            // What opens the records and the settings is not in a backup.
            secrets: state.secrets.clone(),
            text_percent: state.text_percent,
            backup: state.backup.clone(),
            ..then.as_ref().clone()
        };
    }
}
