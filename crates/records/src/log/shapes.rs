//! What the log says.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Whose data an output holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disclosed {
    /// The student; none where a draft has no student yet.
    pub student: Option<String>,
    /// What was put out, such as the application's id.
    pub subject: Option<String>,
}

/// For whom an output was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// The student.
    Student,
    /// A parent or guardian.
    Parent,
    /// A school official with a legitimate educational interest.
    SchoolOfficial,
    /// Somebody for whom a written consent is at hand.
    WrittenConsent,
    /// Somebody else: the party and its legitimate interest are named.
    Other,
}

impl Audience {
    /// All of them, in the order in which a person chooses.
    pub const ALL: [Self; 5] =
        [Self::Student, Self::Parent, Self::SchoolOfficial, Self::WrittenConsent, Self::Other];

    /// As the records and the messages write it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Student => "student",
            Self::Parent => "parent",
            Self::SchoolOfficial => "school_official",
            Self::WrittenConsent => "written_consent",
            Self::Other => "other",
        }
    }

    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }
}

/// The answer to "For whom?".
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ForWhom {
    /// One that needs no more words.
    Known(Audience),
    /// Somebody else.
    Other {
        /// Who received it.
        party: String,
        /// Why they may have it.
        interest: String,
    },
}

/// What a row of the log is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LogKind {
    /// An output left.
    Disclosure,
    /// Something was changed.
    Change,
    /// Something was looked at in a session with a student.
    Access,
    /// A right was exercised: an export, a hold, an erasure.
    Rights,
}

/// A row of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LogRow {
    /// Its place in the order of the log, for the next page.
    pub place: String,
    /// When, RFC 3339 UTC.
    pub at: String,
    /// What it is about.
    pub kind: LogKind,
    /// Name of the output, the view or the act.
    pub name: String,
    /// Students in it, as many as were asked for.
    pub students: Vec<LogStudent>,
    /// How many students there are in it altogether.
    pub students_count: u32,
    /// Outputs that left together have the same.
    pub batch: Option<String>,
    /// For whom an output was, once somebody has said it.
    pub audience: Option<Audience>,
    /// Who received it, where it was somebody else.
    pub party: Option<String>,
    /// Their legitimate interest.
    pub interest: Option<String>,
    /// The output could not be written after all.
    pub failed: bool,
}

/// A student in the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LogStudent {
    /// The id.
    pub id: String,
    /// The name; none where the student is no longer in the records.
    pub name: Option<String>,
}

/// What of the log is wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LogQuery {
    /// Only what is about this student.
    pub student: Option<String>,
    /// Only this kind.
    pub kind: Option<LogKind>,
    /// Only outputs that were for these.
    pub audience: Option<Said>,
    /// From this time on, RFC 3339 UTC.
    pub from: Option<String>,
    /// Before this time, RFC 3339 UTC.
    pub until: Option<String>,
    /// Only what stands after this place.
    pub after: Option<String>,
    /// The most rows.
    pub most: usize,
    /// The most students named in a row.
    pub named: usize,
}

/// For whom outputs were, or that nobody has said it yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Said {
    /// The student.
    Student,
    /// A parent or guardian.
    Parent,
    /// A school official.
    SchoolOfficial,
    /// With a written consent.
    WrittenConsent,
    /// Somebody else.
    Other,
    /// Nobody has said it.
    NotSaid,
}

impl Said {
    pub(super) const fn audience(self) -> Option<Audience> {
        match self {
            Self::Student => Some(Audience::Student),
            Self::Parent => Some(Audience::Parent),
            Self::SchoolOfficial => Some(Audience::SchoolOfficial),
            Self::WrittenConsent => Some(Audience::WrittenConsent),
            Self::Other => Some(Audience::Other),
            Self::NotSaid => None,
        }
    }
}

/// A page of the log, the newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LogRows {
    /// The rows.
    pub rows: Vec<LogRow>,
    /// Whether there are more after them.
    pub more: bool,
}
