//! Questions: their kinds, choices, fields, limits, and what of the record fits them.

use std::collections::HashSet;

use super::language::{Owner, Type, Within};
use super::names::Rank;
use super::{Check, Code, MAX_CHOICES};
use crate::json::step;
use crate::pack::{AnswerKind, Choice, Choices, Counter, Limit, Question, TargetPlace};

impl<'a> Check<'a> {
    /// A question of the form (at `at`), or of a group's items.
    pub(super) fn question(
        &mut self,
        question: &'a Question,
        within: Option<Within<'a>>,
        at: usize,
        path: &str,
    ) {
        let owner = Owner { name: question.id.clone(), within, now: Rank::of(at) };
        self.asked(question, &owner, path);
        let answer = step(path, "answer");
        match &question.answer {
            AnswerKind::Computed { value, min, max } => {
                self.bounds(*min, *max, &answer);
                let found = self.expression(value, &owner, &step(&answer, "value"));
                self.types.insert(owner.place(), found);
                let bound = min.is_some() || max.is_some();
                if bound && found.is_some_and(|found| found != Type::Number) {
                    self.add(Code::TypeMismatch, &answer, "number needed for min and max");
                }
                if question.required || question.required_if.is_some() || question.sensitive {
                    self.add(Code::NotForComputed, path, &question.id);
                }
            }
            kind => {
                if let (Some(fields), Some(names)) = (kind.fields(), kind.field_names()) {
                    self.fields(question, fields, names, &owner, &answer);
                }
            }
        }
    }

    fn fields(
        &mut self,
        question: &'a Question,
        fields: &'a [Question],
        names: &[&str],
        owner: &Owner<'a>,
        path: &str,
    ) {
        let path = step(path, "fields");
        self.filled(fields.len(), &path);
        let mut ids = HashSet::new();
        for (n, field) in fields.iter().enumerate() {
            let path = step(&path, &n.to_string());
            self.unique(&field.id, &mut ids, &path);
            if !names.contains(&field.id.as_str()) {
                self.add(Code::FieldNotForKind, &step(&path, "id"), &field.id);
            }
            let nested = field.answer.fields().is_some();
            if nested || matches!(field.answer, AnswerKind::Computed { .. } | AnswerKind::File { .. }) {
                self.add(Code::KindNotHere, &step(&step(&path, "answer"), "type"), field.answer.name());
            }
            if field.sensitive {
                self.add(Code::SensitiveField, &step(&path, "sensitive"), &field.id);
            }
            let owner = Owner {
                name: format!("{}.{}", question.id, field.id),
                within: owner.within.map(|within| Within { now: within.now.field(n), ..within }),
                now: if owner.within.is_some() { owner.now } else { owner.now.field(n) },
            };
            self.asked(field, &owner, &path);
        }
        if matches!(question.answer, AnswerKind::Signature { .. }) {
            for (name, kind) in [("name", "text"), ("date", "date")] {
                if !fields.iter().any(|field| field.id == name && field.answer.name() == kind) {
                    self.add(Code::FieldMissing, &path, name);
                }
            }
        }
    }

    /// What a question and a field have alike.
    fn asked(&mut self, question: &'a Question, owner: &Owner<'a>, path: &str) {
        self.text(&question.label, &step(path, "label"));
        self.help(question.help.as_ref(), path);
        self.rules(&question.rules, path);
        self.target(question.target.as_ref(), path);
        self.answer(&question.answer, &step(path, "answer"));
        self.limits(question, &step(path, "limits"));
        self.conditions(
            &[
                ("show_if", &question.show_if),
                ("skip_if", &question.skip_if),
                ("required_if", &question.required_if),
            ],
            owner,
            path,
        );
        let dated = matches!(question.answer, AnswerKind::Date | AnswerKind::Month | AnswerKind::PartialDate);
        if question.past && !dated {
            self.add(Code::PastNotForKind, &step(path, "past"), &question.id);
        }
        let in_group = owner.within.is_some();
        if question.prefill.is_some_and(|field| in_group || !field.fits(&question.answer)) {
            self.add(Code::PrefillNotForKind, &step(path, "prefill"), &question.id);
        }
        let goes_back = question.returns_to.is_none_or(|field| {
            !in_group && !question.sensitive && field.takes_back() && field.fits(&question.answer)
        });
        if !goes_back {
            self.add(Code::ReturnNotForKind, &step(path, "returns_to"), &question.id);
        }
    }

