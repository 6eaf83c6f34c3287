//! Power cuts: everything that a program did to its files is known, call by call; at a random call the power goes, and
//! what was not synced is lost, torn or kept. The records open from what is left, and nothing acknowledged is missing.
//!
//! Once for a whole process from a trace, with the file of keys, the settings and every folder's names; once in this
//! process from the layer below SQLite, which every system has.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use serde_json::json;
use tempfile::TempDir;
use waymark_fault_layer::disk::{Cut, Disk, Op, lay_out};
use waymark_fault_layer::random::Random;
use waymark_fault_layer::watch::Watch;

use crate::drive::{Drive, Line, drive, take, verify, worlds};
use crate::files::{copy, keep, place};
use crate::host::{Host, InProcess};
use crate::kills::{lines_of, old_records, worker};
use crate::report::{Report, Tally, Wish};
use crate::state::State;

/// Power cuts for each piece of work that is recorded.
const CUTS: u64 = 25;

/// What was done to a home.
pub struct Work {
    _place: TempDir,
    /// The home as it was before.
    before: PathBuf,
    initial: State,
    ops: Vec<Op>,
}

/// A whole process, from a trace.
pub fn processes(wish: Wish) -> Report {
    #[cfg(unix)]
    let why_not = crate::traced::why_not();
    #[cfg(not(unix))]
    let why_not = Some("only Linux has strace".to_owned());
    if let Some(why) = why_not {
        let mut tally = Tally::new("power", wish);
        tally.not_run(why);
        return tally.report();
    }
    #[cfg(unix)]
    return run("power", wish, record_process);
    #[cfg(not(unix))]
    unreachable!("it was not run");
}

/// What SQLite does, in this process.
pub fn sqlite(wish: Wish) -> Report {
    run("power-sqlite", wish, record_sqlite)
}

fn run(name: &str, wish: Wish, record: fn(u64) -> Result<Work, String>) -> Report {
    let mut tally = Tally::new(name, wish);
    let mut work: Option<(u64, Work)> = None;
    while let Some(seed) = tally.next_seed() {
        let wanted = seed / CUTS;
        let outcome = if work.as_ref().is_some_and(|(number, _)| *number == wanted) {
            Ok(())
        } else {
            record(wanted).map(|recorded| work = Some((wanted, recorded)))
        };
        let outcome = outcome.and_then(|()| match &work {
            Some((_, work)) => cut(name, work, seed, false),
            None => Err("nothing was recorded".into()),
        });
        tally.case(seed, outcome);
    }
    tally.report()
}

/// Cuts the power at the moment that the seed says.
pub fn cut(name: &str, work: &Work, seed: u64, ignoring_syncs: bool) -> Result<(), String> {
    let mut random = Random::new(seed);
    let mut disk = Disk::of(&work.before).map_err(|error| error.kind().to_string())?;
    if ignoring_syncs {
        disk = disk.ignoring_syncs();
    }
    let moment = random.below(work.ops.len() + 1);
    let kind = Cut::any(&mut random);
    cut_at(work, &mut disk, moment, kind, &mut random).map_err(|(fault, left)| {
        let during = act_at(work, moment);
        let kept = keep(&left.1, name, seed);
        format!("{kind:?} at call {moment} of {}, {during}: {fault}; {kept}", work.ops.len())
    })
}

/// What was begun or done last before a call.
fn act_at(work: &Work, moment: usize) -> String {
    let said = work.ops.iter().take(moment).rev().filter_map(|op| match op {
        Op::Said(line) => serde_json::from_str::<Line>(line).ok(),
        _ => None,
    });
    let mut done = "during";
    for line in said {
        match line {
            Line::Begin(step) => return format!("{done} {}", step.act),
            Line::Ready => break,
            Line::Done(_) | Line::Refused(_) => done = "after",
        }
    }
    "at the start".into()
}

/// Cuts the power at this call. A fault comes with what was left of the home.
fn cut_at(
    work: &Work,
    disk: &mut Disk,
    moment: usize,
    kind: Cut,
    random: &mut Random,
) -> Result<(), (String, (TempDir, PathBuf))> {
    let done = work.ops.get(..moment).unwrap_or_default();
    for op in done {
        disk.apply(op);
    }
    let image = disk.cut(kind, random);
    let said: Vec<String> = done
        .iter()
        .filter_map(|op| match op {
            Op::Said(line) => Some(line.clone()),
            _ => None,
        })
        .collect();
    let (kept, untouched) = place();
    let (_place, left) = place();
    let outcome = lines_of(&said).and_then(|lines| worlds(&work.initial, &lines)).and_then(|worlds| {
        for folder in [&left, &untouched] {
            lay_out(&image, folder).map_err(|error| error.kind().to_string())?;
        }
        verify(&left, &worlds)
    });
    outcome.map(|_| ()).map_err(|fault| (fault, (kept, untouched)))
}

