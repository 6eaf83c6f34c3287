//! Conditions and expressions: that what they name is asked before, and that what they compare and add up can be.

use super::names::{Named, Rank};
use super::{Check, Code};
use crate::answer;
use crate::json::step;
use crate::pack::{AnswerKind, Condition, Counter, Expression, Group, Question};

/// Beyond this, circles are told as names that come later: looking for a way round takes a look at the whole pack.
const MOST_WALKS: usize = 200;

/// What an expression comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Type {
    Number,
    Date,
    Text,
    Truth,
}

impl Type {
    fn name(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Date => "date",
            Self::Text => "text",
            Self::Truth => "truth",
        }
    }
}

/// Where in a group a condition stands.
#[derive(Clone, Copy)]
pub(super) struct Within<'a> {
    pub(super) group: &'a Group,
    /// Its place among the group's questions.
    pub(super) now: Rank,
}

/// Whose condition or value it is.
#[derive(Clone)]
pub(super) struct Owner<'a> {
    /// `question`, `question.field` or `group`; in an item without the group.
    pub(super) name: String,
    pub(super) within: Option<Within<'a>>,
    /// Its place in the form.
    pub(super) now: Rank,
}

impl<'a> Owner<'a> {
    /// The name by which other places of the form know it.
    pub(super) fn place(&self) -> String {
        match self.within {
            Some(Within { group, .. }) => format!("{}/{}", group.id, self.name),
            None => self.name.clone(),
        }
    }

    /// The same, looking at the items of a group that is complete by now.
    fn looking_at(&self, group: &'a Group) -> Self {
        Self { name: self.name.clone(), within: Some(Within { group, now: Rank::END }), now: self.now }
    }
}

impl<'a> Check<'a> {
    pub(super) fn condition(&mut self, condition: &'a Condition, owner: &Owner<'a>, path: &str) {
        match condition {
            Condition::All { all: parts } => self.parts(parts, owner, &step(path, "all")),
            Condition::Any { any: parts } => self.parts(parts, owner, &step(path, "any")),
            Condition::Not { not } => self.condition(not, owner, &step(path, "not")),
            Condition::Answered { answered } => {
                self.named(answered, owner, &step(path, "answered"));
            }
            Condition::Is { question, is } => {
                let named = self.named(question, owner, &step(path, "question"));
                self.selectable(named, question, is, &step(path, "is"));
            }
            Condition::In { question, among } => {
                let named = self.named(question, owner, &step(path, "question"));
                let path = step(path, "in");
                self.filled(among.len(), &path);
                for (i, is) in among.iter().enumerate() {
                    self.selectable(named, question, is, &step(&path, &i.to_string()));
                }
            }
            Condition::Equal { equal } => self.comparison(equal, true, owner, &step(path, "equal")),
            Condition::Less { less } => self.comparison(less, false, owner, &step(path, "less")),
            Condition::AtMost { at_most } => self.comparison(at_most, false, owner, &step(path, "at_most")),
            Condition::More { more } => self.comparison(more, false, owner, &step(path, "more")),
            Condition::AtLeast { at_least } => {
                self.comparison(at_least, false, owner, &step(path, "at_least"));
            }
        }
    }

    fn parts(&mut self, parts: &'a [Condition], owner: &Owner<'a>, path: &str) {
        self.filled(parts.len(), path);
        for (i, part) in parts.iter().enumerate() {
            self.condition(part, owner, &step(path, &i.to_string()));
        }
    }

    fn comparison(&mut self, pair: &'a [Expression; 2], any: bool, owner: &Owner<'a>, path: &str) {
        let [first, second] = pair;
        let first = self.expression(first, owner, &step(path, "0"));
        let second = self.expression(second, owner, &step(path, "1"));
        let (Some(first), Some(second)) = (first, second) else { return };
        if first != second {
            return self.mismatch(&step(path, "1"), first.name(), second.name());
        }
        if !any && !matches!(first, Type::Number | Type::Date) {
            self.mismatch(path, "number or date", first.name());
        }
    }

    fn mismatch(&mut self, path: &str, needed: &str, found: &str) {
        self.add(Code::TypeMismatch, path, &format!("{needed} needed, {found} found"));
    }

