//! What the conditions and values of a pack can name, in which order it is asked, and what rests on what.

use std::collections::{HashMap, HashSet, VecDeque};

use crate::pack::{AnswerKind, Condition, Expression, FormPack, Group, Part, Question};

/// Where something stands in the order of the form, or in the order of a group's questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rank {
    part: usize,
    /// Fields come one after the other, and the question that has them after all of them.
    field: usize,
}

impl Rank {
    /// After everything.
    pub(super) const END: Self = Self { part: usize::MAX, field: usize::MAX };

    pub(super) fn of(part: usize) -> Self {
        Self { part, field: 0 }
    }

    pub(super) fn field(self, field: usize) -> Self {
        Self { part: self.part, field }
    }

    fn whole(self, question: &Question) -> Self {
        if question.answer.fields().is_some() { self.field(usize::MAX) } else { self }
    }
}

/// A question or group that is named.
#[derive(Debug, Clone, Copy)]
pub(super) enum Named<'a> {
    Question(&'a Question),
    Group(&'a Group),
}

/// What can be named from everywhere in the form.
pub(super) struct Names<'a> {
    form: HashMap<String, (Named<'a>, Rank)>,
    /// What each place names, by `question`, `question.field`, `group` or `group/question`.
    rests_on: HashMap<String, Vec<String>>,
}

impl<'a> Names<'a> {
    pub(super) fn of(pack: &'a FormPack) -> Self {
        let mut names = Self { form: HashMap::new(), rests_on: HashMap::new() };
        let mut at = 0;
        for section in &pack.sections {
            let mut around = Vec::new();
            section.show_if.iter().chain(&section.skip_if).for_each(|c| of_condition(c, &mut around));
            for part in &section.parts {
                match part {
                    Part::Question(question) => {
                        names.question(question, Rank::of(at));
                        names.needs(question, "", &around);
                    }
                    Part::Group(group) => names.group(group, Rank::of(at), &around),
                }
                at += 1;
            }
        }
        names
    }

    fn question(&mut self, question: &'a Question, rank: Rank) {
        let named = (Named::Question(question), rank.whole(question));
        self.form.entry(question.id.clone()).or_insert(named);
        for (n, field) in question.answer.fields().unwrap_or_default().iter().enumerate() {
            let name = format!("{}.{}", question.id, field.id);
            self.form.entry(name).or_insert((Named::Question(field), rank.field(n)));
        }
    }

    fn group(&mut self, group: &'a Group, rank: Rank, around: &[String]) {
        self.form.entry(group.id.clone()).or_insert((Named::Group(group), rank));
        let mut needs = around.to_vec();
        group.show_if.iter().chain(&group.skip_if).for_each(|c| of_condition(c, &mut needs));
        let prefix = format!("{}/", group.id);
        for question in &group.questions {
            // Whatever counts the group's items or adds them up rests on each of their questions.
            needs.push(format!("{prefix}{}", question.id));
            self.needs(question, &prefix, around);
        }
        self.rests_on.entry(group.id.clone()).or_default().extend(needs);
    }

    /// Notes what a question and its fields rest on. Names of the item stand before names of the form.
    fn needs(&mut self, question: &Question, prefix: &str, around: &[String]) {
        let own: Vec<String> = around.iter().cloned().chain(of_question(question)).collect();
        for field in question.answer.fields().unwrap_or_default() {
            let needs = own.iter().cloned().chain(of_question(field)).collect::<Vec<_>>();
            let place = format!("{prefix}{}.{}", question.id, field.id);
            self.rests_on.entry(place).or_default().extend(needs);
        }
        self.rests_on.entry(format!("{prefix}{}", question.id)).or_default().extend(own);
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.form.contains_key(name)
    }

    pub(super) fn find(&self, name: &str) -> Option<(Named<'a>, Rank)> {
        self.form.get(name).copied()
    }

    /// The shortest way from what is named back to where it is named, both ends told; none where there is no such way.
    /// Places of a group's items are `group/question`.
    pub(super) fn way_round(&self, from: &str, to: &str) -> Option<String> {
        if from == to {
            return Some(format!("{from} → {to}"));
        }
        let mut came: HashMap<String, String> = HashMap::new();
        let mut seen = HashSet::from([to.to_owned()]);
        let mut waiting = VecDeque::from([to.to_owned()]);
        while let Some(place) = waiting.pop_front() {
            for next in self.next_of(&place) {
                if next == from {
                    return Some(told(&came, place, from));
                }
                if seen.insert(next.clone()) {
                    came.insert(next.clone(), place.clone());
                    waiting.push_back(next);
                }
            }
        }
        None
    }

    /// What a place rests on, as places: a name is looked for in the item first.
    fn next_of(&self, place: &str) -> Vec<String> {
        let group = place.split_once('/').map(|(group, _)| group);
        let needs = self.rests_on.get(place).map(Vec::as_slice).unwrap_or_default();
        needs
            .iter()
            .map(|name| match group {
                Some(group) if self.rests_on.contains_key(&format!("{group}/{name}")) => {
                    format!("{group}/{name}")
                }
                _ => name.clone(),
            })
            .collect()
    }
}

/// "a → b → c → a": `last` is the place that names `start` again.
fn told(came: &HashMap<String, String>, last: String, start: &str) -> String {
    let mut way = vec![start.to_owned(), last];
    while let Some(before) = way.last().and_then(|place| came.get(place)) {
        way.push(before.clone());
    }
    way.push(start.to_owned());
    way.reverse();
    way.join(" → ")
}

pub(super) fn part_id(part: &Part) -> &str {
    match part {
        Part::Question(question) => &question.id,
        Part::Group(group) => &group.id,
    }
}

/// Every name in the conditions and the value of a question.
fn of_question(question: &Question) -> Vec<String> {
    let mut names = Vec::new();
    let conditions = question.show_if.iter().chain(&question.skip_if).chain(&question.required_if);
    conditions.for_each(|condition| of_condition(condition, &mut names));
    if let AnswerKind::Computed { value, .. } = &question.answer {
        of_expression(value, &mut names);
    }
    names
}

fn of_condition(condition: &Condition, names: &mut Vec<String>) {
    match condition {
        Condition::All { all: parts } | Condition::Any { any: parts } => {
            for part in parts {
                of_condition(part, names);
            }
        }
        Condition::Not { not } => of_condition(not, names),
        Condition::Is { question, .. } | Condition::In { question, .. } => names.push(question.clone()),
        Condition::Answered { answered } => names.push(answered.clone()),
        Condition::Equal { equal: pair }
        | Condition::Less { less: pair }
        | Condition::AtMost { at_most: pair }
        | Condition::More { more: pair }
        | Condition::AtLeast { at_least: pair } => {
            for one in pair {
                of_expression(one, names);
            }
        }
    }
}

fn of_expression(expression: &Expression, names: &mut Vec<String>) {
    match expression {
        Expression::Number(_) | Expression::Date { .. } | Expression::Text { .. } => {}
        Expression::Answer { answer } => names.push(answer.clone()),
        Expression::Count { count: group, only } => of_items(group, only.as_deref(), names),
        Expression::Sum { sum, only } => of_items(&sum.group, only.as_deref(), names),
        Expression::Length { length } => names.push(length.question.clone()),
        Expression::Add { add: parts } | Expression::Multiply { multiply: parts } => {
            for part in parts {
                of_expression(part, names);
            }
        }
        Expression::Subtract { subtract: pair } | Expression::Divide { divide: pair } => {
            for part in pair.iter() {
                of_expression(part, names);
            }
        }
        Expression::Holds { holds } => of_condition(holds, names),
    }
}

fn of_items(group: &str, only: Option<&Condition>, names: &mut Vec<String>) {
    names.push(group.to_owned());
    if let Some(condition) = only {
        of_condition(condition, names);
    }
}
