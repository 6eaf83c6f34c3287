//! What a pack of the right shape means: ids, texts, bounds, limits, sources and conditions, all faults with their
//! place.

mod answers;
mod language;
mod names;
mod texts;

use std::collections::{HashMap, HashSet};

use crate::answer;
use crate::deadline::{self, APPLICANT_ZONE};
use crate::fault::{PackFault, PackFaultCode as Code};
use crate::json::step;
use crate::pack::{COURSE_COLUMNS, Condition, Deadline, FormPack, Group, GroupKind, Part, Question, Section};
use language::{Owner, Type, Within};
use names::{Names, Rank};

/// Most questions that a pack may have, fields counted.
const MAX_QUESTIONS: usize = 2_000;
/// Most entries that one choice list may have.
const MAX_CHOICES: usize = 20_000;
/// Longest id.
const LONGEST_ID: usize = 64;

/// Every fault, in the order of the pack. `spoilt` are ids of questions and groups of which only the id could be read:
/// what refers to them is let be.
pub(crate) fn check<'a>(pack: &'a FormPack, spoilt: &'a HashSet<String>) -> Vec<PackFault> {
    let mut check = Check {
        pack,
        spoilt,
        faults: Vec::new(),
        names: Names::of(pack),
        rules: pack.rules.iter().map(|rule| rule.id.as_str()).collect(),
        types: HashMap::new(),
        walks: 0,
    };
    check.whole();
    check.faults
}

struct Check<'a> {
    pack: &'a FormPack,
    spoilt: &'a HashSet<String>,
    faults: Vec<PackFault>,
    /// What can be named from everywhere, and what rests on what.
    names: Names<'a>,
    rules: HashSet<&'a str>,
    /// Types of values that are worked out, by place.
    types: HashMap<String, Option<Type>>,
    /// How often a way round was looked for.
    walks: usize,
}

impl<'a> Check<'a> {
    fn add(&mut self, code: Code, path: &str, name: &str) {
        self.faults.push(PackFault { code, path: path.to_owned(), name: name.to_owned() });
    }

    fn whole(&mut self) {
        let pack = self.pack;
        let questions = pack.sections.iter().flat_map(|section| &section.parts).map(|part| match part {
            Part::Question(question) => weight(question),
            Part::Group(group) => group.questions.iter().map(weight).sum(),
        });
        if questions.sum::<usize>() > MAX_QUESTIONS {
            return self.add(Code::TooLarge, "/sections", &MAX_QUESTIONS.to_string());
        }
        self.id(&pack.id, '-', "");
        if pack.version == 0 {
            self.add(Code::BadVersion, "/version", "0");
        }
        self.text(&pack.name, "/name");
        self.text(&pack.description, "/description");
        self.plain(&pack.source, "/source");
        if answer::is_blank(&pack.source) {
            self.add(Code::MissingText, "/source", "source");
        }
        self.date(&pack.checked, "/checked");
        if let Some(cycle) = &pack.cycle {
            self.text(cycle, "/cycle");
        }
        for (name, choices) in &pack.lists {
            let path = step("/lists", name);
            self.id_at(name, '_', &path);
            self.choices(choices, &path);
        }
        self.filled(pack.sections.len(), "/sections");
        self.sections();
        self.cycle();
    }

    fn sections(&mut self) {
        let pack = self.pack;
        let mut section_ids = HashSet::new();
        let mut part_ids = HashSet::new();
        let mut at = 0;
        for (i, section) in pack.sections.iter().enumerate() {
            let path = format!("/sections/{i}");
            self.unique(&section.id, &mut section_ids, &path);
            self.section(section, at, &path);
            let parts = step(&path, "parts");
            self.filled(section.parts.len(), &parts);
            for (n, part) in section.parts.iter().enumerate() {
                let path = step(&parts, &n.to_string());
                match part {
                    Part::Question(question) => {
                        self.unique(&question.id, &mut part_ids, &path);
                        self.question(question, None, at, &path);
                    }
                    Part::Group(group) => {
                        self.unique(&group.id, &mut part_ids, &path);
                        self.group(group, at, &path);
                    }
                }
                at += 1;
            }
        }
    }

    fn section(&mut self, section: &'a Section, at: usize, path: &str) {
        self.text(&section.title, &step(path, "title"));
        self.help(section.help.as_ref(), path);
        self.rules(&section.rules, path);
        // What a section is shown under is asked before its first question.
        let first = section.parts.first().map(names::part_id).unwrap_or_default();
        let owner = Owner { name: first.to_owned(), within: None, now: Rank::of(at) };
        self.conditions(&[("show_if", &section.show_if), ("skip_if", &section.skip_if)], &owner, path);
    }

