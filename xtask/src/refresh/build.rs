//! From the official files to the finished tables.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::fault::Faults;
use super::grid::{Grid, read_csv, read_onet, read_sheet};
use super::inputs::{self, Inputs};
use super::onet::{self, Occupations};
use super::onet_ratings::{self, Elements, Ratings};
use super::sentences::{self, Official};
use super::table::{Output, Table};
use super::{oews, programmes, projections, releases, words};

/// All files of the facts folder. What is faulty or absent is noted; the result is then not complete.
pub fn outputs(from: &[PathBuf], facts: &Path, faults: &mut Faults) -> Vec<Output> {
    let Some(inputs) = inputs::find(from, faults) else { return Vec::new() };
    let grid = read_onet(&inputs.occupations, onet::CODE, faults);
    let Some(grid) = grid else { return Vec::new() };
    let Some(occupations) = Occupations::read(&grid, faults) else { return Vec::new() };
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
    build.sentences(&grid);
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
    fn file(&mut self, path: &Path) -> Option<Grid> {
        read_onet(path, onet::CODE, self.faults)
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
            let table = self.file(path).and_then(|grid| make(&grid, self.occupations, self.faults));
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
        let inputs = self.inputs;
        let others = [
            ("knowledge", &inputs.knowledge),
            ("ability", &inputs.abilities),
            ("activity", &inputs.activities),
        ];
        let mut ratings = Ratings::default();
        let mut newest = None;
        for (kind, path) in inputs.skills.iter().map(|path| ("skill", path)).chain(others) {
            if let Some(grid) = self.file(path) {
                newest = newest.max(onet_ratings::newest_date(&grid));
                ratings.add(kind, &grid, self.occupations, &mut self.elements, self.faults);
            }
        }
        self.said.insert("onet-ratings", date_text(newest));
        let table = ratings.into_table(self.occupations, &self.elements, self.faults);
        self.tables.push(table);
        self.interests();
        if let Some(grid) = inputs.work_values.as_ref().and_then(|path| self.file(path)) {
            let elements = &mut self.elements;
            self.tables.extend(onet_ratings::work_value_table(
                &grid,
                self.occupations,
                elements,
                self.faults,
            ));
        }
        if let Some(grid) = self.file(&self.inputs.work_styles) {
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
        let read: Vec<Grid> = self
            .inputs
            .interests
            .iter()
            .filter_map(|path| read_onet(path, onet::CODE, self.faults))
            .collect();
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
        let zones = self.file(&self.inputs.job_zones);
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

    /// The guides must not take over what the official files say.
    fn sentences(&mut self, occupations: &Grid) {
        let mut official = Official::default();
        official.add(occupations, "Description", self.faults);
        for path in &self.inputs.tasks {
            if let Some(grid) = read_onet(path, onet::CODE, self.faults) {
                official.add(&grid, "Task", self.faults);
            }
        }
        sentences::check(&self.facts.join("../guides"), &official, self.faults);
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
