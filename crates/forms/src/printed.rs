//! A draft as it goes on paper: sections and shown questions in the order of the form, answers as things that any
//! language can be set from. Nothing that was typed is lost: an answer that cannot be read is printed as it stands.

use serde::Serialize;
use serde_json::Value;

use crate::answer::{self, Reading};
use crate::evaluate::Worth;
use crate::pack::{AnswerKind, Choices, FormPack, Text};
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
    /// A date as far as it is known.
    Year {
        /// Four digits.
        year: i16,
    },
    /// A declaration that was confirmed. One that was not is `Unanswered`.
    Confirmed,
    /// To be answered on the target's own page.
    OnTheirSite,
}

/// Which sensitive answers go on paper. All others always do.
#[derive(Debug, Clone, Copy)]
pub enum Sensitive<'a> {
    /// None: a form as it leaves the house.
    LeftOut,
    /// Those of these questions, by key.
    Ticked(&'a [String]),
    /// All: for the student's own record.
    All,
}

impl Sensitive<'_> {
    /// Whether a question goes on paper.
    pub(crate) fn allows(self, asked: &Asked) -> bool {
        !asked.question.sensitive
            || match self {
                Self::LeftOut => false,
                Self::Ticked(keys) => keys.iter().any(|key| *key == asked.key),
                Self::All => true,
            }
    }
}

/// The draft for paper: hidden questions, groups and sections without anything shown are left out, and so are sensitive
/// answers that were not ticked. Fields of a question are printed one by one, under its label and their own.
#[must_use]
pub fn ordered(pack: &FormPack, answers: &Answers, sensitive: Sensitive) -> Vec<PrintedSection> {
    let printer = Printer { pack, sensitive };
    let pages = resolve(pack, answers).pages.into_iter();
    let sections = pages.map(|page| PrintedSection {
        id: page.section.id.clone(),
        title: page.section.title.clone(),
        entries: page.entries.iter().flat_map(|entry| printer.entry(entry)).collect(),
    });
    sections.filter(|section| !section.entries.is_empty()).collect()
}

/// What is needed to set an answer.
#[derive(Clone, Copy)]
pub(crate) struct Printer<'a> {
    pub(crate) pack: &'a FormPack,
    pub(crate) sensitive: Sensitive<'a>,
}

impl Printer<'_> {
    fn entry(self, entry: &Entry) -> Vec<PrintedEntry> {
        match entry {
            Entry::Question(asked) => self.answers(asked).into_iter().map(PrintedEntry::Answer).collect(),
            Entry::Group(repeated) if repeated.shown => vec![PrintedEntry::Group(self.group(repeated))],
            Entry::Group(_) => Vec::new(),
        }
    }

    fn group(self, repeated: &Repeated) -> PrintedGroup {
        let item = |item: &Item| item.questions.iter().flat_map(|asked| self.answers(asked)).collect();
        PrintedGroup {
            key: repeated.group.id.clone(),
            label: repeated.group.label.clone(),
            item_label: repeated.group.item_label.clone(),
            items: repeated.items.iter().map(item).collect(),
        }
    }

    /// The answers of a question: one, or one a field.
    pub(crate) fn answers(self, asked: &Asked) -> Vec<PrintedAnswer> {
        if !asked.shown || !self.sensitive.allows(asked) {
            return Vec::new();
        }
        if asked.elsewhere {
            return vec![self.answer(asked, asked.question.label.clone(), PrintedValue::OnTheirSite)];
        }
        if asked.question.answer.fields().is_none() {
            return vec![self.answer(asked, asked.question.label.clone(), self.value(asked))];
        }
        let fields = asked.fields.iter().filter(|field| field.shown);
        fields
            .map(|field| {
                let label = joined(&asked.question.label, &field.question.label);
                self.answer(field, label, self.value(field))
            })
            .collect()
    }

    #[allow(clippy::unused_self, reason = "one of the printer's steps")]
    fn answer(self, asked: &Asked, label: Text, value: PrintedValue) -> PrintedAnswer {
        PrintedAnswer { key: asked.key.to_string(), label, required: asked.required, value }
    }

    fn value(self, asked: &Asked) -> PrintedValue {
        let text = |text: &str| PrintedValue::Text { text: text.to_owned() };
        if let Some(worth) = &asked.worth {
            return match worth {
                Worth::Truth(yes) => PrintedValue::YesNo { yes: *yes },
                Worth::Date(date) => whole_date(*date),
                Worth::Number(number) => text(&number.to_string()),
                Worth::Text(words) => text(words),
            };
        }
        let choices = self.pack.choices(&asked.question.answer);
        match asked.reading() {
            Reading::Blank => PrintedValue::Unanswered,
            Reading::Confirmed => PrintedValue::Confirmed,
            Reading::Wrong => text(&asked.value.map(Value::to_string).unwrap_or_default()),
            Reading::File(name, _) => text(name),
            Reading::Text(typed) => {
                self::typed(&asked.question.answer, choices, typed).unwrap_or_else(|| text(typed))
            }
            Reading::Many(chosen) => match choices {
                Some(choices) => PrintedValue::Choices { chosen: labels(choices, &chosen) },
                None => text(&chosen.join(", ")),
            },
        }
    }
}

/// "Home address: City", in every language that either has.
pub(crate) fn joined(whole: &Text, part: &Text) -> Text {
    let languages = whole.keys().chain(part.keys());
    let words = |text: &Text, language: &str| text.get(language).or_else(|| text.get("en")).cloned();
    languages
        .filter_map(|language| {
            let both = format!("{}: {}", words(whole, language)?, words(part, language)?);
            Some((language.clone(), both))
        })
        .collect()
}

fn whole_date(date: jiff::civil::Date) -> PrintedValue {
    PrintedValue::Date { year: date.year(), month: date.month(), day: date.day() }
}

/// A string read as its kind, where it can be.
fn typed(kind: &AnswerKind, choices: Option<&Choices>, text: &str) -> Option<PrintedValue> {
    let month = |text: &str| {
        answer::month(text).map(|date| PrintedValue::Month { year: date.year(), month: date.month() })
    };
    match kind {
        AnswerKind::LongText => Some(PrintedValue::LongText { text: text.to_owned() }),
        AnswerKind::Date => answer::date(text).map(whole_date),
        AnswerKind::Month => month(text),
        AnswerKind::PartialDate => match text.len() {
            4 => answer::partial_date(text).map(|date| PrintedValue::Year { year: date.year() }),
            7 => month(text),
            _ => answer::date(text).map(whole_date),
        },
        AnswerKind::YesNo if text == "yes" || text == "no" => {
            Some(PrintedValue::YesNo { yes: text == "yes" })
        }
        AnswerKind::Choice { .. } => {
            choices?.get(text).map(|choice| PrintedValue::Choices { chosen: vec![choice.label.clone()] })
        }
        _ => None,
    }
}

/// Labels of the choices in the order of the list, then what the list does not know, as it stands.
fn labels(choices: &Choices, chosen: &[&str]) -> Vec<Text> {
    let known = choices.iter().filter(|choice| chosen.contains(&choice.id.as_str()));
    let unknown = chosen.iter().filter(|id| !choices.has(id));
    known
        .map(|choice| choice.label.clone())
        .chain(unknown.map(|id| Text::from([("en".to_owned(), (*id).to_owned())])))
        .collect()
}
