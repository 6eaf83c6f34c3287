//! Reads a TOML table key by key and collects every fault, where serde would stop at the first.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::fault::{FaultKind, Faults};
use super::text::line_at;

/// TOML within a file: where its text begins, so that a byte of it becomes a line of the file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place<'t> {
    pub(crate) file: &'t str,
    pub(crate) text: &'t str,
    /// Lines of the file before the text.
    pub(crate) before: u32,
}

impl Place<'_> {
    fn line(&self, byte: usize) -> u32 {
        self.before + line_at(self.text, byte)
    }
}

/// Parses the text; syntax errors are faults, all of them.
pub(crate) fn parse<'t>(place: Place<'t>, faults: &mut Faults) -> Spanned<DeTable<'t>> {
    let (table, errors) = DeTable::parse_recoverable(place.text);
    for error in errors {
        let line = place.line(error.span().map_or(0, |span| span.start));
        faults.add(place.file, line, FaultKind::Toml, error.message());
    }
    table
}

/// A TOML table that is being read. Every key that is asked for is known; `finish` reports the others.
pub(crate) struct Keys<'t, 'f> {
    table: &'t DeTable<'t>,
    place: Place<'t>,
    /// Line on which the table begins.
    pub(crate) line: u32,
    asked: Vec<&'static str>,
    pub(crate) faults: &'f mut Faults,
}

impl<'t, 'f> Keys<'t, 'f> {
    /// Begins to read.
    pub(crate) fn new(table: &'t Spanned<DeTable<'t>>, place: Place<'t>, faults: &'f mut Faults) -> Self {
        let line = place.line(table.span().start);
        Self { table: table.get_ref(), place, line, asked: Vec::new(), faults }
    }

    /// A fault on the line of the key, or of the table where it has no such key.
    pub(crate) fn fault(&mut self, key: &str, kind: FaultKind, detail: impl Into<String>) {
        let line = self.line_of(key);
        self.faults.add(self.place.file, line, kind, detail);
    }

    /// Line of a key, or of the table.
    pub(crate) fn line_of(&self, key: &str) -> u32 {
        let found = self.table.iter().find(|(name, _)| name.get_ref() == key);
        found.map_or(self.line, |(name, _)| self.place.line(name.span().start))
    }

    /// Text that must be there; it may be empty only where the format says so (the caller decides).
    pub(crate) fn text(&mut self, key: &'static str) -> Option<String> {
        let value = self.required(key)?;
        self.as_text(key, value)
    }

    /// Text that must be there and must not be empty.
    pub(crate) fn words(&mut self, key: &'static str) -> Option<String> {
        let text = self.text(key)?;
        if text.trim().is_empty() {
            self.fault(key, FaultKind::BadValue, format!("`{key}` is empty"));
            return None;
        }
        Some(text)
    }

    /// Text that may be left out.
    pub(crate) fn optional_text(&mut self, key: &'static str) -> Option<String> {
        let value = self.ask(key)?;
        self.as_text(key, value)
    }

    /// One of these words.
    pub(crate) fn one_of(&mut self, key: &'static str, words: &[&str]) -> Option<String> {
        let text = self.text(key)?;
        if words.contains(&text.as_str()) {
            return Some(text);
        }
        let detail = format!("`{key}` is “{text}”; it may be {}", words.join(", "));
        self.fault(key, FaultKind::BadValue, detail);
        None
    }

    /// A list of texts that must be there; none of them empty.
    pub(crate) fn texts(&mut self, key: &'static str) -> Option<Vec<String>> {
        let DeValue::Array(items) = self.required(key)? else {
            return self.wrong(key, "a list of texts");
        };
        let mut texts = Vec::new();
        for item in items {
            match item.get_ref() {
                DeValue::String(text) if !text.trim().is_empty() => texts.push(text.to_string()),
                _ => return self.wrong(key, "a list of texts, none of them empty"),
            }
        }
        Some(texts)
    }

    /// True or false.
    pub(crate) fn flag(&mut self, key: &'static str) -> Option<bool> {
        match self.required(key)? {
            DeValue::Boolean(flag) => Some(*flag),
            _ => self.wrong(key, "true or false"),
        }
    }

    /// A day, `YYYY-MM-DD`, as a TOML date or as text.
    pub(crate) fn day(&mut self, key: &'static str) -> Option<String> {
        self.date(key, |text| text.len() == 10, "a day, YYYY-MM-DD")
    }

