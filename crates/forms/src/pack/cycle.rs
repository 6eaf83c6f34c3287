//! What holds in one cycle of admission: rules with their sources, deadlines with their clocks, checks over answers.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Condition, Text};

/// A rule of the target's, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Unique in the pack, `snake_case`.
    pub id: String,
    /// The rule, in our own words.
    pub text: Text,
    /// Address of the page that says so, `https`.
    pub source: String,
    /// The day on which it was checked there, `YYYY-MM-DD`.
    pub checked: String,
}

/// A day by which something must have arrived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Deadline {
    /// Unique in the pack, `snake_case`.
    pub id: String,
    /// What must have arrived.
    pub label: Text,
    /// What it is for.
    pub kind: DeadlineKind,
    /// The day, `YYYY-MM-DD`.
    pub date: String,
    /// The time on that day, `HH:MM`; none where the target names none, and the day's end is meant.
    #[serde(default)]
    pub time: Option<String>,
    /// Whose clock: a name of the IANA time zone database (`Europe/London`), or `applicant` for where the student is.
    pub zone: String,
    /// Rules that say so.
    #[serde(default)]
    pub rules: Vec<String>,
}

/// What a deadline is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DeadlineKind {
    /// The application.
    Application,
    /// What the school sends.
    SchoolDocuments,
    /// Financial aid.
    Aid,
    /// A scholarship.
    Scholarship,
    /// Housing.
    Housing,
    /// A deposit.
    Deposit,
    /// The reply to an offer.
    Reply,
    /// The target's decision.
    Decision,
    /// Anything else, as its label says.
    Other,
}

/// What must not hold over several answers together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AnswerCheck {
    /// Unique among the pack's checks, `snake_case`.
    pub id: String,
    /// Wrong while this holds.
    pub wrong_if: Condition,
    /// The question or group at which it is said.
    pub at: String,
    /// What is wrong and what would mend it.
    pub text: Text,
    /// How bad it is.
    #[serde(default)]
    pub severity: Severity,
    /// Rules that say so.
    #[serde(default)]
    pub rules: Vec<String>,
}

/// How bad something is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The target would not take it.
    #[default]
    Error,
    /// Worth a second look; the form can be complete all the same.
    Warning,
}
