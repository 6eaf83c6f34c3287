//! The tables that come out: their form, their order, and writing them all or none.

use std::io::Write as _;
use std::path::Path;

use anyhow::Context;
use flate2::{Compression, GzBuilder};
use tempfile::NamedTempFile;

use super::fault::Faults;

/// Tables longer than this are stored packed (`.tsv.gz`); short ones stay readable where they lie.
const READABLE: usize = 100_000;

/// A file to write.
#[derive(Debug)]
pub struct Output {
    /// File name in the facts folder.
    pub name: String,
    /// How many rows (or entries) it has.
    pub rows: usize,
    /// The bytes.
    pub text: String,
}

impl Output {
    /// The name under which it is stored, and the bytes: packed where the text is long. The same text gives the same
    /// bytes (no time and no name in the head of the packed file).
    ///
    /// # Errors
    /// Packing into memory does not fail but for want of memory.
    pub fn stored(&self) -> std::io::Result<(String, Vec<u8>)> {
        if self.text.len() <= READABLE {
            return Ok((self.name.clone(), self.text.clone().into_bytes()));
        }
        let mut packed = GzBuilder::new().mtime(0).write(Vec::new(), Compression::best());
        packed.write_all(self.text.as_bytes())?;
        Ok((format!("{}.gz", self.name), packed.finish()?))
    }
}

/// A key column, and how it is ordered.
#[derive(Debug, Clone, Copy)]
pub enum Key {
    /// By its text.
    Text(usize),
    /// By its whole number.
    Number(usize),
}

/// A table before it is written.
#[derive(Debug)]
pub struct Table {
    /// File name without its ending.
    pub name: &'static str,
    /// Ids of its sources.
    pub sources: &'static [&'static str],
    /// Names of its columns.
    pub columns: &'static [&'static str],
    /// The columns that tell its rows apart.
    pub keys: &'static [Key],
    /// Its rows, in any order.
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// The table's bytes: a head, the column names, the rows in the order of their keys. A key that stands twice, a row
    /// of the wrong width and a tab or line break within a value are faults.
    pub fn render(mut self, faults: &mut Faults) -> Output {
        let file = format!("{}.tsv", self.name);
        let keys = self.keys;
        self.rows.sort_by_cached_key(|row| sort_key(row, keys));
        for pair in self.rows.windows(2) {
            if let [first, second] = pair
                && sort_key(first, keys) == sort_key(second, keys)
            {
                faults.file(&file, format!("two rows have the same key: {first:?} and {second:?}"));
            }
        }
        for row in &self.rows {
            if row.len() != self.columns.len() {
                faults.file(&file, format!("a row has {} cells: {row:?}", row.len()));
            }
            if row.iter().any(|cell| cell.contains(['\t', '\n', '\r'])) {
                faults.file(&file, format!("a tab or line break stands within a value: {row:?}"));
            }
        }
        let mut text = format!("# source: {}\n# rows: {}\n", self.sources.join(","), self.rows.len());
        for line in std::iter::once(self.columns.join("\t")).chain(self.rows.iter().map(|row| row.join("\t")))
        {
            text.push_str(&line);
            text.push('\n');
        }
        Output { name: file, rows: self.rows.len(), text }
    }
}

/// Texts that sort as the keys do; numbers are padded.
fn sort_key(row: &[String], keys: &[Key]) -> Vec<String> {
    let cell = |column: usize| row.get(column).map_or("", String::as_str);
    keys.iter()
        .map(|key| match key {
            Key::Text(column) => cell(*column).to_owned(),
            Key::Number(column) => format!("{:0>12}", cell(*column)),
        })
        .collect()
}

/// Writes every file beside its place first and moves them in only when all could be written.
pub fn write_all(folder: &Path, outputs: &[Output]) -> anyhow::Result<()> {
    let mut written = Vec::new();
    for output in outputs {
        let mut file = NamedTempFile::new_in(folder)
            .with_context(|| format!("cannot write into {}", folder.display()))?;
        let (name, bytes) = output.stored().with_context(|| format!("cannot pack {}", output.name))?;
        file.write_all(&bytes).with_context(|| format!("cannot write {name}"))?;
        file.as_file().sync_all().with_context(|| format!("cannot write {name}"))?;
        let other = if name == output.name { format!("{name}.gz") } else { output.name.clone() };
        written.push((file, folder.join(name), folder.join(other)));
    }
    for (file, place, other) in written {
        readable_by_all(&file).with_context(|| format!("cannot set the mode of {}", place.display()))?;
        file.persist(&place).with_context(|| format!("cannot replace {}", place.display()))?;
        // A table that has grown or shrunk over the border must not lie there twice.
        match std::fs::remove_file(&other) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(error).with_context(|| format!("cannot remove {}", other.display()));
            }
            _ => {}
        }
    }
    Ok(())
}

/// Temporary files are made for their owner alone; these tables are public facts.
#[cfg(unix)]
fn readable_by_all(file: &NamedTempFile) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    file.as_file().set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable_by_all(_file: &NamedTempFile) -> std::io::Result<()> {
    Ok(())
}
