//! The shape of a form pack: what an institution asks, as data. A pack is read once, checked as a whole
//! (`FormPack::parse`), and never changed by a draft that stands on it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

mod cycle;
mod expressions;
mod kinds;
mod limits;
mod record;

pub use cycle::{AnswerCheck, Deadline, DeadlineKind, Rule, Severity};
pub use expressions::{Condition, Expression, ItemNumber, Length};
pub use kinds::{
    ADDRESS_FIELDS, AnswerKind, COURSE_COLUMNS, Choice, Choices, PERSON_FIELDS, SCHOOL_FIELDS,
    SIGNATURE_FIELDS, Signer,
};
pub use limits::{Counter, Counting, Limit, LineBreak, TrailingSpace};
pub use record::{RECORD_FIELDS, RecordField};

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
    /// The cycle of admission that the form is of ("2025–26").
    #[serde(default)]
    pub cycle: Option<Text>,
    /// What is asked.
    pub sections: Vec<Section>,
    /// Lists of choices that questions share, by name.
    #[serde(default)]
    #[ts(as = "BTreeMap<String, Vec<Choice>>")]
    pub lists: BTreeMap<String, Choices>,
    /// Rules of the cycle, each with its source.
    #[serde(default)]
    pub rules: Vec<Rule>,
    /// Days by which things must have arrived.
    #[serde(default)]
    pub deadlines: Vec<Deadline>,
    /// What must not hold over several answers together.
    #[serde(default)]
    pub checks: Vec<AnswerCheck>,
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
    /// Asked only while this holds.
    #[serde(default)]
    pub show_if: Option<Condition>,
    /// Passed over while this holds.
    #[serde(default)]
    pub skip_if: Option<Condition>,
    /// Rules that it rests on.
    #[serde(default)]
    pub rules: Vec<String>,
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
    /// An answer is needed while this holds.
    #[serde(default)]
    pub required_if: Option<Condition>,
    /// Shown only while this holds.
    #[serde(default)]
    pub show_if: Option<Condition>,
    /// Passed over while this holds.
    #[serde(default)]
    pub skip_if: Option<Condition>,
    /// What the target counts, and how much it takes. Text over a limit is kept, counted and named.
    #[serde(default)]
    pub limits: Vec<Limit>,
    /// The field of the student's record that a first answer may come from.
    #[serde(default)]
    pub prefill: Option<RecordField>,
    /// The field of the student's record that the answer may go back to.
    #[serde(default)]
    pub returns_to: Option<RecordField>,
    /// Stays in its draft, is never reused, is printed only where that is wished, and may be left to the target's own
    /// page.
    #[serde(default)]
    pub sensitive: bool,
    /// Its place on the target's own page.
    #[serde(default)]
    pub target: Option<TargetPlace>,
    /// Rules that it rests on.
    #[serde(default)]
    pub rules: Vec<String>,
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
    /// Passed over while this holds.
    #[serde(default)]
    pub skip_if: Option<Condition>,
    /// What its items are.
    #[serde(default)]
    pub kind: GroupKind,
    /// Its place on the target's own page.
    #[serde(default)]
    pub target: Option<TargetPlace>,
    /// Rules that it rests on.
    #[serde(default)]
    pub rules: Vec<String>,
    /// Asked of each item.
    pub questions: Vec<Question>,
}

/// What the items of a group are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum GroupKind {
    /// Schools, activities, relatives, …
    #[default]
    Items,
    /// Rows of a table of courses and grades; the questions are its columns, out of `COURSE_COLUMNS`.
    Courses,
}

/// Where a question stands on the target's own page, for the sheet from which answers are copied out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct TargetPlace {
    /// Its place in the target's order, counted through the whole form; for a question of a group within one item.
    pub order: u32,
    /// What the target calls it, where that is not the label.
    #[serde(default)]
    pub label: Option<Text>,
    /// The page of the target's on which it stands.
    #[serde(default)]
    pub page: Option<Text>,
}

impl FormPack {
    /// What can be chosen in answer to a question of this kind: its own list or one that questions share.
    #[must_use]
    pub fn choices<'a>(&'a self, kind: &'a AnswerKind) -> Option<&'a Choices> {
        match kind {
            AnswerKind::Choice { choices, list } | AnswerKind::ManyChoices { choices, list } => {
                list.as_ref().map_or(Some(choices), |name| self.lists.get(name))
            }
            _ => None,
        }
    }
}
