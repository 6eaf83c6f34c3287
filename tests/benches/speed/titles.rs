//! Every title that the search knows: those of the occupations and those that O*NET collects, as they ship.

use std::io::Read;
use std::path::Path;

/// All of them, in the order of the tables.
pub fn all(data: &Path) -> Vec<String> {
    let mut titles = column(&data.join("facts"), "occupation", 2);
    titles.extend(column(&data.join("facts"), "alternate_title", 1));
    titles
}

/// One column of a table, which lies there open or packed.
fn column(facts: &Path, table: &str, at: usize) -> Vec<String> {
    let open = facts.join(format!("{table}.tsv"));
    let text = if open.exists() {
        std::fs::read_to_string(open).unwrap()
    } else {
        let packed = std::fs::File::open(facts.join(format!("{table}.tsv.gz"))).unwrap();
        let mut text = String::new();
        flate2::read::GzDecoder::new(packed).read_to_string(&mut text).unwrap();
        text
    };
    let rows = text.lines().filter(|line| !line.starts_with("# ")).skip(1);
    rows.map(|row| row.split('\t').nth(at).unwrap().to_owned()).collect()
}
