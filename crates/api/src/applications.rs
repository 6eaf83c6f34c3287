//! Applications: planning one, writing its draft, every version kept, the readiness check, and the draft as PDF.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use waymark_catalogue::shapes::Language;
use waymark_forms::pack::{FormPack, Text};
use waymark_forms::review::{Answers, Review};
use waymark_records::{ApplicationRow, Plan};

/// A form that an application can stand on.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FormName {
    /// Id of the form pack.
    pub id: String,
    /// Name.
    pub name: Text,
    /// For whom and what for.
    pub description: Text,
}

/// An application's id.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ApplicationId {
    /// UUIDv7.
    pub id: String,
}

/// An application in a list, with its readiness.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ApplicationInList {
    /// What the records say.
    pub application: ApplicationRow,
    /// Name of its form.
    pub form_name: Text,
    /// Sections complete.
    pub complete: u32,
    /// Sections.
    pub sections: u32,
    /// Faults still to mend, missing answers included.
    pub faults: u32,
}

/// Begins an application. Whatever is not decided stays open.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct StartApplication {
    /// What it is for.
    pub plan: Plan,
    /// Id of the form pack; none takes the general one.
    pub form: Option<String>,
    /// Language of prefilled texts such as a career's title.
    pub language: Language,
}

/// An application was begun.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Started {
    /// Its id.
    pub id: String,
    /// Number of the change, for undo.
    pub change: i64,
}

/// Changes what an application is for.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ChangePlan {
    /// Application.
    pub id: String,
    /// The new plan, whole.
    pub plan: Plan,
}

/// A draft, open for writing.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Draft {
    /// What the records say.
    pub application: ApplicationRow,
    /// The form pack, in every language, at the version that the draft stands on.
    pub pack: FormPack,
    /// The answers by key.
    pub answers: Answers,
    /// Keys whose answer came from the student's record or the plan and has not been changed since.
    pub prefilled: Vec<String>,
    /// The readiness check.
    pub review: Review,
}

/// Saves answers of a draft, all in one transaction. A null takes an answer away.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SaveAnswers {
    /// Application.
    pub id: String,
    /// New values by key.
    pub answers: Answers,
}

/// Saved: it is on the disk when this arrives.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SaveAnswer {
    /// When it was saved, RFC 3339 UTC.
    pub saved_at: String,
    /// Number of the version that holds it.
    pub version: u32,
    /// Number of the change, for undo. None where nothing had to change.
    pub change: Option<i64>,
    /// The readiness check after it.
    pub review: Review,
}

/// One kept version of a draft.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct VersionId {
    /// Application.
    pub id: String,
    /// Version number.
    pub number: u32,
}

/// What a draft was, whole.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Version {
    /// Its number.
    pub number: u32,
    /// Every answer of it.
    pub answers: Answers,
}

/// Asks for an application as PDF.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PrintApplication {
    /// Application.
    pub id: String,
    /// Language of the form's words.
    pub language: Language,
    /// Today, as the reader writes it: `YYYY-MM-DD` in the reader's own time zone.
    pub today: String,
}
