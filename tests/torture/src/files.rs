//! Folders that runs are made in, copied to and kept in.

use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::host::root;

/// A folder that is thrown away, by its real path.
#[must_use]
pub fn place() -> (TempDir, PathBuf) {
    let place = TempDir::with_prefix("waymark-torture-").unwrap();
    let path = place.path().canonicalize().unwrap();
    (place, path)
}

/// Copies a folder with all that is in it. A file that goes away meanwhile is not in the copy.
pub fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let beside = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &beside)?;
        } else {
            std::fs::copy(entry.path(), beside)?;
        }
    }
    Ok(())
}

/// Keeps a home in which something was lost, for whoever looks into it. All of its content is made up.
#[must_use]
pub fn keep(home: &Path, run: &str, seed: u64) -> String {
    let kept = root().join("target/torture").join(format!("{run}-{seed}"));
    let _ = std::fs::remove_dir_all(&kept);
    match copy(home, &kept) {
        Ok(()) => format!("kept in target/torture/{run}-{seed}"),
        Err(error) => format!("could not be kept: {}", error.kind()),
    }
}

/// Lays a fixture of the records crate into a home.
pub fn fixture(name: &str, home: &Path) -> std::io::Result<()> {
    copy(&root().join("crates/records/tests/fixtures").join(name), &home.join("records"))
}
