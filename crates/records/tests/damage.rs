//! Damage is noticed, whichever byte it struck: in the file, in the log that an unclean stop left, in what is cut or is
//! no database at all. What was found is set aside before anything is done to it.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod support;

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use support::{Desk, PASSPHRASE, desk};
use tempfile::TempDir;
use waymark_records::damage::wal::{FrameState, Verdict, parse};
use waymark_records::{Folder, Records, RecordsError};

const PAGE: usize = 4096;
const FRAME: usize = PAGE + 24;

/// Records with a student, a long draft and several changes.
async fn used() -> (Desk, String) {
    let desk = desk();
    let student = desk.student("Sample Student").await;
    let draft = desk.application(Some(student)).await;
    for count in 1..=6 {
        desk.save(&draft, "statement", &"every word of this ".repeat(200 * count)).await;
    }
    (desk, draft)
}

/// A copy of the files as they are while the program runs: what a stop in this moment leaves.
fn stopped(desk: &Desk) -> (TempDir, Folder) {
    let place = TempDir::new().unwrap();
    let folder = Folder::at(place.path().join("records"));
    folder.make().unwrap();
    for name in ["records.db", "records.db-wal", "records.keys"] {
        fs::copy(desk.folder.path().join(name), folder.path().join(name)).unwrap();
    }
    (place, folder)
}

fn open(folder: &Folder, desk: &Desk) -> Result<Records, RecordsError> {
    Records::unlock(folder, PASSPHRASE, desk.clock.clone())
}

fn wal_of(folder: &Folder) -> std::path::PathBuf {
    folder.path().join("records.db-wal")
}

fn set_aside(folder: &Folder) -> Vec<std::path::PathBuf> {
    let places = fs::read_dir(folder.path().join("set-aside"));
    let mut places: Vec<_> = places.into_iter().flatten().map(|place| place.unwrap().path()).collect();
    places.sort();
    places
}

fn flip(path: &Path, at: usize) {
    let mut bytes = fs::read(path).unwrap();
    bytes[at] ^= 0x10;
    fs::write(path, bytes).unwrap();
}

#[tokio::test]
async fn a_log_of_an_unclean_stop_is_read_as_sqlite_reads_it() {
    let (desk, draft) = used().await;
    let (_place, folder) = stopped(&desk);
    let log = parse(&fs::read(wal_of(&folder)).unwrap());
    assert_eq!((log.page_size, log.verdict), (PAGE, Verdict::Whole));
    assert!(log.frames.len() > 10 && log.taken == log.frames.len(), "{} frames", log.frames.len());

    let records = open(&folder, &desk).unwrap();
    assert!(records.opening().unclean && records.opening().lost.is_none());
    let text = records.draft(draft).await.unwrap().answers["statement"].clone();
    assert_eq!(text, "every word of this ".repeat(1200));
    assert!(set_aside(&folder).is_empty());
    records.close().await.unwrap();
    assert!(!open(&folder, &desk).unwrap().opening().unclean, "closed in order");
}

#[tokio::test]
async fn frames_of_an_earlier_round_of_the_log_are_no_loss() {
    let desk = desk();
    let draft = desk.application(None).await;
    let mut rounds = 0;
    for count in 0..120 {
        desk.save(&draft, "statement", &format!("{count} ").repeat(20_000)).await;
        let log = parse(&fs::read(wal_of(&desk.folder)).unwrap());
        assert_eq!(log.verdict, Verdict::Whole, "after {count}");
        rounds += usize::from(log.frames.iter().any(|frame| frame.state == FrameState::Old));
    }
    assert!(rounds > 10, "the log began anew");
}

#[tokio::test]
async fn a_changed_byte_in_any_frame_is_noticed_before_sqlite_drops_what_follows() {
    let (desk, _) = used().await;
    let (_place, whole) = stopped(&desk);
    let bytes = fs::read(wal_of(&whole)).unwrap();
    let log = parse(&bytes);
    let commits: Vec<usize> =
        log.frames.iter().enumerate().filter(|(_, frame)| frame.commit != 0).map(|(at, _)| at).collect();
    for (index, frame) in log.frames.iter().enumerate() {
        // Number, commit, salts, sums, and three places of the content.
        for at in [3, 4, 9, 14, 17, 22, 24, 24 + PAGE / 2, 23 + PAGE] {
            let mut changed = bytes.clone();
            changed[frame.content - 24 + at] ^= 0x10;
            let Verdict::LostCommits { commits: lost, certain } = parse(&changed).verdict else {
                panic!("frame {index}, byte {at}: not noticed");
            };
            let behind = commits.iter().filter(|commit| **commit >= index).count();
            // A frame that ended no commit seems to end one once its commit field is struck.
            assert!(lost == behind || (at == 4 && lost == behind + 1), "frame {index}, byte {at}: {lost}");
            assert_eq!(certain, lost > 1);
        }
    }
    for at in 0..32 {
        let mut changed = bytes.clone();
        changed[at] ^= 0x10;
        let verdict = parse(&changed).verdict;
        assert_eq!(verdict, Verdict::LostCommits { commits: commits.len(), certain: false }, "header {at}");
    }
}

