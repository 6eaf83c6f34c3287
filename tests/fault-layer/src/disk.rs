//! A model of a disk: what is on it for certain, and what a power cut may still take. Written bytes are certain once
//! the file was synced, names once their folder was. Everything else may each be there, be missing, or be torn at a
//! sector's edge, in any combination: that is more than most file systems allow themselves, and all that POSIX promises.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::random::Random;

/// Disks write a sector whole or not at all.
const SECTOR: usize = 512;

/// What a program did to its files, by their paths below one folder, whose own path is empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Op {
    /// A folder was made.
    Folder(PathBuf),
    /// An empty file was made.
    Create(PathBuf),
    /// Bytes were written at an offset.
    Write(PathBuf, u64, Vec<u8>),
    /// The file was cut or made longer.
    Resize(PathBuf, u64),
    /// The file's bytes were synced.
    Sync(PathBuf),
    /// The folder's names were synced.
    SyncFolder(PathBuf),
    /// A file was renamed, over another if there was one.
    Rename(PathBuf, PathBuf),
    /// A file was given a second name.
    Link(PathBuf, PathBuf),
    /// A name was taken away.
    Remove(PathBuf),
    /// The program said something, such as that a save is done.
    Said(String),
}

/// How a power cut treats what was not synced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// All of it is lost.
    Lost,
    /// None of it is lost, as when only the program is killed.
    Kept,
    /// Each write and each name is kept, lost or torn by itself.
    Mixed,
    /// What came first is kept up to some moment, whose write is torn.
    Ordered,
}

impl Cut {
    /// One of them; mostly those in which the parts differ.
    pub fn any(random: &mut Random) -> Self {
        match random.below(100) {
            0..15 => Self::Lost,
            15..20 => Self::Kept,
            20..70 => Self::Mixed,
            _ => Self::Ordered,
        }
    }
}

/// What a folder holds after a power cut: each file's bytes, and folders without any.
pub type Image = BTreeMap<PathBuf, Option<Vec<u8>>>;

/// The disk.
#[derive(Debug, Clone, Default)]
pub struct Disk {
    contents: Vec<Content>,
    /// Names as programs see them.
    names: BTreeMap<PathBuf, Node>,
    /// Names that are certain.
    certain: BTreeMap<PathBuf, Node>,
    /// Changes of names that are not certain yet, oldest first.
    pending: Vec<(u64, Naming)>,
    clock: u64,
    ignores_syncs: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Node {
    Folder,
    File(usize),
}

#[derive(Debug, Clone, Default)]
struct Content {
    certain: Vec<u8>,
    pending: Vec<(u64, Edit)>,
}

#[derive(Debug, Clone)]
enum Edit {
    Write(u64, Vec<u8>),
    Resize(u64),
}

#[derive(Debug, Clone)]
enum Naming {
    Set(PathBuf, Node),
    Moved(PathBuf, PathBuf, Node),
    Gone(PathBuf),
}

impl Disk {
    /// An empty disk.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A disk on which what the folder holds now is certain.
    pub fn of(folder: &Path) -> std::io::Result<Self> {
        let mut disk = Self::new();
        disk.read(folder, Path::new(""))?;
        disk.certain = disk.names.clone();
        Ok(disk)
    }

    /// A disk that answers every sync and does nothing: what a test must notice.
    #[must_use]
    pub fn ignoring_syncs(mut self) -> Self {
        self.ignores_syncs = true;
        self
    }

    fn read(&mut self, root: &Path, below: &Path) -> std::io::Result<()> {
        for entry in std::fs::read_dir(root.join(below))? {
            let entry = entry?;
            let path = below.join(entry.file_name());
            if entry.file_type()?.is_dir() {
                self.names.insert(path.clone(), Node::Folder);
                self.read(root, &path)?;
            } else {
                let certain = std::fs::read(root.join(&path))?;
                let file = self.new_content(certain);
                self.names.insert(path, file);
            }
        }
        Ok(())
    }

