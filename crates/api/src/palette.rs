//! The command palette: careers, students and applications by a few letters.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use waymark_catalogue::shapes::Language;

use crate::home::CareerName;

/// What was typed.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Find {
    /// The text.
    pub text: String,
    /// Language of career titles.
    pub language: Language,
}

/// What was found, each at most six.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Found {
    /// Careers.
    pub careers: Vec<CareerName>,
    /// Students.
    pub students: Vec<FoundStudent>,
    /// Applications.
    pub applications: Vec<FoundApplication>,
}

/// A student found.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FoundStudent {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Year of graduation.
    pub graduation_year: Option<u16>,
}

/// An application found.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FoundApplication {
    /// Id.
    pub id: String,
    /// What it is for.
    pub plan: waymark_records::Plan,
    /// The student's name.
    pub student_name: Option<String>,
}
