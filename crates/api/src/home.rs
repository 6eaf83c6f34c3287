//! The first page of the day: what is in progress and who has been forgotten.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use waymark_catalogue::shapes::Language;

use crate::applications::ApplicationInList;

/// Asks for the home page.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ShowHome {
    /// Language of career titles.
    pub language: Language,
}

/// The home page.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Home {
    /// Students on the roster.
    pub students: u32,
    /// Applications.
    pub applications: u32,
    /// Careers in the catalogue.
    pub careers: u32,
    /// Newest drafts first, at most eight.
    pub drafts: Vec<ApplicationInList>,
    /// Students without any application.
    pub without_application: u32,
    /// The first few of them, by year of graduation and name.
    pub forgotten: Vec<waymark_records::StudentRow>,
    /// Careers looked at lately, newest first, at most six.
    pub recent: Vec<CareerName>,
    /// Id of the sample student while it is there.
    pub sample: Option<String>,
}

/// A career by address and title.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CareerName {
    /// Address.
    pub slug: String,
    /// Title in the language asked for.
    pub title: String,
}