    /// The type of an expression; none where that can't be said, which is a fault that was told already.
    pub(super) fn expression(
        &mut self,
        expression: &'a Expression,
        owner: &Owner<'a>,
        path: &str,
    ) -> Option<Type> {
        match expression {
            Expression::Number(_) => Some(Type::Number),
            Expression::Text { .. } => Some(Type::Text),
            Expression::Date { date } => {
                self.date(date, &step(path, "date"));
                Some(Type::Date)
            }
            Expression::Answer { answer } => {
                let path = step(path, "answer");
                let named = self.named(answer, owner, &path)?;
                self.type_of(named, owner, answer, &path)
            }
            Expression::Count { count, only } => {
                if let Some(group) = self.group_named(count, owner, &step(path, "count")) {
                    self.only(only.as_deref(), group, owner, path);
                }
                Some(Type::Number)
            }
            Expression::Sum { sum, only } => {
                let inner = step(path, "sum");
                if let Some(group) = self.group_named(&sum.group, owner, &step(&inner, "group")) {
                    self.summed(group, &sum.question, owner, &step(&inner, "question"));
                    self.only(only.as_deref(), group, owner, path);
                }
                Some(Type::Number)
            }
            Expression::Length { length } => {
                let path = step(path, "length");
                if length.counter == Counter::Lines {
                    self.add(Code::BadWidth, &step(&path, "counter"), "lines");
                }
                let path = step(&path, "question");
                match self.named(&length.question, owner, &path) {
                    Some(Named::Question(question)) if question.answer.is_typed() => {}
                    Some(Named::Question(question)) => {
                        self.mismatch(&path, "typed text", question.answer.name());
                    }
                    Some(Named::Group(_)) => self.mismatch(&path, "typed text", "group"),
                    None => {}
                }
                Some(Type::Number)
            }
            Expression::Add { add: parts } => {
                self.numbers(parts, owner, &step(path, "add"));
                Some(Type::Number)
            }
            Expression::Multiply { multiply: parts } => {
                self.numbers(parts, owner, &step(path, "multiply"));
                Some(Type::Number)
            }
            Expression::Subtract { subtract: pair } => {
                self.numbers(pair.as_slice(), owner, &step(path, "subtract"));
                Some(Type::Number)
            }
            Expression::Divide { divide: pair } => {
                self.numbers(pair.as_slice(), owner, &step(path, "divide"));
                Some(Type::Number)
            }
            Expression::Holds { holds } => {
                self.condition(holds, owner, &step(path, "holds"));
                Some(Type::Truth)
            }
        }
    }

    fn numbers(&mut self, parts: &'a [Expression], owner: &Owner<'a>, path: &str) {
        self.filled(parts.len(), path);
        for (i, part) in parts.iter().enumerate() {
            let path = step(path, &i.to_string());
            match self.expression(part, owner, &path) {
                None | Some(Type::Number) => {}
                Some(other) => self.mismatch(&path, "number", other.name()),
            }
        }
    }

    fn only(&mut self, only: Option<&'a Condition>, group: &'a Group, owner: &Owner<'a>, path: &str) {
        if let Some(condition) = only {
            self.condition(condition, &owner.looking_at(group), &step(path, "where"));
        }
    }

    fn summed(&mut self, group: &'a Group, name: &str, owner: &Owner<'a>, path: &str) {
        let owner = owner.looking_at(group);
        let Some(question) = group.questions.iter().find(|question| question.id == name) else {
            return self.add(Code::UnknownName, path, name);
        };
        match self.type_of(Named::Question(question), &owner, name, path) {
            None | Some(Type::Number) => {}
            Some(other) => self.mismatch(path, "number", other.name()),
        }
    }

