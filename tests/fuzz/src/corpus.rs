//! The kept inputs: a few small files for each reader, the seeds of every run.

use std::path::{Path, PathBuf};

/// The folder of a reader's inputs.
#[must_use]
pub fn folder(reader: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(reader)
}

/// A reader's inputs, each with the name of its file, in the order of these.
#[must_use]
pub fn inputs(reader: &str) -> Vec<(String, Vec<u8>)> {
    let entries = std::fs::read_dir(folder(reader)).unwrap_or_else(|_| panic!("{reader} has no kept inputs"));
    let mut inputs: Vec<_> = entries
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(path).unwrap()))
        .collect();
    inputs.sort();
    inputs
}
