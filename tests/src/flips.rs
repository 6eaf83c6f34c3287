//! Flipped bytes: a records folder in which one bit of one file is another. Opening it, or reading what stands in it, has
//! to fail with a code or to say that something is missing; else every row must be as it was. The file that was found
//! damaged must still be there afterwards, in its place or set aside.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use jiff::Timestamp;
use rusqlite::{Connection, OpenFlags};
use tempfile::TempDir;
use tokio::runtime::Runtime;
use waymark_records::{
    Answers, Computer, Cost, Folder, NewApplication, Plan, Progress, Records, RecordsError, StudentInput,
    Surroundings,
};

use crate::keys::database_key;
use crate::pages::PAGE;

mod backups;

pub use backups::{BackupFlips, Flip as BackupFlip, Which};

const PASSPHRASE: &str = "quiet lantern under seven maples";
const LOG_HEADER: usize = 32;
const FRAME: usize = PAGE + 24;

/// How a flip was met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Met {
    /// The records did not open, and a code said why.
    Refused,
    /// They opened, and said that changes may be missing.
    SaidMissing,
    /// They opened; reading the page that was struck fails.
    Unreadable,
    /// Every row is as it was.
    WithoutEffect,
}

/// One bit of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flip {
    /// In the folder that was closed in order (`false`), or the one whose program was stopped (`true`).
    pub stopped: bool,
    /// The file.
    pub file: &'static str,
    /// The byte.
    pub at: usize,
    /// The bit.
    pub bit: u8,
}

/// The same time and the same randomness at every opening: what opening and closing write is then the same too.
struct Same(AtomicU64);

impl Same {
    fn anew() -> Arc<Self> {
        Arc::new(Self(AtomicU64::new(0)))
    }
}

impl Surroundings for Same {
    fn now(&self) -> Timestamp {
        Timestamp::from_second(1_790_000_000).unwrap()
    }

    fn random(&self, out: &mut [u8]) -> Result<(), RecordsError> {
        for byte in out {
            *byte = mixed(self.0.fetch_add(1, Ordering::SeqCst)) as u8;
        }
        Ok(())
    }
}

/// Records folders to be damaged, and what stands in them.
pub struct Flips {
    runtime: Runtime,
    place: TempDir,
    /// Rows of the folder that was closed, and of the one whose program was stopped, once each was opened and closed.
    rows: [Vec<String>; 2],
    places: Vec<Flip>,
}

impl Flips {
    /// Makes the folders: one that was closed in order, and one as a stop leaves it, with a log.
    #[must_use]
    pub fn new() -> Self {
        let runtime = Runtime::new().unwrap();
        let place = TempDir::new().unwrap();
        runtime.block_on(make(place.path()));
        let mut flips = Self { runtime, place, rows: [Vec::new(), Vec::new()], places: Vec::new() };
        for stopped in [false, true] {
            let scratch = TempDir::new().unwrap();
            copy(&flips.original(stopped), scratch.path());
            let records = Records::unlock(&Folder::at(scratch.path()), PASSPHRASE, Same::anew()).unwrap();
            flips.runtime.block_on(records.close()).unwrap();
            flips.rows[usize::from(stopped)] = flips.rows_of(scratch.path()).expect("whole records");
        }
        flips.places = flips.every_part();
        flips
    }

    /// How many places there are that every long run must have struck: each byte of each header and of the file of keys,
    /// and one byte of each page and of each frame.
    #[must_use]
    pub fn parts(&self) -> usize {
        self.places.len()
    }

    /// The flip of this number: the parts one after the other, then places by chance.
    #[must_use]
    pub fn flip(&self, number: u64) -> Flip {
        if let Some(flip) = usize::try_from(number).ok().and_then(|number| self.places.get(number)) {
            return flip.clone();
        }
        let drawn = mixed(number);
        let (stopped, file) =
            [(false, "records.db"), (true, "records.db"), (true, "records.db-wal"), (false, "records.keys")]
                [(drawn % 4) as usize];
        let length = std::fs::metadata(self.original(stopped).join(file)).unwrap().len();
        let at = usize::try_from(mixed(drawn) % length).unwrap();
        Flip { stopped, file, at, bit: (drawn >> 32) as u8 % 8 }
    }

