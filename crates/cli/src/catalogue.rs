//! `catalogue`: where the file is, what it holds, whether it is whole.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::Subcommand;
use serde::Serialize;
use waymark_catalogue::Catalogue;
use waymark_catalogue::shapes::{CatalogueInfo, Source};

use crate::output::{Failure, Output, number};

/// The file's name, beside the program or among an installation's resources.
const NAME: &str = "waymark-catalogue.db";

#[derive(Subcommand)]
pub enum CatalogueFile {
    /// Release of each source, and how much there is of everything
    Info,
    /// Check the file's seal and structure, and count its rows
    Verify,
}

/// What was checked, and what was found.
#[derive(Serialize)]
struct Verified {
    file: String,
    /// What was looked at; whatever fails ends the program with 1 instead.
    checked: [&'static str; 4],
    careers: u32,
    occupations: u32,
    guides: u32,
    places: u32,
    /// Rows of each table.
    rows: BTreeMap<String, u32>,
}

/// The file that was named, else the program's own: in the target folder of the build that it lies in (before the copy
/// beside it, which only a build of the window renews), beside it, or where an installation keeps it. The window looks
/// in the same places.
pub fn file(named: Option<&Path>) -> PathBuf {
    if let Some(named) = named {
        return named.to_owned();
    }
    let program = std::env::current_exe().ok();
    let beside = program.as_deref().and_then(Path::parent);
    let above = beside.and_then(Path::parent);
    let installed = above.into_iter().flat_map(|above| [above.join("lib/Waymark"), above.join("Resources")]);
    let folders = above.into_iter().chain(beside).map(Path::to_owned).chain(installed);
    let found = folders.map(|folder| folder.join(NAME)).find(|path| path.is_file());
    found.unwrap_or_else(|| NAME.into())
}

/// Opens the file.
pub fn open(file: &Path) -> Result<Catalogue, Failure> {
    Catalogue::open(file).map_err(|error| match Failure::from(error) {
        Failure::Failed(code, words) => Failure::Failed(code, format!("{words} ({})", file.display())),
        other => other,
    })
}

pub fn run(about: &CatalogueFile, file: &Path, output: &mut Output) -> Result<(), Failure> {
    let catalogue = open(file)?;
    match about {
        CatalogueFile::Info => info(&catalogue.info()?, output),
        CatalogueFile::Verify => verify(&catalogue, file, output),
    }
}

fn info(info: &CatalogueInfo, output: &mut Output) -> Result<(), Failure> {
    if output.is_json() {
        return output.json(info);
    }
    counts(info, output)?;
    output.line("")?;
    let row = |source: &Source| {
        let Source { id, release, date, licence, title, publisher, .. } = source;
        [id, release, date, licence, title, publisher].map(String::clone)
    };
    let rows: Vec<_> = info.sources.iter().map(row).collect();
    output.table(&["source", "release", "date", "licence", "title", "publisher"], &rows)
}

fn verify(catalogue: &Catalogue, file: &Path, output: &mut Output) -> Result<(), Failure> {
    let rows = catalogue.verify()?;
    let info = catalogue.info()?;
    let verified = Verified {
        file: file.display().to_string(),
        checked: ["seal", "version", "structure", "references"],
        careers: info.careers,
        occupations: info.occupations,
        guides: info.guides,
        places: info.places,
        rows,
    };
    if output.is_json() {
        return output.json(&verified);
    }
    output.line(&verified.file)?;
    output.line(&format!("checked and sound: {}", verified.checked.join(", ")))?;
    output.line("")?;
    counts(&info, output)?;
    output.line("")?;
    let row = |(table, rows): (&String, &u32)| [table.clone(), number(f64::from(*rows))];
    output.table(&["table", "rows"], &verified.rows.iter().map(row).collect::<Vec<_>>())
}

fn counts(info: &CatalogueInfo, output: &mut Output) -> Result<(), Failure> {
    let counts = [
        ("careers", info.careers),
        ("occupations", info.occupations),
        ("guides", info.guides),
        ("places", info.places),
    ];
    let rows = counts.map(|(what, count)| [what.to_owned(), number(f64::from(count))]);
    output.table(&["what", "count"], &rows)
}
