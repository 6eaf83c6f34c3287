//! The layer itself: a file system for SQLite that passes every call on to the system's own, writes down those that
//! change a watched file, and lets them fail when a watch says so.
//!
//! SQLite makes room for one of our [`File`]s; behind it, in the same room, lies the file of the file system below.

use std::ffi::{CStr, c_char, c_int, c_void};
use std::mem::size_of;
use std::path::{Path, PathBuf};
use std::ptr::{null, null_mut};
use std::slice::from_raw_parts;
use std::sync::Arc;

use rusqlite::ffi;

use crate::disk::Op;
use crate::watch::{Call, Fault, Watch};

/// A file as SQLite holds it. The first field is what SQLite knows of it.
#[repr(C)]
struct File {
    base: ffi::sqlite3_file,
    /// Ours, boxed; null where nobody watches the file.
    watched: *mut Watched,
}

struct Watched {
    watch: Arc<Watch>,
    path: PathBuf,
    /// A journal's or a log's first sync syncs its folder as well (`UNIXFILE_DIRSYNC` in SQLite's `os_unix.c`).
    syncs_folder: bool,
}

/// Where the file below begins: behind ours, aligned for anything.
const BELOW: usize = size_of::<File>().div_ceil(16) * 16;

static METHODS: ffi::sqlite3_io_methods = ffi::sqlite3_io_methods {
    // The second version: with shared memory for the log's index, without memory-mapped reading.
    iVersion: 2,
    xClose: Some(close),
    xRead: Some(read),
    xWrite: Some(write),
    xTruncate: Some(truncate),
    xSync: Some(sync),
    xFileSize: Some(file_size),
    xLock: Some(lock),
    xUnlock: Some(unlock),
    xCheckReservedLock: Some(check_reserved_lock),
    xFileControl: Some(file_control),
    xSectorSize: Some(sector_size),
    xDeviceCharacteristics: Some(device_characteristics),
    xShmMap: Some(shm_map),
    xShmLock: Some(shm_lock),
    xShmBarrier: Some(shm_barrier),
    xShmUnmap: Some(shm_unmap),
    xFetch: None,
    xUnfetch: None,
};

/// Registers the layer as the file system that SQLite takes by itself. False where SQLite refuses.
pub(crate) fn put_below_sqlite() -> bool {
    // SAFETY: asking for the default file system and registering one are SQLite's own ways to do this; what is
    // registered is never freed and points to functions and texts that live as long as the program.
    unsafe {
        let below = ffi::sqlite3_vfs_find(null());
        let Some(system) = below.as_ref() else { return false };
        let layer = Box::new(ffi::sqlite3_vfs {
            iVersion: 2,
            szOsFile: system.szOsFile + c_int::try_from(BELOW).unwrap_or(c_int::MAX),
            mxPathname: system.mxPathname,
            pNext: null_mut(),
            zName: c"waymark-fault-layer".as_ptr(),
            pAppData: below.cast(),
            xOpen: Some(open),
            xDelete: Some(delete),
            xAccess: Some(access),
            xFullPathname: Some(full_pathname),
            // Extensions are never loaded.
            xDlOpen: None,
            xDlError: None,
            xDlSym: None,
            xDlClose: None,
            xRandomness: Some(randomness),
            xSleep: Some(sleep),
            xCurrentTime: Some(current_time),
            xGetLastError: Some(get_last_error),
            xCurrentTimeInt64: Some(current_time_int64),
            xSetSystemCall: None,
            xGetSystemCall: None,
            xNextSystemCall: None,
        });
        ffi::sqlite3_vfs_register(Box::into_raw(layer), 1) == ffi::SQLITE_OK
    }
}

/// Calls the same function of the file below.
macro_rules! below {
    ($file:ident, $function:ident, $missing:expr $(, $argument:expr)*) => {{
        // SAFETY: SQLite gives a file that `open` set up; behind it lies the file below, whose functions are its own.
        unsafe {
            let file = $file.byte_add(BELOW);
            match file.as_ref().and_then(|file| file.pMethods.as_ref()).and_then(|methods| methods.$function) {
                Some(function) => function(file $(, $argument)*),
                None => $missing,
            }
        }
    }};
}

/// Calls the same function of the file system below.
macro_rules! system {
    ($vfs:ident, $function:ident, $missing:expr $(, $argument:expr)*) => {{
        // SAFETY: SQLite gives the layer itself, which holds the file system below it.
        unsafe {
            let system: *mut ffi::sqlite3_vfs = (*$vfs).pAppData.cast();
            match (*system).$function {
                Some(function) => function(system $(, $argument)*),
                None => $missing,
            }
        }
    }};
}

/// What we know of a file, where somebody watches it.
fn watched<'a>(file: *mut ffi::sqlite3_file) -> Option<&'a mut Watched> {
    // SAFETY: a file that `open` set up, which SQLite uses from one thread at a time until it closes it.
    unsafe { (*file.cast::<File>()).watched.as_mut() }
}