    fn answer(&mut self, answer: &'a AnswerKind, path: &str) {
        match answer {
            AnswerKind::Choice { choices, list } | AnswerKind::ManyChoices { choices, list } => {
                self.choice(choices, list.as_deref(), path);
            }
            AnswerKind::Number { min, max } => self.bounds(*min, *max, path),
            AnswerKind::File { accept, max_bytes } => {
                let path = |key| step(path, key);
                for (i, ending) in accept.iter().enumerate() {
                    let right = (1..=10).contains(&ending.len())
                        && ending.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
                    if !right {
                        self.add(Code::BadFile, &step(&path("accept"), &i.to_string()), ending);
                    }
                }
                if *max_bytes == Some(0) {
                    self.add(Code::BadFile, &path("max_bytes"), "0");
                }
            }
            _ => {}
        }
    }

    fn choice(&mut self, choices: &'a Choices, list: Option<&'a str>, path: &str) {
        match list {
            Some(name) if !choices.is_empty() => self.add(Code::BadChoices, path, name),
            Some(name) if !self.pack.lists.contains_key(name) && !self.spoilt.contains("@") => {
                self.add(Code::UnknownList, &step(path, "list"), name);
            }
            Some(_) => {}
            None => self.choices(choices, &step(path, "choices")),
        }
    }

    pub(super) fn choices(&mut self, choices: &'a [Choice], path: &str) {
        self.filled(choices.len(), path);
        if choices.len() > MAX_CHOICES {
            self.add(Code::TooLarge, path, &MAX_CHOICES.to_string());
        }
        let mut ids = HashSet::new();
        for (i, choice) in choices.iter().enumerate() {
            let path = step(path, &i.to_string());
            self.unique(&choice.id, &mut ids, &path);
            self.text(&choice.label, &step(&path, "label"));
        }
    }

    fn bounds(&mut self, min: Option<f64>, max: Option<f64>, path: &str) {
        if let (Some(min), Some(max)) = (min, max)
            && min > max
        {
            self.add(Code::MinOverMax, &step(path, "min"), &min.to_string());
        }
    }

    pub(super) fn target(&mut self, target: Option<&'a TargetPlace>, path: &str) {
        let Some(target) = target else { return };
        let path = step(path, "target");
        for (key, text) in [("label", &target.label), ("page", &target.page)] {
            if let Some(text) = text {
                self.text(text, &step(&path, key));
            }
        }
    }

    fn limits(&mut self, question: &Question, path: &str) {
        if !question.answer.is_typed() && !question.limits.is_empty() {
            self.add(Code::LimitNotForKind, path, &question.id);
        }
        for (i, limit) in question.limits.iter().enumerate() {
            let path = step(path, &i.to_string());
            let repeated = question.limits.iter().take(i).any(|other| other.counter == limit.counter);
            match limit {
                Limit { min: Some(min), max: Some(max), .. } if min > max => {
                    self.add(Code::MinOverMax, &step(&path, "min"), &min.to_string());
                }
                Limit { min: None, max: None, .. } | Limit { max: Some(0), .. } => {
                    self.add(Code::BadLimit, &path, &question.id);
                }
                _ if repeated => self.add(Code::BadLimit, &path, &question.id),
                _ => {}
            }
            let width = limit.width.is_some_and(|width| width == 0 || limit.counter != Counter::Lines);
            if width {
                self.add(Code::BadWidth, &step(&path, "width"), &question.id);
            }
        }
    }
}
