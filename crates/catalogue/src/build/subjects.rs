//! What students call a school subject: `search/subjects.tsv`, each word with the reason why it stands there. A career's
//! subjects are found by any of them.

use std::collections::BTreeMap;
use std::path::Path;

use super::fault::{FaultKind, Faults};
use super::front::SUBJECTS;
use super::text::TextFile;
use crate::shapes::Language;

const FILE: &str = "search/subjects.tsv";
const COLUMNS: &str = "subject\tlanguage\tword\treason";

/// Words of each subject, by its id.
#[derive(Debug, Default)]
pub(crate) struct Subjects(BTreeMap<String, Vec<(Language, String)>>);

impl Subjects {
    /// Reads them; none where there is no such file.
    pub(crate) fn read(data: &Path, faults: &mut Faults) -> Self {
        let mut subjects = Self::default();
        let Some(file) = TextFile::read(data, FILE, faults) else { return subjects };
        let mut above: Vec<&str> = Vec::new();
        for (line, row) in (1..).zip(file.text.lines()) {
            if line == 1 {
                if row != COLUMNS {
                    let detail = format!("the columns are not {}", COLUMNS.replace('\t', ", "));
                    faults.add(FILE, line, FaultKind::Columns, detail);
                }
                continue;
            }
            let cells: Vec<_> = row.split('\t').collect();
            let [subject, language, word, _] = cells[..] else {
                faults.add(FILE, line, FaultKind::CellCount, "a row has four cells");
                continue;
            };
            match above.as_slice().cmp(&cells[..3]) {
                std::cmp::Ordering::Less => {}
                std::cmp::Ordering::Equal => {
                    faults.add(FILE, line, FaultKind::DuplicateRow, "has the same key as the row above");
                }
                std::cmp::Ordering::Greater => {
                    faults.add(FILE, line, FaultKind::UnsortedRow, "sorts before the row above");
                }
            }
            above = cells[..3].to_vec();
            if !SUBJECTS.contains(&subject) {
                faults.add(FILE, line, FaultKind::BadValue, format!("“{subject}” is no school subject"));
            }
            let language = match language {
                "en" => Language::En,
                "es" => Language::Es,
                other => {
                    faults.add(FILE, line, FaultKind::BadValue, format!("“{other}” is neither en nor es"));
                    continue;
                }
            };
            subjects.0.entry(subject.to_owned()).or_default().push((language, word.to_owned()));
        }
        subjects
    }

    /// What students call a subject.
    pub(crate) fn words(&self, subject: &str) -> impl Iterator<Item = (Language, &str)> {
        self.0.get(subject).into_iter().flatten().map(|(language, word)| (*language, word.as_str()))
    }
}