    /// The type of a question's answer.
    fn type_of(&mut self, named: Named<'a>, owner: &Owner<'a>, name: &str, path: &str) -> Option<Type> {
        let Named::Question(question) = named else {
            self.mismatch(path, "a question's answer", "group");
            return None;
        };
        match &question.answer {
            AnswerKind::Number { .. } => Some(Type::Number),
            AnswerKind::Date | AnswerKind::Month | AnswerKind::PartialDate => Some(Type::Date),
            AnswerKind::Text
            | AnswerKind::LongText
            | AnswerKind::Email
            | AnswerKind::Phone
            | AnswerKind::Choice { .. }
            | AnswerKind::YesNo => Some(Type::Text),
            AnswerKind::Computed { .. } => {
                let in_item = owner.within.is_some_and(|within| {
                    within.group.questions.iter().any(|one| std::ptr::eq(one, question))
                });
                let place = match owner.within {
                    Some(within) if in_item => format!("{}/{name}", within.group.id),
                    _ => name.to_owned(),
                };
                self.types.get(&place).copied().flatten()
            }
            other => {
                self.mismatch(path, "a single value", other.name());
                None
            }
        }
    }

    fn group_named(&mut self, name: &'a str, owner: &Owner<'a>, path: &str) -> Option<&'a Group> {
        match self.named(name, owner, path)? {
            Named::Group(group) => Some(group),
            Named::Question(question) => {
                self.mismatch(path, "group", question.answer.name());
                None
            }
        }
    }

    /// What a name stands for: a question of the same item, or else of the form, and asked before.
    fn named(&mut self, name: &str, owner: &Owner<'a>, path: &str) -> Option<Named<'a>> {
        if self.is_spoilt(name) {
            return None;
        }
        let of_item = owner.within.and_then(|Within { group, now }| {
            in_item(group, name).map(|(question, rank)| {
                (Named::Question(question), rank < now, format!("{}/{name}", group.id))
            })
        });
        let found = of_item.or_else(|| {
            let (named, rank) = self.names.find(name)?;
            Some((named, rank < owner.now, name.to_owned()))
        });
        match found {
            Some((named, true, _)) => return Some(named),
            Some((_, false, place)) => self.too_late(name, &place, &owner.place(), path),
            None => self.add(Code::UnknownName, path, name),
        }
        None
    }

    /// A name that is asked later, or that leads back to where it is named.
    fn too_late(&mut self, name: &str, place: &str, from: &str, path: &str) {
        let round = if self.walks < MOST_WALKS {
            self.walks += 1;
            self.names.way_round(from, place)
        } else {
            None
        };
        match round {
            Some(way) => self.add(Code::Cycle, path, &way),
            None => self.add(Code::LaterName, path, name),
        }
    }

    /// Whether a condition compares with something that can be answered.
    fn selectable(&mut self, named: Option<Named<'a>>, name: &str, is: &str, path: &str) {
        let question: &Question = match named {
            Some(Named::Question(question)) => question,
            Some(Named::Group(_)) => return self.add(Code::NotSelectable, path, name),
            None => return,
        };
        let there = match &question.answer {
            AnswerKind::Choice { list, .. } | AnswerKind::ManyChoices { list, .. } => {
                let spoilt = list.as_ref().is_some_and(|name| self.spoilt.contains(&format!("@{name}")));
                spoilt || self.pack.choices(&question.answer).is_none_or(|choices| choices.has(is))
            }
            AnswerKind::YesNo => matches!(is, "yes" | "no"),
            _ => return self.add(Code::NotSelectable, path, name),
        };
        if !there {
            self.add(Code::NotAChoice, path, is);
        }
    }

    pub(super) fn date(&mut self, date: &str, path: &str) {
        if answer::date(date).is_none() {
            self.add(Code::BadDate, path, date);
        }
    }
}

/// A question of a group's items, or a field of one, and its place among them.
fn in_item<'a>(group: &'a Group, name: &str) -> Option<(&'a Question, Rank)> {
    let (id, field) = name.split_once('.').map_or((name, None), |(id, field)| (id, Some(field)));
    let at = group.questions.iter().position(|question| question.id == id)?;
    let question = group.questions.get(at)?;
    match (field, question.answer.fields()) {
        (None, None) => Some((question, Rank::of(at))),
        (None, Some(_)) => Some((question, Rank::of(at).field(usize::MAX))),
        (Some(field), fields) => {
            let fields = fields?;
            let n = fields.iter().position(|one| one.id == field)?;
            fields.get(n).map(|field| (field, Rank::of(at).field(n)))
        }
    }
}
