//! Stamps: what a step read, so that it is done again only when that has changed.

use crate::place;
use anyhow::{Context, Result};
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

/// A step of the set-up and the state of what it reads.
pub struct Stamp {
    file: PathBuf,
    state: String,
}

impl Stamp {
    /// The state of `inputs` (files and folders of the checkout) now.
    pub fn of(step: &str, inputs: &[&str]) -> Result<Self> {
        let mut hasher = DefaultHasher::new();
        for input in inputs {
            hash(&place::root().join(input), &mut hasher)?;
        }
        let file = place::target().join("stamps").join(step);
        Ok(Self { file, state: format!("{:016x}", hasher.finish()) })
    }

    /// Whether the step was done with exactly this.
    pub fn is_current(&self) -> bool {
        fs::read_to_string(&self.file).is_ok_and(|state| state == self.state)
    }

    /// Notes that the step is done.
    pub fn set(&self) -> Result<()> {
        if let Some(folder) = self.file.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&self.file, &self.state)
            .with_context(|| format!("{} cannot be written", self.file.display()))
    }
}

/// Content, not times: a fresh checkout and a touched file are no change.
fn hash(path: &Path, hasher: &mut DefaultHasher) -> Result<()> {
    let Ok(kind) = fs::metadata(path) else {
        return Ok(());
    };
    if kind.is_file() {
        path.hash(hasher);
        fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?.hash(hasher);
        return Ok(());
    }
    let mut children: Vec<PathBuf> =
        fs::read_dir(path)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    children.sort();
    for child in children {
        hash(&child, hasher)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_changed_letter_changes_the_state_and_a_touch_does_not() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("guide.md");
        let state = || {
            let mut hasher = DefaultHasher::new();
            hash(folder.path(), &mut hasher).unwrap();
            hasher.finish()
        };
        fs::write(&file, "a career").unwrap();
        let first = state();
        fs::write(&file, "a career").unwrap();
        assert_eq!(first, state());
        fs::write(&file, "a Career").unwrap();
        assert_ne!(first, state());
    }
}
