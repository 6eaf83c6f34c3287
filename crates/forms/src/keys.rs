//! The places of a pack: which keys a draft may have, what they name, and which JSON types they hold.

use serde_json::Value;

use crate::pack::{AnswerKind, FormPack, Group, Part, Question, RecordField};
use crate::review::Answers;
use crate::walk::{Entry, resolve};

/// Longest item id.
const LONGEST_ITEM_ID: usize = 64;

/// What a key names.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Place<'a> {
    /// A question of the form, or of an item.
    Question(&'a Question),
    /// The list of a group's items.
    Group(&'a Group),
}

/// What `key` names in `pack`: a question, a group, or `group/item/question` with any item id. `None` is a stray key.
#[must_use]
pub fn find_question<'a>(pack: &'a FormPack, key: &str) -> Option<Place<'a>> {
    let mut steps = key.split('/');
    let (first, item, question) = (steps.next()?, steps.next(), steps.next());
    if steps.next().is_some() {
        return None;
    }
    let part = pack.sections.iter().flat_map(|section| &section.parts).find(|part| part_id(part) == first)?;
    match (part, item, question) {
        (Part::Question(question), None, None) => Some(Place::Question(question)),
        (Part::Group(group), None, None) => Some(Place::Group(group)),
        (Part::Group(group), Some(item), Some(id)) if is_item_id(item) => {
            group.questions.iter().find(|question| question.id == id).map(Place::Question)
        }
        _ => None,
    }
}

fn part_id(part: &Part) -> &str {
    match part {
        Part::Question(question) => &question.id,
        Part::Group(group) => &group.id,
    }
}

/// Whether a token can be the id of an item: 1 to 64 ASCII letters, digits and hyphens. Every UUID is one.
#[must_use]
pub fn is_item_id(token: &str) -> bool {
    (1..=LONGEST_ITEM_ID).contains(&token.len())
        && token.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

/// Whether `key` is a place of `pack`.
#[must_use]
pub fn accepts(pack: &FormPack, key: &str) -> bool {
    find_question(pack, key).is_some()
}

/// Whether `value` has the JSON type that `key` holds. What it says does not matter: a draft that is incomplete or
/// wrong can always be saved. False for a key that is no place of the pack.
///
/// A declaration holds `true` or `false`; many choices a list of strings; a group a list of item ids; everything else a
/// string.
#[must_use]
pub fn shape_ok(pack: &FormPack, key: &str, value: &Value) -> bool {
    match find_question(pack, key) {
        None => false,
        Some(Place::Group(_)) => {
            value.as_array().is_some_and(|list| list.iter().all(|id| id.as_str().is_some_and(is_item_id)))
        }
        Some(Place::Question(question)) => match question.answer {
            AnswerKind::Declaration => value.is_boolean(),
            AnswerKind::ManyChoices { .. } => {
                value.as_array().is_some_and(|list| list.iter().all(Value::is_string))
            }
            _ => value.is_string(),
        },
    }
}

/// Every key that this draft has a place for, shown or not, in the order of the form: questions, groups, and the
/// questions of each item in a group's list.
#[must_use]
pub fn keys(pack: &FormPack, answers: &Answers) -> Vec<String> {
    let mut keys = Vec::new();
    for entry in resolve(pack, answers).into_iter().flat_map(|page| page.entries) {
        match entry {
            Entry::Question(asked) => keys.push(asked.key.into_owned()),
            Entry::Group(repeated) => {
                keys.push(repeated.group.id.clone());
                let asked = repeated.items.into_iter().flat_map(|item| item.questions);
                keys.extend(asked.map(|asked| asked.key.into_owned()));
            }
        }
    }
    keys
}

/// The questions whose first answer may come from the student's record or from the plan, in the order of the form.
#[must_use]
pub fn prefills(pack: &FormPack) -> Vec<(&str, RecordField)> {
    let parts = pack.sections.iter().flat_map(|section| &section.parts);
    parts
        .filter_map(|part| match part {
            Part::Question(question) => question.prefill.map(|field| (question.id.as_str(), field)),
            Part::Group(_) => None,
        })
        .collect()
}
