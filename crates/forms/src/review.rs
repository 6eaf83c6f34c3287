//! The readiness check: what a draft shows, what it still needs, and every fault with its place. It never refuses a
//! draft; it only says what it sees.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::answer::{self, Reading};
use crate::count::count;
use crate::evaluate::{Scope, Worth, holds};
use crate::pack::{
    AnswerCheck, AnswerKind, Counter, Expression, FormPack, Group, Limit, Question, Severity, Text,
};
use crate::walk::{Asked, Entry, Laid, Repeated, resolve};

/// A draft's answers by key: `question`, `group` (the ordered ids of its items), `group/item/question`.
pub type Answers = BTreeMap<String, serde_json::Value>;

/// What the readiness check sees in a draft.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Review {
    /// Keys of questions and groups that are not asked, by their conditions. Their answers are kept.
    pub hidden: Vec<String>,
    /// What computed questions come to, by key. Those that are not asked or have no value are left out.
    pub computed: BTreeMap<String, ComputedValue>,
    /// The sections in their order.
    pub sections: Vec<SectionReview>,
    /// Every fault, in the order of the form.
    pub faults: Vec<Fault>,
}

/// What a computed question comes to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ComputedValue {
    /// A number, to nine places at most.
    Number {
        /// The number.
        number: f64,
    },
    /// A date.
    Date {
        /// `YYYY-MM-DD`.
        date: String,
    },
    /// A text.
    Text {
        /// As it was answered.
        text: String,
    },
    /// Whether a condition holds.
    YesNo {
        /// It does.
        yes: bool,
    },
}

/// One section at a glance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SectionReview {
    /// The section's id.
    pub id: String,
    /// Its state in a word.
    pub state: SectionState,
    /// Questions shown, those of each item of a group included.
    pub asked: u32,
    /// Of these, answered.
    pub answered: u32,
    /// Faults in it, warnings aside.
    pub faults: u32,
}

/// State of a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SectionState {
    /// No answer yet, although something is asked.
    Empty,
    /// Some answers, something required still missing or too short, nothing wrong.
    Started,
    /// An answer is wrong or over a limit.
    Faults,
    /// Nothing required is missing and nothing is wrong.
    Complete,
}

/// A fault and its place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Fault {
    /// Id of the section.
    pub section: String,
    /// Key of the question or group.
    pub key: String,
    /// What is wrong.
    pub fault: FaultKind,
}

/// What can be wrong with an answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum FaultKind {
    /// Required and not answered.
    Missing,
    /// A declaration that is not confirmed.
    NotConfirmed,
    /// More than the limit.
    TooLong {
        /// How it is counted.
        counter: Counter,
        /// Counted.
        count: u32,
        /// The limit.
        limit: u32,
    },
    /// Less than the limit.
    TooShort {
        /// How it is counted.
        counter: Counter,
        /// Counted.
        count: u32,
        /// The limit.
        limit: u32,
    },
    /// Not an e-mail address.
    NotAnEmail,
    /// Not a telephone number.
    NotAPhone,
    /// Not a date that exists.
    NotADate,
    /// A date or month that is still to come, where only a past one can be right.
    InTheFuture,
    /// Not a number.
    NotANumber,
    /// Outside the bounds.
    OutOfRange {
        /// Least.
        min: Option<f64>,
        /// Greatest.
        max: Option<f64>,
    },
    /// A value that is not in the list, or of the wrong kind.
    NotAChoice,
    /// Not a file.
    NotAFile,
    /// A file of a kind that the target does not take, by the ending of its name.
    FileKind {
        /// Endings that it takes.
        accepted: Vec<String>,
    },
    /// A file that is too large.
    FileTooLarge {
        /// Its size, bytes.
        bytes: u64,
        /// The most, bytes.
        limit: u64,
    },
    /// Answers that do not go together, as the pack says.
    Check {
        /// Id of the pack's check.
        check: String,
        /// What is wrong and what would mend it.
        text: Text,
        /// How bad it is.
        severity: Severity,
    },
    /// Fewer items than needed.
    TooFewItems {
        /// Items.
        count: u32,
        /// Needed.
        limit: u32,
    },
    /// More items than the target takes.
    TooManyItems {
        /// Items.
        count: u32,
        /// Taken.
        limit: u32,
    },
}

impl FaultKind {
    /// Whether the fault only says that something is still to be written; everything else is wrong as it stands.
    #[must_use]
    pub fn is_still_missing(&self) -> bool {
        matches!(self, Self::Missing | Self::NotConfirmed | Self::TooShort { .. } | Self::TooFewItems { .. })
    }

