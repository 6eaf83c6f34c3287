//! The catalogue file's seal: a digest of everything before it, appended after SQLite's last page (which SQLite
//! passes over), so that a file which was cut or altered is known before anything is read from it. It finds damage;
//! it is no signature.

use std::fs::{File, OpenOptions};
use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};
use std::path::Path;

use sha2::{Digest, Sha256};

const MARK: &[u8; 16] = b"waymark seal 01\n";
const DIGEST: usize = 32;
const SEAL: u64 = (MARK.len() + DIGEST) as u64;

/// Appends the seal and waits until the file is on the disk.
pub(crate) fn set(path: &Path) -> io::Result<()> {
    let mut file = OpenOptions::new().read(true).append(true).open(path)?;
    let length = file.metadata()?.len();
    let digest = digest(&mut file, length)?;
    file.write_all(MARK)?;
    file.write_all(&digest)?;
    file.sync_all()
}

/// Whether the file ends in its own seal.
pub(crate) fn holds(path: &Path) -> io::Result<bool> {
    let mut file = File::open(path)?;
    let Some(length) = file.metadata()?.len().checked_sub(SEAL) else { return Ok(false) };
    let digest = digest(&mut file, length)?;
    let mut seal = [0; MARK.len() + DIGEST];
    file.seek(SeekFrom::Start(length))?;
    file.read_exact(&mut seal)?;
    let (mark, found) = seal.split_at(MARK.len());
    Ok(mark == MARK && found == digest)
}

fn digest(file: &mut File, length: u64) -> io::Result<[u8; DIGEST]> {
    file.seek(SeekFrom::Start(0))?;
    let mut reader = BufReader::with_capacity(1 << 16, file.take(length));
    let mut hash = Sha256::new();
    let mut chunk = vec![0; 1 << 16];
    loop {
        let count = reader.read(&mut chunk)?;
        if count == 0 {
            return Ok(hash.finalize().into());
        }
        hash.update(chunk.get(..count).unwrap_or_default());
    }
}
