//! The places of a pack: which keys a draft may have, what they name, and which JSON types they hold.

use serde_json::Value;

use crate::pack::{AnswerKind, FormPack, Group, Part, Question, RecordField};
use crate::review::Answers;
use crate::walk::{Asked, Entry, resolve};

/// Longest item id.
const LONGEST_ITEM_ID: usize = 64;
/// Behind a sensitive question's key and a dot: whether the student will answer it on the target's own page.
pub const ON_THEIR_SITE: &str = "on_their_site";

/// What a key names.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Place<'a> {
    /// A question of the form or of an item, or a field of one.
    Question(&'a Question),
    /// A question that holds no answer itself: it has fields, or is worked out.
    Whole(&'a Question),
    /// Whether a sensitive question is left to the target's own page.
    OnTheirSite(&'a Question),
    /// The list of a group's items.
    Group(&'a Group),
}

/// What `key` names in `pack`: a question, a group, or `group/item/question` with any item id; behind a question's key,
/// `.field`. `None` is a stray key.
#[must_use]
pub fn find_question<'a>(pack: &'a FormPack, key: &str) -> Option<Place<'a>> {
    let mut steps = key.split('/');
    let (first, item, question) = (steps.next()?, steps.next(), steps.next());
    if steps.next().is_some() {
        return None;
    }
    let (id, field) = split_field(first);
    let part = pack.sections.iter().flat_map(|section| &section.parts).find(|part| part_id(part) == id)?;
    match (part, item, question) {
        (Part::Question(question), None, None) => of_question(question, field),
        (Part::Group(group), None, None) if field.is_none() => Some(Place::Group(group)),
        (Part::Group(group), Some(item), Some(name)) if field.is_none() && is_item_id(item) => {
            let (id, field) = split_field(name);
            let question = group.questions.iter().find(|question| question.id == id)?;
            of_question(question, field)
        }
        _ => None,
    }
}

fn split_field(name: &str) -> (&str, Option<&str>) {
    name.split_once('.').map_or((name, None), |(id, field)| (id, Some(field)))
}

fn of_question<'a>(question: &'a Question, field: Option<&str>) -> Option<Place<'a>> {
    match (field, question.answer.fields()) {
        (Some(ON_THEIR_SITE), _) if question.sensitive => Some(Place::OnTheirSite(question)),
        (Some(name), Some(fields)) => fields.iter().find(|field| field.id == name).map(Place::Question),
        (Some(_), None) => None,
        (None, Some(_)) => Some(Place::Whole(question)),
        (None, None) if matches!(question.answer, AnswerKind::Computed { .. }) => {
            Some(Place::Whole(question))
        }
        (None, None) => Some(Place::Question(question)),
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

/// Whether `key` is a place of `pack` that holds answers.
#[must_use]
pub fn accepts(pack: &FormPack, key: &str) -> bool {
    find_question(pack, key).is_some_and(|place| !matches!(place, Place::Whole(_)))
}

/// Whether `value` has the JSON type that `key` holds. What it says does not matter: a draft that is incomplete or
/// wrong can always be saved. False for a key that is no place of the pack.
///
/// A declaration holds `true` or `false`, as does the mark of what is answered on the target's own page; many choices a
/// list of strings; a group a list of item ids; a file an object with its name; everything else a string.
#[must_use]
pub fn shape_ok(pack: &FormPack, key: &str, value: &Value) -> bool {
    match find_question(pack, key) {
        None | Some(Place::Whole(_)) => false,
        Some(Place::OnTheirSite(_)) => value.is_boolean(),
        Some(Place::Group(_)) => {
            value.as_array().is_some_and(|list| list.iter().all(|id| id.as_str().is_some_and(is_item_id)))
        }
        Some(Place::Question(question)) => fits(&question.answer, value),
    }
}

/// Whether a value has the JSON type that a kind of question holds.
pub(crate) fn fits(kind: &AnswerKind, value: &Value) -> bool {
    match kind {
        AnswerKind::Declaration => value.is_boolean(),
        AnswerKind::ManyChoices { .. } => {
            value.as_array().is_some_and(|list| list.iter().all(Value::is_string))
        }
        AnswerKind::File { .. } => value.as_object().is_some_and(|file| {
            file.get("name").is_some_and(Value::is_string)
                && file.iter().all(|(key, value)| match key.as_str() {
                    "name" | "sha256" => value.is_string(),
                    "bytes" => value.is_u64(),
                    _ => false,
                })
        }),
        _ => kind.fields().is_none() && !matches!(kind, AnswerKind::Computed { .. }) && value.is_string(),
    }
}

/// Every key that this draft has a place for, shown or not, in the order of the form: questions, groups, and the
/// questions of each item in a group's list; fields after one another, and last whether they are left to the target.
#[must_use]
pub fn keys(pack: &FormPack, answers: &Answers) -> Vec<String> {
    let mut keys = Vec::new();
    for entry in resolve(pack, answers).pages.into_iter().flat_map(|page| page.entries) {
        match entry {
            Entry::Question(asked) => keys_of(&asked, &mut keys),
            Entry::Group(repeated) => {
                keys.push(repeated.group.id.clone());
                let asked = repeated.items.iter().flat_map(|item| &item.questions);
                asked.for_each(|asked| keys_of(asked, &mut keys));
            }
        }
    }
    keys
}

fn keys_of(asked: &Asked, keys: &mut Vec<String>) {
    keys.extend(asked.parts().iter().filter(|part| part.holds_answer()).map(|part| part.key.to_string()));
    if asked.question.sensitive {
        keys.push(format!("{}.{ON_THEIR_SITE}", asked.key));
    }
}

/// The questions and fields whose first answer may come from the student's record or from the plan, by key, in the
/// order of the form.
#[must_use]
pub fn prefills(pack: &FormPack) -> Vec<(String, RecordField)> {
    with_field(pack, |question| question.prefill)
}

/// The questions and fields whose answer may go back to the student's record, by key, in the order of the form.
#[must_use]
pub fn returns(pack: &FormPack) -> Vec<(String, RecordField)> {
    with_field(pack, |question| question.returns_to)
}

fn with_field(
    pack: &FormPack,
    field: impl Fn(&Question) -> Option<RecordField>,
) -> Vec<(String, RecordField)> {
    let mut found = Vec::new();
    for part in pack.sections.iter().flat_map(|section| &section.parts) {
        let Part::Question(question) = part else { continue };
        found.extend(field(question).map(|field| (question.id.clone(), field)));
        for inner in question.answer.fields().unwrap_or_default() {
            found.extend(field(inner).map(|field| (format!("{}.{}", question.id, inner.id), field)));
        }
    }
    found
}

/// Whether an answer may go into another draft. What is sensitive or signed stays where it was given, and so does a key
/// that is no place of the pack.
#[must_use]
pub fn reusable(pack: &FormPack, key: &str) -> bool {
    let whole = key.split_once('.').map_or(key, |(whole, _)| whole);
    let question = |key: &str| match find_question(pack, key) {
        Some(Place::Question(question) | Place::Whole(question)) => Some(question),
        _ => None,
    };
    match find_question(pack, key) {
        Some(Place::Group(_)) => true,
        Some(Place::Question(_)) => question(whole).is_some_and(|question| {
            !question.sensitive && !matches!(question.answer, AnswerKind::Signature { .. })
        }),
        Some(Place::OnTheirSite(_) | Place::Whole(_)) | None => false,
    }
}
