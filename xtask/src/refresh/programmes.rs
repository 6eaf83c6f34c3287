//! Programmes of study for occupations, SOC titles and career clusters.

use std::collections::{BTreeMap, BTreeSet};

use super::codes::{EVERYONE, is_occupation_code, is_soc_code};
use super::fault::Faults;
use super::grid::Grid;
use super::table::{Key, Table};
use super::words::{snake_case, without_stop};

/// Code under which the crosswalk lists programmes without an occupation.
const NO_OCCUPATION: &str = "99-9999";
/// Code under which it lists occupations without a programme.
const NO_PROGRAMME: &str = "99.9999";

/// `programme.tsv`: the programmes that prepare for each occupation, under their CIP titles.
pub fn programme_table(
    crosswalk: &Grid,
    cip: &Grid,
    socs: &BTreeSet<String>,
    faults: &mut Faults,
) -> Option<Table> {
    let [cip_code, cip_title] = cip.columns(["CIPCode", "CIPTitle"], faults)?;
    let titles: BTreeMap<&str, String> =
        cip.rows.iter().map(|row| (row.get(cip_code), without_stop(row.get(cip_title)))).collect();
    let [programme, occupation] = crosswalk.columns(["CIP2020Code", "SOC2018Code"], faults)?;
    let mut rows = Vec::new();
    for row in &crosswalk.rows {
        let (code, soc) = (row.get(programme), row.get(occupation));
        if soc == NO_OCCUPATION || code == NO_PROGRAMME {
            continue;
        }
        if !is_soc_code(soc) {
            faults.row(&crosswalk.file, row.number, format!("{soc:?} is not a SOC code"));
        }
        match titles.get(code) {
            None => {
                let reason = format!("{code:?} is no programme of {}", cip.file);
                faults.row(&crosswalk.file, row.number, reason);
            }
            Some(title) if socs.contains(soc) => {
                rows.push(vec![soc.to_owned(), code.to_owned(), title.clone()]);
            }
            Some(_) => {}
        }
    }
    Some(Table {
        name: "programme",
        sources: &["crosswalk", "cip-titles"],
        columns: &["soc", "cip", "title"],
        keys: &[Key::Text(0), Key::Text(1)],
        rows,
    })
}

/// The clusters of each occupation as ids, and `cluster.tsv`.
pub fn clusters(
    grid: &Grid,
    spanish: &BTreeMap<String, String>,
    faults: &mut Faults,
) -> Option<(BTreeMap<String, Vec<String>>, Table)> {
    let [cluster, code] = grid.columns(["Career Cluster", "Code"], faults)?;
    let mut of_occupation: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut names = BTreeSet::new();
    for row in &grid.rows {
        if !is_occupation_code(row.get(code)) {
            faults.row(&grid.file, row.number, format!("{:?} is not an O*NET-SOC code", row.get(code)));
        }
        let ids = of_occupation.entry(row.get(code).to_owned()).or_default();
        // An occupation on several pathways names the cluster of each, parted by semicolons.
        for name in row.get(cluster).split(';').map(str::trim) {
            names.insert(name);
            let id = snake_case(name);
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
    }
    let mut rows = Vec::new();
    for name in names {
        if let Some(name_es) = spanish.get(name) {
            rows.push(vec![snake_case(name), name.to_owned(), name_es.clone()]);
        } else {
            faults.file("es/clusters.tsv", format!("{name:?} has no Spanish name"));
        }
    }
    let table = Table {
        name: "cluster",
        sources: &["onet-clusters"],
        columns: &["cluster", "name", "name_es"],
        keys: &[Key::Text(0)],
        rows,
    };
    Some((of_occupation, table))
}

/// `soc_title.tsv`: detailed occupations, and the major groups (`11-0000`) with our Spanish names.
pub fn soc_title_table(
    grid: &Grid,
    socs: &BTreeSet<String>,
    spanish: &BTreeMap<String, String>,
    faults: &mut Faults,
) -> Option<Table> {
    let [major, detailed] = grid.columns(["Major Group", "Detailed Occupation"], faults)?;
    // The title's own column has no heading.
    let title = detailed + 1;
    let mut titles: BTreeMap<&str, &str> = BTreeMap::from([(EVERYONE, "All occupations")]);
    let mut groups = BTreeSet::from([EVERYONE]);
    for row in &grid.rows {
        let group = row.get(detailed).is_empty();
        let code = if group { row.get(major) } else { row.get(detailed) };
        if code.is_empty() {
            continue;
        }
        if !is_soc_code(code) || row.get(title).is_empty() {
            faults.row(&grid.file, row.number, format!("{code:?} is not a SOC code with a title"));
            continue;
        }
        titles.insert(code, row.get(title));
        if group {
            groups.insert(code);
        }
    }
    let mut rows = Vec::new();
    // Occupations have their Spanish titles in their guides.
    for soc in groups.iter().copied().chain(socs.iter().map(String::as_str)) {
        let Some(title) = titles.get(soc) else {
            faults.file(&grid.file, format!("{soc} is absent"));
            continue;
        };
        let title_es = spanish.get(soc).cloned().unwrap_or_default();
        if title_es.is_empty() && groups.contains(soc) {
            faults.file("es/soc_titles.tsv", format!("{soc} ({title}) has no Spanish title"));
        }
        rows.push(vec![soc.to_owned(), (*title).to_owned(), title_es]);
    }
    Some(Table {
        name: "soc_title",
        sources: &["soc"],
        columns: &["soc", "title", "title_es"],
        keys: &[Key::Text(0)],
        rows,
    })
}
