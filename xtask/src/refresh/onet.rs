//! O*NET's text files: occupations, titles, job zones, education, technology and related occupations.

use std::collections::{BTreeMap, BTreeSet};

use super::codes::{is_occupation_code, soc_of};
use super::fault::Faults;
use super::figure::{Figure, on_scale};
use super::grid::Grid;
use super::table::{Key, Table};

/// Heading of the occupation's code in every O*NET file.
pub const CODE: &str = "O*NET-SOC Code";
/// Categories of required education on O*NET's scale.
const EDUCATION_CATEGORIES: u8 = 12;

/// The occupations of a release.
#[derive(Debug)]
pub struct Occupations {
    /// Titles of all occupations by code.
    pub titles: BTreeMap<String, String>,
}

impl Occupations {
    /// Reads the codes and titles.
    pub fn read(grid: &Grid, faults: &mut Faults) -> Option<Self> {
        let [code, title] = grid.columns([CODE, "Title"], faults)?;
        let mut titles = BTreeMap::new();
        for row in &grid.rows {
            if is_occupation_code(row.get(code)) && !row.get(title).is_empty() {
                titles.insert(row.get(code).to_owned(), row.get(title).to_owned());
            } else {
                faults.row(
                    &grid.file,
                    row.number,
                    format!("{:?} is not an O*NET-SOC code with a title", row.get(code)),
                );
            }
        }
        Some(Self { titles })
    }

    /// The SOC codes that the occupations belong to.
    pub fn socs(&self) -> BTreeSet<String> {
        self.titles.keys().map(|code| soc_of(code).to_owned()).collect()
    }

    /// Whether the release has the row's occupation; a fault where it has not.
    pub fn has(&self, grid: &Grid, number: usize, code: &str, faults: &mut Faults) -> bool {
        let known = self.titles.contains_key(code);
        if !known {
            faults.row(&grid.file, number, format!("{code:?} is no occupation of this release"));
        }
        known
    }
}

/// `occupation.tsv`. Occupations without a job zone are "not rated"; those in no cluster leave it empty.
pub fn occupation_table(
    occupations: &Occupations,
    zones: &Grid,
    clusters: &BTreeMap<String, Vec<String>>,
    faults: &mut Faults,
) -> Option<Table> {
    let [code, zone] = zones.columns([CODE, "Job Zone"], faults)?;
    let mut zone_of = BTreeMap::new();
    for row in &zones.rows {
        if occupations.has(zones, row.number, row.get(code), faults)
            && let Some(figure) = faults.take(&zones.file, row.number, on_scale(row.get(zone), 1.0, 5.0))
        {
            zone_of.insert(row.get(code), figure);
        }
    }
    let rows = occupations
        .titles
        .iter()
        .map(|(code, title)| {
            let zone = zone_of.get(code.as_str()).copied().unwrap_or(Figure::NotRated);
            let clusters = clusters.get(code).map_or_else(String::new, |ids| ids.join(","));
            vec![code.clone(), soc_of(code).to_owned(), title.clone(), clusters, zone.to_string()]
        })
        .collect();
    Some(Table {
        name: "occupation",
        sources: &["onet", "onet-clusters"],
        columns: &["code", "soc", "title", "cluster", "job_zone"],
        keys: &[Key::Text(0)],
        rows,
    })
}

/// `alternate_title.tsv`: the names under which people and employers know the occupation.
pub fn alternate_title_table(grid: &Grid, occupations: &Occupations, faults: &mut Faults) -> Option<Table> {
    // Release 30.3 renamed the file and its column.
    let heading = if grid.find("Job Title").is_some() { "Job Title" } else { "Alternate Title" };
    let [code, title] = grid.columns([CODE, heading], faults)?;
    let mut rows = Vec::new();
    for row in &grid.rows {
        if occupations.has(grid, row.number, row.get(code), faults) {
            rows.push(vec![row.get(code).to_owned(), row.get(title).to_owned()]);
        }
    }
    Some(Table {
        name: "alternate_title",
        sources: &["onet"],
        columns: &["code", "title"],
        keys: &[Key::Text(0), Key::Text(1)],
        rows,
    })
}

