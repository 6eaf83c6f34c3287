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
    /// A kind of part, answer, counter, deadline or record field that the format does not know.
    UnknownKind,
    /// A condition that is none of those of the format.
    UnknownCondition,
    /// An expression that is none of those of the format.
    UnknownExpression,
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
    /// A tag, as of HTML, in a text. Texts are plain.
    Markup,
    /// Not a whole `https` address.
    BadUrl,
    /// Not a time of day, written `HH:MM`.
    BadTime,
    /// A time zone that the IANA database does not have.
    UnknownZone,
    /// A rule that the pack does not have.
    UnknownRule,
    /// A list that the pack does not have.
    UnknownList,
    /// A choice with neither choices nor a list, or with both.
    BadChoices,
    /// A list that needs an entry has none.
    EmptyList,
    /// The least is more than the most.
    MinOverMax,
    /// A limit without least or most, a most of zero, or a second limit of the same counter.
    BadLimit,
    /// A width on another counter than `lines`, a width of zero, or `lines` within an expression, which have no width.
    BadWidth,
    /// Limits on an answer that is not typed text.
    LimitNotForKind,
    /// A record field that cannot answer this kind of question, or one inside a repeating group.
    PrefillNotForKind,
    /// A record field to which an answer of this kind, or of a repeating group, cannot go back.
    ReturnNotForKind,
    /// `past` on an answer that is no date or month.
    PastNotForKind,
    /// A field that the kind of question does not have, or a column that a table of courses does not have.
    FieldNotForKind,
    /// A field or column that the kind of question always has, and that is missing; the name is the field's.
    FieldMissing,
    /// A question with fields within a question with fields, or a value worked out where it is to be answered.
    KindNotHere,
    /// What a value that is worked out or a field cannot have: an answer required, limits, a sensitive mark.
    NotForComputed,
    /// `sensitive` on a field; the question as a whole carries it.
    SensitiveField,
    /// The ending of a file's name that is not lower-case letters and digits, or a size of zero.
    BadFile,
    /// A condition names a question that does not exist, or one inside another group.
    UnknownName,
    /// A condition names a question that is asked later.
    LaterName,
    /// Conditions or values that rest on each other, or on themselves; the name is the way round.
    Cycle,
    /// A value of another type than is needed there; the name says which and which.
    TypeMismatch,
    /// A condition compares the answer of a question that is not chosen from a list.
    NotSelectable,
    /// A condition compares with a value that cannot be chosen.
    NotAChoice,
}
