//! Finds the official files by the names that their publishers give them.

use std::path::{Path, PathBuf};

use super::fault::Faults;
use super::grid::file_name;

/// The official files of one refresh.
#[derive(Debug)]
pub struct Inputs {
    /// O*NET "Occupation Data".
    pub occupations: PathBuf,
    /// O*NET "Read Me" beside it, which names the release.
    pub onet_readme: PathBuf,
    /// O*NET "Alternate Titles" ("Job Titles" since 30.3).
    pub alternate_titles: PathBuf,
    /// O*NET "Job Zones".
    pub job_zones: PathBuf,
    /// O*NET "Interests", of one or more releases.
    pub interests: Vec<PathBuf>,
    /// O*NET "Education, Training, and Experience".
    pub education: PathBuf,
    /// O*NET "Related Occupations".
    pub related: PathBuf,
    /// O*NET "Technology Skills".
    pub technology: PathBuf,
    /// O*NET "Work Styles".
    pub work_styles: PathBuf,
    /// O*NET "Work Values", which end with release 30.2.
    pub work_values: Option<PathBuf>,
    /// O*NET "Skills"; "Essential Skills" and "Transferable Skills" since 30.3.
    pub skills: Vec<PathBuf>,
    /// O*NET "Knowledge", text or workbook.
    pub knowledge: PathBuf,
    /// O*NET "Abilities", text or table of importance and level.
    pub abilities: PathBuf,
    /// O*NET "Work Activities", text or table of importance and level.
    pub activities: PathBuf,
    /// Workbook of the Employment Projections by occupation.
    pub projections: PathBuf,
    /// O*NET files of sentences that no guide may take over: "Task Statements", "Emerging Tasks".
    pub tasks: Vec<PathBuf>,
    /// The OEWS database, packed or not.
    pub oews: PathBuf,
    /// Workbook of the CIP to SOC crosswalk.
    pub crosswalk: PathBuf,
    /// CIP titles.
    pub cip_titles: PathBuf,
    /// The 16 career clusters of O*NET.
    pub clusters: PathBuf,
    /// Workbook of the SOC structure.
    pub soc: PathBuf,
}

/// Searches the folders and everything below them. Each file that is absent, or found more than once, is a fault.
pub fn find(from: &[PathBuf], faults: &mut Faults) -> Option<Inputs> {
    let mut files = Vec::new();
    for start in from {
        collect(start, &mut files, faults);
    }
    files.sort();
    files.dedup();
    let mut search = Search { files, faults };
    let occupations = search.onet(&["Occupation Data"]);
    let readme = occupations.as_ref().and_then(|path| search.beside(path, "Read Me.txt"));
    let inputs = (
        search.onet(&["Alternate Titles", "Job Titles"]),
        search.onet(&["Job Zones"]),
        search.any("Interests", |name| is_onet(name, "interests")),
        search.onet(&["Education, Training, and Experience"]),
        search.onet(&["Related Occupations"]),
        search.onet(&["Technology Skills"]),
        search.onet(&["Work Styles"]),
    );
    // 30.2 was the last release with work values: a later one is taken without them.
    let work_values = search.matching(|name| is_onet(name, "work values")).into_iter().next();
    let tasks = search
        .any("Task Statements", |name| is_onet(name, "task statements") || is_onet(name, "emerging tasks"));
    let ratings = (
        search.skills(),
        search.one("Knowledge", |name| is_ratings(name, "knowledge")),
        search.one("Abilities", |name| is_ratings(name, "abilities")),
        search.one("Work Activities", |name| is_ratings(name, "work activities")),
    );
    let others = (
        search.one("occupation….xlsx of the Employment Projections", |name| {
            name.starts_with("occupation") && has_ending(name, "xlsx")
        }),
        search.oews(),
        search.one("CIP2020_SOC2018_Crosswalk.xlsx", |name| name == "cip2020_soc2018_crosswalk.xlsx"),
        search.one("CIPCode2020.csv", |name| name == "cipcode2020.csv"),
        search.one("onet_16_career_clusters.csv", |name| name == "onet_16_career_clusters.csv"),
        search.one("soc_structure_2018.xlsx", |name| name == "soc_structure_2018.xlsx"),
    );
    Some(Inputs {
        occupations: occupations?,
        onet_readme: readme?,
        alternate_titles: inputs.0?,
        job_zones: inputs.1?,
        interests: inputs.2?,
        education: inputs.3?,
        related: inputs.4?,
        technology: inputs.5?,
        work_styles: inputs.6?,
        work_values,
        tasks: tasks?,
        skills: ratings.0?,
        knowledge: ratings.1?,
        abilities: ratings.2?,
        activities: ratings.3?,
        projections: others.0?,
        oews: others.1?,
        crosswalk: others.2?,
        cip_titles: others.3?,
        clusters: others.4?,
        soc: others.5?,
    })
}

/// Whether a file name is that of one of O*NET's files, as text or as workbook.
fn is_onet(name: &str, title: &str) -> bool {
    matches!(name.rsplit_once('.'), Some((stem, "txt" | "xlsx")) if stem == title)
}

/// Whether a file name is one under which O*NET's ratings are handed out: `Skills.txt`, `2025-08-17_Skills.xlsx`,
/// `work_activities_30.x.tsv`.
fn is_ratings(name: &str, subject: &str) -> bool {
    let Some((stem, ending)) = name.rsplit_once('.') else { return false };
    let under_scored = subject.replace(' ', "_");
    match ending {
        "txt" => stem == subject,
        "xlsx" => stem == subject || stem.ends_with(&format!("_{subject}")),
        "tsv" => stem == under_scored || stem.starts_with(&format!("{under_scored}_")),
        _ => false,
    }
}

