//! What can be wrong with a form pack, each with its place.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One fault of a form pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, thiserror::Error)]
#[error("{path}: {code:?} ({name})")]
pub struct PackFault {
    /// What is wrong.
    pub code: PackFaultCode,
    /// Where, as a JSON pointer (`/sections/0/parts/2/label`); empty for the pack as a whole.
    pub path: String,
    /// The name, value or position concerned.
    pub name: String,
}

/// What can be wrong with a form pack. The names are stable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PackFaultCode {
    /// Not JSON; the name is line and column.
    NotJson,
    /// More bytes, questions or choices than a pack may have; the name is the limit.
    TooLarge,
    /// A key stands twice in one object.
    DuplicateKey,
    /// A key that the format does not know.
    UnknownKey,
    /// A key that the format needs is not there.
    MissingKey,
    /// A value of another JSON type than the format needs; the name is the type needed.
    WrongType,
    /// A number that is no whole number from 0 to 4,294,967,295, or bounds that are not finite.
    BadNumber,
    /// A kind of part, answer, counter or record field that the format does not know.
    UnknownKind,
    /// A condition that is none of `all`, `any`, `not`, `is`, `answered`.
    UnknownCondition,
    /// An id that is not in the form required.
    BadId,
    /// An id that its neighbours already have.
    DuplicateId,
    /// The version is zero.
    BadVersion,
    /// Not a date that exists, written `YYYY-MM-DD`.
    BadDate,
    /// A text without one of the two languages that each text needs, or a source that says nothing.
    MissingText,
    /// A language code that is none, or a control character in a text.
    BadText,
    /// A list that needs an entry has none.
    EmptyList,
    /// The least is more than the most.
    MinOverMax,
    /// A limit without least or most, a most of zero, or a second limit of the same counter.
    BadLimit,
    /// Limits on an answer that is not typed text.
    LimitNotForKind,
    /// A record field that cannot answer this kind of question, or one inside a repeating group.
    PrefillNotForKind,
    /// `past` on an answer that is no date or month.
    PastNotForKind,
    /// A condition names a question that does not exist, or one inside another group.
    UnknownName,
    /// A condition names its own question or one that is asked later.
    LaterName,
    /// A condition compares the answer of a question that is not chosen from a list.
    NotSelectable,
    /// A condition compares with a value that cannot be chosen.
    NotAChoice,
}
