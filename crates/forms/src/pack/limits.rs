//! Limits, each with the way in which its target counts.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A limit and the way in which the target counts. Text over a limit is kept, counted and named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// What is counted.
    pub counter: Counter,
    /// What a line break counts, where characters are counted.
    #[serde(default)]
    pub line_break: LineBreak,
    /// Whether white space at the end counts.
    #[serde(default)]
    pub trailing_space: TrailingSpace,
    /// For `lines`: how many characters the target prints on one.
    #[serde(default)]
    pub width: Option<u32>,
    /// Least, where there is one.
    #[serde(default)]
    pub min: Option<u32>,
    /// Most, where there is one.
    #[serde(default)]
    pub max: Option<u32>,
}

impl Limit {
    /// The way of counting.
    #[must_use]
    pub fn counting(&self) -> Counting {
        Counting {
            counter: self.counter,
            line_break: self.line_break,
            trailing_space: self.trailing_space,
            width: self.width,
        }
    }
}

/// How a text is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counting {
    /// What is counted.
    pub counter: Counter,
    /// What a line break counts, where characters are counted.
    pub line_break: LineBreak,
    /// Whether white space at the end counts.
    pub trailing_space: TrailingSpace,
    /// For `lines`: how many characters stand on one; none where lines do not wrap.
    pub width: Option<u32>,
}

impl From<Counter> for Counting {
    fn from(counter: Counter) -> Self {
        Self { counter, line_break: LineBreak::One, trailing_space: TrailingSpace::In, width: None }
    }
}

/// Named ways of counting a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Counter {
    /// Runs of characters other than white space that hold a letter or a digit.
    Words,
    /// Unicode scalar values.
    Characters,
    /// UTF-16 code units, as most web pages count: an emoji is two or more.
    Utf16Units,
    /// What people see as one character (extended grapheme clusters): an emoji with its joiners is one.
    Graphemes,
    /// Lines, as printed on a page of `width` characters.
    Lines,
}

/// What a line break (CR LF, LF or CR) counts where characters are counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LineBreak {
    /// One, CR LF too.
    #[default]
    One,
    /// Two, as where a target counts what a browser sends.
    Two,
}

/// Whether white space at the end of a text counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TrailingSpace {
    /// It counts.
    #[default]
    In,
    /// The target cuts it off before it counts.
    Out,
}
