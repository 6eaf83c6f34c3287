//! OEWS: pay and employment by place and by industry, from the database of the full time series. Each cell holds a value
//! or a footnote that says why there is none.
#![allow(clippy::disallowed_methods, reason = "reads the publisher's own database, never the records")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Context;
use rusqlite::{Connection, OpenFlags};
use tempfile::NamedTempFile;

use super::fault::Faults;
use super::figure::{Figure, number};
use super::grid::file_name;
use super::oews_places::{self, Place};
use super::table::{Key, Table};

/// Industry code of all industries and owners together.
const ALL_INDUSTRIES: &str = "000000";
/// How many industries are kept for an occupation.
const LARGEST: usize = 10;
/// Columns of a cell that are read: employment, error of the mean, yearly wages, location quotient, hourly wages.
const COLUMNS: [&str; 13] = ["01", "05", "11", "12", "13", "14", "15", "17", "06", "07", "08", "09", "10"];

/// The columns of a cell by their position in `COLUMNS`.
#[derive(Debug, Clone, Copy)]
enum Column {
    Employment = 0,
    MeanError = 1,
    FirstWage = 2,
    LocationQuotient = 7,
    FirstHourly = 8,
}

/// The footnotes of the database by what they mean for a cell's value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Footnote {
    /// Not released.
    NotReleased,
    /// Reported by the hour or by the year alone.
    OneUnitOnly,
    /// Top-coded, with the bounds in dollars.
    TopCoded {
        /// Of a yearly wage.
        yearly: f64,
        /// Of an hourly one.
        hourly: f64,
    },
    /// A remark that leaves the value as it is.
    Remark,
}

/// What OEWS gives.
#[derive(Debug)]
pub struct Oews {
    /// What the database says about its release.
    pub about: String,
    /// `place.tsv`, `pay.tsv`, `hourly_pay.tsv` and `industry.tsv`.
    pub tables: [Table; 4],
}

/// Reads the database, packed with gzip or not.
pub fn read(path: &Path, socs: &BTreeSet<String>, faults: &mut Faults) -> Option<Oews> {
    let result = if path.extension().is_some_and(|ending| ending == "gz") {
        unpack(path).and_then(|unpacked| read_database(unpacked.path(), &file_name(path), socs, faults))
    } else {
        read_database(path, &file_name(path), socs, faults)
    };
    match result {
        Ok(oews) => Some(oews),
        Err(reason) => {
            faults.path(path, format!("{reason:#}"));
            None
        }
    }
}

fn unpack(path: &Path) -> anyhow::Result<NamedTempFile> {
    let packed = std::fs::File::open(path).context("cannot open")?;
    let mut unpacked = NamedTempFile::new().context("cannot make a temporary file")?;
    let mut reader = flate2::read::GzDecoder::new(std::io::BufReader::new(packed));
    std::io::copy(&mut reader, unpacked.as_file_mut()).context("cannot unpack")?;
    Ok(unpacked)
}

fn read_database(
    path: &Path,
    file: &str,
    socs: &BTreeSet<String>,
    faults: &mut Faults,
) -> anyhow::Result<Oews> {
    let database = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let about = database.query_row("SELECT value FROM meta WHERE name = 'release'", [], |row| row.get(0))?;
    let places = oews_places::read(&database, file, faults)?;
    let footnotes = read_footnotes(&database)?;
    let industries = read_industries(&database)?;
    let mut cells = Cells {
        file,
        socs,
        footnotes,
        places: &places,
        pay: Vec::new(),
        hourly: Vec::new(),
        industry: BTreeMap::new(),
    };
    cells.read(&database, faults)?;
    let Cells { pay, hourly, industry, .. } = cells;
    let hourly = Table {
        name: "hourly_pay",
        sources: &["oews"],
        columns: &["place", "soc", "p10", "p25", "p50", "p75", "p90"],
        keys: &[Key::Text(0), Key::Text(1)],
        rows: hourly,
    };
    let pay = Table {
        name: "pay",
        sources: &["oews"],
        columns: &[
            "place",
            "soc",
            "employment",
            "location_quotient",
            "hourly_only",
            "mean_error_percent",
            "p10",
            "p25",
            "p50",
            "p75",
            "p90",
        ],
        keys: &[Key::Text(0), Key::Text(1)],
        rows: pay,
    };
    let industry = industry_table(&industry, &industries);
    Ok(Oews { about, tables: [oews_places::place_table(&places), pay, hourly, industry] })
}

fn read_footnotes(database: &Connection) -> rusqlite::Result<BTreeMap<String, Footnote>> {
    let mut query = database.prepare("SELECT footnote_code, footnote_text FROM footnote")?;
    let rows = query.query_map([], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))?;
    rows.map(|row| row.map(|(code, text)| (code, footnote(&text)))).collect()
}