/// `education.tsv`: how many of those asked named each level as required. An occupation without answers is "not
/// rated" in all twelve categories.
pub fn education_table(grid: &Grid, occupations: &Occupations, faults: &mut Faults) -> Option<Table> {
    let [code, scale, category, value, suppress] =
        grid.columns([CODE, "Scale ID", "Category", "Data Value", "Recommend Suppress"], faults)?;
    let mut shares: BTreeMap<(String, u8), Figure> = BTreeMap::new();
    for row in &grid.rows {
        let wanted = occupations.has(grid, row.number, row.get(code), faults) && row.get(scale) == "RL";
        if !wanted {
            continue;
        }
        let level = row.get(category).parse().ok().filter(|level| (1..=EDUCATION_CATEGORIES).contains(level));
        let Some(level) = level else {
            faults.row(
                &grid.file,
                row.number,
                format!("{:?} is not a category from 1 to 12", row.get(category)),
            );
            continue;
        };
        let share = on_scale(row.get(value), 0.0, 100.0)
            .and_then(|share| unless_suppressed(share, row.get(suppress)));
        if let Some(share) = faults.take(&grid.file, row.number, share) {
            shares.insert((row.get(code).to_owned(), level), share);
        }
    }
    let mut rows = Vec::new();
    for code in occupations.titles.keys() {
        let asked = (1..=EDUCATION_CATEGORIES).any(|level| shares.contains_key(&(code.clone(), level)));
        for level in 1..=EDUCATION_CATEGORIES {
            let share = match shares.get(&(code.clone(), level)) {
                Some(share) => *share,
                None if asked => {
                    faults.file(&grid.file, format!("{code} lacks education category {level}"));
                    continue;
                }
                None => Figure::NotRated,
            };
            rows.push(vec![code.clone(), level.to_string(), share.to_string()]);
        }
    }
    Some(Table {
        name: "education",
        sources: &["onet"],
        columns: &["code", "category", "share_percent"],
        keys: &[Key::Text(0), Key::Number(1)],
        rows,
    })
}

/// A figure that O*NET recommends suppressing counts as not published. The mark is `n/a` or empty where the precision
/// is unknown.
pub fn unless_suppressed(figure: Figure, mark: &str) -> Result<Figure, String> {
    match mark {
        "Y" => Ok(Figure::NotPublished),
        "N" | "n/a" | "" => Ok(figure),
        other => Err(format!("{other:?} is not a mark of \"Recommend Suppress\"")),
    }
}

/// `technology.tsv`: names, categories and the two marks that O*NET takes from job postings.
pub fn technology_table(grid: &Grid, occupations: &Occupations, faults: &mut Faults) -> Option<Table> {
    let [code, example, category, hot, demand] =
        grid.columns([CODE, "Example", "Commodity Title", "Hot Technology", "In Demand"], faults)?;
    let mut rows = Vec::new();
    for row in &grid.rows {
        if !occupations.has(grid, row.number, row.get(code), faults) {
            continue;
        }
        let hot = faults.take(&grid.file, row.number, yes_or_no(row.get(hot)));
        let demand = faults.take(&grid.file, row.number, yes_or_no(row.get(demand)));
        if let (Some(hot), Some(demand)) = (hot, demand) {
            let texts = [row.get(code), row.get(example), row.get(category), hot, demand];
            rows.push(texts.map(str::to_owned).to_vec());
        }
    }
    Some(Table {
        name: "technology",
        sources: &["onet"],
        columns: &["code", "title", "category", "hot", "in_demand"],
        keys: &[Key::Text(0), Key::Text(1), Key::Text(2)],
        rows,
    })
}

fn yes_or_no(text: &str) -> Result<&'static str, String> {
    match text {
        "Y" => Ok("1"),
        "N" => Ok("0"),
        other => Err(format!("{other:?} is neither Y nor N")),
    }
}

/// `related.tsv`: the related occupations in O*NET's order.
pub fn related_table(grid: &Grid, occupations: &Occupations, faults: &mut Faults) -> Option<Table> {
    let [code, related, index] = grid.columns([CODE, "Related O*NET-SOC Code", "Index"], faults)?;
    let mut rows = Vec::new();
    for row in &grid.rows {
        if !occupations.has(grid, row.number, row.get(code), faults) {
            continue;
        }
        let title = occupations.titles.get(row.get(related));
        let title = title.ok_or_else(|| format!("{:?} is no occupation of this release", row.get(related)));
        let rank = row.get(index).parse::<u16>().map_err(|_| format!("{:?} is not a rank", row.get(index)));
        let title = faults.take(&grid.file, row.number, title);
        let rank = faults.take(&grid.file, row.number, rank);
        if let (Some(title), Some(rank)) = (title, rank) {
            let texts =
                [row.get(code).to_owned(), row.get(related).to_owned(), title.clone(), rank.to_string()];
            rows.push(texts.to_vec());
        }
    }
    Some(Table {
        name: "related",
        sources: &["onet"],
        columns: &["code", "related_code", "related_title", "rank"],
        keys: &[Key::Text(0), Key::Number(3)],
        rows,
    })
}
