//! What a pack of the right shape means: ids, texts, bounds, limits and conditions, all faults with their place.

use std::collections::{HashMap, HashSet};

use crate::answer;
use crate::fault::{PackFault, PackFaultCode as Code};
use crate::json::step;
use crate::pack::{AnswerKind, Choice, Condition, FormPack, Group, Limit, Part, Question, RecordField, Text};

/// Most questions that a pack may have.
const MAX_QUESTIONS: usize = 2_000;
/// Most entries that one choice list may have.
const MAX_CHOICES: usize = 20_000;
/// Longest id.
const LONGEST_ID: usize = 64;
/// Languages that every text has.
const LANGUAGES: [&str; 2] = ["en", "es"];

/// Every fault, in the order of the pack.
pub(crate) fn check(pack: &FormPack) -> Vec<PackFault> {
    let mut form = HashMap::new();
    for part in pack.sections.iter().flat_map(|section| &section.parts) {
        if let Part::Question(question) = part {
            form.entry(question.id.as_str()).or_insert(question);
        }
    }
    let mut check = Check { faults: Vec::new(), form, earlier: HashSet::new() };
    check.pack(pack);
    check.faults
}

/// Where a question in a group stands.
#[derive(Clone, Copy)]
struct Within<'a> {
    group: &'a Group,
    /// Its number among the group's questions.
    at: usize,
}

struct Check<'a> {
    faults: Vec<PackFault>,
    /// The questions of the form that stand in no group.
    form: HashMap<&'a str, &'a Question>,
    /// Those of them that are asked before the place being checked.
    earlier: HashSet<&'a str>,
}

impl<'a> Check<'a> {
    fn add(&mut self, code: Code, path: &str, name: &str) {
        self.faults.push(PackFault { code, path: path.to_owned(), name: name.to_owned() });
    }

    fn pack(&mut self, pack: &'a FormPack) {
        self.id(&pack.id, '-', "");
        if pack.version == 0 {
            self.add(Code::BadVersion, "/version", "0");
        }
        self.text(&pack.name, "/name");
        self.text(&pack.description, "/description");
        if answer::is_blank(&pack.source) {
            self.add(Code::MissingText, "/source", "source");
        }
        if answer::date(&pack.checked).is_none() {
            self.add(Code::BadDate, "/checked", &pack.checked);
        }
        self.filled(pack.sections.len(), "/sections");
        let questions = pack.sections.iter().flat_map(|section| &section.parts).map(|part| match part {
            Part::Question(_) => 1,
            Part::Group(group) => group.questions.len(),
        });
        if questions.sum::<usize>() > MAX_QUESTIONS {
            self.add(Code::TooLarge, "/sections", &MAX_QUESTIONS.to_string());
        }
        self.sections(pack);
    }

    fn sections(&mut self, pack: &'a FormPack) {
        let mut section_ids = HashSet::new();
        let mut part_ids = HashSet::new();
        for (i, section) in pack.sections.iter().enumerate() {
            let path = format!("/sections/{i}");
            self.unique(&section.id, &mut section_ids, &path);
            self.text(&section.title, &step(&path, "title"));
            self.help(section.help.as_ref(), &path);
            let parts = step(&path, "parts");
            self.filled(section.parts.len(), &parts);
            for (n, part) in section.parts.iter().enumerate() {
                let path = step(&parts, &n.to_string());
                match part {
                    Part::Question(question) => {
                        self.unique(&question.id, &mut part_ids, &path);
                        self.question(question, None, &path);
                        self.earlier.insert(&question.id);
                    }
                    Part::Group(group) => {
                        self.unique(&group.id, &mut part_ids, &path);
                        self.group(group, &path);
                    }
                }
            }
        }
    }

    fn group(&mut self, group: &'a Group, path: &str) {
        self.text(&group.label, &step(path, "label"));
        self.text(&group.item_label, &step(path, "item_label"));
        self.help(group.help.as_ref(), path);
        if group.max.is_some_and(|max| group.min > max) {
            self.add(Code::MinOverMax, &step(path, "min"), &group.min.to_string());
        }
        if group.max == Some(0) {
            self.add(Code::BadLimit, &step(path, "max"), "0");
        }
        if let Some(condition) = &group.show_if {
            self.condition(condition, None, &step(path, "show_if"));
        }
        let questions = step(path, "questions");
        self.filled(group.questions.len(), &questions);
        let mut ids = HashSet::new();
        for (at, question) in group.questions.iter().enumerate() {
            let path = step(&questions, &at.to_string());
            self.unique(&question.id, &mut ids, &path);
            self.question(question, Some(Within { group, at }), &path);
        }
    }

    fn question(&mut self, question: &'a Question, within: Option<Within<'a>>, path: &str) {
        self.text(&question.label, &step(path, "label"));
        self.help(question.help.as_ref(), path);
        self.answer(&question.answer, &step(path, "answer"));
        self.limits(question, &step(path, "limits"));
        if let Some(condition) = &question.show_if {
            self.condition(condition, within, &step(path, "show_if"));
        }
        if question.past && !matches!(question.answer, AnswerKind::Date | AnswerKind::Month) {
            self.add(Code::PastNotForKind, &step(path, "past"), &question.id);
        }
        if let Some(field) = question.prefill {
            let fits = match question.answer {
                AnswerKind::Text | AnswerKind::LongText => true,
                AnswerKind::Number { .. } => field == RecordField::GraduationYear,
                _ => false,
            };
            if !fits || within.is_some() {
                self.add(Code::PrefillNotForKind, &step(path, "prefill"), &question.id);
            }
        }
    }

