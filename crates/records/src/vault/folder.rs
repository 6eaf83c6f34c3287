//! The records folder: its files, who owns it, and what state it is in. Ownership is a lock that the operating system
//! holds on a file beside the records and lets go by itself when the process ends, however it ends.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::Write;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::RecordsError;
use crate::damage::PlaceKind;
use crate::surroundings::stamp;

/// The files of a records folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder(PathBuf);

/// What a folder holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FolderState {
    /// No records, none begun, or a first run that was cut off before it was done.
    Empty,
    /// Records that wait for their passphrase.
    Records,
}

impl Folder {
    /// The folder at this path, which need not exist.
    #[must_use]
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self(path.into())
    }

    /// Its path.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.0.join("records.db")
    }

    /// The database of a first run that is not done yet.
    pub(crate) fn unfinished(&self) -> PathBuf {
        self.0.join("records.db.unfinished")
    }

    pub(crate) fn keys(&self) -> PathBuf {
        self.0.join("records.keys")
    }

    /// The records under a new key, until they take the place of the old.
    pub(crate) fn new_database(&self) -> PathBuf {
        self.0.join("records.db.new")
    }

    /// The records under the old key, until those under the new one were opened.
    pub(crate) fn database_before(&self) -> PathBuf {
        self.0.join("records.db.before")
    }

    /// What the files of keys are to be, while they are wrapped anew.
    pub(crate) fn rewrapping(&self) -> PathBuf {
        self.path().join("records.keys.rewrapping")
    }

    /// The keys of the records under a new key.
    pub(crate) fn new_keys(&self) -> PathBuf {
        self.0.join("records.keys.new")
    }

    pub(crate) fn documents(&self) -> PathBuf {
        self.0.join("documents")
    }

    /// How often a wrong passphrase was tried.
    pub(crate) fn tries(&self) -> PathBuf {
        self.0.join("records.tries")
    }

    /// What SQLite has written and not yet folded into the database.
    pub(crate) fn wal(&self) -> PathBuf {
        self.0.join("records.db-wal")
    }

    pub(crate) fn shm(&self) -> PathBuf {
        self.0.join("records.db-shm")
    }

    /// When the database was last found whole.
    pub(crate) fn checks(&self) -> PathBuf {
        self.0.join("records.checks")
    }

    /// Damaged and replaced files, never deleted.
    #[must_use]
    pub fn set_aside(&self) -> PathBuf {
        self.0.join("set-aside")
    }

    /// A folder of this time for what is set aside, which nothing lies in yet. It is made when something is put there.
    pub(crate) fn free_aside(&self, now: Timestamp) -> Result<PathBuf, RecordsError> {
        let all = self.set_aside();
        let stamp = stamp(now);
        for number in 1_u32.. {
            let name = if number == 1 { stamp.clone() } else { format!("{stamp}-{number}") };
            if !all.join(&name).try_exists()? {
                return Ok(all.join(name));
            }
        }
        Err(RecordsError::Internal("aside"))
    }

    fn lock(&self) -> PathBuf {
        self.0.join("records.lock")
    }

    /// What the folder holds, by its files alone.
    pub fn state(&self) -> Result<FolderState, RecordsError> {
        match (self.database().try_exists()?, self.keys().try_exists()?) {
            (false, false) => Ok(FolderState::Empty),
            (false, true) if self.unfinished().try_exists()? => Ok(FolderState::Empty),
            (false, true) => Err(RecordsError::FileMissing),
            (true, false) => Err(RecordsError::KeysMissing),
            (true, true) => Ok(FolderState::Records),
        }
    }

    /// Makes the folder, readable by its owner alone where the system knows that.
    pub fn make(&self) -> Result<(), RecordsError> {
        make_folder(&self.0)?;
        owner_only(&self.0)?;
        Ok(())
    }

    /// Whether the folder is there. On a stick that was pulled out, or a share that is out of reach, it is not.
    pub fn is_there(&self) -> Result<bool, RecordsError> {
        match std::fs::metadata(&self.0) {
            Ok(_) => Ok(true),
            Err(error) if is_absence(&error) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Refuses a folder on a share or in one that a cloud client copies: nothing is written there, not even a lock.
    pub fn may_hold_records(&self) -> Result<(), RecordsError> {
        match PlaceKind::of(&self.0) {
            PlaceKind::Local => Ok(()),
            PlaceKind::Network => Err(RecordsError::OnNetwork),
            PlaceKind::Synchronized(client) => Err(RecordsError::Synchronized { client }),
        }
    }

    /// Takes ownership, or says that another process has it. A folder that is not there is never made on the way: it
    /// may lie on a disk that is not connected, and an empty one in its place would pass for a first run.
    pub fn own(&self) -> Result<Ownership, RecordsError> {
        if !self.is_there()? {
            return Err(RecordsError::FolderNotThere);
        }
        self.may_hold_records()?;
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(self.lock())?;
        match file.try_lock() {
            Ok(()) => {
                crate::backups::restore::finish(self)?;
                self.clear_half_written();
                Ok(Ownership { _file: file })
            }
            Err(TryLockError::WouldBlock) => Err(RecordsError::InUse),
            Err(TryLockError::Error(error)) => Err(error.into()),
        }
    }

    /// Takes away what a kill left half-written: keys among it open with an earlier passphrase. Who owns the folder is the
    /// only one who writes there. What can't be removed stands in nobody's way, and is tried again with the next owning.
    fn clear_half_written(&self) {
        let cleared = half_written_in(&self.0).and_then(|found| {
            let mut ours = found.into_iter().filter(|(_, name)| name.starts_with("records."));
            ours.try_for_each(|(path, _)| std::fs::remove_file(path))
        });
        if let Err(error) = cleared {
            tracing::warn!(kind = ?error.kind(), "what was left half-written could not be removed");
        }
    }
}

/// Ending of a file that is being written, before it takes its name.
const WRITING: &str = ".writing";

/// Files in a folder that were being written, each with the name that it was to take.
pub(crate) fn half_written_in(folder: &Path) -> std::io::Result<Vec<(PathBuf, String)>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).and_then(name_to_be).map(str::to_owned);
        found.extend(name.map(|name| (path, name)));
    }
    Ok(found)
}