    /// How bad it is. A form with nothing but warnings can be complete.
    #[must_use]
    pub fn severity(&self) -> Severity {
        match self {
            Self::Check { severity, .. } => *severity,
            _ => Severity::Error,
        }
    }
}

/// Looks a draft over against its pack.
///
/// `today` is the reader's day, `YYYY-MM-DD`; it only decides whether a date lies in the future, and if it is no date,
/// that is not looked at. Answers with keys that the pack does not know are left alone. Hidden answers are never a
/// fault.
#[must_use]
pub fn review(pack: &FormPack, answers: &Answers, today: &str) -> Review {
    let today = answer::date(today);
    let Laid { pages, known } = resolve(pack, answers);
    let mut wrong: HashMap<&str, Vec<&AnswerCheck>> = HashMap::new();
    for check in &pack.checks {
        if holds(&check.wrong_if, Scope { own: &known, outer: None }) {
            wrong.entry(&check.at).or_default().push(check);
        }
    }
    let mut review =
        Review { hidden: Vec::new(), computed: BTreeMap::new(), sections: Vec::new(), faults: Vec::new() };
    for page in pages {
        let mut tally = Tally {
            pack,
            section: &page.section.id,
            today,
            wrong: &wrong,
            faults: Vec::new(),
            asked: 0,
            answered: 0,
        };
        let mut anything_shown = false;
        for entry in &page.entries {
            match entry {
                Entry::Question(asked) => tally.question(asked, &mut review),
                Entry::Group(group) => tally.group(group, &mut review),
            }
            anything_shown |= match entry {
                Entry::Question(asked) => {
                    asked.shown && !matches!(asked.question.answer, AnswerKind::Computed { .. })
                }
                Entry::Group(group) => group.shown,
            };
        }
        let faults = tally.errors().count();
        review.sections.push(SectionReview {
            id: page.section.id.clone(),
            state: tally.state(anything_shown),
            asked: tally.asked,
            answered: tally.answered,
            faults: u32::try_from(faults).unwrap_or(u32::MAX),
        });
        review.faults.append(&mut tally.faults);
    }
    review
}

/// What has been seen of one section.
struct Tally<'a> {
    pack: &'a FormPack,
    section: &'a str,
    today: Option<jiff::civil::Date>,
    /// Checks that do not hold, by the place at which that is said.
    wrong: &'a HashMap<&'a str, Vec<&'a AnswerCheck>>,
    faults: Vec<Fault>,
    asked: u32,
    answered: u32,
}

impl Tally<'_> {
    fn add(&mut self, key: &str, fault: FaultKind) {
        self.faults.push(Fault { section: self.section.to_owned(), key: key.to_owned(), fault });
    }

    /// A question with its fields, and what is wrong with it together with others.
    fn question(&mut self, asked: &Asked, review: &mut Review) {
        if !asked.shown {
            review.hidden.push(asked.key.to_string());
            review.hidden.extend(asked.fields.iter().map(|field| field.key.to_string()));
            return;
        }
        if asked.elsewhere {
            self.asked += 1;
            self.answered += 1;
            review.hidden.extend(asked.fields.iter().map(|field| field.key.to_string()));
            return;
        }
        if let AnswerKind::Computed { value, min, max } = &asked.question.answer {
            self.computed(asked, value, (*min, *max), review);
        } else if asked.question.answer.fields().is_none() {
            self.answer(asked);
        }
        self.together(&asked.key);
        for field in &asked.fields {
            if field.shown {
                self.answer(field);
                self.together(&field.key);
            } else {
                review.hidden.push(field.key.to_string());
            }
        }
    }

    /// One answer.
    fn answer(&mut self, asked: &Asked) {
        self.asked += 1;
        let reading = asked.reading();
        if matches!(reading, Reading::Blank) {
            if asked.required {
                let declaration = matches!(asked.question.answer, AnswerKind::Declaration);
                self.add(&asked.key, if declaration { FaultKind::NotConfirmed } else { FaultKind::Missing });
            }
            return;
        }
        self.answered += 1;
        for fault in faults_of(self.pack, asked.question, &reading, self.today) {
            self.add(&asked.key, fault);
        }
    }

    fn computed(
        &mut self,
        asked: &Asked,
        value: &Expression,
        (min, max): (Option<f64>, Option<f64>),
        review: &mut Review,
    ) {
        let Some(worth) = &asked.worth else { return };
        review.computed.insert(asked.key.to_string(), said(worth));
        let Worth::Number(number) = *worth else { return };
        if min.is_some_and(|min| number < min) || max.is_some_and(|max| number > max) {
            let fault = as_length(value, number, min, max).unwrap_or(FaultKind::OutOfRange { min, max });
            self.add(&asked.key, fault);
        }
    }

    /// What is wrong here together with other answers.
    fn together(&mut self, key: &str) {
        let wrong = self.wrong;
        for check in wrong.get(key).into_iter().flatten() {
            let (check, text, severity) = (check.id.clone(), check.text.clone(), check.severity);
            self.add(key, FaultKind::Check { check, text, severity });
        }
    }

    fn group(&mut self, repeated: &Repeated, review: &mut Review) {
        let group = repeated.group;
        if repeated.shown {
            for fault in faults_of_list(group, repeated) {
                self.add(&group.id, fault);
            }
            self.together(&group.id);
        } else {
            review.hidden.push(group.id.clone());
        }
        for asked in repeated.items.iter().flat_map(|item| &item.questions) {
            self.question(asked, review);
        }
    }

    fn errors(&self) -> impl Iterator<Item = &Fault> {
        self.faults.iter().filter(|fault| fault.fault.severity() == Severity::Error)
    }

    fn state(&self, anything_shown: bool) -> SectionState {
        if self.errors().any(|fault| !fault.fault.is_still_missing()) {
            SectionState::Faults
        } else if self.answered == 0 && anything_shown {
            SectionState::Empty
        } else if self.errors().next().is_none() {
            SectionState::Complete
        } else {
            SectionState::Started
        }
    }
}

