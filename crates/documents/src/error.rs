//! What can go wrong when a document is made. A diagnostic of the typesetter may quote a person's text, so only the
//! template and line where it arose are kept.

use thiserror::Error;

/// Why no document came out.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DocumentError {
    /// A font that is built in cannot be read.
    #[error("built-in font number {index} cannot be read")]
    Font {
        /// Its position in the list of built-in fonts.
        index: usize,
    },
    /// A built-in template or word file has a name or content that cannot be used.
    #[error("built-in template {name} cannot be used")]
    Template {
        /// Its name.
        name: String,
    },
    /// The sheet cannot be written as data.
    #[error("the sheet cannot be written as data")]
    Data,
    /// The sheet holds more text than anybody prints, and setting it would take gigabytes of memory.
    #[error("the sheet holds {bytes} bytes of text, more than {most}")]
    TooLong {
        /// Bytes of text and field names.
        bytes: usize,
        /// The most that is printed.
        most: usize,
    },
    /// The sheet's table has rows that are longer or shorter than its heading.
    #[error("table {table} has a row {row} with another number of cells than the table has columns")]
    Table {
        /// Its position among the sheet's tables, from 0.
        table: usize,
        /// The row's position, from 0.
        row: usize,
    },
    /// The template could not be laid out.
    #[error("layout failed at {at}")]
    Layout {
        /// Template and line, e.g. `application.typ:42`; `?` where the typesetter names none.
        at: String,
    },
    /// The pages could not be written as PDF.
    #[error("PDF export failed at {at}")]
    Export {
        /// Template and line, as above.
        at: String,
    },
    /// The spreadsheet could not be written.
    #[error("the spreadsheet could not be written")]
    Book,
}

impl DocumentError {
    /// The stable code by which pages find their words.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Font { .. } => "documents.font",
            Self::Template { .. } => "documents.template",
            Self::Data => "documents.data",
            Self::TooLong { .. } => "documents.too_long",
            Self::Table { .. } => "documents.table",
            Self::Layout { .. } => "documents.layout",
            Self::Export { .. } => "documents.export",
            Self::Book => "documents.book",
        }
    }
}