fn path_of(name: *const c_char) -> Option<PathBuf> {
    if name.is_null() {
        return None;
    }
    // SAFETY: a name that SQLite gives ends with a zero byte.
    let name = unsafe { CStr::from_ptr(name) };
    name.to_str().ok().map(PathBuf::from)
}

unsafe extern "C" fn open(
    vfs: *mut ffi::sqlite3_vfs,
    name: *const c_char,
    file: *mut ffi::sqlite3_file,
    flags: c_int,
    out: *mut c_int,
) -> c_int {
    let ours = file.cast::<File>();
    let path = path_of(name);
    let watch = path.as_deref().and_then(Watch::of);
    let is_new = path.as_deref().is_some_and(|path| !path.exists());
    // SAFETY: SQLite gives room for as many bytes as `szOsFile` asks for.
    let below = unsafe {
        (*ours).base.pMethods = null();
        (*ours).watched = null_mut();
        let below = file.byte_add(BELOW);
        (*below).pMethods = null();
        below
    };
    let opened = system!(vfs, xOpen, ffi::SQLITE_CANTOPEN, name, below, flags, out);
    if opened != ffi::SQLITE_OK {
        // A file system may want a file closed that it could not open; where there is nothing to close, this is nothing.
        below!(file, xClose, ffi::SQLITE_OK);
        return opened;
    }
    if let Some((watch, path)) = watch {
        if is_new {
            watch.note(Op::Create(path.clone()));
        }
        let journals = ffi::SQLITE_OPEN_WAL | ffi::SQLITE_OPEN_MAIN_JOURNAL;
        let syncs_folder = is_new && flags & journals != 0;
        let watched = Box::new(Watched { watch, path, syncs_folder });
        // SAFETY: the room is ours; `close` takes the box back.
        unsafe { (*ours).watched = Box::into_raw(watched) };
    }
    // SAFETY: as above.
    unsafe { (*ours).base.pMethods = &raw const METHODS };
    ffi::SQLITE_OK
}

unsafe extern "C" fn close(file: *mut ffi::sqlite3_file) -> c_int {
    // SAFETY: `open` made the box, and SQLite closes a file once.
    unsafe {
        let ours = file.cast::<File>();
        let watched = std::mem::replace(&mut (*ours).watched, null_mut());
        if !watched.is_null() {
            drop(Box::from_raw(watched));
        }
    }
    below!(file, xClose, ffi::SQLITE_OK)
}

unsafe extern "C" fn read(
    file: *mut ffi::sqlite3_file,
    to: *mut c_void,
    count: c_int,
    at: ffi::sqlite3_int64,
) -> c_int {
    if watched(file).and_then(|watched| watched.watch.strikes(Call::Read)).is_some() {
        return ffi::SQLITE_IOERR_READ;
    }
    below!(file, xRead, ffi::SQLITE_IOERR_READ, to, count, at)
}

unsafe extern "C" fn write(
    file: *mut ffi::sqlite3_file,
    from: *const c_void,
    count: c_int,
    at: ffi::sqlite3_int64,
) -> c_int {
    let fault = watched(file).and_then(|watched| watched.watch.strikes(Call::Write));
    let (count, answer) = match fault {
        None => (count, ffi::SQLITE_OK),
        // A disk that is full took what still had room.
        Some(Fault::Full) => (count / 2, ffi::SQLITE_FULL),
        Some(Fault::LostWrite) => return ffi::SQLITE_OK,
        Some(_) => return ffi::SQLITE_IOERR_WRITE,
    };
    let written = below!(file, xWrite, ffi::SQLITE_IOERR_WRITE, from, count, at);
    if written == ffi::SQLITE_OK
        && let Some(watched) = watched(file)
    {
        // SAFETY: SQLite gives `count` bytes and more.
        let bytes = unsafe { from_raw_parts(from.cast::<u8>(), usize::try_from(count).unwrap_or(0)) };
        let at = u64::try_from(at).unwrap_or(0);
        watched.watch.note(Op::Write(watched.path.clone(), at, bytes.to_vec()));
    }
    if written == ffi::SQLITE_OK { answer } else { written }
}

unsafe extern "C" fn truncate(file: *mut ffi::sqlite3_file, size: ffi::sqlite3_int64) -> c_int {
    if watched(file).and_then(|watched| watched.watch.strikes(Call::Write)).is_some() {
        return ffi::SQLITE_IOERR_TRUNCATE;
    }
    let cut = below!(file, xTruncate, ffi::SQLITE_IOERR_TRUNCATE, size);
    if cut == ffi::SQLITE_OK
        && let Some(watched) = watched(file)
    {
        watched.watch.note(Op::Resize(watched.path.clone(), u64::try_from(size).unwrap_or(0)));
    }
    cut
}

unsafe extern "C" fn sync(file: *mut ffi::sqlite3_file, flags: c_int) -> c_int {
    if watched(file).and_then(|watched| watched.watch.strikes(Call::Sync)).is_some() {
        return ffi::SQLITE_IOERR_FSYNC;
    }
    let synced = below!(file, xSync, ffi::SQLITE_IOERR_FSYNC, flags);
    if synced == ffi::SQLITE_OK
        && let Some(watched) = watched(file)
    {
        watched.watch.note(Op::Sync(watched.path.clone()));
        if std::mem::take(&mut watched.syncs_folder) {
            watched.watch.note(Op::SyncFolder(folder_of(&watched.path)));
        }
    }
    synced
}

