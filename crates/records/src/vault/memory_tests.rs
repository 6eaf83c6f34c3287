//! No key stays in this process's memory once the records are closed. Linux alone lets a process read all of its own.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use std::fs::File;
use std::os::unix::fs::FileExt;
use std::sync::Arc;

use tempfile::TempDir;

use super::folder::Folder;
use crate::surroundings::Computer;
use crate::{Cost, Records, store};

/// A secret in a form that is not the secret, so that the test itself is not what it finds.
struct Masked(Vec<u8>);

const MASK: u8 = 0x5a;

impl Masked {
    fn of(bytes: &[u8]) -> Self {
        Self(bytes.iter().map(|byte| byte ^ MASK).collect())
    }

    fn is_at(&self, place: &[u8]) -> bool {
        place.len() >= self.0.len() && place.iter().zip(&self.0).all(|(byte, masked)| byte ^ MASK == *masked)
    }
}

/// How often each stands in the memory that this process may write to.
fn found(secrets: &[Masked]) -> Vec<usize> {
    let mut begins = [false; 256];
    for secret in secrets {
        begins[usize::from(secret.0[0] ^ MASK)] = true;
    }
    let memory = File::open("/proc/self/mem").unwrap();
    let maps = std::fs::read_to_string("/proc/self/maps").unwrap();
    let mut found = vec![0; secrets.len()];
    let mut piece = Vec::new();
    for line in maps.lines().filter(|line| line.split(' ').nth(1).is_some_and(|may| may.starts_with("rw"))) {
        let (from, to) = line.split(' ').next().unwrap().split_once('-').unwrap();
        let (from, to) = (u64::from_str_radix(from, 16).unwrap(), u64::from_str_radix(to, 16).unwrap());
        piece.resize(usize::try_from(to - from).unwrap(), 0);
        // Some of the system's own pieces can't be read; no key lies there.
        if memory.read_exact_at(&mut piece, from).is_ok() {
            for (at, byte) in piece.iter().enumerate() {
                if begins[usize::from(*byte)] {
                    let place = &piece[at..];
                    let here = secrets.iter().map(|secret| usize::from(secret.is_at(place)));
                    found.iter_mut().zip(here).for_each(|(count, one)| *count += one);
                }
            }
        }
        // What was read must not be found again as a trace of its own.
        piece.fill(0);
    }
    found
}

#[tokio::test]
async fn keys_are_in_memory_while_the_records_are_open_and_nowhere_after() {
    let place = TempDir::new().unwrap();
    let folder = Folder::at(place.path().join("records"));
    let (records, recovery) = Records::create(
        &folder,
        "quiet lantern under seven maples",
        Cost::WEAK_FOR_TESTS,
        Arc::new(Computer),
    )
    .unwrap();
    let records = {
        records.close().await.unwrap();
        Records::unlock(&folder, "quiet lantern under seven maples", Arc::new(Computer)).unwrap()
    };
    records.count_students().await.unwrap();
    let key = records.key();
    let secrets = [
        Masked::of(key.bytes()),
        Masked::of(records.private.as_ref().unwrap().bytes()),
        Masked::of(recovery.secret()),
        Masked::of(&key.derive("waymark/database/1").unwrap()),
        Masked::of(store::raw_key(&key).unwrap().as_bytes()),
    ];
    drop(key);
    let open = found(&secrets);
    assert!(open[..3].iter().all(|times| *times > 0), "the search finds what is there: {open:?}");
    records.close().await.unwrap();
    drop(recovery);
    assert_eq!(found(&secrets), [0; 5], "data, private, recovery, database key, the same as text");
}
