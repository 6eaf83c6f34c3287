//! A draft laid over its pack: every section, question, group and item in the order of the form, each with its answer
//! and whether it is shown. The review and the printed form both read this.

use std::borrow::Cow;
use std::collections::HashSet;

use serde_json::Value;

use crate::answer::{self, Reading};
use crate::evaluate::{self, Known, Scope, Seen, Worth};
use crate::keys::{ON_THEIR_SITE, is_item_id};
use crate::pack::{AnswerKind, FormPack, Group, Part, Question, Section};
use crate::review::Answers;

/// A draft over its pack.
pub(crate) struct Laid<'a> {
    pub(crate) pages: Vec<Page<'a>>,
    /// What can be seen of the whole form at its end.
    pub(crate) known: Known<'a>,
}

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

/// A question in its place.
pub(crate) struct Asked<'a> {
    pub(crate) key: Cow<'a, str>,
    pub(crate) question: &'a Question,
    pub(crate) value: Option<&'a Value>,
    pub(crate) shown: bool,
    /// Whether a complete form needs an answer, as things stand.
    pub(crate) required: bool,
    /// The student will answer on the target's own page, which is a whole answer here.
    pub(crate) elsewhere: bool,
    /// Fields of a question that has some.
    pub(crate) fields: Vec<Asked<'a>>,
    /// What a computed question comes to.
    pub(crate) worth: Option<Worth>,
}

impl<'a> Asked<'a> {
    pub(crate) fn reading(&self) -> Reading<'a> {
        answer::read(&self.question.answer, self.value)
    }

    /// Whether this holds answers itself: neither worked out nor made of fields.
    pub(crate) fn holds_answer(&self) -> bool {
        !matches!(self.question.answer, AnswerKind::Computed { .. })
            && self.question.answer.fields().is_none()
    }

    /// The question, or its fields where it has some.
    pub(crate) fn parts(&self) -> &[Asked<'a>] {
        if self.question.answer.fields().is_some() { &self.fields } else { std::slice::from_ref(self) }
    }

    /// What conditions that come later see of it.
    fn seen(&self) -> Seen<'a> {
        if !self.shown {
            Seen::Hidden
        } else if self.elsewhere {
            Seen::Elsewhere
        } else if self.question.answer.fields().is_some() {
            Seen::Fields(self.fields.iter().any(Asked::is_answered))
        } else if matches!(self.question.answer, AnswerKind::Computed { .. }) {
            Seen::Computed(self.worth.clone())
        } else {
            Seen::Answer(self.question, self.reading())
        }
    }

    fn is_answered(&self) -> bool {
        self.shown && !matches!(self.reading(), Reading::Blank)
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
pub(crate) fn resolve<'a>(pack: &'a FormPack, answers: &'a Answers) -> Laid<'a> {
    let mut known = Known::new();
    let mut pages = Vec::with_capacity(pack.sections.len());
    for section in &pack.sections {
        let scope = Scope { own: &known, outer: None };
        let open = evaluate::asked(section.show_if.as_ref(), section.skip_if.as_ref(), scope);
        let mut entries = Vec::with_capacity(section.parts.len());
        for part in &section.parts {
            entries.push(match part {
                Part::Question(question) => {
                    let mut place = Place { answers, open, own: &mut known, outer: None };
                    Entry::Question(place.ask(question, Cow::Borrowed(&question.id)))
                }
                Part::Group(group) => {
                    let (repeated, seen) = repeat(group, answers, open, &known);
                    known.insert(Cow::Borrowed(&group.id), seen);
                    Entry::Group(repeated)
                }
            });
        }
        pages.push(Page { section, entries });
    }
    Laid { pages, known }
}

/// Where questions are asked one after the other.
struct Place<'k, 'a> {
    answers: &'a Answers,
    /// Whether anything is asked here at all.
    open: bool,
    own: &'k mut Known<'a>,
    outer: Option<&'k Known<'a>>,
}

impl<'a> Place<'_, 'a> {
    fn scope(&self) -> Scope<'_, 'a> {
        Scope { own: self.own, outer: self.outer }
    }

    fn ask(&mut self, question: &'a Question, key: Cow<'a, str>) -> Asked<'a> {
        let mut asked = self.plainly(question, key);
        if question.sensitive {
            let there = format!("{}.{ON_THEIR_SITE}", asked.key);
            asked.elsewhere = self.answers.get(&there) == Some(&Value::Bool(true));
        }
        if let AnswerKind::Computed { value, .. } = &question.answer {
            asked.worth = evaluate::value(value, self.scope());
        }
        if let Some(fields) = question.answer.fields() {
            self.ask_fields(fields, &mut asked);
        }
        self.own.insert(Cow::Borrowed(&question.id), asked.seen());
        asked
    }

    /// A question without what only some kinds have.
    fn plainly(&self, question: &'a Question, key: Cow<'a, str>) -> Asked<'a> {
        let scope = self.scope();
        let needed = question.required
            || question.required_if.as_ref().is_some_and(|condition| evaluate::holds(condition, scope));
        Asked {
            value: self.answers.get(key.as_ref()),
            key,
            question,
            shown: self.open && evaluate::asked(question.show_if.as_ref(), question.skip_if.as_ref(), scope),
            required: needed,
            elsewhere: false,
            fields: Vec::new(),
            worth: None,
        }
    }

    /// Fields are asked like questions. Where the whole is not required, they are only once one of them is answered.
    fn ask_fields(&mut self, fields: &'a [Question], whole: &mut Asked<'a>) {
        for field in fields {
            let mut asked = self.plainly(field, Cow::Owned(format!("{}.{}", whole.key, field.id)));
            asked.shown &= whole.shown && !whole.elsewhere;
            let seen = asked.seen();
            self.own.insert(Cow::Owned(format!("{}.{}", whole.question.id, field.id)), seen);
            whole.fields.push(asked);
        }
        let begun = whole.required || whole.fields.iter().any(Asked::is_answered);
        for field in &mut whole.fields {
            field.required &= begun;
        }
    }
}

fn repeat<'a>(
    group: &'a Group,
    answers: &'a Answers,
    open: bool,
    form: &Known<'a>,
) -> (Repeated<'a>, Seen<'a>) {
    let scope = Scope { own: form, outer: None };
    let shown = open && evaluate::asked(group.show_if.as_ref(), group.skip_if.as_ref(), scope);
    let (ids, spoilt) = item_ids(answers.get(&group.id));
    let mut known = Vec::with_capacity(ids.len());
    let items = ids
        .into_iter()
        .map(|id| {
            let mut own = Known::new();
            let mut place = Place { answers, open: shown, own: &mut own, outer: Some(form) };
            let questions = group
                .questions
                .iter()
                .map(|question| place.ask(question, Cow::Owned(format!("{}/{id}/{}", group.id, question.id))))
                .collect();
            known.push(own);
            Item { questions }
        })
        .collect();
    let seen = if shown { Seen::Items(known) } else { Seen::Hidden };
    (Repeated { group, shown, spoilt, items }, seen)
}

/// The item ids of a stored list, each once, and whether anything else was in it.
pub(crate) fn item_ids(value: Option<&Value>) -> (Vec<&str>, bool) {
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
