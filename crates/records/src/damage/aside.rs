//! Damaged files are set aside: copied into `set-aside/`, synced, and never deleted. What is there already, byte by
//! byte, is not copied once more.

use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::surroundings::stamp;
use crate::vault::folder::sync_folder;
use crate::{Folder, RecordsError};

/// Copies what belongs to the records file into a folder of its own, and gives that folder. `why` ends its name.
pub(crate) fn set_aside(folder: &Folder, why: &str, now: Timestamp) -> Result<PathBuf, RecordsError> {
    set_aside_while(folder, why, now, &|| Ok(()))
}

/// The same, asking before each file whether to go on; a refusal ends it, and nothing of it stays.
pub(crate) fn set_aside_while(
    folder: &Folder,
    why: &str,
    now: Timestamp,
    go_on: &dyn Fn() -> Result<(), RecordsError>,
) -> Result<PathBuf, RecordsError> {
    let files = files(folder);
    if let Some(same) = already_there(folder, &files)? {
        return Ok(same);
    }
    let place = new_place(folder, why, now)?;
    let copied = files.iter().try_for_each(|file| {
        go_on()?;
        file.file_name().map_or(Ok(()), |name| copy(file, &place.join(name)))
    });
    if let Err(fault) = copied {
        // Half a copy must not pass for one. The files themselves are where they were.
        if let Err(error) = std::fs::remove_dir_all(&place) {
            tracing::warn!(kind = ?error.kind(), "what was copied aside in part could not be taken away");
        }
        return Err(fault);
    }
    sync_folder(&place)?;
    sync_folder(&folder.set_aside())?;
    sync_folder(folder.path())?;
    Ok(place)
}

/// The newest folder of damaged files; none where nothing was set aside.
#[must_use]
pub fn newest_set_aside(folder: &Folder) -> Option<PathBuf> {
    let places = std::fs::read_dir(folder.set_aside()).ok()?;
    // Their names begin with the time.
    places.filter_map(|place| Some(place.ok()?.path())).filter(|place| place.is_dir()).max()
}

/// What belongs to the records file, as far as it is there. The keys go with it: without them the copy opens nowhere.
fn files(folder: &Folder) -> Vec<PathBuf> {
    let [database, wal, shm] = [folder.database(), folder.wal(), folder.shm()];
    [database, wal, shm, folder.keys()].into_iter().filter(|file| file.is_file()).collect()
}

fn new_place(folder: &Folder, why: &str, now: Timestamp) -> Result<PathBuf, RecordsError> {
    let stamp = stamp(now);
    std::fs::create_dir_all(folder.set_aside())?;
    for count in 1.. {
        let more = if count == 1 { String::new() } else { format!("-{count}") };
        let place = folder.set_aside().join(format!("{stamp}-{why}{more}"));
        match std::fs::create_dir(&place) {
            Ok(()) => {
                crate::vault::folder::owner_only(&place)?;
                return Ok(place);
            }
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(RecordsError::Internal("set aside"))
}

/// A folder that holds exactly these bytes already: the person tried again. The index of the log (`-shm`) says nothing
/// that the log does not, and is another at each try.
fn already_there(folder: &Folder, files: &[PathBuf]) -> Result<Option<PathBuf>, RecordsError> {
    let Ok(places) = std::fs::read_dir(folder.set_aside()) else { return Ok(None) };
    let telling: Vec<&PathBuf> = files.iter().filter(|file| **file != folder.shm()).collect();
    let mut digests = Vec::new();
    for place in places {
        let place = place?.path();
        let pairs: Vec<(&PathBuf, PathBuf)> =
            telling.iter().filter_map(|file| Some((*file, place.join(file.file_name()?)))).collect();
        let same_size = |(file, copy): &(&PathBuf, PathBuf)| matches!((std::fs::metadata(file), std::fs::metadata(copy)), (Ok(file), Ok(copy)) if file.len() == copy.len());
        let has_log = |name: &Path| name.file_name().is_some_and(|name| place.join(name).is_file());
        // A copy with a log is not a copy of the file without one.
        if !pairs.iter().all(same_size) || has_log(&folder.wal()) != folder.wal().is_file() {
            continue;
        }
        if digests.is_empty() {
            digests = telling.iter().map(|file| digest(file)).collect::<Result<_, _>>()?;
        }
        let copies: Vec<_> = pairs.iter().map(|(_, copy)| digest(copy)).collect::<Result<_, _>>()?;
        if copies == digests {
            return Ok(Some(place));
        }
    }
    Ok(None)
}

/// Copies a file byte by byte as far as it can be read; a stretch that the disk refuses stands as zeros in the copy, at
/// its own place.
pub(crate) fn copy(from: &Path, to: &Path) -> Result<(), RecordsError> {
    let mut options = File::options();
    options.create_new(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut target = options.open(to)?;
    let written = target.write_all(&read_what_can_be(from)?).and_then(|()| target.sync_all());
    if let Err(error) = written {
        // A copy that was cut short must not pass for one; the fault is the one to tell.
        let _ = std::fs::remove_file(to);
        return Err(error.into());
    }
    Ok(())
}

/// A file's bytes, a page at a time where the disk refuses more: what it refuses is zeros.
pub(crate) fn read_what_can_be(path: &Path) -> Result<Vec<u8>, RecordsError> {
    use std::io::{Seek, SeekFrom};
    const PAGE: usize = 4096;
    if let Ok(bytes) = std::fs::read(path) {
        return Ok(bytes);
    }
    let mut file = File::open(path)?;
    let length = usize::try_from(file.metadata()?.len()).map_err(|_| RecordsError::Io)?;
    let mut bytes = vec![0; length];
    for (index, page) in bytes.chunks_mut(PAGE).enumerate() {
        let at = u64::try_from(index * PAGE).map_err(|_| RecordsError::Io)?;
        let read = file.seek(SeekFrom::Start(at)).and_then(|_| file.read_exact(page));
        if read.is_err() {
            page.fill(0);
        }
    }
    Ok(bytes)
}

fn digest(path: &Path) -> Result<[u8; 32], RecordsError> {
    Ok(Sha256::digest(std::fs::read(path)?).into())
}
