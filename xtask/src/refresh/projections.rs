//! The Employment Projections: tables 1.2 (employment, openings, what entry asks) and 1.10 (people who leave). Both give
//! thousands of persons.

use std::collections::{BTreeMap, BTreeSet};

use super::codes::{EVERYONE, is_soc_code};
use super::fault::Faults;
use super::figure::{Figure, projected};
use super::grid::{Grid, Row};
use super::table::{Key, Table};
use super::words::snake_case;

/// Heading of the code in both tables; the heading row is found by it.
pub const CODE: &str = "2024 National Employment Matrix code";
/// Heading of the kind of row: a line item, or the sum of several.
const KIND: &str = "Occupation type";
/// The numeric columns of table 1.2 and whether they count thousands of persons.
const NUMBERS: [(&str, bool); 6] = [
    ("Employment, 2024", true),
    ("Employment, 2034", true),
    ("Employment change, numeric, 2024–34", true),
    ("Employment change, percent, 2024–34", false),
    ("Occupational openings, 2024–34 annual average", true),
    ("Percent self employed, 2024", false),
];

/// `projection.tsv` for the given SOC codes and for everyone.
pub fn projection_table(
    main: &Grid,
    separations: &Grid,
    socs: &BTreeSet<String>,
    faults: &mut Faults,
) -> Option<Table> {
    let replacement = replacements(separations, faults)?;
    let [code, kind] = main.columns([CODE, KIND], faults)?;
    let numbers = main.columns(NUMBERS.map(|(name, _)| name), faults)?;
    let words = main.columns(
        [
            "Typical education needed for entry",
            "Work experience in a related occupation",
            "Typical on-the-job training needed to attain competency in the occupation",
        ],
        faults,
    )?;
    let mut rows: BTreeMap<String, (bool, Vec<String>)> = BTreeMap::new();
    for row in main.rows.iter().filter(|row| !row.only_first_cell()) {
        let soc = row.get(code);
        let is_item = row.get(kind) == "Line item";
        if !is_soc_code(soc) {
            faults.row(&main.file, row.number, format!("{soc:?} is not a code of the matrix"));
        }
        // A line item wins over the sum that bears the same code.
        let known = rows.get(soc).is_some_and(|(item, _)| *item || !is_item);
        let figures = figures(main, row, numbers, faults);
        if known || !(socs.contains(soc) || soc == EVERYONE) {
            continue;
        }
        let Some(leaving) = replacement.get(soc) else {
            faults.file(&separations.file, format!("{soc} is absent"));
            continue;
        };
        let [first, second, change, percent, openings, alone] = figures;
        let figures = [first, second, change, percent, openings, *leaving, alone];
        let texts = std::iter::once(soc.to_owned()).chain(figures.iter().map(ToString::to_string));
        let entry = texts.chain(words.iter().map(|column| entry_word(row.get(*column)))).collect();
        rows.insert(soc.to_owned(), (is_item, entry));
    }
    if !rows.contains_key(EVERYONE) {
        faults.file(&main.file, "the row of all occupations together is absent");
    }
    Some(Table {
        name: "projection",
        sources: &["bls-projections"],
        columns: &[
            "soc",
            "employment_2024",
            "employment_2034",
            "change",
            "change_percent",
            "openings",
            "replacement",
            "self_employed_percent",
            "entry_education",
            "experience",
            "training",
        ],
        keys: &[Key::Text(0)],
        rows: rows.into_values().map(|(_, row)| row).collect(),
    })
}

/// The numbers of a row in the order of `NUMBERS`. A row with a fault is "absent" there, and the fault stops the run.
fn figures(grid: &Grid, row: &Row, columns: [usize; 6], faults: &mut Faults) -> [Figure; 6] {
    let mut figures = [Figure::Absent; 6];
    for ((slot, column), (_, thousands)) in figures.iter_mut().zip(columns).zip(NUMBERS) {
        if let Some(figure) = faults.take(&grid.file, row.number, projected(row.get(column))) {
            *slot = if thousands { figure.times_a_thousand() } else { figure };
        }
    }
    figures
}

/// People who leave the occupation in a year, by code: labour force exits and transfers to other occupations.
fn replacements(grid: &Grid, faults: &mut Faults) -> Option<BTreeMap<String, Figure>> {
    let names = [CODE, KIND, "Total occupational separations, 2024–34 annual average"];
    let [code, kind, leaving] = grid.columns(names, faults)?;
    let mut by_code: BTreeMap<String, (bool, Figure)> = BTreeMap::new();
    for row in grid.rows.iter().filter(|row| !row.only_first_cell()) {
        let is_item = row.get(kind) == "Line item";
        let known = by_code.get(row.get(code)).is_some_and(|(item, _)| *item || !is_item);
        if let Some(figure) = faults.take(&grid.file, row.number, projected(row.get(leaving)))
            && !known
        {
            by_code.insert(row.get(code).to_owned(), (is_item, figure.times_a_thousand()));
        }
    }
    Some(by_code.into_iter().map(|(code, (_, figure))| (code, figure)).collect())
}

/// A word of what entry asks as an id; the em dash (sums have no such word) leaves it empty.
fn entry_word(text: &str) -> String {
    if text == "—" { String::new() } else { snake_case(text) }
}
