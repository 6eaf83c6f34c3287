//! Moving a draft to another version of its form: what stays, what is different, what needs the person, and what is no
//! longer asked. Every answer is in the result as it was, in its place or set aside.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use crate::keys::{Place, find_question, fits, shape_ok};
use crate::pack::{AnswerKind, FormPack, Part, Question, Text};
use crate::review::{Answers, FaultKind, Review, review};

/// A draft on another version of its form, and what became of each answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Migration {
    /// Id of the form.
    pub form: String,
    /// The version that the draft stood on.
    pub from: u32,
    /// The version that it would stand on.
    pub to: u32,
    /// The draft as it would be.
    pub answers: Answers,
    /// Answers without a place there, and those of which another form was carried over: as they were, by their old key.
    pub set_aside: Answers,
    /// Keys of answers that stay, to questions that stay.
    pub kept: Vec<String>,
    /// Answers that stay, to questions that are not quite the same.
    pub changed: Vec<Changed>,
    /// What the person has to do that was not to be done before.
    pub needs_you: Vec<Needed>,
    /// Answers to what is no longer asked.
    pub no_longer_asked: Vec<NoLongerAsked>,
}

/// An answer to a question that is not quite the same.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Changed {
    /// Key of the answer.
    pub key: String,
    /// What is different.
    pub why: Vec<Difference>,
}

/// What can be different about a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Difference {
    /// It is worded differently, or its help is.
    Wording,
    /// It takes another kind of answer.
    Kind,
    /// The answer was written in the way of the new kind; as it was, it is set aside.
    Rewritten,
    /// What was chosen is called differently.
    ChoiceWording,
    /// Its limits, bounds or number of items are others.
    Limits,
    /// An answer is needed now, or no longer.
    Required,
    /// It is shown, skipped or needed under other conditions.
    Conditions,
    /// With these answers it is no longer shown. The answer is kept.
    NowHidden,
    /// It is sensitive now, or no longer.
    Sensitive,
    /// It stands in another section.
    Section,
    /// The earlier version did not ask it.
    NotAskedBefore,
}

/// What the person has to do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Needed {
    /// Key of the place.
    pub key: String,
    /// Why.
    pub why: Need,
}

/// Why the person is needed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "need", rename_all = "snake_case")]
pub enum Need {
    /// The answer cannot stand in the question as it is now; it is set aside.
    DoesNotFit,
    /// A fault that the draft did not have.
    Fault {
        /// What is wrong or missing.
        fault: FaultKind,
    },
}

/// An answer to what is no longer asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct NoLongerAsked {
    /// Key of the answer.
    pub key: String,
    /// The question as it was; none where the earlier version did not have it either.
    pub label: Option<Text>,
    /// The answer.
    pub value: Value,
}

/// Two packs that are not of one form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the packs are of different forms")]
pub struct OtherForm;

/// What becomes of `answers`, given on `old`, when their draft moves to `new`. Nothing is changed in them: an answer is
/// found again under its key, or set aside. Answers that are `null` are none.
pub fn migrate(old: &FormPack, new: &FormPack, answers: &Answers) -> Result<Migration, OtherForm> {
    if old.id != new.id {
        return Err(OtherForm);
    }
    let mut moved = Migration {
        form: new.id.clone(),
        from: old.version,
        to: new.version,
        answers: Answers::new(),
        set_aside: Answers::new(),
        kept: Vec::new(),
        changed: Vec::new(),
        needs_you: Vec::new(),
        no_longer_asked: Vec::new(),
    };
    let mut differences: Vec<Changed> = Vec::new();
    for (key, value) in answers.iter().filter(|(_, value)| !value.is_null()) {
        match place(old, new, key, value) {
            Move::Keep(why) => {
                moved.answers.insert(key.clone(), value.clone());
                differences.push(Changed { key: key.clone(), why });
            }
            Move::Rewrite(rewritten, why) => {
                moved.answers.insert(key.clone(), rewritten);
                moved.set_aside.insert(key.clone(), value.clone());
                differences.push(Changed { key: key.clone(), why });
            }
            Move::DoesNotFit => {
                moved.set_aside.insert(key.clone(), value.clone());
                moved.needs_you.push(Needed { key: key.clone(), why: Need::DoesNotFit });
            }
            Move::NoLongerAsked(label) => {
                moved.set_aside.insert(key.clone(), value.clone());
                moved.no_longer_asked.push(NoLongerAsked { key: key.clone(), label, value: value.clone() });
            }
        }
    }
    // Whether a date lies in the future has nothing to do with the version.
    let (before, after) = (review(old, answers, ""), review(new, &moved.answers, ""));
    hide(&before, &after, &mut differences);
    for one in differences {
        if one.why.is_empty() {
            moved.kept.push(one.key);
        } else {
            moved.changed.push(one);
        }
    }
    let had: HashSet<(&str, String)> =
        before.faults.iter().map(|fault| (fault.key.as_str(), told(&fault.fault))).collect();
    for fault in after.faults {
        if !had.contains(&(fault.key.as_str(), told(&fault.fault))) {
            moved.needs_you.push(Needed { key: fault.key, why: Need::Fault { fault: fault.fault } });
        }
    }
    Ok(moved)
}

