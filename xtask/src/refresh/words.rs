//! Ids made from titles, and the hand-kept Spanish names.

use std::collections::BTreeMap;
use std::path::Path;

use super::fault::Faults;
use super::grid::read_tabbed;

/// A title as an id: `Bachelor's degree` becomes `bachelors_degree`, everything that is neither letter nor digit parts
/// words.
pub fn snake_case(title: &str) -> String {
    let plain = title.to_lowercase().replace(['\'', '’'], "");
    let words = plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("_")
}

/// A title without the full stop that closes it in the CIP files, and with single spaces.
pub fn without_stop(title: &str) -> String {
    let words: Vec<&str> = title.split_whitespace().collect();
    words.join(" ").trim_end_matches('.').to_owned()
}

/// Reads a hand-kept table of two columns, what is named and its Spanish name.
pub fn spanish(path: &Path, columns: [&str; 2], faults: &mut Faults) -> BTreeMap<String, String> {
    let mut names = BTreeMap::new();
    let Some(grid) = read_tabbed(path, faults) else { return names };
    let Some([key, name]) = grid.columns(columns, faults) else { return names };
    for row in &grid.rows {
        if row.get(key).is_empty() || row.get(name).is_empty() {
            faults.row(&grid.file, row.number, "a name is empty");
        } else if names.insert(row.get(key).to_owned(), row.get(name).to_owned()).is_some() {
            faults.row(&grid.file, row.number, format!("{:?} stands twice", row.get(key)));
        }
    }
    names
}
