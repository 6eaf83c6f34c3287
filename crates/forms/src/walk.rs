//! A draft laid over its pack: every section, question, group and item in the order of the form, each with its answer
//! and whether it is shown. The review and the printed form both read this.

use std::borrow::Cow;
use std::collections::HashSet;

use serde_json::Value;

use crate::answer::{self, Reading};
use crate::conditions::{Known, shown};
use crate::keys::is_item_id;
use crate::pack::{FormPack, Group, Part, Question, Section};
use crate::review::Answers;

/// A section with what stands in it.
pub(crate) struct Page<'a> {
    pub(crate) section: &'a Section,
    pub(crate) entries: Vec<Entry<'a>>,
}

/// A question, or a group with its items.
pub(crate) enum Entry<'a> {
    Question(Asked<'a>),
    Group(Repeated<'a>),
}

impl Entry<'_> {
    pub(crate) fn shown(&self) -> bool {
        match self {
            Self::Question(asked) => asked.shown,
            Self::Group(repeated) => repeated.shown,
        }
    }
}

/// A question in its place.
pub(crate) struct Asked<'a> {
    pub(crate) key: Cow<'a, str>,
    pub(crate) question: &'a Question,
    pub(crate) value: Option<&'a Value>,
    pub(crate) shown: bool,
}

impl<'a> Asked<'a> {
    pub(crate) fn reading(&self) -> Reading<'a> {
        answer::read(&self.question.answer, self.value)
    }

    /// What conditions that come later see of it.
    fn known(&self) -> Option<Reading<'a>> {
        self.shown.then(|| self.reading())
    }
}

/// A group with its items.
pub(crate) struct Repeated<'a> {
    pub(crate) group: &'a Group,
    pub(crate) shown: bool,
    /// The stored list is no list, or holds something that is no item id, or an id twice.
    pub(crate) spoilt: bool,
    pub(crate) items: Vec<Item<'a>>,
}

/// One item of a group.
pub(crate) struct Item<'a> {
    pub(crate) questions: Vec<Asked<'a>>,
}

/// Lays `answers` over `pack`.
pub(crate) fn resolve<'a>(pack: &'a FormPack, answers: &'a Answers) -> Vec<Page<'a>> {
    let mut form = Known::new();
    let mut pages = Vec::with_capacity(pack.sections.len());
    for section in &pack.sections {
        let mut entries = Vec::with_capacity(section.parts.len());
        for part in &section.parts {
            entries.push(match part {
                Part::Question(question) => {
                    let asked = Asked {
                        key: Cow::Borrowed(question.id.as_str()),
                        question,
                        value: answers.get(&question.id),
                        shown: shown(question.show_if.as_ref(), None, &form),
                    };
                    form.insert(&question.id, asked.known());
                    Entry::Question(asked)
                }
                Part::Group(group) => Entry::Group(repeat(group, answers, &form)),
            });
        }
        pages.push(Page { section, entries });
    }
    pages
}

fn repeat<'a>(group: &'a Group, answers: &'a Answers, form: &Known<'a>) -> Repeated<'a> {
    let group_shown = shown(group.show_if.as_ref(), None, form);
    let (ids, spoilt) = item_ids(answers.get(&group.id));
    let items = ids
        .into_iter()
        .map(|id| {
            let mut own = Known::new();
            let mut questions = Vec::with_capacity(group.questions.len());
            for question in &group.questions {
                let key = format!("{}/{id}/{}", group.id, question.id);
                let asked = Asked {
                    value: answers.get(&key),
                    key: Cow::Owned(key),
                    question,
                    shown: group_shown && shown(question.show_if.as_ref(), Some(&own), form),
                };
                own.insert(&question.id, asked.known());
                questions.push(asked);
            }
            Item { questions }
        })
        .collect();
    Repeated { group, shown: group_shown, spoilt, items }
}

/// The item ids of a stored list, each once, and whether anything else was in it.
fn item_ids(value: Option<&Value>) -> (Vec<&str>, bool) {
    let list = match value {
        None | Some(Value::Null) => return (Vec::new(), false),
        Some(Value::Array(list)) => list,
        Some(_) => return (Vec::new(), true),
    };
    let mut seen = HashSet::new();
    let ids: Vec<&str> =
        list.iter().filter_map(Value::as_str).filter(|id| is_item_id(id) && seen.insert(*id)).collect();
    let spoilt = ids.len() != list.len();
    (ids, spoilt)
}
