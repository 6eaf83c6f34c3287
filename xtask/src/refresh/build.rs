//! From the official files to the finished tables.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::fault::Faults;
use super::grid::{Grid, read_csv, read_sheet, read_tabbed};
use super::inputs::{self, Inputs};
use super::onet::{self, Occupations};
use super::onet_ratings::{self, Elements, Ratings};
use super::table::{Output, Table};
use super::{oews, programmes, projections, releases, words};

/// All files of the facts folder. What is faulty or absent is noted; the result is then not complete.
pub fn outputs(from: &[PathBuf], facts: &Path, faults: &mut Faults) -> Vec<Output> {
    let Some(inputs) = inputs::find(from, faults) else { return Vec::new() };
    let grid = read_tabbed(&inputs.occupations, faults);
    let occupations = grid.and_then(|grid| Occupations::read(&grid, faults));
    let Some(occupations) = occupations else { return Vec::new() };
    let mut build = Build {
        inputs: &inputs,
        facts,
        occupations: &occupations,
        elements: Elements::new(),
        said: BTreeMap::new(),
        tables: Vec::new(),
        faults,
    };
    build.onet();
    build.ratings();
    build.clusters_and_titles();
    build.labor_market();
    build.finish()
}

/// The tables as they come together.
struct Build<'a> {
    inputs: &'a Inputs,
    facts: &'a Path,
    occupations: &'a Occupations,
    elements: Elements,
    /// What the files say about themselves, by source id.
    said: BTreeMap<&'static str, String>,
    tables: Vec<Table>,
    faults: &'a mut Faults,
}

