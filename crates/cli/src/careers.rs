//! `careers`: search, one career, the list, careers side by side.

mod list;
mod search;
mod shown;

use std::path::PathBuf;

use clap::Subcommand;
use waymark_catalogue::Catalogue;
use waymark_catalogue::shapes::{Career, CareerFilters, CareerQuery, CareerRow, CareerSort, Language};

use crate::output::{Failure, Output, quoted};

/// The most rows that the catalogue gives at once.
const SCREEN: u32 = 200;
/// The place of whoever names none.
const NATION: &str = "US";

#[derive(Subcommand)]
pub enum Careers {
    /// Careers that fit what was typed, the best first
    Search {
        /// What a student would type
        #[arg(value_name = "TEXT", required_unless_present = "batch", conflicts_with = "batch")]
        text: Vec<String>,
        /// File with a query on each line ('-' for standard input); prints a line of JSON for each
        #[arg(long, value_name = "FILE")]
        batch: Option<PathBuf>,
        /// Most rows for a query
        #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..))]
        limit: u32,
    },
    /// All about one career
    Show {
        /// O*NET-SOC code (15-1252.00) or address (software-developers)
        #[arg(value_name = "CODE|SLUG")]
        career: String,
        /// Place whose pay is shown (`places search` gives its code)
        #[arg(long, value_name = "CODE", default_value = NATION)]
        place: String,
    },
    /// Careers that pass the filters
    List(list::List),
    /// Two to four careers side by side
    Compare {
        /// O*NET-SOC codes or addresses
        #[arg(value_name = "CODE", num_args = 2..=4, required = true)]
        careers: Vec<String>,
        /// Place whose pay is shown
        #[arg(long, value_name = "CODE", default_value = NATION)]
        place: String,
    },
}

pub fn run(
    careers: &Careers,
    catalogue: &Catalogue,
    language: Language,
    output: &mut Output,
) -> Result<(), Failure> {
    match careers {
        Careers::Search { batch: Some(file), limit, .. } => {
            search::batch(catalogue, file, *limit, language, output)
        }
        Careers::Search { text, limit, .. } => {
            search::one(catalogue, &text.join(" "), *limit, language, output)
        }
        Careers::Show { career, place } => {
            known_place(catalogue, place)?;
            shown::career(&find(catalogue, career, place, language)?, output)
        }
        Careers::List(list) => list::list(list, catalogue, language, output),
        Careers::Compare { careers, place } => {
            known_place(catalogue, place)?;
            let found = careers.iter().map(|name| find(catalogue, name, place, language));
            let found = found.collect::<Result<Vec<_>, _>>()?;
            for (at, career) in found.iter().enumerate() {
                if found.iter().take(at).any(|before| before.slug == career.slug) {
                    return Err(Failure::Refused(format!("{} is named twice", career.slug)));
                }
            }
            shown::side_by_side(&found, output)
        }
    }
}

/// The career of this address, or of this O*NET-SOC code. A SOC code stands for the occupation that it names.
fn find(catalogue: &Catalogue, name: &str, place: &str, language: Language) -> Result<Career, Failure> {
    let of_code = || catalogue.address(name).or_else(|| catalogue.address(&format!("{name}.00")));
    let slug = match catalogue.title(name, language) {
        Some(_) => Some(name.to_owned()),
        None => of_code(),
    };
    let career = slug.map(|slug| catalogue.career(&slug, place, language)).transpose()?.flatten();
    career.ok_or_else(|| Failure::Failed("careers.not_found", format!("there is no career {}", quoted(name))))
}

fn known_place(catalogue: &Catalogue, place: &str) -> Result<(), Failure> {
    let known = catalogue.place(place, Language::En).map(|_| ());
    known.ok_or_else(|| Failure::Failed("places.not_found", format!("there is no place {}", quoted(place))))
}

/// All careers by name, in the language asked for: where every question begins.
fn question(language: Language) -> CareerQuery {
    CareerQuery {
        text: String::new(),
        filters: CareerFilters::default(),
        sort: CareerSort::Name,
        offset: 0,
        limit: SCREEN,
        place: NATION.to_owned(),
        language,
    }
}

/// How many careers answer a question, and the first rows of them, also where they are more than a screen.
fn rows(
    catalogue: &Catalogue,
    mut query: CareerQuery,
    most: Option<u32>,
) -> Result<(u32, Vec<CareerRow>), Failure> {
    let mut rows: Vec<CareerRow> = Vec::new();
    loop {
        query.offset = u32::try_from(rows.len()).unwrap_or(u32::MAX);
        query.limit = most.map_or(SCREEN, |most| most.saturating_sub(query.offset).min(SCREEN));
        let page = catalogue.search(&query)?;
        let last = page.rows.len() < usize::try_from(SCREEN).unwrap_or(usize::MAX);
        rows.extend(page.rows);
        if last {
            return Ok((page.total, rows));
        }
    }
}

/// The code of a row's occupation.
fn code(catalogue: &Catalogue, row: &CareerRow) -> String {
    catalogue.code(&row.slug).unwrap_or_default()
}
