//! One row of the table, and the table.

use anyhow::{Context, Result};
use serde_json::Value;
use std::fmt::Write;

/// What was promised.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Promise {
    /// At most the baseline and so much more.
    Plus(f64),
    /// At most so many times the baseline.
    Times(f64),
    /// At most so much, whatever else.
    Limit(f64),
    /// Nothing; the figure is printed to be known.
    Nothing,
}

/// A measured figure.
#[derive(Debug, Clone)]
pub struct Row {
    what: String,
    unit: &'static str,
    ours: f64,
    baseline: Option<(String, f64)>,
    promise: Promise,
}

impl Row {
    /// Promised: no more than `plus` over the baseline.
    pub fn plus(what: &str, unit: &'static str, ours: f64, baseline: (&str, f64), plus: f64) -> Self {
        Self::with(what, unit, ours, Some(baseline), Promise::Plus(plus))
    }

    /// Promised: no more than `limit`.
    pub fn limit(what: &str, unit: &'static str, ours: f64, limit: f64) -> Self {
        Self::with(what, unit, ours, None, Promise::Limit(limit))
    }

    /// Nothing promised.
    pub fn alone(what: &str, unit: &'static str, ours: f64) -> Self {
        Self::with(what, unit, ours, None, Promise::Nothing)
    }

    fn with(
        what: &str,
        unit: &'static str,
        ours: f64,
        baseline: Option<(&str, f64)>,
        promise: Promise,
    ) -> Self {
        Self {
            what: what.to_owned(),
            unit,
            ours,
            baseline: baseline.map(|(name, value)| (name.to_owned(), value)),
            promise,
        }
    }

    /// Reads a line of `tests/benches/speed.rs`, whose times are in microseconds:
    /// `{"what": …, "ours": …, "baseline": […, …], "times" | "plus" | "limit": …}`.
    pub fn read(line: &str) -> Result<Self> {
        let value: Value = serde_json::from_str(line).with_context(|| format!("this is no row: {line}"))?;
        let number = |name: &str| value[name].as_f64();
        let what = value["what"].as_str().context("a row without a name")?;
        let ours = number("ours").context("a row without a figure")?;
        let baseline = value["baseline"][0].as_str().zip(value["baseline"][1].as_f64());
        let promise = if let Some(times) = number("times") {
            Promise::Times(times)
        } else if let Some(plus) = number("plus") {
            Promise::Plus(plus)
        } else {
            number("limit").map_or(Promise::Nothing, Promise::Limit)
        };
        Ok(Self::with(what, "µs", ours, baseline, promise))
    }

    /// Whether the promise is kept; `None` where nothing is promised.
    fn kept(&self) -> Option<bool> {
        let baseline = self.baseline.as_ref().map_or(0.0, |(_, value)| *value);
        match self.promise {
            Promise::Plus(plus) => Some(self.ours <= baseline + plus),
            Promise::Times(times) => Some(self.ours <= baseline * times),
            Promise::Limit(limit) => Some(self.ours <= limit),
            Promise::Nothing => None,
        }
    }

    fn promise(&self) -> String {
        match self.promise {
            Promise::Plus(plus) => format!("baseline + {}", figure(plus, self.unit)),
            Promise::Times(times) => format!("{times} × baseline"),
            Promise::Limit(limit) => figure(limit, self.unit),
            Promise::Nothing => "–".to_owned(),
        }
    }
}

/// The rows as a Markdown table.
pub fn table(rows: &[Row]) -> String {
    let mut table =
        "| what | measured | baseline | ratio | promised | |\n|---|---:|---:|---:|---|---|\n".to_owned();
    for row in rows {
        let (baseline, ratio) = match &row.baseline {
            Some((name, value)) => {
                (format!("{} ({name})", figure(*value, row.unit)), format!("{:.2}", row.ours / value))
            }
            None => ("–".to_owned(), "–".to_owned()),
        };
        let kept = match row.kept() {
            Some(true) => "kept",
            Some(false) => "**missed**",
            None => "",
        };
        let measured = figure(row.ours, row.unit);
        // Writing to a text cannot fail.
        let _ = writeln!(
            table,
            "| {} | {measured} | {baseline} | {ratio} | {} | {kept} |",
            row.what,
            row.promise()
        );
    }
    table
}

/// Microseconds become milliseconds where that reads better.
fn figure(value: f64, unit: &str) -> String {
    if unit == "µs" && value >= 1000.0 {
        return format!("{:.1} ms", value / 1000.0);
    }
    let digits = usize::from(value < 100.0);
    format!("{value:.digits$} {unit}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_promise_is_kept_at_its_edge_and_missed_beyond() {
        assert_eq!(Row::plus("start", "ms", 650.0, ("bare", 500.0), 150.0).kept(), Some(true));
        assert_eq!(Row::plus("start", "ms", 650.1, ("bare", 500.0), 150.0).kept(), Some(false));
        let row = Row::read(r#"{"what":"save","ours":21.0,"baseline":["raw",10.0],"times":2}"#).unwrap();
        assert_eq!(row.kept(), Some(false));
        assert!(
            table(&[row]).contains("| save | 21.0 µs | 10.0 µs (raw) | 2.10 | 2 × baseline | **missed** |")
        );
        assert_eq!(Row::alone("program", "MB", 1.0).kept(), None);
    }

    #[test]
    fn a_line_that_is_no_row_is_refused() {
        assert!(Row::read("{}").is_err());
        assert!(Row::read("running 1 test").is_err());
    }
}
