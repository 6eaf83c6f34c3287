//! What stands behind the encryption of the records' own file: pages as salvage reads them, and the log beside them.

use std::sync::OnceLock;

use tempfile::TempDir;
use waymark_records::damage::wal::{self, FrameState, Verdict, Wal};
use waymark_records::outside::{Salvager, salvage_pages};
use waymark_records::{Computer, RecordsError};

/// Bytes of a page, and the most of them in an input: each cell of a page may claim every other page for its own.
const PAGE: usize = 4096;
const MOST_PAGES: usize = 8;

/// Bytes of a log's header, and of the header of each frame in it.
const HEADER: usize = 32;
const FRAME_HEADER: usize = 24;

/// Page size of logs that are made to fit: the smallest, so that a small input has many frames.
const SMALL: usize = 512;

/// Any pages: no row is read from them that has not the form of one, and no more rows than have room.
pub fn pages(bytes: &[u8]) {
    static SALVAGER: OnceLock<(TempDir, Salvager)> = OnceLock::new();
    let (_, salvager) = SALVAGER.get_or_init(|| {
        let place = tempfile::tempdir().unwrap();
        let salvager = Salvager::new(&place.path().join("new.db"), &Computer).unwrap();
        (place, salvager)
    });
    let read = salvager.read(&bytes[..bytes.len().min(MOST_PAGES * PAGE)]);
    // The place of each cell takes two bytes.
    assert!(read.rows + read.missing <= read.pages * PAGE, "{read:?}");
}

/// The same through a whole salvage: it gives a file that passes the full check, or says that nothing can be read.
pub fn salvage(bytes: &[u8]) {
    let place = tempfile::tempdir().unwrap();
    match salvage_pages(place.path(), &bytes[..bytes.len().min(MOST_PAGES * PAGE)], &Computer) {
        Ok(report) => {
            assert!(report.proved && report.unreadable_pages == 0, "every page was sealed: {report:?}");
            assert!(report.tables.iter().any(|table| table.rows > 0), "something was read: {report:?}");
            assert!(place.path().join("records.db").is_file(), "the new file is in its place");
        }
        Err(RecordsError::NothingReadable) => {}
        Err(fault) => panic!("a salvage ends in {fault:?}"),
    }
}

/// Any log: its frames lie side by side, those that SQLite takes end with a commit, and nothing is dropped in silence.
pub fn log(bytes: &[u8]) {
    let read = wal::parse(bytes);
    sound(bytes, &read);
    let cut = wal::parse(&bytes[..bytes.len() / 2]);
    assert!(cut.taken <= read.taken, "what was cut off does not add anything");
}

/// A log with a header and check sums that fit. The input begins with three bytes of the flip, the rest are frames: page
/// and commit, a byte each, then the page. The flip says at which byte of which frame one bit is another.
pub fn log_behind_sums(bytes: &[u8]) {
    let Some((flip, rest)) = bytes.split_at_checked(3) else { return };
    let big_endian = flip[0] & 1 == 1;
    let mut made = fitting(rest, big_endian);
    let read = wal::parse(&made);
    sound(&made, &read);
    let frames = &read.frames;
    assert_eq!(frames.len(), rest.chunks_exact(2 + SMALL).len(), "every frame is seen");
    let fit = frames.iter().take_while(|frame| frame.page != 0).count();
    assert!(frames.iter().take(fit).all(|frame| frame.state == FrameState::Fits), "what fits is seen to fit");
    assert_eq!(read.taken, last_commit(&read, fit));

    if fit == 0 {
        return;
    }
    let struck = usize::from(flip[0] >> 1) % fit;
    let at = HEADER
        + struck * (FRAME_HEADER + SMALL)
        + usize::from(u16::from_le_bytes([flip[1], flip[2]])) % (FRAME_HEADER + SMALL);
    made[at] ^= 1 << (flip[2] >> 5);
    let after = wal::parse(&made);
    sound(&made, &after);
    assert_eq!(
        after.taken,
        last_commit(&read, struck),
        "all before the struck frame is taken, and nothing else"
    );
    assert!(
        matches!(after.verdict, Verdict::LostCommits { .. }),
        "a struck frame is noticed: {:?}",
        after.verdict
    );
}

/// How many of the first frames end with a commit.
fn last_commit(log: &Wal, first: usize) -> usize {
    log.frames.iter().take(first).rposition(|frame| frame.commit != 0).map_or(0, |at| at + 1)
}

fn sound(bytes: &[u8], read: &Wal) {
    let Wal { page_size, frames, taken, verdict } = read;
    assert!((512..=65_536).contains(page_size) && page_size.is_power_of_two());
    let one = FRAME_HEADER + page_size;
    assert_eq!(frames.len(), bytes.len().saturating_sub(HEADER) / one);
    for (index, frame) in frames.iter().enumerate() {
        assert_eq!(frame.content, HEADER + index * one + FRAME_HEADER);
    }
    let fit = frames.iter().take_while(|frame| frame.state == FrameState::Fits).count();
    assert!(
        frames.iter().skip(fit).all(|frame| frame.state != FrameState::Fits),
        "none fits behind a broken one"
    );
    assert_eq!(*taken, last_commit(read, fit), "what SQLite takes");
    let is_cut = frames.iter().any(|frame| frame.state == FrameState::CutOff);
    assert_eq!(is_cut, matches!(verdict, Verdict::LostCommits { .. }), "what is dropped is said");
    if *verdict == Verdict::Whole {
        assert_eq!(*taken, fit, "of a whole log all is taken");
    }
}

/// A log of these frames, with SQLite's sums over the header and over each frame (its file format, section 4.2).
fn fitting(frames: &[u8], big_endian: bool) -> Vec<u8> {
    let mut log = Vec::new();
    let word = |log: &mut Vec<u8>, word: u32| log.extend_from_slice(&word.to_be_bytes());
    for value in [0x377f_0682 | u32::from(big_endian), 3_007_000, 512, 3, 0x5a17_0001, 0x5a17_0002] {
        word(&mut log, value);
    }
    let mut sums = sums_over((0, 0), &log, big_endian);
    word(&mut log, sums.0);
    word(&mut log, sums.1);
    for frame in frames.chunks_exact(2 + SMALL) {
        let begin = log.len();
        word(&mut log, frame[0].into());
        word(&mut log, frame[1].into());
        sums = sums_over(sums, &log[begin..], big_endian);
        sums = sums_over(sums, &frame[2..], big_endian);
        for value in [0x5a17_0001, 0x5a17_0002, sums.0, sums.1] {
            word(&mut log, value);
        }
        log.extend_from_slice(&frame[2..]);
    }
    log
}

fn sums_over((mut first, mut second): (u32, u32), bytes: &[u8], big_endian: bool) -> (u32, u32) {
    let words = bytes.chunks_exact(4).map(|four| {
        let four = [four[0], four[1], four[2], four[3]];
        if big_endian { u32::from_be_bytes(four) } else { u32::from_le_bytes(four) }
    });
    for (index, word) in words.enumerate() {
        if index % 2 == 0 {
            first = first.wrapping_add(word).wrapping_add(second);
        } else {
            second = second.wrapping_add(word).wrapping_add(first);
        }
    }
    (first, second)
}
