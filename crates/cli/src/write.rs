//! Writing what a command was asked to write: a new file that only its owner may read, never over another.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;

use crate::output::Failure;

/// Writes a file that must not exist yet.
pub fn write_new(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(path).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    written.map_err(|error| Failure::Failed("documents.not_written", format!("{}: {error}", path.display())))
}