    fn group(&mut self, group: &'a Group, at: usize, path: &str) {
        self.text(&group.label, &step(path, "label"));
        self.text(&group.item_label, &step(path, "item_label"));
        self.help(group.help.as_ref(), path);
        self.rules(&group.rules, path);
        self.target(group.target.as_ref(), path);
        if group.max.is_some_and(|max| group.min > max) {
            self.add(Code::MinOverMax, &step(path, "min"), &group.min.to_string());
        }
        if group.max == Some(0) {
            self.add(Code::BadLimit, &step(path, "max"), "0");
        }
        let owner = Owner { name: group.id.clone(), within: None, now: Rank::of(at) };
        self.conditions(&[("show_if", &group.show_if), ("skip_if", &group.skip_if)], &owner, path);
        let questions = step(path, "questions");
        self.filled(group.questions.len(), &questions);
        let mut ids = HashSet::new();
        for (n, question) in group.questions.iter().enumerate() {
            let path = step(&questions, &n.to_string());
            self.unique(&question.id, &mut ids, &path);
            self.question(question, Some(Within { group, now: Rank::of(n) }), at, &path);
            if group.kind == GroupKind::Courses && !COURSE_COLUMNS.contains(&question.id.as_str()) {
                self.add(Code::FieldNotForKind, &step(&path, "id"), &question.id);
            }
        }
        for column in ["course", "grade"] {
            let there = group.questions.iter().any(|question| question.id == column);
            if group.kind == GroupKind::Courses && !there {
                self.add(Code::FieldMissing, &questions, column);
            }
        }
    }

    /// Conditions by their keys, each where it stands.
    fn conditions(&mut self, of: &[(&str, &'a Option<Condition>)], owner: &Owner<'a>, path: &str) {
        for (key, condition) in of {
            if let Some(condition) = condition {
                self.condition(condition, owner, &step(path, key));
            }
        }
    }

    fn cycle(&mut self) {
        let pack = self.pack;
        let mut ids = HashSet::new();
        for (i, rule) in pack.rules.iter().enumerate() {
            let path = format!("/rules/{i}");
            self.unique(&rule.id, &mut ids, &path);
            self.text(&rule.text, &step(&path, "text"));
            self.url(&rule.source, &step(&path, "source"));
            self.date(&rule.checked, &step(&path, "checked"));
        }
        let mut ids = HashSet::new();
        for (i, deadline) in pack.deadlines.iter().enumerate() {
            let path = format!("/deadlines/{i}");
            self.unique(&deadline.id, &mut ids, &path);
            self.deadline(deadline, &path);
        }
        let mut ids = HashSet::new();
        for (i, check) in pack.checks.iter().enumerate() {
            let path = format!("/checks/{i}");
            self.unique(&check.id, &mut ids, &path);
            self.text(&check.text, &step(&path, "text"));
            self.rules(&check.rules, &path);
            let owner = Owner { name: String::new(), within: None, now: Rank::END };
            self.condition(&check.wrong_if, &owner, &step(&path, "wrong_if"));
            if !self.names.has(&check.at) && !self.is_spoilt(&check.at) {
                self.add(Code::UnknownName, &step(&path, "at"), &check.at);
            }
        }
    }

    fn deadline(&mut self, deadline: &'a Deadline, path: &str) {
        self.text(&deadline.label, &step(path, "label"));
        self.date(&deadline.date, &step(path, "date"));
        if let Some(time) = &deadline.time
            && deadline::time(time).is_none()
        {
            self.add(Code::BadTime, &step(path, "time"), time);
        }
        if deadline.zone != APPLICANT_ZONE && deadline::zone(&deadline.zone).is_none() {
            self.add(Code::UnknownZone, &step(path, "zone"), &deadline.zone);
        }
        self.rules(&deadline.rules, path);
    }

    fn rules(&mut self, rules: &'a [String], path: &str) {
        for (i, rule) in rules.iter().enumerate() {
            if !self.rules.contains(rule.as_str()) {
                self.add(Code::UnknownRule, &step(&step(path, "rules"), &i.to_string()), rule);
            }
        }
    }

    fn is_spoilt(&self, name: &str) -> bool {
        self.spoilt.contains(name.split_once('.').map_or(name, |(whole, _)| whole))
    }
}

/// How much a question counts among the most that a pack may have.
fn weight(question: &Question) -> usize {
    1 + question.answer.fields().map_or(0, <[Question]>::len)
}
