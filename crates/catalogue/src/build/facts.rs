//! Reads the tables of `data/facts` and checks their form: head, columns, number of cells and rows, order, keys.
//! What the cells say is checked in `cells.rs`.

use std::cmp::Ordering;
use std::ops::Range;
use std::path::Path;

use super::fault::{FaultKind, Faults};
use super::tables::{Cell, TABLES, Table};
use super::text::{TextFile, files};

/// A table that was read. Its cells are ranges of the one text, since the largest table has millions of them.
#[derive(Debug)]
pub(crate) struct Loaded {
    pub(crate) table: &'static Table,
    /// File name, relative to the data folder.
    pub(crate) file: String,
    /// Ids of its sources, and the line that names them.
    pub(crate) sources: Vec<String>,
    pub(crate) sources_line: u32,
    text: String,
    cells: Vec<Range<u32>>,
    lines: Vec<u32>,
}

impl Loaded {
    /// Number of rows.
    pub(crate) fn rows(&self) -> usize {
        self.lines.len()
    }

    /// A cell; empty where there is none.
    pub(crate) fn cell(&self, row: usize, column: usize) -> &str {
        let at = row * self.table.columns.len() + column;
        let range = self.cells.get(at).map_or(0..0, |r| r.start as usize..r.end as usize);
        self.text.get(range).unwrap_or_default()
    }

    /// The line on which a row stands.
    pub(crate) fn line(&self, row: usize) -> u32 {
        self.lines.get(row).copied().unwrap_or_default()
    }

    /// Cells of one column.
    pub(crate) fn column(&self, name: &str) -> impl Iterator<Item = &str> {
        let column = self.table.columns.iter().position(|(known, _)| *known == name);
        (0..self.rows()).filter_map(move |row| column.map(|c| self.cell(row, c)))
    }
}

/// The tables that exist, in the order of [`TABLES`].
#[derive(Debug, Default)]
pub(crate) struct Facts(pub(crate) Vec<Loaded>);

impl Facts {
    /// Reads every table of the folder.
    pub(crate) fn read(data: &Path, faults: &mut Faults) -> Self {
        for file in files(data, "facts", faults) {
            let known = |name: &str| TABLES.iter().any(|table| table.name == name);
            let table = file.strip_suffix(".gz").unwrap_or(&file);
            if table.strip_suffix(".tsv").is_some_and(|name| !known(name)) {
                faults.add(&format!("facts/{file}"), 0, FaultKind::UnknownTable, "no table has this name");
            }
        }
        let read = |table: &'static Table| {
            let file = TextFile::read_table(data, &format!("facts/{}.tsv", table.name), faults)?;
            load(table, file, faults)
        };
        Self(TABLES.iter().filter_map(read).collect())
    }

    /// A table by name, where it exists.
    pub(crate) fn get(&self, name: &str) -> Option<&Loaded> {
        self.0.iter().find(|loaded| loaded.table.name == name)
    }
}

fn load(table: &'static Table, file: TextFile, faults: &mut Faults) -> Option<Loaded> {
    let head = Head::read(table, &file, faults)?;
    let TextFile { name, text } = file;
    let mut loaded = Loaded {
        table,
        file: name,
        sources: head.sources,
        sources_line: head.sources_line,
        cells: Vec::new(),
        lines: Vec::new(),
        text: String::new(),
    };
    let mut start = head.end;
    let mut line = head.lines;
    for row in text.get(head.end..).unwrap_or_default().split_terminator('\n') {
        line += 1;
        let count = row.split('\t').count();
        if count == table.columns.len() {
            push_cells(&mut loaded.cells, start, row);
            loaded.lines.push(line);
        } else {
            let detail = format!("{count} cells instead of {}", table.columns.len());
            faults.add(&loaded.file, line, FaultKind::CellCount, detail);
        }
        start += row.len() + 1;
    }
    loaded.text = text;
    let found = line - head.lines;
    if head.rows.is_some_and(|(rows, _)| rows != found) {
        let (rows, at) = head.rows.unwrap_or_default();
        faults.add(&loaded.file, at, FaultKind::RowCount, format!("says {rows} rows and has {found}"));
    }
    check_order(&loaded, faults);
    Some(loaded)
}