/// Cuts the power at every moment at which a worker has just acknowledged something, losing all that was not synced.
pub fn cut_after_each_answer(work: &Work) -> Result<usize, String> {
    let mut tried = 0;
    for (index, op) in work.ops.iter().enumerate() {
        if matches!(op, Op::Said(line) if line.starts_with("{\"Done\"")) {
            let mut disk = Disk::of(&work.before).map_err(|error| error.kind().to_string())?;
            cut_at(work, &mut disk, index + 1, Cut::Lost, &mut Random::new(1))
                .map_err(|(fault, _)| format!("at call {index}: {fault}"))?;
            tried += 1;
        }
    }
    Ok(tried)
}

/// What the records begin with: nothing, old ones that are brought up to date, or some that were just made.
fn beginning(number: u64, home: &Path) -> Result<State, String> {
    std::fs::create_dir_all(home).map_err(|error| error.kind().to_string())?;
    match number % 4 {
        0 => Ok(State::nothing()),
        1 => old_records("schema-0001", home),
        2 => old_records("schema-0002", home),
        _ => {
            let mut state = State::nothing();
            let mut host = InProcess::at(home);
            let how = Drive { acts: 30, prefix: "before", database_only: false };
            drive(&mut host, &mut state, &mut Random::new(number), how, &mut |_| {})?;
            host.call("vault.lock", json!({}))?;
            Ok(state)
        }
    }
}

/// Records what a worker does.
#[cfg(unix)]
pub fn record_process(number: u64) -> Result<Work, String> {
    let (place, path) = place();
    let home = path.join("home");
    let initial = beginning(number, &home)?;
    let before = path.join("before");
    copy(&home, &before).map_err(|error| error.kind().to_string())?;
    let log = path.join("trace");
    let mut strace = crate::traced::traced(&worker(&home, &initial, number, 40)?, &log);
    let status = strace.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    if !status.is_ok_and(|status| status.success()) {
        return Err("the traced worker failed".into());
    }
    let log = std::fs::read_to_string(&log).map_err(|error| error.kind().to_string())?;
    let disk = Disk::of(&before).map_err(|error| error.kind().to_string())?;
    let ops = crate::traced::read(&log, &home, disk)?;
    agrees(&before, &ops, &home)?;
    Ok(Work { _place: place, before, initial, ops })
}

/// The model must hold what is on the real disk, or it proves nothing.
fn agrees(before: &Path, ops: &[Op], home: &Path) -> Result<(), String> {
    let mut disk = Disk::of(before).map_err(|error| error.kind().to_string())?;
    for op in ops {
        disk.apply(op);
    }
    for name in ["settings.json", "records/records.db", "records/records.keys"] {
        let real = std::fs::read(home.join(name)).ok();
        if disk.seen(Path::new(name)) != real {
            return Err(format!("the model's {name} is not the real one"));
        }
    }
    Ok(())
}

/// Records what SQLite does in this process. What lies beside the database must not change meanwhile.
pub fn record_sqlite(number: u64) -> Result<Work, String> {
    let (place, path) = place();
    let home = path.join("home");
    let mut initial = beginning(number, &home)?;
    let mut host = InProcess::at(&home);
    if !initial.made {
        take(
            &mut host,
            &mut initial,
            &crate::acts::Step::new("create", &[crate::drive::PASSPHRASE]),
            &mut |_| {},
        )?;
        host.call("vault.lock", json!({}))?;
    }
    // Made by the first to own the folder, and no part of the records.
    host.own()?;
    let before = path.join("before");
    copy(&home, &before).map_err(|error| error.kind().to_string())?;
    let watch = Watch::over(&home).map_err(|error| error.to_string())?;
    host.call("vault.unlock", json!({ "passphrase": initial.secrets.passphrase }))?;
    let mut state = initial.clone();
    let prefix = format!("p{number:x}");
    let how = Drive { acts: 60, prefix: &prefix, database_only: true };
    let mut say = |line: &Line| watch.note(Op::Said(serde_json::to_string(line).unwrap_or_default()));
    drive(&mut host, &mut state, &mut Random::new(number), how, &mut say)?;
    host.call("vault.lock", json!({}))?;
    let ops = watch.ops();
    agrees(&before, &ops, &home)?;
    Ok(Work { _place: place, before, initial, ops })
}
