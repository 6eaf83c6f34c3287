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
    /// O*NET "Work Values".
    pub work_values: PathBuf,
    /// O*NET "Skills", text or workbook.
    pub skills: PathBuf,
    /// O*NET "Knowledge", text or workbook.
    pub knowledge: PathBuf,
    /// O*NET "Abilities", text or table of importance and level.
    pub abilities: PathBuf,
    /// O*NET "Work Activities", text or table of importance and level.
    pub activities: PathBuf,
    /// Workbook of the Employment Projections by occupation.
    pub projections: PathBuf,
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
    let occupations = search.one("Occupation Data.txt", |name| name == "occupation data.txt");
    let readme = occupations.as_ref().and_then(|path| search.beside(path, "Read Me.txt"));
    let inputs = (
        search.one("Alternate Titles.txt", |name| name == "alternate titles.txt" || name == "job titles.txt"),
        search.one("Job Zones.txt", |name| name == "job zones.txt"),
        search.any("Interests.txt", |name| name == "interests.txt"),
        search.one("Education, Training, and Experience.txt", |name| {
            name == "education, training, and experience.txt"
        }),
        search.one("Related Occupations.txt", |name| name == "related occupations.txt"),
        search.one("Technology Skills.txt", |name| name == "technology skills.txt"),
        search.one("Work Styles.txt", |name| name == "work styles.txt"),
        search.one("Work Values.txt", |name| name == "work values.txt"),
    );
    let ratings = (
        search.one("Skills", |name| is_ratings(name, "skills")),
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
        work_values: inputs.7?,
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