    fn new_content(&mut self, certain: Vec<u8>) -> Node {
        self.contents.push(Content { certain, pending: Vec::new() });
        Node::File(self.contents.len() - 1)
    }

    fn edit(&mut self, path: &Path, edit: Edit) {
        let clock = self.clock;
        if let Some(Node::File(file)) = self.names.get(path)
            && let Some(content) = self.contents.get_mut(*file)
        {
            content.pending.push((clock, edit));
        }
    }

    /// Does to the disk what a program did.
    pub fn apply(&mut self, op: &Op) {
        self.clock += 1;
        let clock = self.clock;
        match op {
            Op::Folder(path) => self.name(path, Node::Folder),
            Op::Create(path) => {
                let file = self.new_content(Vec::new());
                self.name(path, file);
            }
            Op::Write(path, at, bytes) => self.edit(path, Edit::Write(*at, bytes.clone())),
            Op::Resize(path, length) => self.edit(path, Edit::Resize(*length)),
            Op::Rename(from, to) => {
                if let Some(node) = self.names.remove(from) {
                    self.names.insert(to.clone(), node);
                    self.pending.push((clock, Naming::Moved(from.clone(), to.clone(), node)));
                }
            }
            Op::Link(from, to) => {
                if let Some(node) = self.names.get(from).copied() {
                    self.name(to, node);
                }
            }
            Op::Remove(path) => {
                if self.names.remove(path).is_some() {
                    self.pending.push((clock, Naming::Gone(path.clone())));
                }
            }
            Op::Sync(path) if !self.ignores_syncs => {
                if let Some(Node::File(file)) = self.names.get(path)
                    && let Some(content) = self.contents.get_mut(*file)
                {
                    content.settle();
                }
            }
            Op::SyncFolder(folder) if !self.ignores_syncs => {
                let (settled, pending) = std::mem::take(&mut self.pending)
                    .into_iter()
                    .partition(|(_, naming)| naming.is_in(folder));
                self.pending = pending;
                for (_, naming) in settled {
                    naming.apply(&mut self.certain);
                }
            }
            Op::Sync(_) | Op::SyncFolder(_) | Op::Said(_) => {}
        }
    }

    fn name(&mut self, path: &Path, node: Node) {
        self.names.insert(path.to_path_buf(), node);
        self.pending.push((self.clock, Naming::Set(path.to_path_buf(), node)));
    }

    /// What a program that reads the file finds in it.
    #[must_use]
    pub fn seen(&self, path: &Path) -> Option<Vec<u8>> {
        let Some(Node::File(file)) = self.names.get(path) else { return None };
        let mut content = self.contents.get(*file)?.clone();
        content.settle();
        Some(content.certain)
    }

    /// Cuts the power.
    #[must_use]
    pub fn cut(&self, cut: Cut, random: &mut Random) -> Image {
        let last = u64::try_from(random.below(usize::try_from(self.clock).unwrap_or(0) + 1)).unwrap_or(0);
        // The newest moment that ordered writing reached is mostly close to the end, where what is pending lies.
        let oldest = self.oldest_pending().unwrap_or(self.clock);
        let span = usize::try_from(self.clock.saturating_sub(oldest)).unwrap_or(0) + 1;
        let last = last.max(oldest + random.below(span) as u64);
        let mut fate = |clock: u64| match cut {
            Cut::Kept => Fate::Kept,
            Cut::Mixed => match random.below(3) {
                0 => Fate::Lost,
                1 => Fate::Kept,
                _ => Fate::Torn(random.number()),
            },
            Cut::Ordered if clock < last => Fate::Kept,
            Cut::Ordered if clock == last => Fate::Torn(random.number()),
            Cut::Lost | Cut::Ordered => Fate::Lost,
        };
        let mut names = self.certain.clone();
        for (clock, naming) in &self.pending {
            // A name is there or not.
            if match fate(*clock) {
                Fate::Kept => true,
                Fate::Lost => false,
                Fate::Torn(chance) => chance % 2 == 0,
            } {
                naming.apply(&mut names);
            }
        }
        let contents: Vec<Vec<u8>> = self.contents.iter().map(|content| content.after(&mut fate)).collect();
        let is_reachable = |path: &Path| {
            path.ancestors()
                .skip(1)
                .all(|above| above == Path::new("") || names.get(above) == Some(&Node::Folder))
        };
        let reachable = names.iter().filter(|(path, _)| is_reachable(path));
        reachable
            .map(|(path, node)| match node {
                Node::Folder => (path.clone(), None),
                Node::File(file) => (path.clone(), Some(contents.get(*file).cloned().unwrap_or_default())),
            })
            .collect()
    }