#[tokio::test]
async fn lost_changes_are_told_and_the_files_are_set_aside_as_they_were_found() {
    let (desk, draft) = used().await;
    let (_place, folder) = stopped(&desk);
    let log = parse(&fs::read(wal_of(&folder)).unwrap());
    let third = log.frames.iter().filter(|frame| frame.commit != 0).nth(2).unwrap().content;
    flip(&wal_of(&folder), third + 100);
    let found = fs::read(wal_of(&folder)).unwrap();

    let records = open(&folder, &desk).unwrap();
    let lost = records.opening().lost.clone().unwrap();
    assert!(lost.certain && lost.from.is_some() && lost.to.is_some());
    assert_eq!(set_aside(&folder), std::slice::from_ref(&lost.set_aside));
    assert_eq!(fs::read(lost.set_aside.join("records.db-wal")).unwrap(), found);
    assert!(lost.set_aside.join("records.db").is_file() && lost.set_aside.join("records.keys").is_file());
    // What SQLite took over is whole, and older.
    let text = records.draft(draft).await.unwrap().answers.remove("statement");
    assert!(text.is_none_or(|text| text.as_str().unwrap().len() < 20_000));
    records.close().await.unwrap();
    assert_eq!(open(&folder, &desk).unwrap().opening().lost, None, "told once");
}

#[tokio::test]
async fn a_log_cut_at_any_frame_is_a_torn_tail_and_opens() {
    let (desk, _) = used().await;
    let (_place, whole) = stopped(&desk);
    let bytes = fs::read(wal_of(&whole)).unwrap();
    let frames = (bytes.len() - 32) / FRAME;
    for frame in 0..=frames {
        for length in [31 + frame * FRAME, 32 + frame * FRAME, 33 + frame * FRAME] {
            let log = parse(&bytes[..length.min(bytes.len())]);
            assert!(!matches!(log.verdict, Verdict::LostCommits { .. }), "{length}");
            assert!(log.frames.iter().all(|frame| frame.state == FrameState::Fits));
        }
    }
    for frame in [0, 1, frames / 2, frames] {
        for length in [31 + frame * FRAME, 32 + frame * FRAME, 33 + frame * FRAME] {
            let (_place, folder) = stopped(&desk);
            fs::write(wal_of(&folder), &bytes[..length.min(bytes.len())]).unwrap();
            let records = open(&folder, &desk).unwrap();
            assert_eq!((records.opening().unclean, records.opening().lost.clone()), (true, None));
            records.close().await.unwrap();
        }
    }
}

#[tokio::test]
async fn a_changed_byte_on_any_page_is_found_by_the_check_after_an_unclean_stop() {
    let (desk, draft) = used().await;
    // Free pages too: what was there is taken away.
    desk.records.remove_application(draft).await.unwrap();
    let student = desk.student("Demo Learner").await;
    let desk = desk.reopened().await;
    desk.application(Some(student)).await;
    let (_place, whole) = stopped(&desk);
    let pages = fs::read(whole.path().join("records.db")).unwrap().len() / PAGE;
    assert!(pages > 20);
    for page in 0..pages {
        let (_place, folder) = stopped(&desk);
        // A log that brings another version of the page would hide it; an empty one leaves the file as it is.
        fs::write(wal_of(&folder), &fs::read(wal_of(&whole)).unwrap()[..32]).unwrap();
        flip(&folder.path().join("records.db"), page * PAGE + 17 + (page * 631) % (PAGE - 17));
        let found = fs::read(folder.path().join("records.db")).unwrap();
        assert_eq!(open(&folder, &desk).err(), Some(RecordsError::Damaged), "page {page}");
        assert_eq!(open(&folder, &desk).err(), Some(RecordsError::Damaged), "page {page}, once more");
        let aside = set_aside(&folder);
        assert_eq!(aside.len(), 1, "one copy, however often it is tried");
        assert!(fs::read(aside[0].join("records.db")).unwrap() == found);
        assert!(fs::read(folder.path().join("records.db")).unwrap() == found, "left as it was");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn no_bytes_make_the_reader_of_the_log_stumble(bytes in proptest::collection::vec(any::<u8>(), 0..20_000)) {
        let log = parse(&bytes);
        prop_assert!(log.taken <= log.frames.len());
    }

    #[test]
    fn nor_do_bytes_behind_a_right_header(
        size in prop_oneof![Just(512_u32), Just(4096), Just(65_536)],
        order in 0_u32..2,
        rest in proptest::collection::vec(any::<u8>(), 0..20_000),
    ) {
        let mut bytes = Vec::new();
        for word in [0x377f_0682 | order, 3_007_000, size, 7, 0x1234_5678, 0x9abc_def0] {
            bytes.extend(u32::to_be_bytes(word));
        }
        let (mut one, mut two) = (0_u32, 0_u32);
        for pair in bytes.clone().chunks_exact(8) {
            let read = |at: usize| {
                let four = pair[at..at + 4].try_into().unwrap();
                if order == 1 { u32::from_be_bytes(four) } else { u32::from_le_bytes(four) }
            };
            one = one.wrapping_add(read(0)).wrapping_add(two);
            two = two.wrapping_add(read(4)).wrapping_add(one);
        }
        bytes.extend(one.to_be_bytes());
        bytes.extend(two.to_be_bytes());
        bytes.extend(&rest);
        let log = parse(&bytes);
        prop_assert_eq!(log.page_size, usize::try_from(size).unwrap());
        for frame in &log.frames {
            prop_assert!(frame.content + log.page_size <= bytes.len());
        }
    }
}
