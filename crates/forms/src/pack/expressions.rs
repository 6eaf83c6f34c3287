//! Conditions and expressions: a small language without loops, names of which are checked when the pack is read. Each
//! has a value in finitely many steps, whatever the answers are.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Counter, Counting, LineBreak, TrailingSpace};

/// When something is shown, asked, needed or wrong. What compares with an answer that is not there does not hold.
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
    /// The question's answer is one of these (for many choices: includes one).
    In {
        /// Id of a question of the same item, or else of the form.
        question: String,
        /// The values.
        #[serde(rename = "in")]
        among: Vec<String>,
    },
    /// The question has an answer, or the group an item.
    Answered {
        /// Id of a question of the same item, or else of a question or group of the form.
        answered: String,
    },
    /// Both are the same.
    Equal {
        /// Two of one type.
        equal: [Expression; 2],
    },
    /// The first is less than the second, or earlier.
    Less {
        /// Two numbers or two dates.
        less: [Expression; 2],
    },
    /// The first is not more than the second, or not later.
    AtMost {
        /// Two numbers or two dates.
        at_most: [Expression; 2],
    },
    /// The first is more than the second, or later.
    More {
        /// Two numbers or two dates.
        more: [Expression; 2],
    },
    /// The first is not less than the second, or not earlier.
    AtLeast {
        /// Two numbers or two dates.
        at_least: [Expression; 2],
    },
}

/// A value worked out from answers. What rests on an answer that is not there has no value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(untagged, deny_unknown_fields)]
pub enum Expression {
    /// A number.
    Number(f64),
    /// A date.
    Date {
        /// `YYYY-MM-DD`.
        date: String,
    },
    /// A text.
    Text {
        /// As it stands.
        text: String,
    },
    /// What was answered: the number, the date (of a month or a partial date its first day) or the text.
    Answer {
        /// Id of a question of the same item, or else of the form.
        answer: String,
    },
    /// How many items a group has.
    Count {
        /// Id of a group.
        count: String,
        /// Only those of which this holds; names are looked for in the item, then in the form.
        #[serde(default, rename = "where")]
        only: Option<Box<Condition>>,
    },
    /// A number of each item of a group, added up. Items without one count as nothing.
    Sum {
        /// What is added up.
        sum: ItemNumber,
        /// Only of items of which this holds.
        #[serde(default, rename = "where")]
        only: Option<Box<Condition>>,
    },
    /// How long an answer is. Without an answer: 0.
    Length {
        /// Which answer, and how it is counted.
        length: Length,
    },
    /// All of these together. Those without a value count as nothing.
    Add {
        /// Numbers.
        add: Vec<Expression>,
    },
    /// The first less the second.
    Subtract {
        /// Two numbers.
        subtract: Box<[Expression; 2]>,
    },
    /// All of these multiplied.
    Multiply {
        /// Numbers.
        multiply: Vec<Expression>,
    },
    /// The first divided by the second; no value where that is zero.
    Divide {
        /// Two numbers.
        divide: Box<[Expression; 2]>,
    },
    /// Whether a condition holds, as a value.
    Holds {
        /// The condition.
        holds: Box<Condition>,
    },
}

/// A number that each item of a group has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ItemNumber {
    /// Id of the group.
    pub group: String,
    /// Id of a question of its items that takes a number.
    pub question: String,
}

/// The length of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Length {
    /// Id of a question of the same item, or else of the form, that takes typed text.
    pub question: String,
    /// What is counted.
    pub counter: Counter,
    /// What a line break counts.
    #[serde(default)]
    pub line_break: LineBreak,
    /// Whether white space at the end counts.
    #[serde(default)]
    pub trailing_space: TrailingSpace,
}

impl Length {
    /// The way of counting.
    #[must_use]
    pub fn counting(&self) -> Counting {
        Counting {
            counter: self.counter,
            line_break: self.line_break,
            trailing_space: self.trailing_space,
            width: None,
        }
    }
}
