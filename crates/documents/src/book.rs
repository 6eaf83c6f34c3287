//! A spreadsheet of several sheets, as `.xlsx`: numbers are numbers, texts are only ever texts (none is a formula), and
//! nothing tells who made it. The same book gives the same bytes.

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use crate::DocumentError;

/// A workbook.
#[derive(Debug, Clone, PartialEq)]
pub struct Book {
    /// The document's title.
    pub title: String,
    /// The day it is made: year, month, day. It stands in the file instead of the moment.
    pub day: (u16, u8, u8),
    /// Its sheets, at least one.
    pub sheets: Vec<BookSheet>,
}

/// A sheet: a head that stays in sight, and rows below it.
#[derive(Debug, Clone, PartialEq)]
pub struct BookSheet {
    /// Its name, at most 31 letters and none of `[]:*?/\`.
    pub name: String,
    /// Heads of its columns.
    pub columns: Vec<String>,
    /// Its rows; further cells than columns are an error.
    pub rows: Vec<Vec<BookCell>>,
}

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub enum BookCell {
    /// Words.
    Text(String),
    /// A number with so many digits after its point.
    Number {
        /// The number.
        value: f64,
        /// Digits after its point, at most 2.
        digits: usize,
    },
}

/// Letters of the narrowest and of the widest column.
const NARROWEST: usize = 10;
const WIDEST: usize = 46;

/// The workbook's bytes.
pub fn xlsx(book: &Book) -> Result<Vec<u8>, DocumentError> {
    for (table, sheet) in book.sheets.iter().enumerate() {
        if let Some(row) = sheet.rows.iter().position(|row| row.len() != sheet.columns.len()) {
            return Err(DocumentError::Table { table, row });
        }
    }
    write(book).map_err(|_| DocumentError::Book)
}

fn write(book: &Book) -> Result<Vec<u8>, XlsxError> {
    let (year, month, day) = book.day;
    let made = ExcelDateTime::from_ymd(year, month, day)?;
    let mut workbook = Workbook::new();
    workbook.set_properties(&DocProperties::new().set_title(&book.title).set_creation_datetime(&made));
    for sheet in &book.sheets {
        fill(workbook.add_worksheet(), sheet)?;
    }
    workbook.save_to_buffer()
}

fn fill(worksheet: &mut Worksheet, sheet: &BookSheet) -> Result<(), XlsxError> {
    let text = Format::new().set_align(FormatAlign::Top).set_text_wrap();
    let head = text.clone().set_bold().set_border_bottom(FormatBorder::Thin);
    let numbers = ["#,##0", "#,##0.0", "#,##0.00"]
        .map(|form| Format::new().set_align(FormatAlign::Top).set_num_format(form));
    worksheet.set_name(&sheet.name)?;
    worksheet.set_freeze_panes(1, 1)?;
    for (column, name) in (0..).zip(&sheet.columns) {
        worksheet.write_string_with_format(0, column, name, &head)?;
        let cells = sheet.rows.iter().filter_map(|row| row.get(usize::from(column)));
        let widest = cells.map(letters).chain([longest_word(name)]).max().unwrap_or_default();
        let width = u32::try_from(widest.clamp(NARROWEST, WIDEST) + 2).unwrap_or_default();
        worksheet.set_column_width(column, width)?;
    }
    for (row, cells) in (1..).zip(&sheet.rows) {
        for (column, cell) in (0..).zip(cells) {
            match cell {
                BookCell::Text(words) => worksheet.write_string_with_format(row, column, words, &text)?,
                BookCell::Number { value, digits } => {
                    let format = numbers.get(*digits).unwrap_or(&numbers[2]);
                    worksheet.write_number_with_format(row, column, *value, format)?
                }
            };
        }
    }
    Ok(())
}

/// Room that a cell's content takes.
fn letters(cell: &BookCell) -> usize {
    match cell {
        BookCell::Text(words) => words.chars().count(),
        BookCell::Number { value, digits } => format!("{value:.digits$}").len() * 4 / 3,
    }
}

/// Heads are broken between their words.
fn longest_word(text: &str) -> usize {
    text.split_whitespace().map(|word| word.chars().count()).max().unwrap_or_default()
}