    fn oldest_pending(&self) -> Option<u64> {
        let edits = self.contents.iter().flat_map(|content| content.pending.iter().map(|(clock, _)| *clock));
        edits.chain(self.pending.iter().map(|(clock, _)| *clock)).min()
    }
}

enum Fate {
    Kept,
    Lost,
    /// With what decides about each sector.
    Torn(u64),
}

impl Content {
    fn settle(&mut self) {
        for (_, edit) in std::mem::take(&mut self.pending) {
            edit.apply(&mut self.certain, None);
        }
    }

    fn after(&self, fate: &mut impl FnMut(u64) -> Fate) -> Vec<u8> {
        let mut bytes = self.certain.clone();
        for (clock, edit) in &self.pending {
            match fate(*clock) {
                Fate::Kept => edit.apply(&mut bytes, None),
                Fate::Torn(chance) => edit.apply(&mut bytes, Some(Random::new(chance))),
                Fate::Lost => {}
            }
        }
        bytes
    }
}

impl Edit {
    /// Torn: each sector is written or not. A cut or a growth has no parts: it is there, or it is not.
    fn apply(&self, bytes: &mut Vec<u8>, torn: Option<Random>) {
        match (self, torn) {
            (Self::Resize(length), torn) => {
                if torn.is_none_or(|mut random| random.chance(50)) {
                    bytes.resize(usize::try_from(*length).unwrap_or(0), 0);
                }
            }
            (Self::Write(at, new), None) => put(bytes, *at, new),
            (Self::Write(at, new), Some(mut random)) => {
                let first = usize::try_from(*at).unwrap_or(0);
                let mut from = 0;
                while from < new.len() {
                    let to = ((first + from) / SECTOR * SECTOR + SECTOR - first).min(new.len());
                    if random.chance(50) {
                        put(bytes, (first + from) as u64, new.get(from..to).unwrap_or_default());
                    }
                    from = to;
                }
            }
        }
    }
}

fn put(bytes: &mut Vec<u8>, at: u64, new: &[u8]) {
    let at = usize::try_from(at).unwrap_or(0);
    if bytes.len() < at + new.len() {
        bytes.resize(at + new.len(), 0);
    }
    if let Some(place) = bytes.get_mut(at..at + new.len()) {
        place.copy_from_slice(new);
    }
}

impl Naming {
    fn is_in(&self, folder: &Path) -> bool {
        match self {
            Self::Set(path, _) | Self::Gone(path) => path.parent() == Some(folder),
            // A rename within one folder is one change of it; from folder to folder it is certain with the new one.
            Self::Moved(_, to, _) => to.parent() == Some(folder),
        }
    }

    fn apply(&self, names: &mut BTreeMap<PathBuf, Node>) {
        match self {
            Self::Set(path, node) => {
                names.insert(path.clone(), *node);
            }
            Self::Moved(from, to, node) => {
                names.remove(from);
                names.insert(to.clone(), *node);
            }
            Self::Gone(path) => {
                names.remove(path);
            }
        }
    }
}

/// Writes what a power cut left into a new folder.
pub fn lay_out(image: &Image, folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    // Sorted by path: a folder comes before what is in it.
    for (path, bytes) in image {
        match bytes {
            None => std::fs::create_dir_all(folder.join(path))?,
            Some(bytes) => std::fs::write(folder.join(path), bytes)?,
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
