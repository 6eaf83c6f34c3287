//! Two to four careers side by side, for paper. As on a career's own page, all figures arrive as text; the numbers beside
//! them serve what is drawn.

use serde::Serialize;

use crate::career::{CareerPayRow, CareerSource};
use crate::{DocumentError, Language};

/// Careers side by side, ready to print. Every string is plain text.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CompareSheet {
    /// Language of the fixed words.
    pub language: Language,
    /// The document's title.
    pub title: String,
    /// What must be known to read it: whose pay, what bold type means.
    pub note: String,
    /// The day of printing as it is to be read.
    pub printed: String,
    /// The careers, a column each.
    pub careers: Vec<CompareCareer>,
    /// Groups of rows.
    pub groups: Vec<CompareGroup>,
    /// Pay by place, absent where no place has a figure.
    pub pay: Option<ComparePay>,
    /// Every source named by a number anywhere above.
    pub sources: Vec<CareerSource>,
    /// The words that a licence asks for below the sources; empty where none does.
    pub attribution: String,
}

/// A career at the head of its column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CompareCareer {
    /// Its name.
    pub title: String,
    /// Its field and what its figures stand for.
    pub field: String,
}

/// Rows that belong together.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CompareGroup {
    /// What they are about.
    pub heading: String,
    /// Numbers of their sources.
    pub sources: Vec<u32>,
    /// The rows.
    pub rows: Vec<CompareRow>,
}

/// One fact of each career.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CompareRow {
    /// What it is.
    pub label: String,
    /// A cell a career; another number is an error.
    pub cells: Vec<CompareCell>,
}

/// A fact of one career.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CompareCell {
    /// As it is read.
    pub text: String,
    /// Whether it is the highest of its row.
    pub highest: bool,
    /// Its share of the whole scale, 0 to 1, where a bar is drawn below it.
    pub bar: Option<f64>,
}

/// Pay of all careers, place by place, on one scale.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ComparePay {
    /// Heading.
    pub heading: String,
    /// Who is counted, who is left out, from when.
    pub note: String,
    /// Numbers of its sources.
    pub sources: Vec<u32>,
    /// The places, the nearest first.
    pub places: Vec<ComparePlace>,
}

/// Pay of all careers at one place.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ComparePlace {
    /// The place's name.
    pub name: String,
    /// A row a career, under the career's name.
    pub rows: Vec<CareerPayRow>,
}

/// Refuses a row whose cells do not fit the careers.
pub(crate) fn check(sheet: &CompareSheet) -> Result<(), DocumentError> {
    let fits = |row: &CompareRow| row.cells.len() == sheet.careers.len();
    for (table, group) in sheet.groups.iter().enumerate() {
        if let Some(row) = group.rows.iter().position(|row| !fits(row)) {
            return Err(DocumentError::Table { table, row });
        }
    }
    Ok(())
}
