//! Reads the write-ahead log that an unclean stop left, before SQLite opens it: SQLite takes the log up to the first
//! frame that does not fit and drops the rest without a word, also where what follows was committed. Pure, over bytes
//! that may be anything. Page content is encrypted in it; headers and check sums are not
//! (<https://sqlite.org/fileformat2.html>, section 4).

const HEADER: usize = 32;
const FRAME_HEADER: usize = 24;
/// Its last bit says in which order of bytes the sums are reckoned.
const MAGIC: u32 = 0x377f_0682;
const VERSION: u32 = 3_007_000;
/// Page size of our files; used where the header that names it is damaged.
const OUR_PAGE_SIZE: usize = 4096;

/// What a log holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wal {
    /// Bytes of a page.
    pub page_size: usize,
    /// Every complete frame, in the order of the file.
    pub frames: Vec<Frame>,
    /// How many of `frames` SQLite will take over: those up to the last commit before anything is broken.
    pub taken: usize,
    /// Whether something is missing.
    pub verdict: Verdict,
}

impl Wal {
    /// The pages that SQLite takes from it.
    pub(crate) fn pages(&self) -> std::collections::BTreeSet<u32> {
        self.frames.iter().take(self.taken).map(|frame| frame.page).collect()
    }
}

/// One page in the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frame {
    /// Number of the page.
    pub page: u32,
    /// Pages of the file after the commit that this frame ends; 0 where it ends none.
    pub commit: u32,
    /// Where the page's content begins in the log.
    pub content: usize,
    /// How it stands.
    pub state: FrameState,
}

/// How a frame stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FrameState {
    /// It fits everything before it.
    Fits,
    /// It belongs to this log and does not fit, or lies behind one that does not.
    CutOff,
    /// It is of an earlier round of the log, long taken over, and means nothing.
    Old,
}

/// Whether something is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Every frame of this log fits, and the last one ends a commit; or there is none.
    Whole,
    /// Only what no commit had ended is missing: normal after a power cut.
    TornTail,
    /// Frames of this log lie at or behind a broken one, and SQLite will drop them.
    LostCommits {
        /// How many commits were dropped, as far as can be seen. None where the only frame that is left ends none.
        commits: usize,
        /// Whether at least one of them had been acknowledged. Otherwise it may be the change that was being saved in
        /// the moment of the stop.
        certain: bool,
    },
}

/// Reads a log. Never fails: whatever can't be read is no frame.
#[must_use]
pub fn parse(bytes: &[u8]) -> Wal {
    match Header::read(bytes) {
        Some(header) => frames(bytes, header.page_size, Some(&header)),
        None => frames(bytes, OUR_PAGE_SIZE, None),
    }
}

struct Header {
    big_endian: bool,
    page_size: usize,
    salts: [u8; 8],
    sums: Sums,
}

impl Header {
    fn read(bytes: &[u8]) -> Option<Self> {
        let magic = word(bytes, 0)?;
        if magic & !1 != MAGIC || word(bytes, 4)? != VERSION {
            return None;
        }
        let big_endian = magic & 1 == 1;
        let page_size = word(bytes, 8)?;
        if !(512..=65_536).contains(&page_size) || !page_size.is_power_of_two() {
            return None;
        }
        let sums = Sums::default().over(bytes.get(..24)?, big_endian);
        let salts = bytes.get(16..24)?.try_into().ok()?;
        (Sums::read(bytes, 24)? == sums).then_some(Self {
            big_endian,
            page_size: usize::try_from(page_size).ok()?,
            salts,
            sums,
        })
    }
}

fn frames(bytes: &[u8], page_size: usize, header: Option<&Header>) -> Wal {
    let mut found = Vec::new();
    // The salts of a log whose header is damaged stand in each of its frames.
    let salts: Option<&[u8]> =
        header.map_or_else(|| bytes.get(HEADER + 8..HEADER + 16), |header| Some(&header.salts));
    let mut running = header.map(|header| header.sums);
    // What the frame before says of itself, so that frames behind a broken one can be told from rubbish.
    let mut before = running;
    let mut at = HEADER;
    while let (Some(page), Some(commit), Some(said), Some(content)) = (
        word(bytes, at),
        word(bytes, at + 4),
        Sums::read(bytes, at + 16),
        bytes.get(at + FRAME_HEADER..at + FRAME_HEADER + page_size),
    ) {
        let reckoned = |from: Sums, big_endian: bool| {
            bytes.get(at..at + 8).map(|head| from.over(head, big_endian).over(content, big_endian))
        };
        let fits = |from: Option<Sums>| match header {
            Some(header) => from.and_then(|from| reckoned(from, header.big_endian)) == Some(said),
            // Without a header the order of bytes is not known either; which one fits is the one.
            None => {
                [false, true].iter().any(|order| from.and_then(|from| reckoned(from, *order)) == Some(said))
            }
        };
        let ours = bytes.get(at + 8..at + 16) == salts;
        let state = if ours && page != 0 && fits(running) {
            running = Some(said);
            FrameState::Fits
        } else {
            running = None;
            // The sums do not cover the salts: a frame that fits but for them had its salts changed.
            if ours || fits(before) { FrameState::CutOff } else { FrameState::Old }
        };
        // Frames of an earlier round fit each other too.
        before = (state != FrameState::Old).then_some(said);
        found.push(Frame { page, commit, content: at + FRAME_HEADER, state });
        at += FRAME_HEADER + page_size;
    }
    let taken = found
        .iter()
        .take_while(|frame| frame.state == FrameState::Fits)
        .enumerate()
        .filter(|(_, frame)| frame.commit != 0)
        .last()
        .map_or(0, |(index, _)| index + 1);
    let verdict = judge(&found, taken, header.is_some(), bytes.len() > at);
    Wal { page_size, frames: found, taken, verdict }
}

fn judge(frames: &[Frame], taken: usize, header: bool, rest: bool) -> Verdict {
    let cut_off = || frames.iter().filter(|frame| frame.state == FrameState::CutOff);
    if cut_off().next().is_some() {
        let commits = cut_off().filter(|frame| frame.commit != 0).count();
        // Each commit is on the disk before the next one begins: of two, the first had been acknowledged. A header that
        // does not fit may also be the first sign of a new round, whose frames were all taken over before.
        return Verdict::LostCommits { commits, certain: header && commits > 1 };
    }
    let begun = frames.get(taken).is_some_and(|frame| frame.state == FrameState::Fits);
    let old = frames.iter().any(|frame| frame.state == FrameState::Old);
    // Bytes behind the last whole frame belong to an earlier round where such frames stand before them.
    if begun || (rest && !old) { Verdict::TornTail } else { Verdict::Whole }
}

/// The check sums of a log, as they run from frame to frame.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Sums(u32, u32);

impl Sums {
    fn read(bytes: &[u8], at: usize) -> Option<Self> {
        Some(Self(word(bytes, at)?, word(bytes, at + 4)?))
    }

    fn over(self, bytes: &[u8], big_endian: bool) -> Self {
        let (mut first, mut second) = (self.0, self.1);
        for pair in bytes.chunks_exact(8) {
            let read = |at: usize| {
                let four = [pair[at], pair[at + 1], pair[at + 2], pair[at + 3]];
                if big_endian { u32::from_be_bytes(four) } else { u32::from_le_bytes(four) }
            };
            first = first.wrapping_add(read(0)).wrapping_add(second);
            second = second.wrapping_add(read(4)).wrapping_add(first);
        }
        Self(first, second)
    }
}

fn word(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}