    fn answer(&mut self, answer: &'a AnswerKind, path: &str) {
        match answer {
            AnswerKind::Choice { choices } | AnswerKind::ManyChoices { choices } => {
                self.choices(choices, path);
            }
            AnswerKind::Number { min: Some(min), max: Some(max) } if min > max => {
                self.add(Code::MinOverMax, &step(path, "min"), &min.to_string());
            }
            _ => {}
        }
    }

    fn choices(&mut self, choices: &'a [Choice], path: &str) {
        let path = step(path, "choices");
        self.filled(choices.len(), &path);
        if choices.len() > MAX_CHOICES {
            self.add(Code::TooLarge, &path, &MAX_CHOICES.to_string());
        }
        let mut ids = HashSet::new();
        for (i, choice) in choices.iter().enumerate() {
            let path = step(&path, &i.to_string());
            self.unique(&choice.id, &mut ids, &path);
            self.text(&choice.label, &step(&path, "label"));
        }
    }

    fn limits(&mut self, question: &Question, path: &str) {
        let typed = matches!(
            question.answer,
            AnswerKind::Text | AnswerKind::LongText | AnswerKind::Email | AnswerKind::Phone
        );
        if !typed && !question.limits.is_empty() {
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
        }
    }

    fn condition(&mut self, condition: &Condition, within: Option<Within<'a>>, path: &str) {
        match condition {
            Condition::All { all: parts } | Condition::Any { any: parts } => {
                let path = step(path, if matches!(condition, Condition::All { .. }) { "all" } else { "any" });
                self.filled(parts.len(), &path);
                for (i, part) in parts.iter().enumerate() {
                    self.condition(part, within, &step(&path, &i.to_string()));
                }
            }
            Condition::Not { not } => self.condition(not, within, &step(path, "not")),
            Condition::Answered { answered } => {
                self.named(answered, within, &step(path, "answered"));
            }
            Condition::Is { question, is } => {
                if let Some(question) = self.named(question, within, &step(path, "question")) {
                    self.value(question, is, &step(path, "is"));
                }
            }
        }
    }

    /// The question that a condition names: one of the same item, or else of the form, and asked before.
    fn named(&mut self, name: &str, within: Option<Within<'a>>, path: &str) -> Option<&'a Question> {
        let of_item = within.and_then(|Within { group, at }| {
            let found = group.questions.iter().position(|question| question.id == name)?;
            Some((group.questions.get(found)?, found < at))
        });
        let found =
            of_item.or_else(|| self.form.get(name).map(|question| (*question, self.earlier.contains(name))));
        match found {
            Some((question, true)) => return Some(question),
            Some(_) => self.add(Code::LaterName, path, name),
            None => self.add(Code::UnknownName, path, name),
        }
        None
    }

    /// Whether a condition compares with something that can be answered.
    fn value(&mut self, question: &Question, is: &str, path: &str) {
        let selectable = match &question.answer {
            AnswerKind::Choice { choices } | AnswerKind::ManyChoices { choices } => {
                choices.iter().any(|choice| choice.id == is)
            }
            AnswerKind::YesNo => matches!(is, "yes" | "no"),
            _ => return self.add(Code::NotSelectable, path, &question.id),
        };
        if !selectable {
            self.add(Code::NotAChoice, path, is);
        }
    }

    fn filled(&mut self, entries: usize, path: &str) {
        if entries == 0 {
            self.add(Code::EmptyList, path, path.rsplit('/').next().unwrap_or_default());
        }
    }

    fn unique(&mut self, id: &'a str, taken: &mut HashSet<&'a str>, path: &str) {
        self.id(id, '_', path);
        if !taken.insert(id) {
            self.add(Code::DuplicateId, &step(path, "id"), id);
        }
    }

    /// Lower-case ASCII letters, digits and the joining sign, a letter first, 64 at most.
    fn id(&mut self, id: &str, joint: char, path: &str) {
        let right = id.len() <= LONGEST_ID
            && id.starts_with(|c: char| c.is_ascii_lowercase())
            && id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == joint);
        if !right {
            self.add(Code::BadId, &step(path, "id"), id);
        }
    }

    fn help(&mut self, help: Option<&Text>, path: &str) {
        if let Some(help) = help {
            self.text(help, &step(path, "help"));
        }
    }

    fn text(&mut self, text: &Text, path: &str) {
        for language in LANGUAGES {
            if text.get(language).is_none_or(|words| answer::is_blank(words)) {
                self.add(Code::MissingText, path, language);
            }
        }
        for (language, words) in text {
            let known = (2..=12).contains(&language.len())
                && language.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
                && language.starts_with(|c: char| c.is_ascii_lowercase());
            if !known || words.chars().any(|c| c.is_control() && c != '\n') {
                self.add(Code::BadText, &step(path, language), language);
            }
        }
    }
}