    /// A date as exact as its publisher states it: a day, a month or a year.
    pub(crate) fn published(&mut self, key: &'static str) -> Option<String> {
        self.date(key, |_| true, "a date: YYYY, YYYY-MM or YYYY-MM-DD")
    }

    fn date(&mut self, key: &'static str, fits: fn(&str) -> bool, what: &str) -> Option<String> {
        let text = match self.required(key)? {
            DeValue::Datetime(date) if date.time.is_none() => date.to_string(),
            DeValue::String(text) => text.to_string(),
            _ => return self.wrong(key, what),
        };
        if is_date(&text) && fits(&text) { Some(text) } else { self.wrong(key, what) }
    }

    /// The tables of a list `[[key]]`; empty where there are none.
    pub(crate) fn tables(&mut self, key: &'static str) -> Vec<Spanned<DeTable<'t>>> {
        let Some(value) = self.ask(key) else { return Vec::new() };
        let mut tables = Vec::new();
        let DeValue::Array(items) = value else {
            self.fault(key, FaultKind::WrongType, format!("`{key}` is not a list of tables, [[{key}]]"));
            return tables;
        };
        for item in items {
            match item.get_ref() {
                DeValue::Table(table) => tables.push(Spanned::new(item.span(), table.clone())),
                _ => self.fault(
                    key,
                    FaultKind::WrongType,
                    format!("`{key}` is not a list of tables, [[{key}]]"),
                ),
            }
        }
        tables
    }

    /// A table `[key]` that must be there.
    pub(crate) fn table(&mut self, key: &'static str) -> Option<Spanned<DeTable<'t>>> {
        let found = self.table.iter().find(|(name, _)| name.get_ref() == key);
        match self.required(key)? {
            DeValue::Table(table) => found.map(|(_, value)| Spanned::new(value.span(), table.clone())),
            _ => self.wrong(key, "a table"),
        }
    }

    /// Reports the keys that nobody asked for.
    pub(crate) fn finish(self) {
        for (key, _) in self.table {
            if !self.asked.contains(&key.get_ref().as_ref()) {
                let line = self.place.line(key.span().start);
                let detail = format!("nothing reads the key `{}`", key.get_ref());
                self.faults.add(self.place.file, line, FaultKind::UnknownKey, detail);
            }
        }
    }

    fn ask(&mut self, key: &'static str) -> Option<&'t DeValue<'t>> {
        self.asked.push(key);
        self.table.iter().find(|(name, _)| name.get_ref() == key).map(|(_, value)| value.get_ref())
    }

    fn required(&mut self, key: &'static str) -> Option<&'t DeValue<'t>> {
        let value = self.ask(key);
        if value.is_none() {
            self.faults.add(
                self.place.file,
                self.line,
                FaultKind::MissingKey,
                format!("the key `{key}` is missing"),
            );
        }
        value
    }

    fn as_text(&mut self, key: &str, value: &DeValue<'_>) -> Option<String> {
        match value {
            DeValue::String(text) => Some(text.to_string()),
            _ => self.wrong(key, "text"),
        }
    }

    fn wrong<T>(&mut self, key: &str, what: &str) -> Option<T> {
        self.fault(key, FaultKind::WrongType, format!("`{key}` must be {what}"));
        None
    }
}

/// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, within the calendar.
fn is_date(text: &str) -> bool {
    let parts: Vec<_> = text.split('-').collect();
    let within = |index: usize, width: usize, from: u32, to: u32| {
        parts.get(index).is_none_or(|part| {
            part.len() == width
                && part.bytes().all(|b| b.is_ascii_digit())
                && part.parse().is_ok_and(|number: u32| (from..=to).contains(&number))
        })
    };
    let days = match parts.get(1).copied() {
        Some("02") => 29,
        Some("04" | "06" | "09" | "11") => 30,
        _ => 31,
    };
    parts.len() <= 3 && within(0, 4, 1900, 2999) && within(1, 2, 1, 12) && within(2, 2, 1, days)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_as_exact_as_stated() {
        for good in ["2020", "2025-12", "2026-05-15", "2024-02-29"] {
            assert!(is_date(good), "{good}");
        }
        for bad in
            ["", "20", "2025-13", "2025-02-30", "2025-1-1", "2025-01-01-01", "May 2025", "2025-01-01T00"]
        {
            assert!(!is_date(bad), "{bad}");
        }
    }
}
