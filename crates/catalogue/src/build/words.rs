//! Everyday words: `words/GROUP.tsv`, what people type who do not know the official title, each with the reason why it
//! stands there. They join the keywords of the occupation's guide.

use std::collections::BTreeMap;
use std::path::Path;

use super::cells::Known;
use super::fault::{FaultKind, Faults};
use super::guide::Guide;
use super::text::{TextFile, files};
use crate::shapes::GuideKind;

const FOLDER: &str = "words";
const COLUMNS: &str = "code\tlanguage\tword\treason";

/// Adds the words of every file to the guides of their occupations.
pub(crate) fn add(data: &Path, known: &Known<'_>, guides: &mut [Guide], faults: &mut Faults) {
    let mut of: BTreeMap<String, &mut Guide> = guides
        .iter_mut()
        .filter(|guide| guide.kind == GuideKind::Short)
        .map(|guide| (guide.facts.occupation.clone(), guide))
        .collect();
    for name in files(data, FOLDER, faults) {
        let path = format!("{FOLDER}/{name}");
        let Some(file) = TextFile::read(data, &path, faults) else { continue };
        let mut lines = (1..).zip(file.text.lines());
        if lines.next().is_none_or(|(_, head)| head != COLUMNS) {
            let detail = format!("the columns are not {}", COLUMNS.replace('\t', ", "));
            faults.add(&path, 1, FaultKind::Columns, detail);
            continue;
        }
        let mut above = ["", "", ""];
        for (line, text) in lines {
            let Some(row) = cells(text) else {
                faults.add(&path, line, FaultKind::CellCount, "a row has four cells, none of them empty");
                continue;
            };
            let [code, language, word, _] = row;
            match above.cmp(&[code, language, word]) {
                std::cmp::Ordering::Less => {}
                std::cmp::Ordering::Equal => {
                    faults.add(&path, line, FaultKind::DuplicateRow, "has the same key as the row above");
                }
                std::cmp::Ordering::Greater => {
                    faults.add(&path, line, FaultKind::UnsortedRow, "sorts before the row above");
                }
            }
            above = [code, language, word];
            if known.occupations.as_ref().is_some_and(|all| !all.contains(code)) {
                let detail = format!("occupation.tsv has no “{code}”");
                faults.add(&path, line, FaultKind::UnknownOccupation, detail);
                continue;
            }
            let Some(guide) = of.get_mut(code) else { continue };
            match language {
                "en" => guide.english.words.keywords.push(word.to_owned()),
                "es" => {
                    if let Some(text) = &mut guide.spanish {
                        text.words.keywords.push(word.to_owned());
                    }
                }
                other => {
                    let detail = format!("“{other}” is neither en nor es");
                    faults.add(&path, line, FaultKind::BadValue, detail);
                }
            }
        }
    }
}

fn cells(line: &str) -> Option<[&str; 4]> {
    let mut parts = line.split('\t');
    let row = [parts.next()?, parts.next()?, parts.next()?, parts.next()?];
    let whole = parts.next().is_none() && row.iter().all(|cell| !cell.is_empty() && cell.trim() == *cell);
    whole.then_some(row)
}
