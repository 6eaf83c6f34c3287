//! O*NET's ratings: skills, knowledge, abilities, activities, interests, work values and work styles, and the list of
//! the elements that they rate.

use std::collections::BTreeMap;

use super::fault::Faults;
use super::figure::{Figure, number, on_scale};
use super::grid::Grid;
use super::onet::{CODE, Occupations, unless_suppressed};
use super::table::{Key, Table};

/// Lowest and highest importance (O*NET's scale IM).
const IMPORTANCE: (f64, f64) = (1.0, 5.0);
/// Lowest and highest level (scale LV).
const LEVEL: (f64, f64) = (0.0, 7.0);
/// Lowest and highest occupational interest (scale OI) and extent of a work value (scale EX).
const ONE_TO_SEVEN: (f64, f64) = (1.0, 7.0);
/// Impact of a work style, from harmful to helpful (scale WI).
const IMPACT: (f64, f64) = (-3.0, 3.0);
/// The six interest types by their letter, in the order of O*NET's elements and of its high-point numbers.
const INTERESTS: [(&str, char); 6] = [
    ("Realistic", 'R'),
    ("Investigative", 'I'),
    ("Artistic", 'A'),
    ("Social", 'S'),
    ("Enterprising", 'E'),
    ("Conventional", 'C'),
];
/// The high points, strongest first.
const HIGH_POINTS: [&str; 3] =
    ["First Interest High-Point", "Second Interest High-Point", "Third Interest High-Point"];

