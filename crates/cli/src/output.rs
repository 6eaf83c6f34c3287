//! What is printed: JSON or a plain table on standard output, what went wrong on standard error.

use std::io::{self, BufWriter, ErrorKind, Stdout, Write};
use std::process::ExitCode;

use serde::Serialize;
use waymark_catalogue::CatalogueError;
use waymark_catalogue::shapes::Figure;

/// The command is not one.
pub const REFUSED: u8 = 2;

/// Why a command did not do what it was asked.
#[derive(Debug)]
pub enum Failure {
    /// An argument is none that the command takes: ends with 2.
    Refused(String),
    /// Something is not there or did not work: ends with 1. A stable code, then words.
    Failed(&'static str, String),
    /// The same, with a code that the contract gave.
    Told(String, String),
    /// Nobody reads the output any more, as after `| head`. That is no fault.
    Closed,
}

/// A line on standard error. Where that is closed too, the exit code alone speaks.
pub fn complain(words: &str) {
    let _unheard = writeln!(io::stderr(), "{words}");
}

impl Failure {
    /// Says it on standard error and gives the program's exit code.
    pub fn tell(&self) -> ExitCode {
        let (code, said) = match self {
            Self::Refused(words) => (REFUSED, format!("error: {words}\n")),
            Self::Failed(code, words) => (1, format!("error [{code}]: {words}\n")),
            Self::Told(code, words) if words.is_empty() => (1, format!("error [{code}]\n")),
            Self::Told(code, words) => (1, format!("error [{code}]: {words}\n")),
            Self::Closed => (0, String::new()),
        };
        // Where standard error is closed too, the exit code alone speaks.
        let _unheard = io::stderr().write_all(said.as_bytes());
        ExitCode::from(code)
    }
}

impl From<CatalogueError> for Failure {
    fn from(error: CatalogueError) -> Self {
        let code = match error.code() {
            "missing" => "catalogue.missing",
            "other_version" => "catalogue.other_version",
            "unreadable" => "catalogue.unreadable",
            _ => "catalogue.damaged",
        };
        Self::Failed(code, error.to_string())
    }
}

/// What somebody typed, fit for a terminal: no character of it may move the cursor or change colors.
pub fn quoted(text: &str) -> String {
    const MOST: usize = 80;
    let cut: String = text.chars().take(MOST).collect();
    let more = if cut.len() < text.len() { "…" } else { "" };
    format!("'{}{more}'", cut.escape_debug())
}

/// Standard output, in the form that was asked for.
pub struct Output {
    json: bool,
    out: BufWriter<Stdout>,
}

impl Output {
    pub fn new(json: bool) -> Self {
        Self { json, out: BufWriter::new(io::stdout()) }
    }

    /// Whether JSON was asked for.
    pub fn is_json(&self) -> bool {
        self.json
    }

    /// A value as JSON on several lines.
    pub fn json(&mut self, value: &impl Serialize) -> Result<(), Failure> {
        serde_json::to_writer_pretty(&mut self.out, value)
            .map_err(io::Error::from)
            .map_err(|error| unwritten(&error))?;
        self.line("")
    }

    /// An answer of the contract: as JSON where that was asked for, else a line for each thing that it says.
    pub fn value(&mut self, value: &serde_json::Value) -> Result<(), Failure> {
        if self.json {
            return self.json(value);
        }
        self.said("", value)
    }

    fn said(&mut self, name: &str, value: &serde_json::Value) -> Result<(), Failure> {
        use serde_json::Value;
        let within = |part: &str| if name.is_empty() { part.to_owned() } else { format!("{name}.{part}") };
        match value {
            Value::Object(parts) => {
                parts.iter().try_for_each(|(part, value)| self.said(&within(part), value))
            }
            Value::Array(items) if items.iter().all(Value::is_string) => {
                let words: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
                self.line(&format!("{name}: {}", words.join(" ")))
            }
            Value::Array(items) => {
                items.iter().zip(1..).try_for_each(|(item, at)| self.said(&within(&at.to_string()), item))
            }
            Value::Null => Ok(()),
            // What a person wrote may hold anything: no character of it may command the terminal.
            Value::String(text) => self.line(&format!("{name}: {}", text.escape_debug())),
            other => self.line(&format!("{name}: {other}")),
        }
    }

