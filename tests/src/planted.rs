//! Words that were planted, looked for in every byte of every file below a folder: as they lie there, and once more in
//! whatever can be decrypted with the records' key.

use std::path::{Path, PathBuf};

use crate::pages::{PAGE, Page, Reader};

/// Where a word was found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// In which file.
    pub file: PathBuf,
    /// Which word, by its place among those looked for: what was planted is not repeated.
    pub word: usize,
    /// The page of the database, where it was decrypted.
    pub page: Option<u32>,
    /// In which byte of the file, or of the page, it begins.
    pub at: usize,
}

/// Every place where one of the words can be read without a key, as UTF-8 or UTF-16, also in names of files.
#[must_use]
pub fn find_in_plain(folder: &Path, words: &[&str]) -> Vec<Place> {
    let mut found = Vec::new();
    for file in files(folder) {
        let name = file.strip_prefix(folder).unwrap_or(&file).as_os_str().as_encoded_bytes().to_vec();
        let bytes = std::fs::read(&file).unwrap_or_default();
        for (word, at) in places(&name, words).into_iter().chain(places(&bytes, words)) {
            found.push(Place { file: file.clone(), word, page: None, at });
        }
    }
    found
}

/// Every place where one of the words stands in a page of the database, of its log or of a backup, once these are
/// decrypted: pages in use, free pages, and frames of the log, old ones included. Whatever is no page of these records
/// is passed over here; [`find_in_plain`] has looked at it.
#[must_use]
pub fn find_in_decrypted(folder: &Path, key: &[u8; 32], words: &[&str]) -> Vec<Place> {
    let mut found = Vec::new();
    for file in files(folder) {
        for page in decrypted(&file, key) {
            for (word, at) in places(&page.content, words) {
                found.push(Place { file: file.clone(), word, page: Some(page.number), at });
            }
        }
    }
    found
}

/// The pages of a file that the key opens: a database, or the log that lies beside one.
#[must_use]
pub fn decrypted(file: &Path, key: &[u8; 32]) -> Vec<Page> {
    let bytes = std::fs::read(file).unwrap_or_default();
    let pages = if let Some(database) = database_of_log(file) {
        let salt = std::fs::read(database).unwrap_or_default();
        Reader::new(*key, &salt).log(&bytes)
    } else if bytes.len().is_multiple_of(PAGE) {
        Reader::new(*key, &bytes).database(&bytes)
    } else {
        Vec::new()
    };
    pages.into_iter().filter(|page| page.whole).collect()
}

/// `records.db` of `records.db-wal`.
fn database_of_log(file: &Path) -> Option<PathBuf> {
    let name = file.file_name()?.to_str()?.strip_suffix("-wal")?;
    Some(file.with_file_name(name))
}

/// Every file below a folder, by name. Links are not followed.
#[must_use]
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => open.push(entry.path()),
                Ok(kind) if kind.is_file() => files.push(entry.path()),
                _ => {}
            }
        }
    }
    files.sort();
    files
}

fn places(bytes: &[u8], words: &[&str]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for (index, word) in words.iter().enumerate() {
        let wide: Vec<u16> = word.encode_utf16().collect();
        let little = wide.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let big = wide.iter().flat_map(|unit| unit.to_be_bytes()).collect();
        for form in [word.as_bytes().to_vec(), little, big] {
            let first = form[0];
            let starts = bytes.iter().enumerate().filter(|(_, byte)| **byte == first).map(|(at, _)| at);
            found.extend(starts.filter(|at| bytes[*at..].starts_with(&form)).map(|at| (index, at)));
        }
    }
    found
}
