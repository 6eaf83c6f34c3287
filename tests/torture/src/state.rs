//! The oracle: what must be in the records after what was acknowledged, and what is there. Everything has a name that
//! the runs give it, so that the two can be compared without knowing any id.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::host::Host;

/// What the records hold.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// Whether there are any records.
    pub made: bool,
    /// Students by name, with their year.
    pub students: BTreeMap<String, Option<u64>>,
    /// Drafts by the institution that they are for.
    pub drafts: BTreeMap<String, Draft>,
    /// Saved searches by name, with what they search.
    pub searches: BTreeMap<String, String>,
    /// Memory aids by student.
    #[serde(default)]
    pub aids: BTreeMap<String, String>,
    /// Holds by student: each one's reason, and whether it stands.
    #[serde(default)]
    pub holds: BTreeMap<String, BTreeMap<String, bool>>,
    /// Certificates of what was erased.
    #[serde(default)]
    pub certificates: usize,
    /// A backup was gone back to: holds of students from after it were taken along, under whatever name they had then.
    #[serde(default)]
    pub carried: bool,
    /// Whether memory aids can be written; records of an old schema need another recovery key first.
    #[serde(default)]
    pub private: bool,
    /// Size of text in the settings.
    pub text_percent: u64,
    /// What opens them.
    pub secrets: Secrets,
    /// The draft that was saved last, where the last act on drafts was a save.
    pub last_saved: Option<String>,
    /// What can be undone: the change's number and how things were before it.
    pub undo: Option<(i64, Box<State>)>,
    /// The newest backup that was acknowledged, and what is in it.
    #[serde(default)]
    pub backup: Option<(String, Box<State>)>,
}

/// A draft.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// For whom, by name.
    pub student: Option<String>,
    /// Texts by key.
    pub answers: BTreeMap<String, String>,
    /// Each version's texts, as far as they are known.
    pub versions: BTreeMap<u64, BTreeMap<String, String>>,
}

/// What opens the records.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Secrets {
    /// The passphrase.
    pub passphrase: String,
    /// The recovery key, where it is known.
    pub recovery: Option<String>,
}

impl State {
    /// A home in which nothing was done yet.
    #[must_use]
    pub fn nothing() -> Self {
        Self { text_percent: 100, ..Self::default() }
    }

    /// What is there now, with every version of every draft.
    pub fn read(host: &mut dyn Host, secrets: Secrets) -> Result<Self, String> {
        let mut state = Self { made: true, secrets, ..Self::default() };
        for row in list(host, "students.list", json!({ "text": "", "graduation_year": null }))? {
            let (name, id) = (text(&row, "/name"), json!({ "id": text(&row, "/id") }));
            state.students.insert(name.clone(), row["graduation_year"].as_u64());
            let aid = host.call("students.memory_aid", id.clone())?;
            if !aid["saved_at"].is_null() {
                // One that can't be opened is none that anybody wrote.
                let text = if aid["state"] == "open" { text(&aid, "/text") } else { "can't be read".into() };
                state.aids.insert(name.clone(), text);
            }
            let holds = list(host, "rights.holds", id)?;
            let holds = holds.iter().map(|hold| (text(hold, "/reason"), hold["closed_at"].is_null()));
            let holds: BTreeMap<String, bool> = holds.collect();
            if !holds.is_empty() {
                state.holds.insert(name, holds);
            }
        }
        state.certificates = list(host, "rights.certificates", json!({}))?.len();
        state.private = host.call("vault.keys", json!({}))?["memory_aids"] == true;
        for row in list(host, "applications.list", json!({}))? {
            let id = text(&row, "/application/id");
            let open = host.call("applications.open", json!({ "id": id }))?;
            let student =
                open.pointer("/application/student_name").and_then(Value::as_str).map(str::to_owned);
            let mut draft = Draft { student, answers: answers(&open), versions: BTreeMap::new() };
            for version in list(host, "applications.versions", json!({ "id": id }))? {
                let number = version["number"].as_u64().ok_or("a version without a number")?;
                let then = host.call("applications.version", json!({ "id": id, "number": number }))?;
                draft.versions.insert(number, answers(&then));
            }
            if draft.versions.values().next_back().is_some_and(|newest| *newest != draft.answers) {
                return Err("the newest version of a draft is not the draft".into());
            }
            let name = place_of(&row);
            if state.last_saved.is_none() {
                state.last_saved = Some(name.clone());
            }
            state.drafts.insert(name, draft);
        }
        for row in list(host, "careers.saved_searches", json!({}))? {
            state.searches.insert(text(&row, "/name"), text(&row, "/query"));
        }
        let settings = host.call("settings.get", json!({}))?;
        state.text_percent = settings["text_percent"].as_u64().unwrap_or(0);
        Ok(state)
    }

