//! `careers list`: the filters and orders of the list of careers.

use clap::{Args, ValueEnum};
use serde::Serialize;
use waymark_catalogue::Catalogue;
use waymark_catalogue::shapes::{CareerFilters, CareerQuery, CareerRow, CareerSort, GrowthClass, Language};

use super::{NATION, code, known_place, question, rows};
use crate::output::{Failure, Output, figure, quoted};

#[derive(Args)]
pub struct List {
    /// Career clusters, by id
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    field: Vec<String>,
    /// Usual education at the start, by id
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    education: Vec<String>,
    /// Least middle pay at the place, dollars a year
    #[arg(long, value_name = "DOLLARS")]
    min_pay: Option<u32>,
    /// Place whose pay is meant (`places search` gives its code)
    #[arg(long, value_name = "CODE", default_value = NATION)]
    place: String,
    /// Growth against all occupations
    #[arg(long, value_enum, value_delimiter = ',')]
    growth: Vec<Growth>,
    /// Order; what is highest comes first, what is missing last
    #[arg(long, value_enum, default_value = "name")]
    sort: Sort,
    /// Most rows; all where it is not given
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    limit: Option<u32>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Growth {
    Faster,
    Average,
    Slower,
    Shrinking,
}

#[derive(Clone, Copy, ValueEnum)]
enum Sort {
    Name,
    Pay,
    Growth,
    Openings,
}

/// The careers that pass.
#[derive(Serialize)]
struct Listed {
    /// How many pass, of whom `rows` are the first.
    total: u32,
    rows: Vec<Coded>,
}

#[derive(Serialize)]
struct Coded {
    /// O*NET-SOC code.
    code: String,
    #[serde(flatten)]
    row: CareerRow,
}

pub fn list(
    list: &List,
    catalogue: &Catalogue,
    language: Language,
    output: &mut Output,
) -> Result<(), Failure> {
    known_place(catalogue, &list.place)?;
    for (filter, chosen) in [("field", &list.field), ("education", &list.education)] {
        known_values(catalogue, filter, chosen)?;
    }
    let query = CareerQuery {
        filters: CareerFilters {
            field: list.field.clone(),
            education: list.education.clone(),
            pay_at_least: list.min_pay,
            growth: list.growth.iter().map(|growth| growth.class()).collect(),
            ..CareerFilters::default()
        },
        sort: list.sort.order(),
        place: list.place.clone(),
        ..question(language)
    };
    let (total, found) = rows(catalogue, query, list.limit)?;
    let rows: Vec<_> = found.into_iter().map(|row| Coded { code: code(catalogue, &row), row }).collect();
    let listed = Listed { total, rows };
    if output.is_json() {
        return output.json(&listed);
    }
    let cells = |Coded { code, row }: Coded| {
        let education = row.education.unwrap_or_default();
        let figures = [row.pay, row.growth_percent, row.openings].map(figure);
        let [pay, growth, openings] = figures;
        [code, row.slug, pay, growth, openings, education, row.title]
    };
    let table: Vec<_> = listed.rows.into_iter().map(cells).collect();
    output.table(&["code", "slug", "pay", "growth_percent", "openings", "education", "title"], &table)
}

/// Refuses a value that no career has: it is a slip, not a question that nothing answers.
fn known_values(catalogue: &Catalogue, filter: &str, chosen: &[String]) -> Result<(), Failure> {
    if chosen.is_empty() {
        return Ok(());
    }
    let page = catalogue.search(&CareerQuery { limit: 0, ..question(Language::En) })?;
    let known = page.counts.get(filter).into_iter().flatten().map(|(value, _)| value.as_str());
    let known: Vec<&str> = known.collect();
    match chosen.iter().find(|value| !known.contains(&value.as_str())) {
        None => Ok(()),
        Some(value) => {
            let words = format!("--{filter} has no {}; it takes: {}", quoted(value), known.join(", "));
            Err(Failure::Refused(words))
        }
    }
}

impl Growth {
    fn class(self) -> GrowthClass {
        match self {
            Self::Faster => GrowthClass::Faster,
            Self::Average => GrowthClass::Average,
            Self::Slower => GrowthClass::Slower,
            Self::Shrinking => GrowthClass::Shrinking,
        }
    }
}

impl Sort {
    fn order(self) -> CareerSort {
        match self {
            Self::Name => CareerSort::Name,
            Self::Pay => CareerSort::Pay,
            Self::Growth => CareerSort::Growth,
            Self::Openings => CareerSort::Openings,
        }
    }
}
