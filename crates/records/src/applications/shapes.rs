//! What the records say about applications and their drafts.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What an application is for. Nothing here is required: "not decided" is an answer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Plan {
    /// The student's id.
    pub student_id: Option<String>,
    /// Address of the career.
    pub career: Option<String>,
    /// Programme, as written.
    pub programme: Option<String>,
    /// Institution or place, as written.
    pub institution: Option<String>,
}

/// An application in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ApplicationRow {
    /// UUIDv7.
    pub id: String,
    /// What it is for.
    pub plan: Plan,
    /// The student's name, where one is chosen.
    pub student_name: Option<String>,
    /// Form pack and its version.
    pub form: String,
    /// Version of the form pack that the draft stands on.
    pub form_version: u32,
    /// When it was begun, RFC 3339 UTC.
    pub created_at: String,
    /// When something in it was last saved, RFC 3339 UTC.
    pub saved_at: String,
    /// Versions kept.
    pub versions: u32,
    /// How ready it is.
    pub progress: Progress,
    /// Hidden in a meeting: the student asked for it.
    pub between_us: bool,
}

/// The readiness check in numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Progress {
    /// Sections of the form.
    pub sections: u32,
    /// Of these, complete.
    pub complete: u32,
    /// Faults to mend, missing answers included.
    pub faults: u32,
}

/// One kept version: what a draft was at the end of one session of typing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct VersionRow {
    /// 1, 2, 3, …
    pub number: u32,
    /// When it was opened, RFC 3339 UTC.
    pub opened_at: String,
    /// Its last save, RFC 3339 UTC.
    pub saved_at: String,
    /// Keys of the answers that it changed.
    pub changed: Vec<String>,
    /// Number of the version that it restored, where it is a restore.
    pub restored_from: Option<u32>,
}
