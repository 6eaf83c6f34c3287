//! Checks what the cells of the tables say: codes, numbers, references from one table to another.

use std::collections::BTreeSet;

use super::facts::{Facts, Loaded};
use super::fault::{FaultKind, Faults};
use super::tables::Cell;

/// The ids that the tables introduce. `None`: the introducing table does not exist, so nothing can be held against it.
pub(crate) struct Known<'f> {
    pub(crate) occupations: Option<BTreeSet<&'f str>>,
    pub(crate) clusters: Option<BTreeSet<&'f str>>,
    socs: Option<BTreeSet<&'f str>>,
    elements: Option<BTreeSet<&'f str>>,
    places: Option<BTreeSet<&'f str>>,
}

/// The word for an occupation that is listed without a rating.
pub(crate) const NOT_RATED: &str = "not_rated";

/// SOC code of all occupations together.
pub(crate) const ALL_OCCUPATIONS: &str = "00-0000";

impl<'f> Known<'f> {
    /// Collects them.
    pub(crate) fn of(facts: &'f Facts) -> Self {
        let column = |table: &str, column: &str| -> Option<BTreeSet<&'f str>> {
            Some(facts.get(table)?.column(column).collect())
        };
        let socs = column("occupation", "soc").map(|mut socs| {
            socs.insert(ALL_OCCUPATIONS);
            socs.extend(column("soc_title", "soc").unwrap_or_default());
            socs.extend(
                column("related", "related_code").unwrap_or_default().into_iter().filter_map(|c| c.get(..7)),
            );
            socs
        });
        Self {
            occupations: column("occupation", "code"),
            clusters: column("cluster", "cluster"),
            socs,
            elements: column("element", "element"),
            places: column("place", "place"),
        }
    }
}

/// Checks every cell of every table.
pub(crate) fn check(facts: &Facts, known: &Known<'_>, faults: &mut Faults) {
    for loaded in &facts.0 {
        for (column, (name, cell)) in loaded.table.columns.iter().enumerate() {
            check_column(loaded, column, name, *cell, known, faults);
        }
    }
}

fn check_column(
    loaded: &Loaded,
    column: usize,
    name: &str,
    cell: Cell,
    known: &Known<'_>,
    faults: &mut Faults,
) {
    for row in 0..loaded.rows() {
        let text = loaded.cell(row, column);
        let fault = if text.is_empty() {
            (!may_be_empty(cell)).then_some(FaultKind::EmptyCell)
        } else {
            value_fault(cell, text, known)
        };
        if let Some(kind) = fault {
            faults.add(&loaded.file, loaded.line(row), kind, format!("`{name}` is “{text}”"));
        }
    }
}

fn may_be_empty(cell: Cell) -> bool {
    use Cell::{Clusters, Figure, Interests, OptionalId, OptionalText, States};
    matches!(cell, OptionalText | Clusters | States | OptionalId | Figure | Interests)
}

/// What is wrong with a cell that is not empty.
fn value_fault(cell: Cell, text: &str, known: &Known<'_>) -> Option<FaultKind> {
    use FaultKind::{
        BadNumber, BadValue, UnknownCluster, UnknownElement, UnknownOccupation, UnknownPlace, UnknownSoc,
    };
    let known_in = |set: &Option<BTreeSet<&str>>| set.as_ref().is_none_or(|set| set.contains(text));
    let (holds, kind) = match cell {
        Cell::Text | Cell::OptionalText => (text.trim() == text, BadValue),
        Cell::NewOccupation | Cell::AnyOccupation => (is_occupation(text), BadValue),
        Cell::Occupation => (known_in(&known.occupations), UnknownOccupation),
        Cell::NewSoc => (is_soc(text), BadValue),
        Cell::Soc => (is_soc(text) && known_in(&known.socs), UnknownSoc),
        Cell::Clusters => {
            let known = |id| known.clusters.as_ref().is_none_or(|all| all.contains(id));
            (text.split(',').all(known), UnknownCluster)
        }
        Cell::Element => (known_in(&known.elements), UnknownElement),
        Cell::NewPlace => (is_place(text), BadValue),
        Cell::Place => (known_in(&known.places), UnknownPlace),
        Cell::States => (text.split(',').all(|state| is_state(state, known)), UnknownPlace),
        Cell::NewCluster | Cell::OptionalId => (is_id(text), BadValue),
        Cell::NewElement => (text.chars().all(|c| c.is_ascii_alphanumeric() || c == '.'), BadValue),
        Cell::Figure => (is_figure(text), BadNumber),
        Cell::Whole(from, to) => (is_within(text, from, to), BadNumber),
        Cell::RatedWhole(from, to) => (text == NOT_RATED || is_within(text, from, to), BadNumber),
        Cell::Flag => (matches!(text, "0" | "1"), BadValue),
        Cell::OneOf(words) => (words.contains(&text), BadValue),
        Cell::Interests => (text.chars().all(|c| "RIASEC".contains(c)), BadValue),
        Cell::Cip => (matches_shape(text, "00.0000"), BadValue),
    };
    (!holds).then_some(kind)
}

fn is_within(text: &str, from: i64, to: i64) -> bool {
    text.parse::<i64>().is_ok_and(|number| (from..=to).contains(&number))
}

fn is_state(id: &str, known: &Known<'_>) -> bool {
    id.starts_with("ST") && known.places.as_ref().is_none_or(|places| places.contains(id))
}

/// `0` in a shape is any digit; other characters are themselves.
fn matches_shape(text: &str, shape: &str) -> bool {
    text.len() == shape.len()
        && text.bytes().zip(shape.bytes()).all(|(t, s)| if s == b'0' { t.is_ascii_digit() } else { t == s })
}

/// Whether the text is an O*NET-SOC code.
pub(crate) fn is_occupation(text: &str) -> bool {
    matches_shape(text, "00-0000.00")
}

fn is_soc(text: &str) -> bool {
    matches_shape(text, "00-0000")
}

fn is_place(text: &str) -> bool {
    let code = |kind: &str| {
        text.strip_prefix(kind).is_some_and(|c| c.len() >= 2 && c.bytes().all(|b| b.is_ascii_alphanumeric()))
    };
    text == "US" || code("ST") || code("MA") || code("NM")
}

/// Lower-case words joined by `_`.
pub(crate) fn is_id(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

/// Whether the text is a number or a word that says why there is none.
fn is_figure(text: &str) -> bool {
    let number = text.strip_prefix("at_least:").unwrap_or(text);
    matches!(text, NOT_RATED | "not_published" | "hourly_only") || is_number(number)
}

/// Plain decimals only: no exponent, no infinity, no sign but a leading minus.
fn is_number(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let plain = text.strip_prefix('-').unwrap_or(text);
    plain.split_once('.').map_or_else(|| digits(plain), |(whole, rest)| digits(whole) && digits(rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_plain_numbers_or_reasons() {
        for good in ["0", "-1.6", "115200", "not_rated", "not_published", "hourly_only", "at_least:239200"] {
            assert!(is_figure(good), "{good}");
        }
        for bad in
            ["-", ".5", "5.", "1e5", "NaN", "inf", "1,000", "n/a", "at_least:", "at_least:x", " 5", "+5", "#"]
        {
            assert!(!is_figure(bad), "{bad}");
        }
    }

    #[test]
    fn codes_have_their_shapes() {
        assert!(is_occupation("15-1252.00") && !is_occupation("15-1252") && !is_occupation("15-1252.0x"));
        assert!(is_soc("15-1252") && !is_soc("151252"));
        assert!(is_place("US") && is_place("ST39") && is_place("NM0400001") && !is_place("39"));
    }
}
