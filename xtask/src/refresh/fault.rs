//! Faults of the input files. They are collected, so that one run tells all of them.

use std::fmt::{Display, Write};
use std::path::Path;

use anyhow::bail;

/// Faults beyond this number are counted, not listed: a wrong column faults on every row.
const LISTED: usize = 200;

/// What is wrong, and where.
#[derive(Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file's name as it was found.
    pub file: String,
    /// The row in the file, counted from 1 with its headings; `None` speaks of the whole file.
    pub row: Option<usize>,
    /// In plain words.
    pub reason: String,
}

/// All faults found so far.
#[derive(Debug, Default)]
pub struct Faults(pub Vec<Fault>);

impl Faults {
    /// Notes a fault of one row.
    pub fn row(&mut self, file: &str, row: usize, reason: impl Display) {
        self.0.push(Fault { file: file.to_owned(), row: Some(row), reason: reason.to_string() });
    }

    /// Notes a fault of a whole file.
    pub fn file(&mut self, file: &str, reason: impl Display) {
        self.0.push(Fault { file: file.to_owned(), row: None, reason: reason.to_string() });
    }

    /// Notes that a file cannot be read.
    pub fn path(&mut self, path: &Path, reason: impl Display) {
        self.file(&path.display().to_string(), reason);
    }

    /// Gives the value, or notes the fault of a row.
    pub fn take<T>(&mut self, file: &str, row: usize, result: Result<T, String>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(reason) => {
                self.row(file, row, reason);
                None
            }
        }
    }

    /// An error that lists all faults, if there are any.
    pub fn finish(self) -> anyhow::Result<()> {
        if self.0.is_empty() {
            return Ok(());
        }
        let mut text = format!("{} faults in the official files; nothing was written", self.0.len());
        for fault in self.0.iter().take(LISTED) {
            let place = fault.row.map_or(String::new(), |row| format!(", row {row}"));
            write!(text, "\n{}{place}: {}", fault.file, fault.reason)?;
        }
        if self.0.len() > LISTED {
            write!(text, "\nand {} more", self.0.len() - LISTED)?;
        }
        bail!(text)
    }
}
