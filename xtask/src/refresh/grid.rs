//! Rows with named columns, from whichever of the publishers' formats: tab-separated text, CSV or a sheet of a workbook.

use std::path::Path;

use calamine::{Data, Reader, Xlsx, open_workbook};

use super::fault::Faults;
use super::figure::shortest;

/// One row as it stands in the file.
#[derive(Debug)]
pub struct Row {
    /// Counted from 1, headings included.
    pub number: usize,
    cells: Vec<String>,
}

impl Row {
    /// The cell's text without the space around it; empty where the row ends earlier.
    pub fn get(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", |cell| cell.trim())
    }

    /// Whether all cells but the first are empty, as in the notes below a table.
    pub fn only_first_cell(&self) -> bool {
        self.cells.iter().skip(1).all(|cell| cell.trim().is_empty())
    }
}

/// A table of an official file.
#[derive(Debug)]
pub struct Grid {
    /// Name of the file, with the sheet if it has sheets.
    pub file: String,
    /// What stands above the headings, and the headings: the file's word on what it is.
    pub about: String,
    /// Rows below the headings.
    pub rows: Vec<Row>,
    columns: Vec<String>,
}

impl Grid {
    /// Positions of the named columns; each one that is absent is a fault.
    pub fn columns<const N: usize>(&self, names: [&str; N], faults: &mut Faults) -> Option<[usize; N]> {
        let mut places = [0; N];
        let mut complete = true;
        for (place, name) in places.iter_mut().zip(names) {
            if let Some(found) = self.find(name) {
                *place = found;
            } else {
                faults.file(&self.file, format!("the column {name:?} is absent"));
                complete = false;
            }
        }
        complete.then_some(places)
    }

    /// Position of a column that may be absent.
    pub fn find(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column == name)
    }
}

/// Reads tab-separated text: no quoting, one heading line, every line with as many cells as the headings.
pub fn read_tabbed(path: &Path, faults: &mut Faults) -> Option<Grid> {
    let file = file_name(path);
    match std::fs::read_to_string(path) {
        Ok(text) => parse_tabbed(&file, &text, faults),
        Err(reason) => {
            faults.path(path, reason);
            None
        }
    }
}

/// `read_tabbed` on a text at hand.
pub fn parse_tabbed(file: &str, text: &str, faults: &mut Faults) -> Option<Grid> {
    let mut lines = text.trim_start_matches('\u{feff}').lines();
    let Some(headings) = lines.next() else {
        faults.file(file, "the file is empty");
        return None;
    };
    let columns: Vec<String> = headings.split('\t').map(|name| name.trim().to_owned()).collect();
    let mut rows = Vec::new();
    for (index, line) in lines.enumerate().filter(|(_, line)| !line.is_empty()) {
        let cells: Vec<String> = line.split('\t').map(str::to_owned).collect();
        if cells.len() == columns.len() {
            rows.push(Row { number: index + 2, cells });
        } else {
            let reason = format!("{} cells where the headings have {}", cells.len(), columns.len());
            faults.row(file, index + 2, reason);
        }
    }
    Some(Grid { file: file.to_owned(), about: headings.to_owned(), rows, columns })
}

/// Reads CSV with quoting and one heading line.
pub fn read_csv(path: &Path, faults: &mut Faults) -> Option<Grid> {
    let file = file_name(path);
    let mut reader = match csv::Reader::from_path(path) {
        Ok(reader) => reader,
        Err(reason) => {
            faults.path(path, reason);
            return None;
        }
    };
    let columns: Vec<String> = match reader.headers() {
        Ok(headings) => headings.iter().map(|name| name.trim_start_matches('\u{feff}').to_owned()).collect(),
        Err(reason) => {
            faults.file(&file, reason);
            return None;
        }
    };
    let mut rows = Vec::new();
    for record in reader.records() {
        match record {
            Ok(record) => {
                let line = record.position().map_or(0, csv::Position::line);
                let number = usize::try_from(line).unwrap_or(0);
                rows.push(Row { number, cells: record.iter().map(str::to_owned).collect() });
            }
            Err(reason) => faults.file(&file, reason),
        }
    }
    Some(Grid { file, about: columns.join(" "), rows, columns })
}

/// Reads one of O*NET's files: text, or a workbook, whose first sheet is taken.
pub fn read_onet(path: &Path, heading: &str, faults: &mut Faults) -> Option<Grid> {
    if path.extension().is_none_or(|ending| ending != "xlsx") {
        return read_tabbed(path, faults);
    }
    let opened: Result<Xlsx<_>, _> = open_workbook(path);
    let sheet = opened.map(|book| book.sheet_names().into_iter().next());
    match sheet {
        Ok(Some(sheet)) => read_sheet(path, &sheet, heading, faults),
        Ok(None) => {
            faults.path(path, "the workbook has no sheet");
            None
        }
        Err(reason) => {
            faults.path(path, reason);
            None
        }
    }
}

/// Reads a sheet of a workbook. The headings are the first row that has a cell `heading`.
pub fn read_sheet(path: &Path, sheet: &str, heading: &str, faults: &mut Faults) -> Option<Grid> {
    let file = format!("{}, sheet {sheet}", file_name(path));
    let opened: Result<Xlsx<_>, _> = open_workbook(path);
    let mut book = match opened {
        Ok(book) => book,
        Err(reason) => {
            faults.path(path, reason);
            return None;
        }
    };
    let range = match book.worksheet_range(sheet) {
        Ok(range) => range,
        Err(reason) => {
            faults.file(&file, reason);
            return None;
        }
    };
    let first = range.start().map_or(0, |(row, _)| row as usize);
    let mut all = range.rows().enumerate().map(|(index, cells)| Row {
        number: first + index + 1,
        cells: cells.iter().map(cell_text).collect(),
    });
    let mut about = String::new();
    let headings = all.by_ref().find(|row| {
        about.push_str(row.cells.join(" ").trim());
        about.push(' ');
        row.cells.iter().any(|cell| cell.trim() == heading)
    });
    let Some(headings) = headings else {
        faults.file(&file, format!("no row has the heading {heading:?}"));
        return None;
    };
    let columns = headings.cells.iter().map(|cell| cell.trim().to_owned()).collect();
    Some(Grid { file, about, rows: all.collect(), columns })
}

/// The name by which faults speak of a file.
pub fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}

/// A cell's text; line breaks in it become spaces.
fn cell_text(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::Float(number) => shortest(*number),
        Data::String(text) => text.replace(['\r', '\n', '\t'], " "),
        other => other.to_string(),
    }
}