    /// Says what of this is not in what is there. `in_doubt` names a draft whose newest version may be another.
    #[must_use]
    pub fn missing_in(&self, there: &Self, in_doubt: Option<&str>) -> Option<String> {
        if self.students != there.students {
            return Some(differing("students", &self.students, &there.students));
        }
        if self.searches != there.searches {
            return Some(differing("searches", &self.searches, &there.searches));
        }
        if self.aids != there.aids {
            return Some(differing("memory aids", &self.aids, &there.aids));
        }
        let holds_fit = if self.carried { self.holds_are_among(&there.holds) } else { self.holds == there.holds };
        if !holds_fit {
            return Some(differing("holds", &self.holds, &there.holds));
        }
        if self.certificates != there.certificates {
            return Some(format!("{} certificates instead of {}", there.certificates, self.certificates));
        }
        if self.private != there.private {
            return Some(format!("memory aids open: {} instead of {}", there.private, self.private));
        }
        if self.text_percent != there.text_percent {
            return Some(format!("the settings say {} instead of {}", there.text_percent, self.text_percent));
        }
        if !self.drafts.keys().eq(there.drafts.keys()) {
            return Some(differing("drafts", &self.drafts, &there.drafts));
        }
        for (name, draft) in &self.drafts {
            let found = there.drafts.get(name)?;
            if draft.student != found.student {
                return Some(format!("draft {name} is another student's"));
            }
            if draft.answers != found.answers {
                return Some(format!(
                    "draft {name}: {}",
                    differing("answers", &draft.answers, &found.answers)
                ));
            }
            let newest = draft.versions.keys().next_back();
            for (number, version) in &draft.versions {
                if found.versions.get(number) != Some(version)
                    && !(in_doubt == Some(name) && Some(number) == newest)
                {
                    return Some(format!("version {number} of draft {name} is gone or is another"));
                }
            }
        }
        // The draft that was saved last is the one that is offered first.
        if self.last_saved.is_some() && self.last_saved != there.last_saved {
            return Some("another draft is offered first".into());
        }
        None
    }
}

impl State {
    /// Whether every hold is there. One that stood may have been lifted since, and that is taken along as well.
    fn holds_are_among(&self, there: &BTreeMap<String, BTreeMap<String, bool>>) -> bool {
        self.holds.iter().all(|(student, holds)| {
            let found = there.get(student);
            holds.iter().all(|(reason, stands)| {
                found.and_then(|found| found.get(reason)).is_some_and(|found| *stands || !found)
            })
        })
    }
}

/// The name of an application's row: what the runs called its institution, else its id.
fn place_of(row: &Value) -> String {
    let institution = row.pointer("/application/plan/institution").and_then(Value::as_str);
    institution.map_or_else(|| text(row, "/application/id"), str::to_owned)
}

/// The id of a draft by its name.
pub fn draft_id(host: &mut dyn Host, name: &str) -> Result<String, String> {
    let rows = list(host, "applications.list", json!({}))?;
    let row = rows.iter().find(|row| place_of(row) == name).ok_or("no such draft")?;
    Ok(text(row, "/application/id"))
}

/// The id of a student by name.
pub fn student_id(host: &mut dyn Host, name: &str) -> Result<String, String> {
    let rows = list(host, "students.list", json!({ "text": "", "graduation_year": null }))?;
    let row = rows.iter().find(|row| row["name"] == name).ok_or("no such student")?;
    Ok(text(row, "/id"))
}

/// What an operation lists.
pub fn list(host: &mut dyn Host, operation: &str, input: Value) -> Result<Vec<Value>, String> {
    match host.call(operation, input)? {
        Value::Array(rows) => Ok(rows),
        _ => Err(format!("{operation} gives no list")),
    }
}

/// A text in an answer; empty where it is not there.
#[must_use]
pub fn text(value: &Value, pointer: &str) -> String {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn answers(open: &Value) -> BTreeMap<String, String> {
    let answers = open["answers"].as_object().into_iter().flatten();
    answers
        .map(|(key, value)| (key.clone(), value.as_str().map_or_else(|| value.to_string(), str::to_owned)))
        .collect()
}

/// Which names are on one side only or hold other things. The names are the runs' own.
fn differing<T: PartialEq>(
    what: &str,
    expected: &BTreeMap<String, T>,
    found: &BTreeMap<String, T>,
) -> String {
    let lost: Vec<&String> = expected.keys().filter(|name| !found.contains_key(*name)).take(5).collect();
    let strange: Vec<&String> = found.keys().filter(|name| !expected.contains_key(*name)).take(5).collect();
    let other = expected.iter().filter(|(name, value)| found.get(*name).is_some_and(|found| found != *value));
    let other: Vec<&String> = other.map(|(name, _)| name).take(5).collect();
    format!("{what}: missing {lost:?}, not expected {strange:?}, other content {other:?}")
}
