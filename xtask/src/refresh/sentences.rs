//! Our guides against the official sentences, which this tool has at hand and the project does not: no eight words in a
//! row may be the same.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;

use super::fault::Faults;
use super::grid::Grid;

/// Words in a row that may not equal an official sentence.
const RUN: usize = 8;

/// Every run of eight words of the official sentences.
#[derive(Debug, Default)]
pub struct Official(HashSet<Vec<String>>);

impl Official {
    /// Adds the sentences of one column.
    pub fn add(&mut self, grid: &Grid, column: &str, faults: &mut Faults) {
        let Some([column]) = grid.columns([column], faults) else { return };
        for row in &grid.rows {
            self.0.extend(runs(row.get(column)));
        }
    }

    /// The first run of a text that stands in an official sentence.
    fn taken_over(&self, text: &str) -> Option<String> {
        runs(text).find(|run| self.0.contains(run)).map(|run| run.join(" "))
    }
}

/// Holds the English text of every guide in the folder against the official sentences.
pub fn check(guides: &Path, official: &Official, faults: &mut Faults) {
    let entries = match std::fs::read_dir(guides) {
        Ok(entries) => entries,
        // A project without guides has nothing to hold against anything.
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return,
        Err(error) => return faults.path(guides, error),
    };
    for entry in entries {
        match entry.map(|entry| entry.path()) {
            Ok(path) => check_guide(&path, official, faults),
            Err(error) => faults.path(guides, error),
        }
    }
}

fn check_guide(path: &Path, official: &Official, faults: &mut Faults) {
    let read = std::fs::read_to_string(path).map_err(|error| error.to_string());
    let parsed = read.and_then(|text| english(&text));
    match parsed {
        Ok(sections) => {
            for (section, text) in sections {
                if let Some(run) = official.taken_over(&text) {
                    faults.path(path, format!("`{section}` takes over an official sentence: “{run}”"));
                }
            }
        }
        Err(reason) => faults.path(path, reason),
    }
}

/// The texts of the English half of a guide.
fn english(text: &str) -> Result<BTreeMap<String, String>, String> {
    let guide: BTreeMap<String, toml::Value> = toml::from_str(text).map_err(|error| error.to_string())?;
    let half = guide.get("en").and_then(toml::Value::as_table).ok_or("the guide has no part [en]")?;
    let texts = half.iter().filter_map(|(key, value)| Some((key.clone(), value.as_str()?.to_owned())));
    Ok(texts.collect())
}

fn runs(text: &str) -> impl Iterator<Item = Vec<String>> {
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let count = (words.len() + 1).saturating_sub(RUN);
    (0..count).map(move |at| words.iter().skip(at).take(RUN).cloned().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::refresh::grid::parse_tabbed;
    use anyhow::{Context as _, Result};

    #[test]
    fn eight_words_in_a_row_are_found_and_seven_are_not() -> Result<()> {
        let mut faults = Faults::default();
        let grid =
            parse_tabbed("Tasks", "Task\nPaint the long bridge, from one end to the other.\n", &mut faults)
                .context("no table")?;
        let mut official = Official::default();
        official.add(&grid, "Task", &mut faults);
        let folder = tempfile::tempdir()?;
        let guide = |does: &str| format!("slug = \"a\"\n[en]\ndoes = \"{does}\"\n[es]\ndoes = \"{does}\"\n");
        std::fs::write(
            folder.path().join("a.toml"),
            guide("They paint the long bridge from one end until noon."),
        )?;
        std::fs::write(
            folder.path().join("b.toml"),
            guide("They paint THE LONG bridge: from one end to the other!"),
        )?;
        check(folder.path(), &official, &mut faults);
        check(&folder.path().join("nowhere"), &official, &mut faults);
        let found: Vec<_> = faults.0.iter().map(|fault| fault.file.ends_with("b.toml")).collect();
        assert_eq!(found, [true], "{faults:?}");
        Ok(())
    }
}
