//! Faults of the disk: no room, a write, a sync or a read that fails, at every call of a piece of work. Each is told in
//! a code of its own; what was acknowledged before stays, what was refused is not there by half, and as soon as the disk
//! is well again the same program goes on without being opened anew.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use serde_json::json;
use tempfile::TempDir;
use waymark_fault_layer::random::Random;
use waymark_fault_layer::watch::{Fault, Watch};

use crate::acts::Step;
use crate::drive::{Drive, Line, drive, take, verify, verify_with, worlds};
use crate::files::{copy, keep, place};
use crate::host::{Host, InProcess, standing};
use crate::report::{Report, Tally, Wish};
use crate::state::State;

/// Acts of the piece of work.
const ACTS: usize = 16;

/// Codes that say what is wrong with a disk.
pub const OF_THE_DISK: &[&str] =
    &["storage.disk_full", "storage.io", "storage.read_only", "storage.settings"];

/// Records that many cases begin with.
pub struct Base {
    _place: TempDir,
    /// Their home.
    pub home: PathBuf,
    /// What they hold.
    pub state: State,
}

/// Records with a few students and drafts, made once.
pub fn base() -> Result<&'static Base, String> {
    static BASE: OnceLock<Result<Base, String>> = OnceLock::new();
    let base = BASE.get_or_init(|| {
        let (place, home) = place();
        let mut state = State::nothing();
        let mut host = InProcess::at(&home);
        let how = Drive { acts: 40, prefix: "base", database_only: false };
        drive(&mut host, &mut state, &mut Random::new(3), how, &mut |_| {})?;
        host.call("vault.lock", json!({}))?;
        if state.drafts.is_empty() {
            take(&mut host, &mut state, &Step::new("start", &["College base", ""]), &mut |_| {})?;
        }
        Ok(Base { _place: place, home, state })
    });
    base.as_ref().map_err(Clone::clone)
}

/// Faults at every call of SQLite's.
#[must_use]
pub fn sqlite(wish: Wish) -> Report {
    let mut tally = Tally::new("faults", wish);
    while let Some(seed) = tally.next_seed() {
        let outcome = one(seed, None).map(|_| ());
        tally.case(seed, outcome);
    }
    tally.report()
}

/// Calls of the fault's kind in the piece of work, counted once.
fn calls(fault: Fault) -> Result<u64, String> {
    static CALLS: OnceLock<Result<[u64; 4], String>> = OnceLock::new();
    let counted = CALLS.get_or_init(|| {
        let mut counts = [0; 4];
        for (count, fault) in counts.iter_mut().zip(Fault::ALL) {
            // A fault that comes after everything never strikes; the counter says how many calls it saw.
            let (place, home) = place();
            copy(&base()?.home, &home).map_err(|error| error.kind().to_string())?;
            let watch = Watch::over(&home).map_err(|error| error.to_string())?;
            watch.fail(fault, usize::MAX, false);
            work(&home, &base()?.state, 0)?;
            *count = (usize::MAX - watch.left().unwrap_or(usize::MAX)) as u64;
            drop(place);
        }
        Ok(counts)
    });
    let index = Fault::ALL.iter().position(|one| *one == fault).unwrap_or(0);
    counted.as_ref().map_err(Clone::clone).map(|counts| counts.get(index).copied().unwrap_or(1).max(1))
}

fn work(home: &Path, state: &State, number: u64) -> Result<(InProcess, State, Vec<Line>), String> {
    let mut host = InProcess::at(home);
    let mut state = state.clone();
    let mut lines = Vec::new();
    let opened = host.call("vault.unlock", json!({ "passphrase": state.secrets.passphrase }));
    match opened {
        Ok(_) => {
            let prefix = format!("f{number:x}");
            let how = Drive { acts: ACTS, prefix: &prefix, database_only: true };
            drive(&mut host, &mut state, &mut Random::new(number), how, &mut |line| {
                lines.push(line.clone());
            })?;
        }
        Err(code) if OF_THE_DISK.contains(&code.as_str()) => {}
        Err(code) => return Err(format!("the records are not opened with {code}")),
    }
    Ok((host, state, lines))
}

/// One case. `instead` is a fault that must be noticed. Gives how often the fault struck.
pub fn one(seed: u64, instead: Option<Fault>) -> Result<usize, String> {
    let fault = instead.unwrap_or_else(|| {
        usize::try_from(seed % 4).ok().and_then(|index| Fault::ALL.get(index).copied()).unwrap_or(Fault::Full)
    });
    let lasting = (seed / 4) % 2 == 1;
    let number = seed / 8;
    let all = if instead.is_some() { 30 } else { calls(fault)? };
    let before = usize::try_from(number % all).unwrap_or(0);
    let base = base()?;
    let (_place, home) = place();
    copy(&base.home, &home).map_err(|error| error.kind().to_string())?;
    let watch = Watch::over(&home).map_err(|error| error.to_string())?;
    watch.fail(fault, before, lasting);
    // The same work in every case of a round, so that its every call fails once.
    let outcome = with_fault(&home, base, number / all, fault, &watch);
    outcome.map_err(|found| {
        let word = if lasting { "and every later one" } else { "alone" };
        format!("{fault:?} at call {before} {word}: {found}; {}", keep(&home, "faults", seed))
    })
}

fn with_fault(home: &Path, base: &Base, number: u64, fault: Fault, watch: &Watch) -> Result<usize, String> {
    let (mut host, mut state, mut lines) = work(home, &base.state, number)?;
    for line in &lines {
        if let Line::Refused(code) = line {
            let is_named = match fault {
                Fault::Full => code == "storage.disk_full",
                _ => OF_THE_DISK.contains(&code.as_str()),
            };
            // A lock that failed leaves the records locked, and an undo that was refused is gone.
            if !is_named && code != "vault.locked" {
                return Err(format!("an act was refused with {code}"));
            }
        }
    }
    let struck = watch.mend();
    if standing(&mut host)? != "unlocked" {
        host.call("vault.unlock", json!({ "passphrase": state.secrets.passphrase }))
            .map_err(|code| format!("the disk is well and the records do not open: {code}"))?;
    }
    // What is still in the page is saved now.
    let step = crate::mounts::any_save(&state, "statement", "kept in the page until it could be saved");
    take(&mut host, &mut state, &step, &mut |line| lines.push(line.clone()))?;
    if let Some(Line::Refused(code)) = lines.last() {
        return Err(format!("the disk is well and nothing can be saved: {code}"));
    }
    let worlds = worlds(&base.state, &lines)?;
    verify_with(&mut host, &worlds)?;
    drop(host);
    verify(home, &worlds)?;
    Ok(struck)
}

/// Files of ours that were begun and not finished.
pub fn unfinished(home: &Path) -> Vec<PathBuf> {
    let entries =
        [home.to_path_buf(), home.join("records")].into_iter().filter_map(|folder| folder.read_dir().ok());
    let names = entries.flatten().filter_map(Result::ok).map(|entry| entry.path());
    names.filter(|path| path.extension().is_some_and(|ending| ending == "writing")).collect()
}