/// What becomes of one answer.
enum Move {
    Keep(Vec<Difference>),
    Rewrite(Value, Vec<Difference>),
    DoesNotFit,
    NoLongerAsked(Option<Text>),
}

fn place(old: &FormPack, new: &FormPack, key: &str, value: &Value) -> Move {
    let was = find_question(old, key);
    let is = match find_question(new, key) {
        None | Some(Place::Whole(_)) => return Move::NoLongerAsked(was.as_ref().map(label)),
        Some(is) => is,
    };
    let mut why = match &was {
        None | Some(Place::Whole(_)) => vec![Difference::NotAskedBefore],
        Some(was) => differences(old, new, *was, is, value),
    };
    if was.is_some() && section(old, key) != section(new, key) {
        why.push(Difference::Section);
    }
    if shape_ok(new, key, value) {
        return Move::Keep(why);
    }
    match is {
        Place::Question(question) => match rewritten(&question.answer, value) {
            Some(rewritten) => {
                why.push(Difference::Rewritten);
                Move::Rewrite(rewritten, why)
            }
            None => Move::DoesNotFit,
        },
        _ => Move::DoesNotFit,
    }
}

fn label(place: &Place) -> Text {
    match place {
        Place::Question(question) | Place::Whole(question) | Place::OnTheirSite(question) => {
            question.label.clone()
        }
        Place::Group(group) => group.label.clone(),
    }
}

/// The id of the section in which a key stands.
fn section<'a>(pack: &'a FormPack, key: &str) -> Option<&'a str> {
    let part = key.split(['/', '.']).next()?;
    let has = |one: &Part| match one {
        Part::Question(question) => question.id == part,
        Part::Group(group) => group.id == part,
    };
    pack.sections.iter().find(|section| section.parts.iter().any(has)).map(|section| section.id.as_str())
}

fn differences(old: &FormPack, new: &FormPack, was: Place, is: Place, value: &Value) -> Vec<Difference> {
    let mut found = Vec::new();
    let mut note = |differs: bool, difference| {
        if differs {
            found.push(difference);
        }
    };
    match (was, is) {
        (Place::Question(was), Place::Question(is)) => {
            note(was.label != is.label || was.help != is.help, Difference::Wording);
            note(was.answer.name() != is.answer.name(), Difference::Kind);
            note(called_differently((old, was), (new, is), value), Difference::ChoiceWording);
            note(was.limits != is.limits || bounds(was) != bounds(is), Difference::Limits);
            note(was.required != is.required, Difference::Required);
            note(
                was.show_if != is.show_if || was.skip_if != is.skip_if || was.required_if != is.required_if,
                Difference::Conditions,
            );
            note(was.sensitive != is.sensitive, Difference::Sensitive);
        }
        (Place::Group(was), Place::Group(is)) => {
            note(was.label != is.label || was.help != is.help, Difference::Wording);
            note((was.min, was.max) != (is.min, is.max), Difference::Limits);
            note(was.show_if != is.show_if || was.skip_if != is.skip_if, Difference::Conditions);
        }
        (Place::OnTheirSite(was), Place::OnTheirSite(is)) => {
            note(was.label != is.label, Difference::Wording);
        }
        _ => found.push(Difference::Kind),
    }
    found
}

/// Whether what was chosen is called differently. What is no longer in the list is a fault, and said as one.
fn called_differently(
    (old, was): (&FormPack, &Question),
    (new, is): (&FormPack, &Question),
    value: &Value,
) -> bool {
    let (Some(before), Some(now)) = (old.choices(&was.answer), new.choices(&is.answer)) else { return false };
    let ids: Vec<&str> = match value {
        Value::String(id) => vec![id],
        Value::Array(ids) => ids.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    ids.iter().any(|id| match (before.get(id), now.get(id)) {
        (Some(before), Some(now)) => before.label != now.label,
        _ => false,
    })
}

fn bounds(question: &Question) -> (Option<f64>, Option<f64>, bool) {
    match question.answer {
        AnswerKind::Number { min, max } => (min, max, question.past),
        _ => (None, None, question.past),
    }
}

/// An answer written in the way of another kind, where nothing has to be guessed.
fn rewritten(kind: &AnswerKind, value: &Value) -> Option<Value> {
    let new = match (kind, value) {
        (AnswerKind::ManyChoices { .. }, Value::String(one)) => Value::from(vec![one.as_str()]),
        (AnswerKind::YesNo, Value::Bool(yes)) => Value::from(if *yes { "yes" } else { "no" }),
        (AnswerKind::Declaration | AnswerKind::File { .. }, _) => return None,
        (_, Value::Array(list)) => match list.as_slice() {
            [Value::String(one)] => Value::from(one.as_str()),
            _ => return None,
        },
        _ => return None,
    };
    fits(kind, &new).then_some(new)
}

/// Notes what was shown before and is not any more.
fn hide(before: &Review, after: &Review, differences: &mut [Changed]) {
    let hidden_before: HashSet<&str> = before.hidden.iter().map(String::as_str).collect();
    let hidden: HashSet<&str> = after.hidden.iter().map(String::as_str).collect();
    for one in differences {
        if hidden.contains(one.key.as_str()) && !hidden_before.contains(one.key.as_str()) {
            one.why.push(Difference::NowHidden);
        }
    }
}

/// A fault in a form that can be looked up.
fn told(fault: &FaultKind) -> String {
    format!("{fault:?}")
}