fn push_cells(cells: &mut Vec<Range<u32>>, mut start: usize, row: &str) {
    for cell in row.split('\t') {
        let end = start + cell.len();
        cells.push(u32::try_from(start).unwrap_or(u32::MAX)..u32::try_from(end).unwrap_or(u32::MAX));
        start = end + 1;
    }
}

/// What stands above the rows.
struct Head {
    sources: Vec<String>,
    sources_line: u32,
    rows: Option<(u32, u32)>,
    lines: u32,
    end: usize,
}

impl Head {
    fn read(table: &Table, file: &TextFile, faults: &mut Faults) -> Option<Self> {
        let mut head = Self { sources: Vec::new(), sources_line: 0, rows: None, lines: 0, end: 0 };
        for line in file.text.split_inclusive('\n') {
            head.lines += 1;
            head.end += line.len();
            let line = line.trim_end_matches('\n');
            if let Some(pair) = line.strip_prefix("# ") {
                head.pair(pair, &file.name, faults);
                continue;
            }
            head.require(&file.name, faults);
            let names: Vec<_> = table.columns.iter().map(|(name, _)| *name).collect();
            if line.split('\t').eq(names.iter().copied()) {
                return Some(head);
            }
            let detail =
                format!("the columns are {}; expected {}", line.replace('\t', ", "), names.join(", "));
            faults.add(&file.name, head.lines, FaultKind::Columns, detail);
            return None;
        }
        head.require(&file.name, faults);
        faults.add(&file.name, head.lines, FaultKind::Columns, "there is no line of column names");
        None
    }

    fn pair(&mut self, pair: &str, file: &str, faults: &mut Faults) {
        match pair.split_once(": ") {
            Some(("source", ids)) => {
                self.sources = ids.split(',').map(|id| id.trim().to_owned()).collect();
                self.sources_line = self.lines;
            }
            Some(("rows", number)) if number.parse::<u32>().is_ok() => {
                self.rows = number.parse().ok().map(|rows| (rows, self.lines));
            }
            _ => faults.add(
                file,
                self.lines,
                FaultKind::TableHeader,
                format!("“{pair}” is no known line of the head"),
            ),
        }
    }

    fn require(&self, file: &str, faults: &mut Faults) {
        if self.sources.is_empty() {
            faults.add(file, 1, FaultKind::TableHeader, "no line `# source: …`");
        }
        if self.rows.is_none() {
            faults.add(file, 1, FaultKind::TableHeader, "no line `# rows: …`");
        }
    }
}

fn check_order(loaded: &Loaded, faults: &mut Faults) {
    for row in 1..loaded.rows() {
        let (kind, detail) = match compare(loaded, row - 1, row) {
            Ordering::Less => continue,
            Ordering::Equal => (FaultKind::DuplicateRow, "has the same key as the row above"),
            Ordering::Greater => (FaultKind::UnsortedRow, "sorts before the row above"),
        };
        faults.add(&loaded.file, loaded.line(row), kind, detail);
    }
}

/// Keys compare as texts, whole numbers as numbers.
fn compare(loaded: &Loaded, a: usize, b: usize) -> Ordering {
    let columns = loaded.table.key.iter().copied();
    columns.fold(Ordering::Equal, |order, column| {
        let (a, b) = (loaded.cell(a, column), loaded.cell(b, column));
        order.then_with(|| match loaded.table.columns.get(column) {
            Some((_, Cell::Whole(..))) => a.parse::<i64>().ok().cmp(&b.parse::<i64>().ok()),
            _ => a.cmp(b),
        })
    })
}
