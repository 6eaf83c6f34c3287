//! What a run is asked for, and what it says at its end.

use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

/// How much is wanted of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wish {
    /// Cases; a run goes on until it has tried so many, or until its time is over.
    pub count: u64,
    /// No case begins after this time.
    pub time: Duration,
    /// The first case's seed; each later case has the next number. A case that failed is tried again by its own seed
    /// and a count of 1.
    pub seed: u64,
}

/// What a run found. One line of JSON each.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// The run's name.
    pub name: String,
    /// Cases tried.
    pub tried: u64,
    /// Cases after which everything that had been acknowledged was there and whole.
    pub survived: u64,
    /// Cases after which it was not, or in which something could be read that must not be.
    pub lost: u64,
    /// Cases that this machine could not run, each with its reason.
    pub not_run: Vec<String>,
    /// How long it took.
    pub seconds: f64,
    /// The first case's seed.
    pub seed: u64,
    /// What was found in the cases that are lost, the first twenty, each with its seed. Never a text of the records.
    pub faults: Vec<String>,
}

/// A run under way.
#[derive(Debug)]
pub struct Tally {
    report: Report,
    begun: Instant,
    wish: Wish,
}

impl Tally {
    /// Nothing has been tried yet.
    #[must_use]
    pub fn new(name: &str, wish: Wish) -> Self {
        let report = Report {
            name: name.into(),
            tried: 0,
            survived: 0,
            lost: 0,
            not_run: Vec::new(),
            seconds: 0.0,
            seed: wish.seed,
            faults: Vec::new(),
        };
        Self { report, begun: Instant::now(), wish }
    }

    /// The seed of the next case; none once there were enough of them, or the time is over.
    #[must_use]
    pub fn next_seed(&self) -> Option<u64> {
        let goes_on = self.report.tried < self.wish.count && self.begun.elapsed() < self.wish.time;
        goes_on.then(|| self.wish.seed.wrapping_add(self.report.tried))
    }

    /// One case was tried; an error says what was lost in it.
    pub fn case(&mut self, seed: u64, outcome: Result<(), String>) {
        self.report.tried += 1;
        match outcome {
            Ok(()) => self.report.survived += 1,
            Err(fault) => {
                self.report.lost += 1;
                if self.report.faults.len() < 20 {
                    self.report.faults.push(format!("seed {seed}: {fault}"));
                }
            }
        }
    }

    /// Cases can't be run here.
    pub fn not_run(&mut self, why: impl Into<String>) {
        self.report.not_run.push(why.into());
    }

    /// Cases tried so far.
    #[must_use]
    pub fn tried(&self) -> u64 {
        self.report.tried
    }

    /// The end.
    #[must_use]
    pub fn report(mut self) -> Report {
        self.report.seconds = self.begun.elapsed().as_secs_f64();
        self.report
    }
}

impl Report {
    /// One line for people.
    #[must_use]
    pub fn line(&self) -> String {
        format!(
            "{}: tried {}, survived {}, lost {}, not run {}, {:.1} s, seed {}",
            self.name,
            self.tried,
            self.survived,
            self.lost,
            self.not_run.len(),
            self.seconds,
            self.seed
        )
    }

    /// What a short form among the tests asks: something was tried, nothing was lost. What could not be run is printed
    /// as every test does it.
    pub fn hold(&self) {
        #[expect(clippy::print_stdout, reason = "how a test says what it could not run")]
        for why in &self.not_run {
            println!("not run: {why}");
        }
        assert!(self.tried > 0 || !self.not_run.is_empty(), "{}: nothing was tried", self.name);
        assert_eq!(self.lost, 0, "{}\n{}", self.line(), self.faults.join("\n"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_ends_by_count_or_by_time_and_numbers_its_cases() {
        let wish = Wish { count: 2, time: Duration::from_secs(60), seed: 7 };
        let mut tally = Tally::new("test", wish);
        assert_eq!(tally.next_seed(), Some(7));
        tally.case(7, Ok(()));
        assert_eq!(tally.next_seed(), Some(8));
        tally.case(8, Err("a row is gone".into()));
        assert_eq!(tally.next_seed(), None);
        let report = tally.report();
        assert_eq!((report.survived, report.lost), (1, 1));
        assert_eq!(report.faults, ["seed 8: a row is gone"]);
        assert_eq!(Tally::new("test", Wish { time: Duration::ZERO, ..wish }).next_seed(), None);
    }

    #[test]
    #[should_panic(expected = "a row is gone")]
    fn a_loss_fails_the_short_form() {
        let mut tally = Tally::new("test", Wish { count: 1, time: Duration::from_secs(60), seed: 1 });
        tally.case(1, Err("a row is gone".into()));
        tally.report().hold();
    }

    #[test]
    #[should_panic(expected = "nothing was tried")]
    fn a_run_that_tries_nothing_fails_the_short_form() {
        Tally::new("test", Wish { count: 0, time: Duration::ZERO, seed: 1 }).report().hold();
    }
}