fn has_ending(name: &str, ending: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, last)| last == ending)
}

fn collect(path: &Path, files: &mut Vec<PathBuf>, faults: &mut Faults) {
    if path.is_file() {
        files.push(path.to_owned());
        return;
    }
    let entries = match std::fs::read_dir(path) {
        Ok(entries) => entries,
        Err(reason) => return faults.path(path, reason),
    };
    for entry in entries {
        match entry.and_then(|entry| Ok((entry.path(), entry.file_type()?))) {
            // Links are not followed, so that a loop of folders ends.
            Ok((below, kind)) if kind.is_dir() => collect(&below, files, faults),
            Ok((below, kind)) if kind.is_file() => files.push(below),
            Ok(_) => {}
            Err(reason) => faults.path(path, reason),
        }
    }
}

struct Search<'a> {
    files: Vec<PathBuf>,
    faults: &'a mut Faults,
}

impl Search<'_> {
    fn matching(&self, wanted: impl Fn(&str) -> bool) -> Vec<PathBuf> {
        self.files.iter().filter(|path| wanted(&file_name(path).to_lowercase())).cloned().collect()
    }

    fn any(&mut self, title: &str, wanted: impl Fn(&str) -> bool) -> Option<Vec<PathBuf>> {
        let found = self.matching(wanted);
        if found.is_empty() {
            self.faults.file(title, "not found in the given folders");
            return None;
        }
        Some(found)
    }

    fn one(&mut self, title: &str, wanted: impl Fn(&str) -> bool) -> Option<PathBuf> {
        let found = self.any(title, wanted)?;
        if let [only] = found.as_slice() {
            return Some(only.clone());
        }
        let places: Vec<String> = found.iter().map(|path| path.display().to_string()).collect();
        self.faults.file(title, format!("found more than once: {}", places.join(", ")));
        None
    }

    /// One of O*NET's files, under any of the names that it has had.
    fn onet(&mut self, titles: &[&str]) -> Option<PathBuf> {
        self.one(titles.first().copied().unwrap_or_default(), |name| {
            titles.iter().any(|title| is_onet(name, &title.to_lowercase()))
        })
    }

    /// The one file of skills, or the two that it is divided into since release 30.3.
    fn skills(&mut self) -> Option<Vec<PathBuf>> {
        let parts = ["essential skills", "transferable skills"];
        if self.matching(|name| parts.iter().any(|part| is_ratings(name, part))).is_empty() {
            return self.one("Skills", |name| is_ratings(name, "skills")).map(|one| vec![one]);
        }
        let essential = self.one("Essential Skills", |name| is_ratings(name, parts[0]));
        let transferable = self.one("Transferable Skills", |name| is_ratings(name, parts[1]));
        Some(vec![essential?, transferable?])
    }

    fn beside(&mut self, path: &Path, name: &str) -> Option<PathBuf> {
        let beside = path.with_file_name(name);
        if self.files.contains(&beside) {
            return Some(beside);
        }
        self.faults.file(name, format!("not found beside {}", path.display()));
        None
    }

    /// The unpacked database wins over the packed one beside it.
    fn oews(&mut self) -> Option<PathBuf> {
        let is_plain = |name: &str| name.starts_with("oews") && has_ending(name, "sqlite");
        if !self.matching(is_plain).is_empty() {
            return self.one("oews….sqlite", is_plain);
        }
        self.one("oews….sqlite.gz", |name| name.starts_with("oews") && name.ends_with(".sqlite.gz"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::Result;

    fn found(names: &[&str]) -> Result<(Option<Vec<PathBuf>>, Vec<String>)> {
        let folder = tempfile::tempdir()?;
        for name in names {
            std::fs::write(folder.path().join(name), "")?;
        }
        let (mut files, mut faults) = (Vec::new(), Faults::default());
        collect(folder.path(), &mut files, &mut faults);
        files.sort();
        let skills = Search { files, faults: &mut faults }.skills();
        Ok((skills, faults.0.into_iter().map(|fault| fault.file).collect()))
    }

    #[test]
    fn skills_are_one_file_or_the_two_of_later_releases() -> Result<()> {
        for names in [vec!["2025-08-17_Skills.xlsx"], vec!["Skills.txt"]] {
            let (skills, faults) = found(&names)?;
            assert_eq!((skills.map(|all| all.len()), faults), (Some(1), Vec::new()), "{names:?}");
        }
        let (skills, _) = found(&["Essential Skills.txt", "Transferable Skills.xlsx"])?;
        assert_eq!(skills.map(|all| all.len()), Some(2));
        let (skills, faults) = found(&["Essential Skills.txt"])?;
        assert_eq!((skills, faults), (None, vec!["Transferable Skills".to_owned()]));
        Ok(())
    }

    #[test]
    fn files_are_known_by_every_name_they_have_had() {
        for name in ["occupation data.txt", "occupation data.xlsx"] {
            assert!(is_onet(name, "occupation data"), "{name}");
        }
        assert!(
            !is_onet("occupation data.pdf", "occupation data")
                && !is_onet("my occupation data.txt", "occupation data")
        );
    }
}
