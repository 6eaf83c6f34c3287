//! Compiles `data/` into the catalogue file.

mod cells;
mod facts;
mod fault;
mod figures;
mod front;
mod guide;
mod index;
mod keys;
mod markdown;
mod short;
mod sources;
mod subjects;
mod tables;
mod text;
mod words;
mod write;

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;

pub use fault::{BuildFaults, Fault, FaultKind};

use cells::Known;
use facts::Facts;
use fault::Faults;
pub(crate) use sources::ORIGINAL;
use sources::Sources;
use subjects::Subjects;
use write::Content;

/// What a build made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BuildReport {
    /// Careers with a page.
    pub careers: usize,
    /// Slugs of the guides that have no Spanish text yet.
    pub untranslated: Vec<String>,
    /// Rows of each table of facts.
    pub tables: BTreeMap<String, usize>,
    /// Tables that `data/README.md` names and the folder has not.
    pub absent: Vec<String>,
    /// Size of the file, bytes.
    pub bytes: u64,
}

/// Compiles the data folder into one read-only file at `out`. The same data give the same bytes.
///
/// Reads `facts/*.tsv` and `.tsv.gz`, `facts/sources.toml`, `careers/*.md`, `guides/*.toml` and `words/*.tsv`. If anything is wrong, nothing is written (a file that
/// stands there already stays), and every fault of every file is in the error.
pub fn build(data: &Path, out: &Path) -> Result<BuildReport, BuildFaults> {
    let mut faults = Faults::default();
    if !data.is_dir() {
        faults.add(&data.display().to_string(), 0, FaultKind::Unreadable, "there is no such folder");
    }
    let facts = Facts::read(data, &mut faults);
    let known = Known::of(&facts);
    cells::check(&facts, &known, &mut faults);
    let mut sources = Sources::read(data, &facts, &mut faults);
    let mut guides = guide::read_all(data, &known, &mut sources, &mut faults);
    guides.extend(short::read_all(data, &facts, &sources, &mut faults));
    guides.sort_by(|a, b| a.slug.cmp(&b.slug));
    check_addresses(&guides, &mut faults);
    words::add(data, &known, &mut guides, &mut faults);
    let subjects = Subjects::read(data, &mut faults);
    faults.into_result()?;

    let content = Content { facts: &facts, sources: &sources, guides: &guides, subjects: &subjects };
    let bytes = write::write(&content, out).map_err(|error| {
        let file = out.display().to_string();
        BuildFaults {
            faults: vec![Fault { file, line: 0, kind: FaultKind::Unwritable, detail: error.to_string() }],
        }
    })?;
    let absent = tables::TABLES.iter().filter(|table| facts.get(table.name).is_none());
    Ok(BuildReport {
        careers: guides.len(),
        untranslated: guides.iter().filter(|g| g.spanish.is_none()).map(|g| g.slug.clone()).collect(),
        tables: facts.0.iter().map(|loaded| (loaded.table.name.to_owned(), loaded.rows())).collect(),
        absent: absent.map(|table| table.name.to_owned()).collect(),
        bytes,
    })
}

/// Two careers with one address are a fault: a link could mean either.
fn check_addresses(guides: &[guide::Guide], faults: &mut Faults) {
    for pair in guides.windows(2) {
        if let [first, second] = pair
            && first.slug == second.slug
        {
            let detail = format!("{} and {} both have it", first.facts.occupation, second.facts.occupation);
            faults.add(&format!("the address {}", first.slug), 0, FaultKind::Slug, detail);
        }
    }
}
