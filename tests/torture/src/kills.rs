//! Kills: a program at work is ended with `kill -9` at a random moment, and nothing that it had acknowledged is missing.
//! Most are on a worker, which does the same operations without a network; some on `waymark-devhost`.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use serde_json::json;
use tempfile::TempDir;
use waymark_fault_layer::random::Random;

use crate::drive::{Drive, Line, PASSPHRASE, World, drive, verify, worlds};
use crate::files::{copy, fixture, keep, place};
use crate::host::{Devhost, GONE, Host, InProcess, end, program};
use crate::report::{Report, Tally, Wish};
use crate::state::{Secrets, State};

/// Kills of a worker.
pub fn workers(wish: Wish) -> Report {
    run("kills", wish, kill_worker)
}

/// Kills of `waymark-devhost`, over HTTP.
pub fn devhosts(wish: Wish) -> Report {
    if program("waymark-devhost").is_none() {
        let mut tally = Tally::new("kills-devhost", wish);
        tally.not_run("waymark-devhost is not built");
        return tally.report();
    }
    run("kills-devhost", wish, kill_devhost)
}

/// One home through several kills.
struct Life {
    _place: TempDir,
    home: PathBuf,
    state: State,
    left: usize,
    /// Whether the first opening has a migration to do.
    migrates: bool,
}

impl Life {
    fn begin(random: &mut Random) -> Result<Self, String> {
        let (place, path) = place();
        let home = path.join("home");
        std::fs::create_dir_all(&home).map_err(|error| error.kind().to_string())?;
        let left = 1 + random.below(12);
        let old = match random.below(5) {
            0 => Some("schema-0001"),
            1 => Some("schema-0002"),
            _ => None,
        };
        let state = match old {
            Some(name) => old_records(name, &home)?,
            None => State::nothing(),
        };
        Ok(Self { _place: place, home, state, left, migrates: old.is_some() })
    }
}

/// Lays old records into a home and says what they hold, read from a copy that was brought up to date.
pub fn old_records(name: &str, home: &Path) -> Result<State, String> {
    let (_place, copied) = place();
    for home in [home, &copied] {
        fixture(name, home).map_err(|error| error.kind().to_string())?;
    }
    let mut host = InProcess::at(&copied);
    host.call("vault.unlock", json!({ "passphrase": PASSPHRASE }))?;
    let state = State::read(&mut host, Secrets { passphrase: PASSPHRASE.into(), recovery: None })?;
    host.call("vault.lock", json!({}))?;
    Ok(state)
}

/// Kills somebody at work in a home. None where all was done before the kill came.
type Kill = fn(&Life, u64, &mut Random) -> Result<Option<Vec<Line>>, String>;

fn run(name: &str, wish: Wish, kill: Kill) -> Report {
    let mut tally = Tally::new(name, wish);
    let mut life: Option<Life> = None;
    while let Some(seed) = tally.next_seed() {
        let mut random = Random::new(seed);
        let outcome = one_kill(name, &mut life, seed, &mut random, kill);
        if outcome.is_err() {
            life = None;
        }
        tally.case(seed, outcome);
    }
    tally.report()
}

fn one_kill(
    name: &str,
    life: &mut Option<Life>,
    seed: u64,
    random: &mut Random,
    kill: Kill,
) -> Result<(), String> {
    if life.as_ref().is_none_or(|life| life.left == 0) {
        *life = Some(Life::begin(random)?);
    }
    let Some(life) = life.as_mut() else { return Err("no home".into()) };
    // A worker that had done everything before it could be killed was not killed.
    let lines = loop {
        if let Some(lines) = kill(life, seed, random)? {
            break lines;
        }
    };
    if let Some(code) = lines.iter().find_map(|line| match line {
        Line::Refused(code) => Some(code),
        _ => None,
    }) {
        return Err(format!("an act was refused: {code}"));
    }
    let worlds = worlds(&life.state, &lines)?;
    // Looked at in a copy, so that the next worker finds the files as this one left them.
    life.state =
        look(&life.home, &worlds).map_err(|fault| format!("{fault}; {}", keep(&life.home, name, seed)))?;
    life.left -= 1;
    life.migrates = false;
    Ok(())
}

/// Opens a copy of a home and finds out which of the worlds it is.
pub fn look(home: &Path, worlds: &[World]) -> Result<State, String> {
    let (_place, copied) = place();
    copy(home, &copied).map_err(|error| error.kind().to_string())?;
    verify(&copied, worlds)
}

/// The moment of a kill.
struct Moment {
    /// So many acts were begun.
    begun: usize,
    /// So long after that, or after the start.
    wait: Duration,
}