/// What a footnote means, read from its text: its codes have changed between releases.
pub fn footnote(text: &str) -> Footnote {
    let bound = |unit: &str| {
        let (before, _) = text.split_once(unit)?;
        number(before.rsplit_once('$')?.1).ok()
    };
    if text.contains("equal to or greater than")
        && let (Some(yearly), Some(hourly)) = (bound(" per year"), bound(" per hour"))
    {
        Footnote::TopCoded { yearly, hourly }
    } else if text.contains("not released") {
        Footnote::NotReleased
    } else if text.contains("either as hourly wages or annual salaries") {
        Footnote::OneUnitOnly
    } else {
        Footnote::Remark
    }
}

/// Industries and their level in the hierarchy, by code.
type Industries = BTreeMap<String, (String, i64)>;

fn read_industries(database: &Connection) -> rusqlite::Result<Industries> {
    let mut query = database.prepare("SELECT industry_code, industry_name, display_level FROM industry")?;
    let rows = query.query_map([], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?))))?;
    rows.collect()
}

/// The cells that are taken, as they are read.
struct Cells<'a> {
    file: &'a str,
    socs: &'a BTreeSet<String>,
    footnotes: BTreeMap<String, Footnote>,
    places: &'a BTreeMap<String, Place>,
    pay: Vec<Vec<String>>,
    /// Hourly wages where there are no yearly ones.
    hourly: Vec<Vec<String>>,
    /// Employment in the nation by SOC code and industry code.
    industry: BTreeMap<String, BTreeMap<String, Figure>>,
}

impl Cells<'_> {
    fn read(&mut self, database: &Connection, faults: &mut Faults) -> rusqlite::Result<()> {
        let columns: Vec<String> = COLUMNS.iter().map(|column| format!("v{column}, f{column}")).collect();
        let mut query =
            database.prepare(&format!("SELECT key, {} FROM cell ORDER BY key", columns.join(", ")))?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let key: String = row.get(0)?;
            let Some((area, industry, soc)) = key_parts(&key) else {
                faults.file(self.file, format!("{key:?} is not the key of a cell"));
                continue;
            };
            if !self.socs.contains(&soc) {
                continue;
            }
            let mut figures = [Figure::Absent; COLUMNS.len()];
            let mut column = 1;
            for (at, figure) in figures.iter_mut().enumerate() {
                let (value, marks): (Option<String>, Option<String>) =
                    (row.get(column)?, row.get(column + 1)?);
                column += 2;
                let hourly = at >= Column::FirstHourly as usize;
                match self.figure(value.as_deref(), marks.as_deref(), hourly) {
                    Ok(read) => *figure = read,
                    Err(reason) => faults.file(self.file, format!("cell {key}: {reason}")),
                }
            }
            self.take(area, industry, &soc, &figures, faults);
        }
        Ok(())
    }

    fn take(&mut self, area: &str, industry: &str, soc: &str, figures: &[Figure], faults: &mut Faults) {
        let Some(place) = self.places.get(area) else {
            return faults.file(self.file, format!("cells of {soc} lie in the unknown area {area}"));
        };
        let employment = figures.get(Column::Employment as usize).copied().unwrap_or(Figure::Absent);
        if place.kind == "nation" {
            self.industry.entry(soc.to_owned()).or_default().insert(industry.to_owned(), employment);
        }
        if industry == ALL_INDUSTRIES {
            let row = pay_row(&place.id, soc, figures);
            if row.get(HOURLY_ONLY).is_some_and(|flag| flag == "1") {
                let wages = figures.get(Column::FirstHourly as usize..).unwrap_or_default();
                let texts = [place.id.clone(), soc.to_owned()];
                self.hourly.push(texts.into_iter().chain(wages.iter().map(ToString::to_string)).collect());
            }
            self.pay.push(row);
        }
    }

    /// A cell's value, or what its footnote says of it. A value beside a footnote stands; a top-coded cell with a
    /// value of its own has that as its bound.
    fn figure(&self, value: Option<&str>, marks: Option<&str>, hourly: bool) -> Result<Figure, String> {
        let mut meaning = Footnote::Remark;
        for mark in marks.into_iter().flat_map(|marks| marks.split(',')).map(str::trim) {
            match self.footnotes.get(mark) {
                Some(Footnote::Remark) => {}
                Some(found) => meaning = *found,
                None => return Err(format!("{mark:?} is no footnote of the database")),
            }
        }
        figure(value, meaning, hourly)
    }
}