/// What is rated, by element id: its kind and name.
pub type Elements = BTreeMap<String, (&'static str, String)>;

/// Importance and level of every element for every occupation that is rated.
#[derive(Debug, Default)]
pub struct Ratings {
    /// By code and element, with the kind.
    by_key: BTreeMap<(String, String), (&'static str, [Figure; 2])>,
}

impl Ratings {
    /// Adds the file of one kind, in O*NET's long form (a row for each scale) or as a table of importance and level.
    pub fn add(
        &mut self,
        kind: &'static str,
        grid: &Grid,
        occupations: &Occupations,
        elements: &mut Elements,
        faults: &mut Faults,
    ) {
        if grid.find("onetsoc_code").is_some() {
            self.add_wide(kind, grid, occupations, elements, faults);
        } else {
            self.add_long(kind, grid, occupations, elements, faults);
        }
    }

    fn add_wide(
        &mut self,
        kind: &'static str,
        grid: &Grid,
        occupations: &Occupations,
        elements: &mut Elements,
        faults: &mut Faults,
    ) {
        let names = ["onetsoc_code", "element_id", "element_name", "importance", "level"];
        let Some([code, element, name, importance, level]) = grid.columns(names, faults) else { return };
        for row in &grid.rows {
            elements.insert(row.get(element).to_owned(), (kind, row.get(name).to_owned()));
            if !occupations.has(grid, row.number, row.get(code), faults) {
                continue;
            }
            let importance = on_scale(row.get(importance), IMPORTANCE.0, IMPORTANCE.1);
            let importance = faults.take(&grid.file, row.number, importance);
            let level = faults.take(&grid.file, row.number, on_scale(row.get(level), LEVEL.0, LEVEL.1));
            if let (Some(importance), Some(level)) = (importance, level) {
                let key = (row.get(code).to_owned(), row.get(element).to_owned());
                self.by_key.insert(key, (kind, [importance, level]));
            }
        }
    }

    fn add_long(
        &mut self,
        kind: &'static str,
        grid: &Grid,
        occupations: &Occupations,
        elements: &mut Elements,
        faults: &mut Faults,
    ) {
        let names = [CODE, "Element ID", "Element Name", "Scale ID", "Data Value", "Recommend Suppress"];
        let Some([code, element, name, scale, value, suppress]) = grid.columns(names, faults) else { return };
        for row in &grid.rows {
            elements.insert(row.get(element).to_owned(), (kind, row.get(name).to_owned()));
            if !occupations.has(grid, row.number, row.get(code), faults) {
                continue;
            }
            let (place, bounds) = match row.get(scale) {
                "IM" => (0, IMPORTANCE),
                "LV" => (1, LEVEL),
                other => {
                    faults.row(
                        &grid.file,
                        row.number,
                        format!("{other:?} is neither of the scales IM and LV"),
                    );
                    continue;
                }
            };
            let figure = on_scale(row.get(value), bounds.0, bounds.1)
                .and_then(|figure| unless_suppressed(figure, row.get(suppress)));
            if let Some(figure) = faults.take(&grid.file, row.number, figure) {
                let key = (row.get(code).to_owned(), row.get(element).to_owned());
                let entry = self.by_key.entry(key).or_insert((kind, [Figure::Absent; 2]));
                if let Some(slot) = entry.1.get_mut(place) {
                    *slot = figure;
                }
            }
        }
    }

    /// `rating.tsv`. An occupation that a kind does not rate is "not rated" in each of its elements.
    pub fn into_table(self, occupations: &Occupations, elements: &Elements, faults: &mut Faults) -> Table {
        let mut rows = Vec::new();
        let rated = ["skill", "knowledge", "ability", "activity"];
        for code in occupations.titles.keys() {
            for (element, (kind, _)) in elements.iter().filter(|(_, (kind, _))| rated.contains(kind)) {
                let found = self.by_key.get(&(code.clone(), element.clone()));
                let [importance, level] = found.map_or([Figure::NotRated; 2], |(_, figures)| *figures);
                if importance == Figure::Absent || level == Figure::Absent {
                    faults.file(kind, format!("{code} has only one of importance and level for {element}"));
                }
                let texts = [code.clone(), (*kind).to_owned(), element.clone()];
                rows.push(texts.into_iter().chain([importance.to_string(), level.to_string()]).collect());
            }
        }
        Table {
            name: "rating",
            sources: &["onet-ratings"],
            columns: &["code", "kind", "element", "importance", "level"],
            keys: &[Key::Text(0), Key::Text(1), Key::Text(2)],
            rows,
        }
    }
}

/// The date of a file's newest row, as year and month; rows without one do not count.
pub fn newest_date(grid: &Grid) -> Option<(u16, u8)> {
    let date = grid.find("Date")?;
    let read = |text: &str| {
        let (month, year) = text.split_once('/')?;
        Some((year.parse().ok()?, month.parse().ok()?))
    };
    grid.rows.iter().filter_map(|row| read(row.get(date))).max()
}

/// `interest.tsv`: the six interests and, as letters, the high points.
pub fn interest_table(grid: &Grid, occupations: &Occupations, faults: &mut Faults) -> Option<Table> {
    let [code, name, scale, value] =
        grid.columns([CODE, "Element Name", "Scale ID", "Data Value"], faults)?;
    let mut interests: BTreeMap<&str, [Figure; 6]> = BTreeMap::new();
    let mut high: BTreeMap<&str, [char; 3]> = BTreeMap::new();
    for row in &grid.rows {
        if !occupations.has(grid, row.number, row.get(code), faults) {
            continue;
        }
        let type_at = INTERESTS.iter().position(|(interest, _)| *interest == row.get(name));
        let point_at = HIGH_POINTS.iter().position(|point| *point == row.get(name));
        match (row.get(scale), type_at, point_at) {
            ("OI", Some(at), _) => {
                let figure = on_scale(row.get(value), ONE_TO_SEVEN.0, ONE_TO_SEVEN.1);
                if let Some(figure) = faults.take(&grid.file, row.number, figure)
                    && let Some(slot) =
                        interests.entry(row.get(code)).or_insert([Figure::NotRated; 6]).get_mut(at)
                {
                    *slot = figure;
                }
            }
            ("IH", _, Some(at)) => {
                if let Some(letter) = faults.take(&grid.file, row.number, interest_letter(row.get(value)))
                    && let Some(slot) = high.entry(row.get(code)).or_insert([' '; 3]).get_mut(at)
                {
                    *slot = letter;
                }
            }
            (scale, ..) => {
                let reason = format!("{:?} on the scale {scale:?} is not an interest", row.get(name));
                faults.row(&grid.file, row.number, reason);
            }
        }
    }
    let rows = occupations.titles.keys().map(|code| {
        let figures = interests.get(code.as_str()).copied().unwrap_or([Figure::NotRated; 6]);
        let letters: String = high.get(code.as_str()).into_iter().flatten().filter(|c| **c != ' ').collect();
        let mut row = vec![code.clone()];
        row.extend(figures.iter().map(ToString::to_string));
        row.push(letters);
        row
    });
    Some(Table {
        name: "interest",
        sources: &["onet-interests"],
        columns: &[
            "code",
            "realistic",
            "investigative",
            "artistic",
            "social",
            "enterprising",
            "conventional",
            "high_points",
        ],
        keys: &[Key::Text(0)],
        rows: rows.collect(),
    })
}

/// The letter of a high point's number; 0 means that there is no further high point.
fn interest_letter(text: &str) -> Result<char, String> {
    let value = number(text)?;
    let letters = std::iter::once(' ').chain(INTERESTS.iter().map(|(_, letter)| *letter));
    let found = (0_u8..).zip(letters).find(|(at, _)| (f64::from(*at) - value).abs() < f64::EPSILON);
    found.map(|(_, letter)| letter).ok_or_else(|| format!("{text:?} is not a high point from 0 to 6"))
}

/// `work_value.tsv`: to what extent the occupation satisfies each value, 1–7.
pub fn work_value_table(
    grid: &Grid,
    occupations: &Occupations,
    elements: &mut Elements,
    faults: &mut Faults,
) -> Option<Table> {
    let rows = one_scale("work_value", grid, occupations, elements, ("EX", ONE_TO_SEVEN), faults)?;
    Some(Table {
        name: "work_value",
        sources: &["onet"],
        columns: &["code", "element", "value"],
        keys: &[Key::Text(0), Key::Text(1)],
        rows,
    })
}

/// `work_style.tsv`: how much each style helps in the work, −3 to 3.
pub fn work_style_table(
    grid: &Grid,
    occupations: &Occupations,
    elements: &mut Elements,
    faults: &mut Faults,
) -> Option<Table> {
    let rows = one_scale("work_style", grid, occupations, elements, ("WI", IMPACT), faults)?;
    Some(Table {
        name: "work_style",
        sources: &["onet"],
        columns: &["code", "element", "value"],
        keys: &[Key::Text(0), Key::Text(1)],
        rows,
    })
}

/// The rows of one scale, and "not rated" for each element of an occupation that has none.
fn one_scale(
    kind: &'static str,
    grid: &Grid,
    occupations: &Occupations,
    elements: &mut Elements,
    (wanted, bounds): (&str, (f64, f64)),
    faults: &mut Faults,
) -> Option<Vec<Vec<String>>> {
    let [code, element, name, scale, value] =
        grid.columns([CODE, "Element ID", "Element Name", "Scale ID", "Data Value"], faults)?;
    let mut figures: BTreeMap<(&str, &str), Figure> = BTreeMap::new();
    for row in grid.rows.iter().filter(|row| row.get(scale) == wanted) {
        elements.insert(row.get(element).to_owned(), (kind, row.get(name).to_owned()));
        if occupations.has(grid, row.number, row.get(code), faults) {
            let figure = on_scale(row.get(value), bounds.0, bounds.1);
            if let Some(figure) = faults.take(&grid.file, row.number, figure) {
                figures.insert((row.get(code), row.get(element)), figure);
            }
        }
    }
    let mut rows = Vec::new();
    for code in occupations.titles.keys() {
        for (element, _) in elements.iter().filter(|(_, (of, _))| *of == kind) {
            let figure = figures.get(&(code.as_str(), element.as_str())).copied().unwrap_or(Figure::NotRated);
            rows.push(vec![code.clone(), element.clone(), figure.to_string()]);
        }
    }
    Some(rows)
}

/// `element.tsv`: the names of what is rated; an element without a Spanish name is a fault.
pub fn element_table(elements: &Elements, spanish: &BTreeMap<String, String>, faults: &mut Faults) -> Table {
    let mut rows = Vec::new();
    for (element, (kind, name)) in elements {
        if let Some(name_es) = spanish.get(element) {
            rows.push(vec![element.clone(), (*kind).to_owned(), name.clone(), name_es.clone()]);
        } else {
            faults.file("es/elements.tsv", format!("{element} ({name}) has no Spanish name"));
        }
    }
    Table {
        name: "element",
        sources: &["onet", "onet-ratings"],
        columns: &["element", "kind", "name", "name_es"],
        keys: &[Key::Text(0)],
        rows,
    }
}
