//! Published numbers and the kinds of missing, as `data/README.md` names them.

use std::fmt;

/// A published number, or the reason why there is none.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Figure {
    /// The number, in the unit of its column.
    Value(f64),
    /// Top-coded: this or more.
    AtLeast(f64),
    /// The source lists the occupation and has no rating.
    NotRated,
    /// The source suppresses the figure.
    NotPublished,
    /// Paid by the hour; no yearly figure exists.
    HourlyOnly,
    /// The source has no such column for this row.
    Absent,
}

impl Figure {
    /// The same kind of figure, its number passed through `change`.
    pub fn map(self, change: impl Fn(f64) -> f64) -> Self {
        match self {
            Self::Value(number) => Self::Value(change(number)),
            Self::AtLeast(number) => Self::AtLeast(change(number)),
            missing => missing,
        }
    }

    /// Thousands of persons as persons. The source gives one decimal, so the result is a whole number.
    pub fn times_a_thousand(self) -> Self {
        self.map(|thousands| (thousands * 1000.0).round())
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value(number) => f.write_str(&shortest(*number)),
            Self::AtLeast(number) => write!(f, "at_least:{}", shortest(*number)),
            Self::NotRated => f.write_str("not_rated"),
            Self::NotPublished => f.write_str("not_published"),
            Self::HourlyOnly => f.write_str("hourly_only"),
            Self::Absent => Ok(()),
        }
    }
}

/// The number with at most four decimals and no trailing zeros: the sources publish no more, and a workbook's binary
/// fractions must not show.
pub fn shortest(number: f64) -> String {
    let fixed = format!("{number:.4}");
    let short = fixed.trim_end_matches('0').trim_end_matches('.');
    if short == "-0" { "0".to_owned() } else { short.to_owned() }
}

/// Reads a number as agencies print it: `$` before it, commas between thousands, a footnote mark `[1]` after it.
pub fn number(text: &str) -> Result<f64, String> {
    let bare = without_mark(text.trim()).trim();
    let digits = bare.strip_prefix('$').unwrap_or(bare);
    if digits.contains(',') && !grouped_by_thousands(digits) {
        return Err(format!("{text:?} has commas that do not part thousands"));
    }
    let plain = digits.replace(',', "");
    let looks_right = plain.chars().all(|c| c.is_ascii_digit() || c == '.' || c == '-')
        && plain.chars().any(|c| c.is_ascii_digit());
    match plain.parse::<f64>() {
        Ok(value) if looks_right => Ok(value),
        _ => Err(format!("{text:?} is not a number")),
    }
}

/// Reads a number or the marks of the Employment Projections: an em dash for "not available", `>=` for top-coded.
pub fn projected(text: &str) -> Result<Figure, String> {
    let bare = without_mark(text.trim()).trim();
    if bare == "—" {
        return Ok(Figure::NotPublished);
    }
    if let Some(bound) = bare.strip_prefix(">=") {
        return number(bound).map(Figure::AtLeast);
    }
    number(bare).map(Figure::Value)
}

/// Reads a number that may not fall outside the source's scale.
pub fn on_scale(text: &str, lowest: f64, highest: f64) -> Result<Figure, String> {
    let value = number(text)?;
    if (lowest..=highest).contains(&value) {
        Ok(Figure::Value(value))
    } else {
        Err(format!("{text:?} lies outside the scale {lowest} to {highest}"))
    }
}

/// A text without the footnote mark at its end, such as `[1]`.
pub fn without_mark(text: &str) -> &str {
    let Some(inner) = text.strip_suffix(']') else { return text };
    match inner.rsplit_once('[') {
        Some((before, mark)) if !mark.is_empty() && mark.bytes().all(|b| b.is_ascii_digit()) => before,
        _ => text,
    }
}

fn grouped_by_thousands(digits: &str) -> bool {
    let whole = digits.split('.').next().unwrap_or(digits).trim_start_matches('-');
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or("");
    (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3)
}