impl Moment {
    fn any(life: &Life, random: &mut Random) -> Self {
        if life.migrates {
            return Self { begun: 0, wait: Duration::from_micros(random.below(60_000) as u64) };
        }
        match random.below(4) {
            0 => Self { begun: 0, wait: Duration::from_micros(random.below(120_000) as u64) },
            _ => {
                Self { begun: 1 + random.below(25), wait: Duration::from_micros(random.below(4_000) as u64) }
            }
        }
    }
}

/// The command of a worker on a home that holds `state`.
pub fn worker(home: &Path, state: &State, seed: u64, acts: usize) -> Result<Command, String> {
    let known = home.with_extension("known");
    let bytes = serde_json::to_vec(state).map_err(|_| "the state can't be written")?;
    std::fs::write(&known, bytes).map_err(|error| error.kind().to_string())?;
    let mut command = Command::new(program("torture").ok_or("the program `torture` is not built")?);
    command.arg("worker").arg(home).arg(known).arg(seed.to_string()).arg(acts.to_string());
    Ok(command)
}

fn kill_worker(life: &Life, seed: u64, random: &mut Random) -> Result<Option<Vec<Line>>, String> {
    let moment = Moment::any(life, random);
    let seed = seed ^ (random.number() << 20);
    let mut command = worker(&life.home, &life.state, seed, 400)?;
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| error.kind().to_string())?;
    let stdout = child.stdout.take().ok_or("no output")?;
    let (tell, told) = mpsc::channel::<String>();
    let reader = std::thread::spawn(move || {
        for line in BufReader::new(stdout).lines().map_while(Result::ok) {
            if tell.send(line).is_err() {
                break;
            }
        }
    });
    let mut lines = Vec::new();
    let mut begun = 0;
    let limit = Instant::now() + Duration::from_secs(60);
    while begun < moment.begun {
        let Ok(said) = told.recv_timeout(limit.saturating_duration_since(Instant::now())) else { break };
        begun += usize::from(said.starts_with("{\"Begin\""));
        lines.push(said);
    }
    std::thread::sleep(moment.wait);
    let ended = child.try_wait().map_err(|error| error.kind().to_string())?;
    end(&mut child);
    reader.join().map_err(|_| "the reader failed")?;
    lines.extend(told.try_iter());
    if ended.is_some_and(|status| !status.success()) {
        return Err("the worker ended in a fault of its own".into());
    }
    let lines = lines_of(&lines)?;
    Ok(ended.is_none().then_some(lines))
}

/// What a worker said, read. The last line may be cut.
pub fn lines_of(said: &[String]) -> Result<Vec<Line>, String> {
    let mut lines = Vec::new();
    for (index, line) in said.iter().enumerate() {
        match serde_json::from_str(line) {
            Ok(line) => lines.push(line),
            Err(_) if index + 1 == said.len() => {}
            Err(_) => return Err("the worker said what nobody can read".into()),
        }
    }
    Ok(lines)
}

fn kill_devhost(life: &Life, seed: u64, random: &mut Random) -> Result<Option<Vec<Line>>, String> {
    let mut host = Devhost::start(&life.home)?;
    let mut state = life.state.clone();
    let mut lines = Vec::new();
    let wait = Duration::from_micros(random.below(250_000) as u64);
    let id = host.id();
    let killer = std::thread::spawn(move || {
        std::thread::sleep(wait);
        kill_by_id(id);
    });
    let opened = if state.made {
        host.call("vault.unlock", json!({ "passphrase": state.secrets.passphrase })).map(|_| ())
    } else {
        Ok(())
    };
    let driven = match opened {
        Ok(()) => {
            let prefix = format!("{seed:x}h{:x}", random.number() & 0xffff);
            let how = Drive { acts: 2000, prefix: &prefix, database_only: false };
            drive(&mut host, &mut state, random, how, &mut |line| lines.push(line.clone()))
        }
        Err(code) if code == GONE => Ok(()),
        Err(code) => Err(code),
    };
    killer.join().map_err(|_| "the killer failed")?;
    host.kill();
    driven?;
    Ok(Some(lines))
}

/// Ends a program that this one started and has not waited for yet.
fn kill_by_id(id: u32) {
    #[cfg(unix)]
    if let Some(id) = i32::try_from(id).ok().and_then(rustix::process::Pid::from_raw) {
        let _ = rustix::process::kill_process(id, rustix::process::Signal::KILL);
    }
    #[cfg(not(unix))]
    let _ = Command::new("taskkill").args(["/F", "/PID", &id.to_string()]).status();
}