    /// Tries a flip. An error says what was lost without a word.
    pub fn strike(&self, flip: &Flip) -> Result<Met, String> {
        let scratch = TempDir::new().unwrap();
        let folder = scratch.path().join("records");
        copy(&self.original(flip.stopped), &folder);
        let struck = folder.join(flip.file);
        let mut bytes = std::fs::read(&struck).unwrap();
        bytes[flip.at] ^= 1 << flip.bit;
        std::fs::write(&struck, &bytes).unwrap();
        let met = self.met(&folder, flip.file, flip.stopped)?;
        // A log that is folded in changes other pages of the file; the struck byte stays.
        let is_it = |file: PathBuf| {
            let found = std::fs::read(file).unwrap();
            found.len() >= bytes.len() && found[flip.at] == bytes[flip.at]
        };
        let kept = || crate::planted::files(&folder).into_iter().any(is_it);
        // What opened is worked with, and its log is folded in; what did not is evidence.
        // The salt at the file's beginning lies in the log as well, with the first page: folded in, it is written anew.
        let is_in_log = flip.stopped && flip.file == "records.db" && flip.at < 16;
        if met == Met::Refused && !is_in_log && !kept() {
            return Err(format!("{flip:?}: the damaged file is gone"));
        }
        Ok(met)
    }

    fn met(&self, folder: &Path, file: &str, stopped: bool) -> Result<Met, String> {
        let records = match Records::unlock(&Folder::at(folder), PASSPHRASE, Same::anew()) {
            Ok(records) => records,
            Err(told) if told == refusal(file) => return Ok(Met::Refused),
            // A wrong word sends a person looking for another passphrase, or for room on the disk.
            Err(told) => return Err(format!("damage of {file} is told as \"{told}\"")),
        };
        let said = says_missing(&records);
        if self.runtime.block_on(records.close()).is_err() {
            return Ok(Met::Unreadable);
        }
        match self.rows_of(folder) {
            Err(_) => Ok(Met::Unreadable),
            Ok(rows) if rows == self.rows[usize::from(stopped)] => Ok(Met::WithoutEffect),
            Ok(_) if said => Ok(Met::SaidMissing),
            Ok(rows) => {
                let whole = &self.rows[usize::from(stopped)];
                let missing = whole.iter().filter(|row| !rows.contains(row)).count();
                Err(format!("{missing} of {} rows are gone or changed, and not a word", whole.len()))
            }
        }
    }

    fn original(&self, stopped: bool) -> PathBuf {
        self.place.path().join(if stopped { "stopped" } else { "closed" })
    }

    fn every_part(&self) -> Vec<Flip> {
        let mut places = Vec::new();
        let length = |stopped, file| {
            let file = self.original(stopped).join(file);
            usize::try_from(std::fs::metadata(file).unwrap().len()).unwrap()
        };
        let mut add = |stopped, file, at: usize| {
            let bit = (mixed(at as u64) % 8) as u8;
            places.push(Flip { stopped, file, at, bit });
        };
        for stopped in [false, true] {
            (0..100).for_each(|at| add(stopped, "records.db", at));
            for page in 0..length(stopped, "records.db") / PAGE {
                let within = (mixed(page as u64) % PAGE as u64) as usize;
                add(stopped, "records.db", page * PAGE + within);
            }
        }
        (0..length(false, "records.keys")).for_each(|at| add(false, "records.keys", at));
        (0..LOG_HEADER).for_each(|at| add(true, "records.db-wal", at));
        for frame in 0..(length(true, "records.db-wal") - LOG_HEADER) / FRAME {
            let begin = LOG_HEADER + frame * FRAME;
            (0..24).for_each(|at| add(true, "records.db-wal", begin + at));
            let within = (mixed(frame as u64) % PAGE as u64) as usize;
            add(true, "records.db-wal", begin + 24 + within);
        }
        places
    }

