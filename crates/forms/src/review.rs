//! The readiness check: what a draft shows, what it still needs, and every fault with its place. It never refuses a
//! draft; it only says what it sees.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::answer::{self, Reading};
use crate::count::count;
use crate::pack::{AnswerKind, Counter, FormPack, Limit};
use crate::walk::{Asked, Entry, Repeated, resolve};

/// A draft's answers by key: `question`, `group` (the ordered ids of its items), `group/item/question`.
pub type Answers = BTreeMap<String, serde_json::Value>;

/// What the readiness check sees in a draft.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Review {
    /// Keys of questions and groups that are not asked, by their conditions. Their answers are kept.
    pub hidden: Vec<String>,
    /// The sections in their order.
    pub sections: Vec<SectionReview>,
    /// Every fault, in the order of the form.
    pub faults: Vec<Fault>,
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
    /// Faults in it.
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
}

/// Looks a draft over against its pack.
///
/// `today` is the reader's day, `YYYY-MM-DD`; it only decides whether a date lies in the future, and if it is no date,
/// that is not looked at. Answers with keys that the pack does not know are left alone. Hidden answers are never a
/// fault.
#[must_use]
pub fn review(pack: &FormPack, answers: &Answers, today: &str) -> Review {
    let today = answer::date(today);
    let mut review = Review { hidden: Vec::new(), sections: Vec::new(), faults: Vec::new() };
    for page in resolve(pack, answers) {
        let mut tally = Tally { section: &page.section.id, today, faults: Vec::new(), asked: 0, answered: 0 };
        let mut anything_shown = false;
        for entry in &page.entries {
            anything_shown |= entry.shown();
            match entry {
                Entry::Question(asked) => tally.question(asked, &mut review.hidden),
                Entry::Group(group) => tally.group(group, &mut review.hidden),
            }
        }
        review.sections.push(SectionReview {
            id: page.section.id.clone(),
            state: tally.state(anything_shown),
            asked: tally.asked,
            answered: tally.answered,
            faults: u32::try_from(tally.faults.len()).unwrap_or(u32::MAX),
        });
        review.faults.append(&mut tally.faults);
    }
    review
}

/// What has been seen of one section.
struct Tally<'a> {
    section: &'a str,
    today: Option<jiff::civil::Date>,
    faults: Vec<Fault>,
    asked: u32,
    answered: u32,
}

impl Tally<'_> {
    fn add(&mut self, key: &str, fault: FaultKind) {
        self.faults.push(Fault { section: self.section.to_owned(), key: key.to_owned(), fault });
    }

    fn question(&mut self, asked: &Asked, hidden: &mut Vec<String>) {
        if !asked.shown {
            hidden.push(asked.key.to_string());
            return;
        }
        self.asked += 1;
        let reading = asked.reading();
        if matches!(reading, Reading::Blank) {
            if asked.question.required {
                let declaration = matches!(asked.question.answer, AnswerKind::Declaration);
                self.add(&asked.key, if declaration { FaultKind::NotConfirmed } else { FaultKind::Missing });
            }
            return;
        }
        self.answered += 1;
        if let Some(fault) = answer::fault(asked.question, &reading, self.today) {
            self.add(&asked.key, fault);
        }
        if let Reading::Text(text) = reading {
            for limit in &asked.question.limits {
                if let Some(fault) = over_or_under(limit, text) {
                    self.add(&asked.key, fault);
                }
            }
        }
    }

    fn group(&mut self, repeated: &Repeated, hidden: &mut Vec<String>) {
        let group = repeated.group;
        if repeated.shown {
            let items = u32::try_from(repeated.items.len()).unwrap_or(u32::MAX);
            if repeated.spoilt {
                self.add(&group.id, FaultKind::NotAChoice);
            }
            if items < group.min {
                self.add(&group.id, FaultKind::TooFewItems { count: items, limit: group.min });
            }
            if let Some(limit) = group.max.filter(|max| items > *max) {
                self.add(&group.id, FaultKind::TooManyItems { count: items, limit });
            }
        } else {
            hidden.push(group.id.clone());
        }
        for asked in repeated.items.iter().flat_map(|item| &item.questions) {
            self.question(asked, hidden);
        }
    }

    fn state(&self, anything_shown: bool) -> SectionState {
        if self.faults.iter().any(|fault| !fault.fault.is_still_missing()) {
            SectionState::Faults
        } else if self.answered == 0 && anything_shown {
            SectionState::Empty
        } else if self.faults.is_empty() {
            SectionState::Complete
        } else {
            SectionState::Started
        }
    }
}

/// Where a text stands against a limit.
fn over_or_under(limit: &Limit, text: &str) -> Option<FaultKind> {
    let counter = limit.counter;
    let found = count(counter, text);
    match (limit.min, limit.max) {
        (_, Some(max)) if found > max => Some(FaultKind::TooLong { counter, count: found, limit: max }),
        (Some(min), _) if found < min => Some(FaultKind::TooShort { counter, count: found, limit: min }),
        _ => None,
    }
}
