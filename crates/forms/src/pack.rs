//! The shape of a form pack: what an institution asks, as data. A pack is read once, checked as a whole
//! (`FormPack::parse`), and never changed by a draft that stands on it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Words in several languages, by language code ("en", "es"). English is always there.
pub type Text = BTreeMap<String, String>;

/// A form pack: one target's questions, in the order in which they are asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct FormPack {
    /// Stable name of the form, kebab-case.
    pub id: String,
    /// Grows by one with every published change; a draft keeps the version that it began on.
    pub version: u32,
    /// What the form is called.
    pub name: Text,
    /// One or two sentences: for whom and what for.
    pub description: Text,
    /// Where its questions and limits come from.
    pub source: String,
    /// The day on which its rules were last checked, `YYYY-MM-DD`.
    pub checked: String,
    /// What is asked.
    pub sections: Vec<Section>,
}

/// One page of a form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Unique in the pack, `snake_case`.
    pub id: String,
    /// Heading.
    pub title: Text,
    /// One short paragraph under the heading.
    #[serde(default)]
    pub help: Option<Text>,
    /// Questions and repeating groups, in order.
    pub parts: Vec<Part>,
}

/// A question, or a group of questions that repeats.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "part", rename_all = "snake_case")]
pub enum Part {
    /// Asked once.
    Question(Question),
    /// Asked for each school, activity, … in turn.
    Group(Group),
}

/// One question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Unique among its neighbours, `snake_case`. The key of its answer is `id`, or `group/item/id` in a group.
    pub id: String,
    /// The question itself.
    pub label: Text,
    /// What helps to answer it.
    #[serde(default)]
    pub help: Option<Text>,
    /// What kind of answer it takes.
    pub answer: AnswerKind,
    /// Whether a complete form needs an answer (while the question is shown).
    #[serde(default)]
    pub required: bool,
    /// Shown only while this holds.
    #[serde(default)]
    pub show_if: Option<Condition>,
    /// What the target counts, and how much it takes. Text over a limit is kept, counted and named.
    #[serde(default)]
    pub limits: Vec<Limit>,
    /// The field of the student's record that a first answer may come from.
    #[serde(default)]
    pub prefill: Option<RecordField>,
    /// For a date or a month: it must not lie after the day of the review.
    #[serde(default)]
    pub past: bool,
}

/// Questions asked again for every item of a list that the student orders.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Unique in the pack, `snake_case`; the key of the list of item ids.
    pub id: String,
    /// What the list holds ("Schools").
    pub label: Text,
    /// What one item is called ("School").
    pub item_label: Text,
    /// What helps to fill it.
    #[serde(default)]
    pub help: Option<Text>,
    /// Least number of items of a complete form.
    #[serde(default)]
    pub min: u32,
    /// Greatest number of items that the target takes.
    #[serde(default)]
    pub max: Option<u32>,
    /// Shown only while this holds.
    #[serde(default)]
    pub show_if: Option<Condition>,
    /// Asked of each item.
    pub questions: Vec<Question>,
}

/// Kinds of answer. Values are JSON: text, choices, dates (`YYYY-MM-DD`) and yes/no ("yes", "no") are strings,
/// many choices an array of strings, a declaration `true`, a number a string of digits as typed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum AnswerKind {
    /// One line.
    Text,
    /// Several lines, written at length.
    LongText,
    /// An e-mail address.
    Email,
    /// A telephone number, as people write it.
    Phone,
    /// A whole date.
    Date,
    /// A year and month, `YYYY-MM`.
    Month,
    /// A number between two bounds.
    Number {
        /// Least, included.
        min: Option<f64>,
        /// Greatest, included.
        max: Option<f64>,
    },
    /// One of a list.
    Choice {
        /// What can be chosen.
        choices: Vec<Choice>,
    },
    /// Any of a list.
    ManyChoices {
        /// What can be chosen.
        choices: Vec<Choice>,
    },
    /// Yes or no.
    YesNo,
    /// A statement that is confirmed.
    Declaration,
}

/// One entry of a choice list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Stable id, kept in the draft.
    pub id: String,
    /// What it is called.
    pub label: Text,
}

/// When something is shown. Total and without loops; names are checked when the pack is read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(untagged, deny_unknown_fields)]
pub enum Condition {
    /// Each of these holds.
    All {
        /// The parts.
        all: Vec<Condition>,
    },
    /// At least one of these holds.
    Any {
        /// The parts.
        any: Vec<Condition>,
    },
    /// This does not hold.
    Not {
        /// The part.
        not: Box<Condition>,
    },
    /// The question's answer is this (for many choices: includes it).
    Is {
        /// Id of a question of the same item, or else of the form.
        question: String,
        /// The value.
        is: String,
    },
    /// The question has an answer.
    Answered {
        /// Id of a question of the same item, or else of the form.
        answered: String,
    },
}

/// A limit and the way in which the target counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// What is counted.
    pub counter: Counter,
    /// Least, where there is one.
    #[serde(default)]
    pub min: Option<u32>,
    /// Most, where there is one.
    #[serde(default)]
    pub max: Option<u32>,
}

/// Named ways of counting a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Counter {
    /// Runs of characters other than white space that hold a letter or a digit.
    Words,
    /// Unicode scalar values; a line break counts as one.
    Characters,
}

/// Fields of a student's record that can answer a question for the first time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RecordField {
    /// The student's name.
    StudentName,
    /// The year of graduation, four digits.
    GraduationYear,
    /// The programme chosen when the application was planned.
    Programme,
    /// The institution chosen when the application was planned.
    Institution,
    /// The career that the application was planned for.
    Career,
}