fn folder_of(path: &Path) -> PathBuf {
    path.parent().map(Path::to_path_buf).unwrap_or_default()
}

unsafe extern "C" fn file_size(file: *mut ffi::sqlite3_file, size: *mut ffi::sqlite3_int64) -> c_int {
    below!(file, xFileSize, ffi::SQLITE_IOERR_FSTAT, size)
}

unsafe extern "C" fn lock(file: *mut ffi::sqlite3_file, kind: c_int) -> c_int {
    below!(file, xLock, ffi::SQLITE_IOERR_LOCK, kind)
}

unsafe extern "C" fn unlock(file: *mut ffi::sqlite3_file, kind: c_int) -> c_int {
    below!(file, xUnlock, ffi::SQLITE_IOERR_UNLOCK, kind)
}

unsafe extern "C" fn check_reserved_lock(file: *mut ffi::sqlite3_file, out: *mut c_int) -> c_int {
    below!(file, xCheckReservedLock, ffi::SQLITE_IOERR_CHECKRESERVEDLOCK, out)
}

unsafe extern "C" fn file_control(file: *mut ffi::sqlite3_file, what: c_int, with: *mut c_void) -> c_int {
    below!(file, xFileControl, ffi::SQLITE_NOTFOUND, what, with)
}

unsafe extern "C" fn sector_size(file: *mut ffi::sqlite3_file) -> c_int {
    below!(file, xSectorSize, 4096)
}

unsafe extern "C" fn device_characteristics(file: *mut ffi::sqlite3_file) -> c_int {
    below!(file, xDeviceCharacteristics, 0)
}

unsafe extern "C" fn shm_map(
    file: *mut ffi::sqlite3_file,
    page: c_int,
    size: c_int,
    extend: c_int,
    out: *mut *mut c_void,
) -> c_int {
    below!(file, xShmMap, ffi::SQLITE_IOERR_SHMMAP, page, size, extend, out)
}

unsafe extern "C" fn shm_lock(file: *mut ffi::sqlite3_file, at: c_int, count: c_int, flags: c_int) -> c_int {
    below!(file, xShmLock, ffi::SQLITE_IOERR_SHMLOCK, at, count, flags)
}

unsafe extern "C" fn shm_barrier(file: *mut ffi::sqlite3_file) {
    below!(file, xShmBarrier, ());
}

unsafe extern "C" fn shm_unmap(file: *mut ffi::sqlite3_file, delete: c_int) -> c_int {
    below!(file, xShmUnmap, ffi::SQLITE_OK, delete)
}

unsafe extern "C" fn delete(vfs: *mut ffi::sqlite3_vfs, name: *const c_char, sync_folder: c_int) -> c_int {
    let gone = system!(vfs, xDelete, ffi::SQLITE_IOERR_DELETE, name, sync_folder);
    if gone == ffi::SQLITE_OK
        && let Some((watch, path)) = path_of(name).as_deref().and_then(Watch::of)
    {
        let folder = folder_of(&path);
        watch.note(Op::Remove(path));
        if sync_folder != 0 {
            watch.note(Op::SyncFolder(folder));
        }
    }
    gone
}

unsafe extern "C" fn access(
    vfs: *mut ffi::sqlite3_vfs,
    name: *const c_char,
    flags: c_int,
    out: *mut c_int,
) -> c_int {
    system!(vfs, xAccess, ffi::SQLITE_IOERR_ACCESS, name, flags, out)
}

unsafe extern "C" fn full_pathname(
    vfs: *mut ffi::sqlite3_vfs,
    name: *const c_char,
    room: c_int,
    out: *mut c_char,
) -> c_int {
    system!(vfs, xFullPathname, ffi::SQLITE_CANTOPEN, name, room, out)
}

unsafe extern "C" fn randomness(vfs: *mut ffi::sqlite3_vfs, count: c_int, out: *mut c_char) -> c_int {
    system!(vfs, xRandomness, 0, count, out)
}

unsafe extern "C" fn sleep(vfs: *mut ffi::sqlite3_vfs, microseconds: c_int) -> c_int {
    system!(vfs, xSleep, 0, microseconds)
}

unsafe extern "C" fn current_time(vfs: *mut ffi::sqlite3_vfs, out: *mut f64) -> c_int {
    system!(vfs, xCurrentTime, ffi::SQLITE_ERROR, out)
}

unsafe extern "C" fn get_last_error(vfs: *mut ffi::sqlite3_vfs, room: c_int, out: *mut c_char) -> c_int {
    system!(vfs, xGetLastError, 0, room, out)
}

unsafe extern "C" fn current_time_int64(vfs: *mut ffi::sqlite3_vfs, out: *mut ffi::sqlite3_int64) -> c_int {
    system!(vfs, xCurrentTimeInt64, ffi::SQLITE_ERROR, out)
}
