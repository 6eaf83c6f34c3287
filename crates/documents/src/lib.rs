//! What leaves on paper or as a file: applications, career pages and careers side by side as PDF; tables as spreadsheets.
//!
//! Start at [`Press`]: it holds the fonts and the templates, takes a sheet (plain data, every word already chosen by
//! the caller in the reader's language) and gives the bytes of a PDF. Everything a person typed enters the templates
//! as JSON data and never as markup. [`xlsx()`] writes tables as a spreadsheet. This crate reads no clock and no file, but for the folders of further fonts that
//! the caller names, and those only when a text needs a character that the built-in fonts lack.

#![forbid(unsafe_code)]

mod application;
mod book;
mod career;
mod compare;
mod disclosures;
mod error;
mod fonts;
mod glyphs;
mod plain;
mod press;
mod world;

pub use application::{
    Answer, ApplicationEntry, ApplicationItem, ApplicationSection, ApplicationSheet, RecordSheet,
};
pub use book::{Book, BookCell, BookSheet, xlsx};
pub use career::{
    CareerBlock, CareerFact, CareerPay, CareerPayRow, CareerRun, CareerSection, CareerSheet, CareerSource,
    CareerTable, Extent, PayFigure,
};
pub use compare::{
    CompareCareer, CompareCell, CompareGroup, ComparePay, ComparePlace, CompareRow, CompareSheet,
};
pub use disclosures::DisclosuresSheet;
pub use error::DocumentError;
pub use fonts::Fonts;
pub use press::{Press, Rendered};

use serde::{Deserialize, Serialize};

/// Language of a document: of its fixed words, its hyphenation, and its tag for screen readers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// US English.
    En,
    /// US Spanish.
    Es,
}
