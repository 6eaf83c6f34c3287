//! An application as a reader of paper sees it: labels and answers, in the form's order.

use serde::Serialize;

use crate::Language;

/// One application, ready to print. Every string is plain text; line breaks may be LF, CR LF or CR.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ApplicationSheet {
    /// Language of the fixed words (page numbers, "Not answered", …).
    pub language: Language,
    /// What the form is called; the document's title.
    pub form: String,
    /// Whose application it is.
    pub student: String,
    /// What they wish to study. `None` prints as not decided.
    pub programme: Option<String>,
    /// Where they wish to study. `None` prints as not decided.
    pub institution: Option<String>,
    /// What they wish to become. `None` prints as not decided.
    pub career: Option<String>,
    /// The day of printing as it is to be read, e.g. "November 23, 2026".
    pub printed: String,
    /// The form's sections.
    pub sections: Vec<ApplicationSection>,
}

/// What is kept about one student, or a certificate about it, ready to print.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RecordSheet {
    /// Language of the fixed words.
    pub language: Language,
    /// What the document is; its title.
    pub title: String,
    /// Whose record it is.
    pub student: String,
    /// A sentence under the title; may be empty.
    pub lead: String,
    /// The day of printing as it is to be read.
    pub printed: String,
    /// Its parts.
    pub sections: Vec<ApplicationSection>,
}

/// One section of the form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ApplicationSection {
    /// Its heading.
    pub heading: String,
    /// Questions and answers. A section without any prints a line that says so.
    pub entries: Vec<ApplicationEntry>,
}

/// A question and its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ApplicationEntry {
    /// The question, or what the answer is called.
    pub label: String,
    /// What was answered.
    pub value: Answer,
}

/// What was answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", content = "value", rename_all = "snake_case")]
pub enum Answer {
    /// A few words, beside their label.
    Short(String),
    /// Text written at length, under its label. Line breaks, empty lines and spaces are kept.
    Long(String),
    /// Several choices.
    List(Vec<String>),
    /// The items of a repeating group (schools, activities, …).
    Items(Vec<ApplicationItem>),
    /// Nothing yet; printed in words.
    NotAnswered,
}

/// One item of a repeating group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ApplicationItem {
    /// What the item is called, e.g. "School 1".
    pub heading: String,
    /// Its questions and answers; they may not hold items again in today's forms, but would print.
    pub entries: Vec<ApplicationEntry>,
}