    fn rows_of(&self, folder: &Path) -> Result<Vec<String>, rusqlite::Error> {
        rows_of(folder, &self.original(false).join("records.keys"))
    }
}

impl Default for Flips {
    fn default() -> Self {
        Self::new()
    }
}

/// How damage of this file is told.
fn refusal(file: &str) -> RecordsError {
    if file == "records.keys" { RecordsError::KeysDamaged } else { RecordsError::Damaged }
}

/// Whether the records, as they were opened, say that changes are or may be missing.
fn says_missing(records: &Records) -> bool {
    records.opening().lost.is_some()
}

/// Students, drafts, notes; something long that was taken away again, so that there are free pages; and a log.
async fn make(place: &Path) {
    let folder = Folder::at(place.join("work"));
    let made = Records::create(&folder, PASSPHRASE, Cost::WEAK_FOR_TESTS, Arc::new(Computer));
    let (records, _) = made.unwrap();
    let student = |name: String| StudentInput { name, graduation_year: Some(2027), school_id: None };
    let students = (0..40).map(|number| student(format!("Sample Student {number}"))).collect();
    let ids = records.add_students("students.add", students, false).await.unwrap().value;
    let mut drafts = Vec::new();
    for id in ids.iter().take(6) {
        let new = NewApplication {
            plan: Plan { student_id: Some(id.clone()), ..Plan::default() },
            form: "general-admission".into(),
            form_version: 1,
            answers: Answers::new(),
            prefilled: false,
            between_us: false,
        };
        drafts.push(records.start_application(new, |_| (Progress::default(), ())).await.unwrap().value);
    }
    let save = async |records: &Records, id: &String, text: String| {
        let answers = Answers::from([("statement".into(), text.into())]);
        records.save_answers(id.clone(), answers, |_| (Progress::default(), ())).await.unwrap();
    };
    for (number, id) in drafts.iter().enumerate() {
        save(&records, id, format!("Draft {number}. ").repeat(400)).await;
    }
    records.remove_student(ids[0].clone()).await.unwrap();
    records.close().await.unwrap();
    // The same rows twice: closed in order, and with all that came last still in the log.
    let records = Records::unlock(&folder, PASSPHRASE, Arc::new(Computer)).unwrap();
    for round in 0..4 {
        save(&records, &drafts[1], format!("Round {round} of the last draft. ").repeat(150)).await;
    }
    copy(folder.path(), &place.join("stopped"));
    records.close().await.unwrap();
    copy(folder.path(), &place.join("closed"));
}

/// The files of a folder, without what only says that somebody works in it.
fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name();
        let passed_over = ["records.lock", "records.db-shm"].iter().any(|other| name == *other);
        if !passed_over && entry.file_type().unwrap().is_file() {
            std::fs::copy(entry.path(), to.join(name)).unwrap();
        }
    }
}

/// Every row of every table, read through the test's own connection.
fn rows_of(folder: &Path, keys: &Path) -> Result<Vec<String>, rusqlite::Error> {
    let key = database_key(keys, PASSPHRASE);
    let hex = key.iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"));
    #[expect(
        clippy::disallowed_methods,
        reason = "reads what the program has left, by other code than the program's"
    )]
    let connection =
        Connection::open_with_flags(folder.join("records.db"), OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    connection.execute_batch(&format!("PRAGMA cipher_log_level = NONE; PRAGMA key = \"x'{hex}'\";"))?;
    let mut tables = connection.prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
    )?;
    let tables: Vec<String> = tables.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let mut rows = Vec::new();
    for table in tables {
        let mut all = connection.prepare(&format!("SELECT * FROM \"{table}\" ORDER BY 1, 2"))?;
        let columns = all.column_count();
        let mut read = all.query([])?;
        while let Some(row) = read.next()? {
            let values = (0..columns).map(|at| row.get_ref(at).map(|value| format!("{value:?}")));
            rows.push(format!("{table}: {}", values.collect::<Result<Vec<_>, _>>()?.join("|")));
        }
    }
    Ok(rows)
}

/// A number that looks like chance (`SplitMix64`).
fn mixed(number: u64) -> u64 {
    let mut mixed = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}