/// Everything that is wrong with an answer that is not blank.
pub(crate) fn faults_of(
    pack: &FormPack,
    question: &Question,
    reading: &Reading,
    today: Option<jiff::civil::Date>,
) -> Vec<FaultKind> {
    let mut faults: Vec<FaultKind> = answer::fault(pack, question, reading, today).into_iter().collect();
    if let Reading::Text(text) = reading {
        faults.extend(question.limits.iter().filter_map(|limit| over_or_under(limit, text)));
    }
    faults
}

/// Everything that is wrong with a group's list.
fn faults_of_list(group: &Group, repeated: &Repeated) -> Vec<FaultKind> {
    let count = u32::try_from(repeated.items.len()).unwrap_or(u32::MAX);
    let mut faults = Vec::new();
    if repeated.spoilt {
        faults.push(FaultKind::NotAChoice);
    }
    if count < group.min {
        faults.push(FaultKind::TooFewItems { count, limit: group.min });
    }
    if let Some(limit) = group.max.filter(|max| count > *max) {
        faults.push(FaultKind::TooManyItems { count, limit });
    }
    faults
}

/// Where a text stands against a limit.
fn over_or_under(limit: &Limit, text: &str) -> Option<FaultKind> {
    let counter = limit.counter;
    let found = count(limit.counting(), text);
    match (limit.min, limit.max) {
        (_, Some(max)) if found > max => Some(FaultKind::TooLong { counter, count: found, limit: max }),
        (Some(min), _) if found < min => Some(FaultKind::TooShort { counter, count: found, limit: min }),
        _ => None,
    }
}

fn said(worth: &Worth) -> ComputedValue {
    match worth {
        Worth::Number(number) => ComputedValue::Number { number: *number },
        Worth::Date(date) => ComputedValue::Date { date: date.to_string() },
        Worth::Text(text) => ComputedValue::Text { text: text.clone() },
        Worth::Truth(yes) => ComputedValue::YesNo { yes: *yes },
    }
}

/// A total of lengths that is out of bounds, said as what it is.
fn as_length(value: &Expression, number: f64, min: Option<f64>, max: Option<f64>) -> Option<FaultKind> {
    let counter = counter_of(value)?;
    let count = whole(number)?;
    match (min, max) {
        (_, Some(max)) if number > max => Some(FaultKind::TooLong { counter, count, limit: whole(max)? }),
        (Some(min), _) if number < min => Some(FaultKind::TooShort { counter, count, limit: whole(min)? }),
        _ => None,
    }
}

/// What an expression counts, where it adds up nothing but lengths of one kind.
fn counter_of(value: &Expression) -> Option<Counter> {
    match value {
        Expression::Length { length } => Some(length.counter),
        Expression::Add { add } => {
            let mut counters = add.iter().map(counter_of);
            let first = counters.next()??;
            counters.all(|counter| counter == Some(first)).then_some(first)
        }
        _ => None,
    }
}

fn whole(number: f64) -> Option<u32> {
    let fits = number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&number);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "looked at just before")]
    fits.then_some(number as u32)
}