    /// A value as JSON on one line, at once on its way.
    pub fn json_line(&mut self, value: &impl Serialize) -> Result<(), Failure> {
        serde_json::to_writer(&mut self.out, value)
            .map_err(io::Error::from)
            .map_err(|error| unwritten(&error))?;
        self.line("")
    }

    /// A line of text.
    pub fn line(&mut self, text: &str) -> Result<(), Failure> {
        writeln!(self.out, "{text}").map_err(|error| unwritten(&error))
    }

    /// A table: each column as wide as its widest cell, but for the last.
    pub fn table(&mut self, head: &[&str], rows: &[impl AsRef<[String]>]) -> Result<(), Failure> {
        let head: Vec<String> = head.iter().map(|&name| name.to_owned()).collect();
        let mut widths: Vec<usize> = head.iter().map(|name| letters(name)).collect();
        for row in rows {
            for (width, cell) in widths.iter_mut().zip(row.as_ref()) {
                *width = (*width).max(letters(cell));
            }
        }
        self.row(&head, &widths)?;
        rows.iter().try_for_each(|row| self.row(row.as_ref(), &widths))
    }

    fn row(&mut self, cells: &[String], widths: &[usize]) -> Result<(), Failure> {
        let padded = cells.iter().zip(widths).map(|(cell, width)| {
            let gap = " ".repeat(width.saturating_sub(letters(cell)));
            format!("{cell}{gap}")
        });
        let line = padded.collect::<Vec<_>>().join("  ");
        self.line(line.trim_end())
    }

    /// Sends what is still held back.
    pub fn finish(&mut self) -> Result<(), Failure> {
        self.out.flush().map_err(|error| unwritten(&error))
    }
}

fn unwritten(error: &io::Error) -> Failure {
    match error.kind() {
        ErrorKind::BrokenPipe => Failure::Closed,
        _ => Failure::Failed("output.not_written", error.to_string()),
    }
}

fn letters(text: &str) -> usize {
    text.chars().count()
}

/// A published figure: its number, or the kind of missing as the contract names it.
pub fn figure(figure: Figure) -> String {
    match figure {
        Figure::Value { value } => number(value),
        Figure::AtLeast { value } => format!("at least {}", number(value)),
        Figure::NotPublished => "not published".to_owned(),
        Figure::NotRated => "not rated".to_owned(),
        Figure::HourlyOnly => "hourly only".to_owned(),
        Figure::NotProvided => "not provided".to_owned(),
    }
}

/// A number with its thousands apart, and no more digits after the point than it has.
pub fn number(value: f64) -> String {
    let written = format!("{}", value.abs());
    let (whole, rest) = written.split_once('.').unwrap_or((&written, ""));
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let sign = if value < 0.0 { "-" } else { "" };
    let point = if rest.is_empty() { "" } else { "." };
    format!("{sign}{grouped}{point}{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_digits_and_part_their_thousands() {
        let written = [0.0, 999.0, 1000.0, 1_693_800.0, -12.5, 20.79].map(number);
        assert_eq!(written, ["0", "999", "1,000", "1,693,800", "-12.5", "20.79"]);
        assert_eq!(figure(Figure::AtLeast { value: 239_200.0 }), "at least 239,200");
    }

    #[test]
    fn what_was_typed_cannot_command_a_terminal() {
        assert_eq!(quoted("\u{1b}[2Jx\n"), "'\\u{1b}[2Jx\\n'");
        assert!(quoted(&"a".repeat(500)).ends_with("aa…'"));
    }
}
