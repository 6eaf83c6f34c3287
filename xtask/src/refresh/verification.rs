//! The shipped tables against the official files, read a second way: by fixed positions and point queries instead of
//! headings and one pass. Runs where the official files are at hand (`WAYMARK_OFFICIAL_DATA`, folders parted as in `PATH`).
#![allow(clippy::disallowed_methods, reason = "reads the publisher's own database, never the records")]

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{BuildHasher as _, DefaultHasher, Hash as _, Hasher as _, RandomState};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use anyhow::{Context as _, Result, ensure};
use calamine::{Data, Reader as _, Xlsx, open_workbook};
use rusqlite::{Connection, OptionalExtension as _};

use super::build;
use super::fault::Faults;

/// How many occupations are drawn.
const DRAWN: usize = 20;

/// The occupations whose every figure is compared: drawn anew at each run, by a number that is printed. The same number
/// in `WAYMARK_DRAW` draws the same ones.
fn compared() -> &'static [String] {
    static DRAW: OnceLock<Vec<String>> = OnceLock::new();
    DRAW.get_or_init(|| {
        let given = std::env::var("WAYMARK_DRAW").ok().and_then(|text| text.parse().ok());
        let number: u64 = given.unwrap_or_else(|| RandomState::new().build_hasher().finish());
        let mut all: Vec<String> = shipped("occupation", 1)
            .map(|table| table.into_keys().filter_map(|key| key.into_iter().next()).collect())
            .unwrap_or_default();
        all.sort_by_key(|code| {
            let mut hasher = DefaultHasher::new();
            (number, code).hash(&mut hasher);
            hasher.finish()
        });
        all.truncate(DRAWN);
        // The same answer whether or not the words can be printed.
        let _said = say(&format!("drawn with WAYMARK_DRAW={number}: {}", all.join(" ")));
        all
    })
}

fn is_compared(code: &str) -> bool {
    compared().iter().any(|drawn| drawn == code)
}

/// The SOC codes of the drawn occupations, each once.
fn socs() -> BTreeSet<&'static str> {
    compared().iter().filter_map(|code| code.get(..7)).collect()
}

fn say(words: &str) -> Result<()> {
    Ok(writeln!(std::io::stdout().lock(), "{words}")?)
}

fn facts() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../data/facts")
}

fn folders() -> Result<Option<Vec<PathBuf>>> {
    let Some(folders) = std::env::var_os("WAYMARK_OFFICIAL_DATA") else {
        say("not run: official files are not at hand")?;
        return Ok(None);
    };
    Ok(Some(std::env::split_paths(&folders).collect()))
}

/// The one file below the folders whose path ends so.
fn official(folders: &[PathBuf], ending: &str) -> Result<PathBuf> {
    let mut open = folders.to_vec();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            for entry in std::fs::read_dir(&path)? {
                open.push(entry?.path());
            }
        } else if path.to_string_lossy().ends_with(ending) {
            return Ok(path);
        }
    }
    anyhow::bail!("{ending} is not at hand")
}

/// A shipped table's text, whether it lies there open or packed.
fn table_text(table: &str) -> Result<String> {
    let open = facts().join(format!("{table}.tsv"));
    if open.is_file() {
        return Ok(std::fs::read_to_string(open)?);
    }
    let packed = std::fs::File::open(facts().join(format!("{table}.tsv.gz")))?;
    Ok(std::io::read_to_string(flate2::read::GzDecoder::new(packed))?)
}

/// A shipped table as rows of text, by their key cells.
fn shipped(table: &str, keys: usize) -> Result<BTreeMap<Vec<String>, Vec<String>>> {
    let text = table_text(table)?;
    let rows = text.lines().filter(|line| !line.starts_with("# ")).skip(1);
    Ok(rows
        .map(|row| {
            let mut cells: Vec<String> = row.split('\t').map(str::to_owned).collect();
            let rest = cells.split_off(keys);
            (cells, rest)
        })
        .collect())
}

#[derive(Default)]
struct Comparison {
    figures: usize,
    differences: Vec<String>,
}

impl Comparison {
    /// Compares as numbers where both are, else as words.
    fn same(&mut self, what: &str, shipped: Option<&String>, official: &str) {
        self.figures += 1;
        let shipped = shipped.map_or("(no row)", String::as_str);
        let equal = match (shipped.parse::<f64>(), official.parse::<f64>()) {
            (Ok(a), Ok(b)) => (a - b).abs() < 1e-6,
            _ => shipped == official,
        };
        if !equal {
            self.differences.push(format!("{what}: shipped {shipped}, official {official}"));
        }
    }

