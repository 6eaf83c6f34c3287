//! A draft as it goes on paper: sections and shown questions in the order of the form, answers as things that any
//! language can be set from. Nothing that was typed is lost: an answer that cannot be read is printed as it stands.

use serde::Serialize;
use serde_json::Value;

use crate::answer::{self, Reading};
use crate::pack::{AnswerKind, Choice, FormPack, Text};
use crate::review::Answers;
use crate::walk::{Asked, Entry, Item, Repeated, resolve};

/// One section.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PrintedSection {
    /// Id of the section.
    pub id: String,
    /// Heading.
    pub title: Text,
    /// What is shown in it, in order. Sections with nothing to show are left out.
    pub entries: Vec<PrintedEntry>,
}

/// What stands in a section.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "entry", rename_all = "snake_case")]
pub enum PrintedEntry {
    /// A question and its answer.
    Answer(PrintedAnswer),
    /// A list of items.
    Group(PrintedGroup),
}

/// A question and its answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PrintedAnswer {
    /// Key of the answer.
    pub key: String,
    /// The question.
    pub label: Text,
    /// Whether a complete form needs an answer.
    pub required: bool,
    /// The answer.
    pub value: PrintedValue,
}

/// A group and its items.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PrintedGroup {
    /// Key of the list.
    pub key: String,
    /// What the list holds.
    pub label: Text,
    /// What one item is called; items are counted from 1 in their order.
    pub item_label: Text,
    /// The shown questions of each item. May be empty.
    pub items: Vec<Vec<PrintedAnswer>>,
}

/// An answer, free of any language but the student's own.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "value", rename_all = "snake_case")]
pub enum PrintedValue {
    /// No answer.
    Unanswered,
    /// One line as typed: text, e-mail, telephone, number, and whatever could not be read as its kind.
    Text {
        /// As typed.
        text: String,
    },
    /// Several lines as typed, with their line breaks.
    LongText {
        /// As typed.
        text: String,
    },
    /// What was chosen, as the pack calls it.
    Choices {
        /// One for a single choice.
        chosen: Vec<Text>,
    },
    /// Yes or no.
    YesNo {
        /// Yes.
        yes: bool,
    },
    /// A date that exists.
    Date {
        /// Four digits.
        year: i16,
        /// 1–12.
        month: i8,
        /// 1–31.
        day: i8,
    },
    /// A month that exists.
    Month {
        /// Four digits.
        year: i16,
        /// 1–12.
        month: i8,
    },
    /// A declaration that was confirmed. One that was not is `Unanswered`.
    Confirmed,
}

/// The draft for paper: hidden questions, groups and sections without anything shown are left out.
#[must_use]
pub fn ordered(pack: &FormPack, answers: &Answers) -> Vec<PrintedSection> {
    let pages = resolve(pack, answers).into_iter();
    let sections = pages.map(|page| PrintedSection {
        id: page.section.id.clone(),
        title: page.section.title.clone(),
        entries: page.entries.iter().filter(|entry| entry.shown()).map(entry).collect(),
    });
    sections.filter(|section| !section.entries.is_empty()).collect()
}

fn entry(entry: &Entry) -> PrintedEntry {
    match entry {
        Entry::Question(asked) => PrintedEntry::Answer(answer(asked)),
        Entry::Group(repeated) => PrintedEntry::Group(group(repeated)),
    }
}

fn group(repeated: &Repeated) -> PrintedGroup {
    let item = |item: &Item| item.questions.iter().filter(|asked| asked.shown).map(answer).collect();
    PrintedGroup {
        key: repeated.group.id.clone(),
        label: repeated.group.label.clone(),
        item_label: repeated.group.item_label.clone(),
        items: repeated.items.iter().map(item).collect(),
    }
}

fn answer(asked: &Asked) -> PrintedAnswer {
    PrintedAnswer {
        key: asked.key.to_string(),
        label: asked.question.label.clone(),
        required: asked.question.required,
        value: value(asked),
    }
}

fn value(asked: &Asked) -> PrintedValue {
    match asked.reading() {
        Reading::Blank => PrintedValue::Unanswered,
        Reading::Confirmed => PrintedValue::Confirmed,
        Reading::Wrong => PrintedValue::Text { text: asked.value.map(Value::to_string).unwrap_or_default() },
        Reading::Text(text) => typed(&asked.question.answer, text)
            .unwrap_or_else(|| PrintedValue::Text { text: text.to_owned() }),
        Reading::Many(chosen) => match &asked.question.answer {
            AnswerKind::ManyChoices { choices } => PrintedValue::Choices { chosen: labels(choices, &chosen) },
            _ => PrintedValue::Text { text: chosen.join(", ") },
        },
    }
}

/// A string read as its kind, where it can be.
fn typed(kind: &AnswerKind, text: &str) -> Option<PrintedValue> {
    match kind {
        AnswerKind::LongText => Some(PrintedValue::LongText { text: text.to_owned() }),
        AnswerKind::Date => answer::date(text).map(|date| PrintedValue::Date {
            year: date.year(),
            month: date.month(),
            day: date.day(),
        }),
        AnswerKind::Month => {
            answer::month(text).map(|date| PrintedValue::Month { year: date.year(), month: date.month() })
        }
        AnswerKind::YesNo if text == "yes" || text == "no" => {
            Some(PrintedValue::YesNo { yes: text == "yes" })
        }
        AnswerKind::Choice { choices } => {
            label(choices, text).map(|label| PrintedValue::Choices { chosen: vec![label] })
        }
        _ => None,
    }
}

fn label(choices: &[Choice], id: &str) -> Option<Text> {
    choices.iter().find(|choice| choice.id == id).map(|choice| choice.label.clone())
}

/// Labels of the choices in the order of the list, then what the list does not know, as it stands.
fn labels(choices: &[Choice], chosen: &[&str]) -> Vec<Text> {
    let known = choices.iter().filter(|choice| chosen.contains(&choice.id.as_str()));
    let unknown = chosen.iter().filter(|id| choices.iter().all(|choice| choice.id != **id));
    known
        .map(|choice| choice.label.clone())
        .chain(unknown.map(|id| Text::from([("en".to_owned(), (*id).to_owned())])))
        .collect()
}
