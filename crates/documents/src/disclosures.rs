//! A student's record of disclosures, as paper asks for it: who received what, when, and why they might.

use serde::Serialize;

use crate::Language;

/// The record of disclosures of one student, ready to print. Every string is plain text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DisclosuresSheet {
    /// Language of the fixed words.
    pub language: Language,
    /// The document's title.
    pub title: String,
    /// Whose record it is.
    pub student: String,
    /// What the record holds, and what the law asks for.
    pub note: String,
    /// Said where nothing was disclosed.
    pub none: String,
    /// The day of printing as it is to be read.
    pub printed: String,
    /// Heads of the columns: when, what, who received it, why they might.
    pub heads: [String; 4],
    /// A row a disclosure, in the order of the heads.
    pub rows: Vec<[String; 4]>,
}
