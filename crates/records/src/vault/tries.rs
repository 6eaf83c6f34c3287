//! Wrong tries of a passphrase or a recovery key make the next one wait, also after the program was ended and started
//! again: `records.tries` beside the records counts them. It holds no secret, and nothing in it can lock anybody out: a
//! file that can't be read counts none, and a wait is 30 seconds at most whatever the clock says. It slows down whoever
//! sits at this computer; a copied file is protected by its passphrase alone.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::folder::{Folder, replace_file};

/// Wrong tries that cost no waiting.
const FREE: u32 = 3;

/// The longest wait between two tries, seconds.
const LONGEST: i64 = 30;

/// Wrong tries since the last right one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tries {
    wrong: u32,
    /// When the next is let through: milliseconds since 1970, UTC.
    next: Option<i64>,
}

impl Tries {
    /// What was counted for this folder. A file that is not there, or that was damaged, counts none.
    #[must_use]
    pub fn read(folder: &Folder) -> Self {
        let bytes = std::fs::read(folder.tries()).unwrap_or_default();
        serde_json::from_slice(&bytes).unwrap_or_default()
    }

    /// Seconds until the next try is let through. Where the clock was set back since, the wait is counted from now.
    pub fn wait(&mut self, now: Timestamp) -> u64 {
        let left = self.next.map_or(0, |next| next.saturating_sub(now.as_millisecond()));
        let most = self.seconds() * 1000;
        if left > most {
            self.next = Some(self.after(now));
        }
        u64::try_from(left.min(most)).unwrap_or(0).div_ceil(1000)
    }

    /// Counts a wrong try, and gives the seconds until the next.
    pub fn wrong(&mut self, folder: &Folder, now: Timestamp) -> u64 {
        self.wrong = self.wrong.saturating_add(1);
        self.next = Some(self.after(now));
        self.keep(folder);
        self.seconds().unsigned_abs()
    }

    /// Forgets the wrong tries: a right one came.
    pub fn right(&mut self, folder: &Folder) {
        if *self != Self::default() {
            *self = Self::default();
            self.keep(folder);
        }
    }

    /// Nothing after the first three, then twice as long each time.
    fn seconds(self) -> i64 {
        let over = self.wrong.saturating_sub(FREE);
        if over == 0 { 0 } else { LONGEST.min(1_i64 << over.min(6)) }
    }

    fn after(self, now: Timestamp) -> i64 {
        now.as_millisecond().saturating_add(self.seconds() * 1000)
    }

    /// Where it can't be written, this process still counts.
    fn keep(self, folder: &Folder) {
        let Ok(bytes) = serde_json::to_vec(&self) else { return };
        if let Err(error) = replace_file(&folder.tries(), &bytes) {
            tracing::warn!(%error, "wrong tries could not be kept");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> (tempfile::TempDir, Folder) {
        let place = tempfile::TempDir::new().unwrap();
        let folder = Folder::at(place.path());
        (place, folder)
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn a_wait_goes_on_where_the_program_is_started_again() {
        let (_place, folder) = folder();
        let waits: Vec<u64> = (0..9).map(|_| Tries::read(&folder).wrong(&folder, at(100))).collect();
        assert_eq!(waits, [0, 0, 0, 2, 4, 8, 16, 30, 30]);
        assert_eq!(Tries::read(&folder).wait(at(110)), 20);
        assert_eq!(Tries::read(&folder).wait(at(130)), 0);
        Tries::read(&folder).right(&folder);
        assert_eq!(Tries::read(&folder), Tries::default());
    }

    #[test]
    fn a_clock_that_was_set_back_starts_the_wait_anew_and_no_more() {
        let (_place, folder) = folder();
        let mut tries = Tries::default();
        for _ in 0..9 {
            tries.wrong(&folder, at(1_000_000));
        }
        assert_eq!(tries.wait(at(10)), 30);
        assert_eq!(tries.wait(at(25)), 15, "it runs out by the clock as it is now");
        assert_eq!(tries.wait(at(40)), 0);
    }

    #[test]
    fn a_damaged_count_locks_nobody_out() {
        let (_place, folder) = folder();
        let far = r#"{"wrong": 4294967295, "next": 9223372036854775807}"#;
        for (text, wait) in [("", 0), ("{", 0), ("[1]", 0), (r#"{"wrong": -1}"#, 0), (far, 30)] {
            std::fs::write(folder.tries(), text).unwrap();
            let mut tries = Tries::read(&folder);
            assert_eq!(tries.wait(at(100)), wait, "{text}");
            assert_eq!(tries.wait(at(130)), 0, "{text}");
            assert!(tries.wrong(&folder, at(130)) <= 30);
        }
    }

    #[test]
    fn where_nothing_can_be_written_this_process_still_counts() {
        let (place, _) = folder();
        let nowhere = Folder::at(place.path().join("gone"));
        let mut tries = Tries::read(&nowhere);
        for _ in 0..4 {
            tries.wrong(&nowhere, at(100));
        }
        assert_eq!(tries.wait(at(100)), 2);
    }
}
