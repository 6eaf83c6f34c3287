//! Careers: the list, the page, places, and the counsellor's own notes beside the published text.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use waymark_catalogue::shapes::Language;

/// Asks for a career page. Looking at one is remembered as "recently viewed".
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ShowCareer {
    /// Address.
    pub slug: String,
    /// Place whose pay is shown.
    pub place: String,
    /// Language.
    pub language: Language,
}

/// Asks for places by name.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FindPlaces {
    /// What was typed; empty gives the nation and the states. An exact place id gives that place.
    pub text: String,
}

/// Asks what the catalogue holds.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ShowInfo {
    /// Language.
    pub language: Language,
}

/// A career's address.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CareerAddress {
    /// Address.
    pub slug: String,
}

/// The counsellor's own note on a career, kept in the records, apart from published text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CareerNote {
    /// Address of the career.
    pub slug: String,
    /// The note; empty where there is none.
    pub text: String,
    /// When it was saved, RFC 3339 UTC; none where there is none.
    pub saved_at: Option<String>,
}

/// Saves a note.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SaveNote {
    /// Address of the career.
    pub slug: String,
    /// The note; empty takes it away.
    pub text: String,
}

/// Asks for a career as PDF.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PrintCareer {
    /// Address.
    pub slug: String,
    /// Place whose pay is shown.
    pub place: String,
    /// Language.
    pub language: Language,
    /// The whole page, or one sheet.
    pub full: bool,
}
