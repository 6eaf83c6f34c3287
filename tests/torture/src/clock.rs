//! Clocks that jump: hours and days back, years on, and across both changes of a daylight-saving year. Saves keep their
//! order, versions only ever grow, an undo finds its change, and nobody is locked out.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::civil::date;
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use waymark_fault_layer::random::Random;
use waymark_records::{Computer, RecordsError, Surroundings};

use crate::acts::{Step, any_step};
use crate::drive::{Line, PASSPHRASE, take, verify_with, worlds};
use crate::files::{keep, place};
use crate::host::{Host, InProcess};
use crate::report::{Report, Tally, Wish};
use crate::state::State;

/// A clock that is set by hand.
#[derive(Debug)]
pub struct Hands(AtomicI64);

impl Hands {
    /// A clock that stands at this time.
    #[must_use]
    pub fn at(time: Timestamp) -> Self {
        Self(AtomicI64::new(time.as_millisecond()))
    }

    /// Sets it.
    pub fn set(&self, time: Timestamp) {
        self.0.store(time.as_millisecond(), Ordering::SeqCst);
    }

    /// Moves it.
    pub fn turn(&self, by: SignedDuration) {
        self.0.fetch_add(i64::try_from(by.as_millis()).unwrap_or(0), Ordering::SeqCst);
    }
}

impl Surroundings for Hands {
    fn now(&self) -> Timestamp {
        Timestamp::from_millisecond(self.0.load(Ordering::SeqCst)).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    fn random(&self, out: &mut [u8]) -> Result<(), RecordsError> {
        Computer.random(out)
    }
}

/// Random work under a jumping clock.
#[must_use]
pub fn run(wish: Wish) -> Report {
    let mut tally = Tally::new("clock", wish);
    if TimeZone::get("America/New_York").is_err() {
        tally.not_run("this system has no time zones; the daylight-saving cases were left out");
    }
    while let Some(seed) = tally.next_seed() {
        let outcome = one(seed);
        tally.case(seed, outcome);
    }
    tally.report()
}

/// Just before clocks in New York go forward, or back, in 2026; none where the zone is not known.
fn before_change(forward: bool) -> Option<Timestamp> {
    let zone = TimeZone::get("America/New_York").ok()?;
    let civil = if forward { date(2026, 3, 8).at(2, 30, 0, 0) } else { date(2026, 11, 1).at(1, 30, 0, 0) };
    let ambiguous = zone.to_ambiguous_timestamp(civil);
    // The gap and the fold are what this is about: a zone without them is the wrong one.
    let is_right = match ambiguous.offset() {
        AmbiguousOffset::Gap { .. } => forward,
        AmbiguousOffset::Fold { .. } => !forward,
        AmbiguousOffset::Unambiguous { .. } => false,
    };
    is_right.then(|| ambiguous.earlier().ok())?
}

fn one(seed: u64) -> Result<(), String> {
    let mut random = Random::new(seed);
    let (_place, home) = place();
    let start = before_change(seed.is_multiple_of(2))
        .unwrap_or(Timestamp::UNIX_EPOCH + SignedDuration::from_hours(500_000));
    let clock = Arc::new(Hands::at(start - SignedDuration::from_mins(1)));
    let mut host = InProcess::with(&home, clock.clone());
    let mut state = State::nothing();
    let mut lines = Vec::new();
    for number in 0..40 {
        let step = if state.made {
            any_step(&state, &mut random, &format!("c{number}"), false)
        } else {
            Step::new("create", &[PASSPHRASE])
        };
        take(&mut host, &mut state, &step, &mut |line| lines.push(line.clone()))?;
        // Backups are kept by their age, and the clock says that this one is too old.
        if let Some(Line::Refused(code)) = lines.last()
            && (step.act.as_str(), code.as_str()) != ("restore_backup", "backups.not_found")
        {
            return Err(format!("{} was refused with {code}", step.act));
        }
        // Which draft is shown first goes by the time that is shown with it; a clock that was wrong is wrong there too.
        state.last_saved = None;
        let mut up_to = |most: u64| i64::try_from(1 + random.number() % most).unwrap_or(1);
        clock.turn(match up_to(12) {
            1 => -SignedDuration::from_hours(up_to(30)),
            2 => -SignedDuration::from_hours(24 * up_to(400)),
            3 => SignedDuration::from_hours(24 * up_to(800)),
            4 => SignedDuration::from_hours(1),
            5 => -SignedDuration::from_hours(1),
            _ => SignedDuration::from_secs(up_to(90)),
        });
    }
    let check = |host: &mut InProcess| {
        let mut worlds = worlds(&State::nothing(), &lines)?;
        for world in &mut worlds {
            world.state.last_saved = None;
        }
        verify_with(host, &worlds)?;
        let numbers: Vec<i64> = lines
            .iter()
            // A backup that was restored brought its own numbers.
            .take_while(|line| !matches!(line, Line::Begin(step) if step.act == "restore_backup"))
            .filter_map(|line| match line {
                Line::Done(answer) => answer["change"].as_i64(),
                _ => None,
            })
            .collect();
        if !numbers.is_sorted() {
            return Err("changes are not numbered in the order in which they were made".to_owned());
        }
        nobody_is_locked_out(host, &clock, &state)
    };
    check(&mut host).map_err(|fault| format!("{fault}; {}", keep(&home, "clock", seed)))
}

/// Wrong tries make the next one wait; a clock that was set back does not make it wait for days.
fn nobody_is_locked_out(host: &mut InProcess, clock: &Hands, state: &State) -> Result<(), String> {
    for _ in 0..5 {
        if host.call("vault.unlock", json!({ "passphrase": "not the passphrase" })).is_ok() {
            return Err("a wrong passphrase opens the records".into());
        }
    }
    for days in [-400, -1, 900] {
        clock.turn(SignedDuration::from_hours(24 * days));
        let status = host.call("vault.status", json!({}))?;
        if status["wait_seconds"].as_u64().is_none_or(|wait| wait > 30) {
            return Err(format!("after a jump of {days} days somebody waits too long"));
        }
    }
    host.call("vault.unlock", json!({ "passphrase": state.secrets.passphrase })).map(|_| ())
}
