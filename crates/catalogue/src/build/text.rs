//! Reading a file of `data/`, and telling on which of its lines a byte stands.

use std::io::{self, Read as _};
use std::path::Path;

use flate2::read::GzDecoder;

use super::fault::{FaultKind, Faults};

/// Longest table that is unpacked, in bytes: several times what the largest one has.
const LONGEST: u64 = 200_000_000;

/// A text file of the data folder.
#[derive(Debug)]
pub(crate) struct TextFile {
    /// Its path relative to the data folder, with forward slashes.
    pub(crate) name: String,
    pub(crate) text: String,
}

impl TextFile {
    /// Reads `data/NAME`. What cannot be read is a fault; a file that does not exist is `None` without one.
    pub(crate) fn read(data: &Path, name: &str, faults: &mut Faults) -> Option<Self> {
        Self::decode(name, read(data, name, faults)?, faults)
    }

    /// Reads a table that lies open (`NAME`) or packed (`NAME.gz`); one that lies there both ways is a fault.
    pub(crate) fn read_table(data: &Path, name: &str, faults: &mut Faults) -> Option<Self> {
        let packed = format!("{name}.gz");
        let open = read(data, name, faults);
        let Some(bytes) = read(data, &packed, faults) else { return Self::decode(name, open?, faults) };
        if open.is_some() {
            let detail = format!("the table lies there twice, as {name} too");
            faults.add(&packed, 0, FaultKind::Unreadable, detail);
            return None;
        }
        let mut unpacked = Vec::new();
        match GzDecoder::new(bytes.as_slice()).take(LONGEST + 1).read_to_end(&mut unpacked) {
            Ok(length) if length as u64 <= LONGEST => Self::decode(&packed, unpacked, faults),
            Ok(_) => {
                faults.add(&packed, 0, FaultKind::Unreadable, "the unpacked table is too long");
                None
            }
            Err(error) => {
                faults.add(&packed, 0, FaultKind::Unreadable, error.to_string());
                None
            }
        }
    }

    fn decode(name: &str, bytes: Vec<u8>, faults: &mut Faults) -> Option<Self> {
        let text = match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => {
                let valid = error.utf8_error().valid_up_to();
                let line = error.as_bytes().get(..valid).map_or(0, line_after);
                faults.add(name, line, FaultKind::Encoding, "the text is not UTF-8");
                return None;
            }
        };
        if let Some(at) = text.find('\r') {
            faults.add(
                name,
                line_at(&text, at),
                FaultKind::Encoding,
                "carriage return: lines end in LF alone",
            );
            return None;
        }
        Some(Self { name: name.to_owned(), text })
    }
}

/// The bytes of a file; `None` where there is no such file, or it cannot be read, which is a fault.
fn read(data: &Path, name: &str, faults: &mut Faults) -> Option<Vec<u8>> {
    match std::fs::read(data.join(name)) {
        Ok(bytes) => Some(bytes),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => {
            faults.add(name, 0, FaultKind::Unreadable, error.to_string());
            None
        }
    }
}

/// The line, from 1, on which the byte stands.
pub(crate) fn line_at(text: &str, byte: usize) -> u32 {
    line_after(text.as_bytes().get(..byte).unwrap_or(text.as_bytes()))
}

fn line_after(head: &[u8]) -> u32 {
    u32::try_from(head.split(|byte| *byte == b'\n').count()).unwrap_or(u32::MAX)
}

/// Names of the files of a folder, sorted. A folder that does not exist has none.
pub(crate) fn files(data: &Path, folder: &str, faults: &mut Faults) -> Vec<String> {
    let entries = match std::fs::read_dir(data.join(folder)) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Vec::new(),
        Err(error) => {
            faults.add(folder, 0, FaultKind::Unreadable, error.to_string());
            return Vec::new();
        }
    };
    let mut names = Vec::new();
    for entry in entries {
        match entry.map(|e| e.file_name().into_string()) {
            Ok(Ok(name)) => names.push(name),
            Ok(Err(name)) => {
                let detail = format!("the file name {} is not Unicode", name.to_string_lossy());
                faults.add(folder, 0, FaultKind::Unreadable, detail);
            }
            Err(error) => faults.add(folder, 0, FaultKind::Unreadable, error.to_string()),
        }
    }
    names.sort();
    names
}