/// A cell's value, or what its footnote means for it; `hourly` tells which bound of a top-coded wage is meant.
pub fn figure(value: Option<&str>, meaning: Footnote, hourly: bool) -> Result<Figure, String> {
    let Some(value) = value else { return Ok(Figure::Absent) };
    let published = if value == "-" { None } else { Some(number(value)?) };
    match (published, meaning) {
        (Some(bound), Footnote::TopCoded { .. }) => Ok(Figure::AtLeast(bound)),
        (None, Footnote::TopCoded { yearly, hourly: by_hour }) => {
            Ok(Figure::AtLeast(if hourly { by_hour } else { yearly }))
        }
        (Some(number), _) => Ok(Figure::Value(number)),
        (None, Footnote::NotReleased) => Ok(Figure::NotPublished),
        (None, Footnote::OneUnitOnly) => Ok(Figure::HourlyOnly),
        (None, Footnote::Remark) => Err("no value, and no footnote that says why".to_owned()),
    }
}

/// Area, industry and SOC code of a cell's key: `OEU`, the kind of area, then seven, six and six characters.
fn key_parts(key: &str) -> Option<(&str, &str, String)> {
    let rest = key.strip_prefix("OEU")?.get(1..)?;
    let (area, industry, occupation) = (rest.get(..7)?, rest.get(7..13)?, rest.get(13..)?);
    (occupation.len() == 6).then(|| (area, industry, format!("{}-{}", &occupation[..2], &occupation[2..])))
}

/// Position of the flag in a row of `pay.tsv`.
const HOURLY_ONLY: usize = 4;

/// A row of `pay.tsv`. The yearly wages are the published ones; where only hourly wages exist none is computed.
fn pay_row(place: &str, soc: &str, figures: &[Figure]) -> Vec<String> {
    let text = |column: Column| figures.get(column as usize).map(ToString::to_string).unwrap_or_default();
    let wages =
        figures.get(Column::FirstWage as usize..Column::LocationQuotient as usize).unwrap_or_default();
    let hourly = if wages.contains(&Figure::HourlyOnly) { "1" } else { "0" };
    let mut row = vec![
        place.to_owned(),
        soc.to_owned(),
        text(Column::Employment),
        text(Column::LocationQuotient),
        hourly.to_owned(),
        text(Column::MeanError),
    ];
    row.extend(wages.iter().map(ToString::to_string));
    row
}

/// `industry.tsv`: the industries with most of an occupation's employment. Industries are those of four digits, and of
/// three where OEWS has none of four; suppressed ones cannot be ranked and are left out.
fn industry_table(cells: &BTreeMap<String, BTreeMap<String, Figure>>, industries: &Industries) -> Table {
    let mut rows = Vec::new();
    for (soc, by_industry) in cells {
        let total = by_industry.get(ALL_INDUSTRIES).copied().unwrap_or(Figure::NotPublished);
        let mut largest: Vec<(&str, &str, f64)> = by_industry
            .iter()
            .filter(|(code, _)| is_counted(code, industries))
            .filter_map(|(code, employment)| match (employment, industries.get(code)) {
                (Figure::Value(persons), Some((title, _))) => Some((code.as_str(), title.as_str(), *persons)),
                _ => None,
            })
            .collect();
        largest.sort_by(|a, b| b.2.total_cmp(&a.2).then(a.0.cmp(b.0)));
        for (code, title, persons) in largest.into_iter().take(LARGEST) {
            let share = total.map(|all| (persons / all * 1000.0).round() / 10.0);
            let texts = [soc.clone(), code.to_owned(), title.to_owned()];
            let figures = [Figure::Value(persons).to_string(), share.to_string()];
            rows.push(texts.into_iter().chain(figures).collect());
        }
    }
    Table {
        name: "industry",
        sources: &["oews"],
        columns: &["soc", "naics", "title", "employment", "share_percent"],
        keys: &[Key::Text(0), Key::Text(1)],
        rows,
    }
}

/// Whether an industry is one of the parts that together make the whole once: a four-digit industry, or a three-digit
/// one that OEWS does not divide. Divisions by owner (`611002`) would count the same people again.
fn is_counted(code: &str, industries: &Industries) -> bool {
    let level = |code: &str| industries.get(code).map(|(_, level)| *level);
    let by_owner = |code: &str| industries.get(code).is_some_and(|(title, _)| title.ends_with(" Owned"));
    let is_four_digit = |code: &str| level(code) == Some(4) && !by_owner(code);
    match level(code) {
        Some(3) => {
            let divided = |other: &&String| other.get(..3) == code.get(..3) && is_four_digit(other);
            !industries.keys().any(|other| divided(&other))
        }
        _ => is_four_digit(code),
    }
}