/// `NAME` of `NAME.PROCESS.writing`.
fn name_to_be(name: &str) -> Option<&str> {
    let (name, process) = name.strip_suffix(WRITING)?.rsplit_once('.')?;
    let is_number = !process.is_empty() && process.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then_some(name)
}

/// Whether a fault means that there is nothing at a path, rather than something that can't be used.
fn is_absence(error: &std::io::Error) -> bool {
    use std::io::ErrorKind;
    matches!(
        error.kind(),
        ErrorKind::NotFound
            | ErrorKind::HostUnreachable
            | ErrorKind::NetworkUnreachable
            | ErrorKind::NetworkDown
            | ErrorKind::StaleNetworkFileHandle
    )
}

/// Which file a path named when it was opened. A file that was moved away or deleted under the program takes writes
/// without a word, and nobody reads them again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Opened {
    path: PathBuf,
    #[cfg(unix)]
    file: (u64, u64),
}

impl Opened {
    pub(crate) fn at(path: &Path) -> Result<Self, RecordsError> {
        let found = std::fs::metadata(path).map_err(|error| gone(path, error))?;
        #[cfg(unix)]
        let file = {
            use std::os::unix::fs::MetadataExt;
            (found.dev(), found.ino())
        };
        #[cfg(not(unix))]
        let _ = found; // Windows lets nobody move or delete a file that is open.
        Ok(Self {
            path: path.to_path_buf(),
            #[cfg(unix)]
            file,
        })
    }

    /// Refuses where the path names no file, or another than it did.
    pub(crate) fn is_still_there(&self) -> Result<(), RecordsError> {
        if Self::at(&self.path)? == *self { Ok(()) } else { Err(RecordsError::FileMissing) }
    }
}

/// What a missing file is told as: the folder may be missing with it.
fn gone(path: &Path, error: std::io::Error) -> RecordsError {
    match path.parent() {
        Some(folder) if is_absence(&error) && !folder.exists() => RecordsError::FolderNotThere,
        _ if is_absence(&error) => RecordsError::FileMissing,
        _ => error.into(),
    }
}

/// Ownership of a records folder; let go when dropped.
#[derive(Debug)]
pub struct Ownership {
    _file: File,
}

#[cfg(unix)]
pub(crate) fn owner_only(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o700))
}

#[cfg(not(unix))]
pub(crate) fn owner_only(_: &Path) -> std::io::Result<()> {
    // A person's local application data is theirs alone already.
    Ok(())
}

/// Replaces a file as a whole: written beside it, synced, renamed over it, and the folder's entry synced.
pub fn replace_file(path: &Path, bytes: &[u8]) -> Result<(), RecordsError> {
    let parent = path.parent().ok_or(RecordsError::FolderUnusable)?;
    let mut name = path.file_name().ok_or(RecordsError::FolderUnusable)?.to_owned();
    name.push(format!(".{}{WRITING}", std::process::id()));
    let beside = parent.join(name);
    let written = write_whole(&beside, bytes).and_then(|()| std::fs::rename(&beside, path));
    if let Err(error) = written {
        // What was begun must not stay: it may be a document about a student. The first fault is the one to tell.
        let _ = std::fs::remove_file(&beside);
        return Err(error.into());
    }
    sync_folder(parent)
}

/// Writes and syncs a file that only its owner may read.
fn write_whole(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.create(true).truncate(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Makes a folder, and those above it that are missing. The name of a new folder stands in the one above it, which is
/// synced: a power cut would else take the folder with everything that was synced in it.
pub fn make_folder(path: &Path) -> Result<(), RecordsError> {
    let is_missing = |folder: &&Path| !folder.as_os_str().is_empty() && !folder.exists();
    let missing: Vec<&Path> = path.ancestors().take_while(is_missing).collect();
    std::fs::create_dir_all(path)?;
    for above in missing.iter().filter_map(|made| made.parent()) {
        sync_folder(if above.as_os_str().is_empty() { Path::new(".") } else { above })?;
    }
    Ok(())
}

/// Makes renames in a folder survive a power cut.
pub(crate) fn sync_folder(folder: &Path) -> Result<(), RecordsError> {
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    #[cfg(not(unix))]
    let _ = folder; // Windows writes directory entries through with the file; there is nothing to open.
    Ok(())
}