    fn tell(self, subject: &str) -> Result<usize> {
        say(&format!("{subject}: {} figures compared, {} differ", self.figures, self.differences.len()))?;
        ensure!(self.differences.is_empty(), "{}", self.differences.join("\n"));
        ensure!(self.figures > 0, "{subject}: nothing was compared");
        Ok(self.figures)
    }
}

fn key<const N: usize>(parts: [&str; N]) -> Vec<String> {
    parts.map(str::to_owned).to_vec()
}

/// Rows of a sheet as text.
fn sheet(path: &Path, name: &str) -> Result<Vec<Vec<String>>> {
    let mut book: Xlsx<_> = open_workbook(path)?;
    let range = book.worksheet_range(name)?;
    let text = |cell: &Data| match cell {
        Data::Float(number) => number.to_string(),
        other => other.to_string(),
    };
    Ok(range.rows().map(|row| row.iter().map(text).collect()).collect())
}

fn lines(path: &Path) -> Result<Vec<Vec<String>>> {
    let text = std::fs::read_to_string(path)?;
    Ok(text.lines().map(|line| line.split('\t').map(str::to_owned).collect()).collect())
}

fn cell(row: &[String], at: usize) -> &str {
    row.get(at).map_or("", String::as_str)
}

#[test]
fn projections_are_those_of_the_official_workbook() -> Result<()> {
    let Some(folders) = folders()? else { return Ok(()) };
    let path = official(&folders, "occupation_2024-2034.xlsx")?;
    let (main, leaving) = (sheet(&path, "Table 1.2")?, sheet(&path, "Table 1.10")?);
    let table = shipped("projection", 1)?;
    let mut comparison = Comparison::default();
    let persons = |text: &str| match text.parse::<f64>() {
        Ok(thousands) => format!("{:.0}", thousands * 1000.0),
        Err(_) => published_or_not(text),
    };
    for soc in socs().into_iter().chain(["00-0000"]) {
        // The projections have no row for some classes, and then nothing is shipped.
        let row = main.iter().find(|row| cell(row, 1) == soc);
        let left = leaving.iter().find(|row| cell(row, 1) == soc);
        let (Some(row), Some(left)) = (row, left) else {
            ensure!(!table.contains_key(&key([soc])), "{soc} is shipped and not in the projections");
            continue;
        };
        let expected = [
            persons(cell(row, 3)),
            persons(cell(row, 4)),
            persons(cell(row, 7)),
            published_or_not(cell(row, 8)),
            persons(cell(row, 10)),
            persons(cell(left, 12)),
            published_or_not(cell(row, 9)),
        ];
        let found = table.get(&key([soc])).context("no shipped row")?;
        for (at, expected) in expected.iter().enumerate() {
            comparison.same(&format!("{soc}, figure {at}"), found.get(at), expected);
        }
    }
    comparison.tell("Employment Projections")?;
    Ok(())
}

/// A cell of the projections as the tables write it: an em dash is a figure that is not published.
fn published_or_not(text: &str) -> String {
    if text == "—" { "not_published".to_owned() } else { text.to_owned() }
}

/// A database that is read only; the packed one is unpacked first, the file is kept while it is used.
fn database(folders: &[PathBuf]) -> Result<(Connection, Option<tempfile::NamedTempFile>)> {
    if let Ok(plain) = official(folders, "oews-2025.sqlite") {
        return Ok((Connection::open(plain)?, None));
    }
    let packed = std::fs::File::open(official(folders, "oews-2025.sqlite.gz")?)?;
    let mut unpacked = tempfile::NamedTempFile::new()?;
    std::io::copy(&mut flate2::read::GzDecoder::new(packed), unpacked.as_file_mut())?;
    Ok((Connection::open(unpacked.path())?, Some(unpacked)))
}