impl Build<'_> {
    fn tabbed(&mut self, path: &Path) -> Option<Grid> {
        read_tabbed(path, self.faults)
    }

    /// Tables that take one text file each, and the release that O*NET's own note names.
    fn onet(&mut self) {
        type Make = fn(&Grid, &Occupations, &mut Faults) -> Option<Table>;
        let makers: [(&Path, Make); 4] = [
            (&self.inputs.alternate_titles, onet::alternate_title_table),
            (&self.inputs.education, onet::education_table),
            (&self.inputs.technology, onet::technology_table),
            (&self.inputs.related, onet::related_table),
        ];
        for (path, make) in makers {
            let table = self.tabbed(path).and_then(|grid| make(&grid, self.occupations, self.faults));
            self.tables.extend(table);
        }
        match std::fs::read_to_string(&self.inputs.onet_readme) {
            Ok(text) => {
                self.said.insert("onet", text);
            }
            Err(reason) => self.faults.path(&self.inputs.onet_readme, reason),
        }
    }

    fn ratings(&mut self) {
        let kinds: [(&'static str, &Path, &str); 4] = [
            ("skill", &self.inputs.skills, "Skills"),
            ("knowledge", &self.inputs.knowledge, "Knowledge"),
            ("ability", &self.inputs.abilities, "Abilities"),
            ("activity", &self.inputs.activities, "Work Activities"),
        ];
        let mut ratings = Ratings::default();
        let mut newest = None;
        for (kind, path, sheet) in kinds {
            let grid = if path.extension().is_some_and(|ending| ending == "xlsx") {
                read_sheet(path, sheet, onet::CODE, self.faults)
            } else {
                self.tabbed(path)
            };
            if let Some(grid) = grid {
                newest = newest.max(onet_ratings::newest_date(&grid));
                ratings.add(kind, &grid, self.occupations, &mut self.elements, self.faults);
            }
        }
        self.said.insert("onet-ratings", date_text(newest));
        let table = ratings.into_table(self.occupations, &self.elements, self.faults);
        self.tables.push(table);
        self.interests();
        if let Some(grid) = self.tabbed(&self.inputs.work_values) {
            let elements = &mut self.elements;
            self.tables.extend(onet_ratings::work_value_table(
                &grid,
                self.occupations,
                elements,
                self.faults,
            ));
        }
        if let Some(grid) = self.tabbed(&self.inputs.work_styles) {
            let elements = &mut self.elements;
            self.tables.extend(onet_ratings::work_style_table(
                &grid,
                self.occupations,
                elements,
                self.faults,
            ));
        }
        let spanish = self.spanish("elements.tsv", ["element", "name_es"]);
        self.tables.push(onet_ratings::element_table(&self.elements, &spanish, self.faults));
    }

    /// Of several files of interests, the one with the newest row is taken.
    fn interests(&mut self) {
        let read: Vec<Grid> =
            self.inputs.interests.iter().filter_map(|path| read_tabbed(path, self.faults)).collect();
        let newest = read.iter().max_by_key(|grid| onet_ratings::newest_date(grid));
        if let Some(grid) = newest {
            self.said.insert("onet-interests", date_text(onet_ratings::newest_date(grid)));
            self.tables.extend(onet_ratings::interest_table(grid, self.occupations, self.faults));
        }
    }

    fn clusters_and_titles(&mut self) {
        let spanish = self.spanish("clusters.tsv", ["name", "name_es"]);
        let clusters = read_csv(&self.inputs.clusters, self.faults)
            .and_then(|grid| programmes::clusters(&grid, &spanish, self.faults));
        let zones = self.tabbed(&self.inputs.job_zones);
        if let (Some((of_occupation, table)), Some(zones)) = (clusters, zones) {
            self.tables.push(table);
            self.tables.extend(onet::occupation_table(self.occupations, &zones, &of_occupation, self.faults));
        }
        let spanish = self.spanish("soc_titles.tsv", ["soc", "title_es"]);
        let socs = self.occupations.socs();
        if let Some(grid) = read_sheet(&self.inputs.soc, "2018 Structure", "Detailed Occupation", self.faults)
        {
            let table = programmes::soc_title_table(&grid, &socs, &spanish, self.faults);
            self.tables.extend(table);
            self.said.insert("soc", grid.about);
        }
    }

    fn labor_market(&mut self) {
        let socs = self.occupations.socs();
        let main = read_sheet(&self.inputs.projections, "Table 1.2", projections::CODE, self.faults);
        let leaving = read_sheet(&self.inputs.projections, "Table 1.10", projections::CODE, self.faults);
        if let (Some(main), Some(leaving)) = (main, leaving) {
            self.tables.extend(projections::projection_table(&main, &leaving, &socs, self.faults));
            self.said.insert("bls-projections", leaving.about);
        }
        let crosswalk = read_sheet(&self.inputs.crosswalk, "CIP-SOC", "CIP2020Code", self.faults);
        let titles = read_csv(&self.inputs.cip_titles, self.faults);
        if let (Some(crosswalk), Some(titles)) = (crosswalk, titles) {
            self.tables.extend(programmes::programme_table(&crosswalk, &titles, &socs, self.faults));
            self.said.insert("crosswalk", crosswalk.about);
        }
        if let Some(oews) = oews::read(&self.inputs.oews, &socs, self.faults) {
            self.tables.extend(oews.tables);
            self.said.insert("oews", oews.about);
        }
    }

    fn spanish(&mut self, file: &str, columns: [&str; 2]) -> BTreeMap<String, String> {
        words::spanish(&self.facts.join("es").join(file), columns, self.faults)
    }

    fn finish(self) -> Vec<Output> {
        let mut used: Vec<&str> = self.tables.iter().flat_map(|table| table.sources).copied().collect();
        used.sort_unstable();
        used.dedup();
        let sources = releases::sources(self.facts, &self.said, &used, self.faults);
        let faults = self.faults;
        let mut outputs: Vec<Output> =
            self.tables.into_iter().map(|table| table.render(faults)).chain(sources).collect();
        outputs.sort_by(|a, b| a.name.cmp(&b.name));
        outputs
    }
}

/// Year and month as O*NET writes them, `02/2026`.
fn date_text(date: Option<(u16, u8)>) -> String {
    date.map_or_else(String::new, |(year, month)| format!("{month:02}/{year}"))
}