/// One value of OEWS as the tables would write it; `None` where there is no such cell.
fn published(database: &Connection, key: &str, datatype: &str) -> Result<Option<String>> {
    let query = format!("SELECT v{datatype}, f{datatype} FROM cell WHERE key = ?1");
    let found: Option<(Option<String>, Option<String>)> =
        database.query_row(&query, [key], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    let Some((value, footnote)) = found else { return Ok(None) };
    Ok(Some(match (value.as_deref(), footnote.as_deref()) {
        (None, _) => String::new(),
        (Some("-"), Some("4")) => "hourly_only".to_owned(),
        (Some("-"), Some("5")) => "at_least:239200".to_owned(),
        (Some("-"), Some("8")) => "not_published".to_owned(),
        (Some(value), _) => value.to_owned(),
    }))
}

#[test]
fn pay_is_that_of_every_place_in_oews() -> Result<()> {
    let Some(folders) = folders()? else { return Ok(()) };
    let (database, _unpacked) = database(&folders)?;
    let table = shipped("pay", 2)?;
    let mut query = database.prepare("SELECT area_code, areatype_code FROM area")?;
    let areas: Vec<(String, String)> =
        query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
    let mut comparison = Comparison::default();
    let by_hour = shipped("hourly_pay", 2)?;
    for soc in socs() {
        for (area, kind) in &areas {
            let place = match (kind.as_str(), area.strip_prefix("00")) {
                ("N", _) => "US".to_owned(),
                ("S", _) => format!("ST{}", &area[..2]),
                (_, Some(metropolitan)) => format!("MA{metropolitan}"),
                _ => format!("NM{area}"),
            };
            let cell_key = format!("OEU{kind}{area}000000{}", soc.replace('-', ""));
            let row = table.get(&key([&place, soc]));
            for (datatype, at) in
                [("01", 0), ("17", 1), ("05", 3), ("11", 4), ("12", 5), ("13", 6), ("14", 7), ("15", 8)]
            {
                let Some(official) = published(&database, &cell_key, datatype)? else {
                    ensure!(row.is_none(), "{place} {soc} is shipped and is not in OEWS");
                    continue;
                };
                let shipped = row.and_then(|row| row.get(at));
                comparison.same(&format!("{place} {soc}, data type {datatype}"), shipped, &official);
            }
            if let Some(row) = by_hour.get(&key([&place, soc])) {
                for (datatype, at) in [("06", 0), ("07", 1), ("08", 2), ("09", 3), ("10", 4)] {
                    let official = published(&database, &cell_key, datatype)?.context("no hourly cell")?;
                    let official = official.replace("at_least:239200", "at_least:115");
                    comparison.same(
                        &format!("{place} {soc}, by the hour {datatype}"),
                        row.get(at),
                        &official,
                    );
                }
            }
        }
    }
    comparison.tell("OEWS pay")?;
    Ok(())
}

#[test]
fn industries_are_those_of_oews() -> Result<()> {
    let Some(folders) = folders()? else { return Ok(()) };
    let (database, _unpacked) = database(&folders)?;
    let mut comparison = Comparison::default();
    for (keys, row) in shipped("industry", 2)? {
        let (soc, naics) = (cell(&keys, 0), cell(&keys, 1));
        if !socs().contains(soc) {
            continue;
        }
        let of = |industry: &str| {
            published(&database, &format!("OEUN0000000{industry}{}", soc.replace('-', "")), "01")
        };
        let (persons, all) = (of(naics)?.context("no cell")?, of("000000")?.context("no cell")?);
        let share = persons.parse::<f64>()? / all.parse::<f64>()? * 100.0;
        comparison.same(&format!("{soc} in {naics}, employment"), row.get(1), &persons);
        comparison.same(&format!("{soc} in {naics}, share"), row.get(2), &format!("{share:.1}"));
    }
    comparison.tell("OEWS industries")?;
    Ok(())
}

#[test]
fn skills_knowledge_abilities_and_activities_are_those_of_onet() -> Result<()> {
    let Some(folders) = folders()? else { return Ok(()) };
    let table = shipped("rating", 3)?;
    let mut comparison = Comparison::default();
    for (kind, file) in [("skill", "Skills"), ("knowledge", "Knowledge")] {
        for row in sheet(&official(&folders, &format!("_{file}.xlsx"))?, file)? {
            if !is_compared(cell(&row, 0)) {
                continue;
            }
            let at = usize::from(cell(&row, 4) == "LV");
            let official = if cell(&row, 11) == "Y" { "not_published" } else { cell(&row, 6) };
            let shipped =
                table.get(&key([cell(&row, 0), kind, cell(&row, 2)])).and_then(|found| found.get(at));
            comparison.same(
                &format!("{} {} {}", cell(&row, 0), cell(&row, 2), cell(&row, 4)),
                shipped,
                official,
            );
        }
    }
    for (kind, file) in [("ability", "abilities_30.x.tsv"), ("activity", "work_activities_30.x.tsv")] {
        for row in lines(&official(&folders, file)?)? {
            if !is_compared(cell(&row, 0)) {
                continue;
            }
            let found = table.get(&key([cell(&row, 0), kind, cell(&row, 1)]));
            for at in 0..2 {
                let shipped = found.and_then(|found| found.get(at));
                comparison.same(&format!("{} {}", cell(&row, 0), cell(&row, 1)), shipped, cell(&row, 3 + at));
            }
        }
    }
    comparison.tell("O*NET ratings")?;
    Ok(())
}

#[test]
fn interests_values_styles_education_and_zones_are_those_of_onet() -> Result<()> {
    let Some(folders) = folders()? else { return Ok(()) };
    let mut comparison = Comparison::default();
    let (interests, values, styles) =
        (shipped("interest", 1)?, shipped("work_value", 2)?, shipped("work_style", 2)?);
    let (education, occupations) = (shipped("education", 2)?, shipped("occupation", 1)?);
    let mut listed = Vec::new();
    let files = [
        ("30.2-interests/Interests.txt", "interest"),
        ("30.1/Work Values.txt", "value"),
        ("30.1/Work Styles.txt", "style"),
        ("30.1/Education, Training, and Experience.txt", "education"),
        ("30.1/Job Zones.txt", "zone"),
    ];
    for (file, subject) in files {
        for row in lines(&official(&folders, file)?)? {
            let (code, element, scale) = (cell(&row, 0), cell(&row, 1), cell(&row, 3));
            if !is_compared(code) {
                continue;
            }
            listed.push((subject, code.to_owned()));
            let what = format!("{code} {subject} {element}");
            let order = ["1.B.1.a", "1.B.1.b", "1.B.1.c", "1.B.1.d", "1.B.1.e", "1.B.1.f"];
            let by_element = key([code, element]);
            match (subject, scale, order.iter().position(|id| *id == element)) {
                ("interest", "OI", Some(at)) => {
                    comparison.same(
                        &what,
                        interests.get(&key([code])).and_then(|row| row.get(at)),
                        cell(&row, 4),
                    );
                }
                ("value", "EX", _) => {
                    comparison.same(
                        &what,
                        values.get(&by_element).and_then(|row| row.first()),
                        cell(&row, 4),
                    );
                }
                ("style", "WI", _) => {
                    comparison.same(
                        &what,
                        styles.get(&by_element).and_then(|row| row.first()),
                        cell(&row, 4),
                    );
                }
                ("education", "RL", _) => {
                    let official = if cell(&row, 10) == "Y" { "not_published" } else { cell(&row, 5) };
                    let found = education.get(&key([code, cell(&row, 4)])).and_then(|row| row.first());
                    comparison.same(&what, found, official);
                }
                ("zone", ..) => {
                    comparison.same(&what, occupations.get(&key([code])).and_then(|row| row.get(3)), element);
                }
                _ => {}
            }
        }
    }
    // What a file does not list must be shipped as not rated.
    for code in compared() {
        for (subject, table) in [("value", &values), ("education", &education)] {
            if !listed.contains(&(subject, code.clone())) {
                for (keys, row) in table.iter().filter(|(keys, _)| cell(keys, 0) == *code) {
                    comparison.same(&format!("{code} {subject} {}", cell(keys, 1)), row.first(), "not_rated");
                }
            }
        }
    }
    comparison.tell("O*NET interests, values, styles, education, job zones")?;
    Ok(())
}

#[test]
fn the_shipped_tables_are_what_refresh_writes() -> Result<()> {
    let Some(folders) = folders()? else { return Ok(()) };
    let mut faults = Faults::default();
    let outputs = build::outputs(&folders, &facts(), &mut faults);
    faults.finish()?;
    for output in &outputs {
        let (name, bytes) = output.stored()?;
        ensure!(std::fs::read(facts().join(&name))? == bytes, "{name} is not what refresh writes");
    }
    say(&format!("{} files are byte for byte what refresh writes", outputs.len()))
}
