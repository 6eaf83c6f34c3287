//! Start, unlocking and memory of the window, beside a bare one of the same kind.

use super::row::Row;
use super::{stores, tree};
use crate::apt;
use crate::command::{WORKSPACE, cargo, command, finish};
use crate::display::VirtualDisplay;
use crate::place;
use crate::processes::{Owned, tied};
use crate::run::Home;
use anyhow::{Context, Result, bail};
use std::io::{BufRead, BufReader};
use std::process::{ChildStderr, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

const ROUNDS: usize = 9;
/// Unlocking takes longer, and differs less.
const VISITS: usize = 5;
/// After this, what was drawn first has come to rest.
const REST: Duration = Duration::from_millis(1500);
const PATIENCE: Duration = Duration::from_secs(60);

/// Makes WebKit draw as Waymark does on a machine without a graphics device.
const PLAIN: (&str, &str) = ("WEBKIT_DISABLE_DMABUF_RENDERER", "1");

/// A program whose first page is on the screen.
struct Window {
    program: Owned,
    milliseconds: f64,
    /// What it says of itself.
    words: BufReader<ChildStderr>,
}

impl Window {
    /// Waits until it says that a page is painted.
    fn painted(&mut self) -> Result<()> {
        let mut said = String::new();
        loop {
            let before = said.len();
            if self.words.read_line(&mut said)? == 0 {
                bail!("the window ended before it had painted its page; it said: {said}");
            }
            if said[before..].starts_with("bench: painted") {
                return Ok(());
            }
        }
    }
}

/// What is measured, each in its turn.
#[derive(Default)]
struct Series {
    milliseconds: Vec<f64>,
    megabytes: Vec<f64>,
}

/// Builds both windows and starts them in turns.
pub fn measure(profile: &str) -> Result<Vec<Row>> {
    apt::install(&["xdotool"])?;
    let mut build = cargo();
    build.arg("build").args(WORKSPACE).args([
        "--bin",
        "waymark",
        "--bin",
        "waymark-bare-window",
        "--bench",
        "speed",
    ]);
    if profile == "release" {
        build.arg("--release");
    }
    finish(build)?;
    let home = Home::make()?;
    let derivation = stores::make_records(profile, &home.records())?;
    let mut display = VirtualDisplay::start()?;
    let (mut ours, mut bare, mut usual) = (Series::default(), Series::default(), Series::default());
    // The first start of each only fills the system's caches.
    for round in 0..=ROUNDS {
        for (series, name, variables) in [
            (&mut bare, "waymark-bare-window", &[PLAIN][..]),
            (&mut usual, "waymark-bare-window", &[]),
            (&mut ours, "waymark", &[]),
        ] {
            let window = start(&display, &home, profile, name, variables)?;
            sleep(REST);
            if round > 0 {
                series.milliseconds.push(window.milliseconds);
                series.megabytes.push(tree::memory(window.program.0.id())?);
            }
        }
    }
    let mut visits = Vec::new();
    for _ in 0..VISITS {
        visits.push(visit(&mut display, &home, profile)?);
    }
    let each = |figure: fn(&Visit) -> f64| median(&visits.iter().map(figure).collect::<Vec<_>>());
    let bare_memory = ("bare window", median(&bare.megabytes));
    Ok(vec![
        Row::plus(
            "start to the unlock page painted",
            "ms",
            median(&ours.milliseconds),
            ("bare window", median(&bare.milliseconds)),
            150.0,
        ),
        Row::alone("a bare window as WebKit draws by itself", "ms", median(&usual.milliseconds)),
        Row::plus(
            "unlock to the home page painted",
            "ms",
            each(|visit| visit.unlocking),
            ("the derivation", derivation),
            150.0,
        ),
        Row::plus("memory of all processes, unlock page", "MB", median(&ours.megabytes), bare_memory, 80.0),
        Row::plus("memory of all processes, home page", "MB", each(|visit| visit.at_home), bare_memory, 80.0),
        Row::plus(
            "memory of all processes, then a career page",
            "MB",
            each(|visit| visit.at_career),
            bare_memory,
            80.0,
        ),
        Row::limit(
            "a career page with all its charts painted, after the first",
            "ms",
            each(|visit| visit.next_career),
            100.0,
        ),
        Row::alone("memory of a bare window as WebKit draws by itself", "MB", median(&usual.megabytes)),
    ])
}

/// Starts a program and waits for its word that the page is painted.
fn start(
    display: &VirtualDisplay,
    home: &Home,
    profile: &str,
    name: &str,
    variables: &[(&str, &str)],
) -> Result<Window> {
    let mut program = tied(place::program(profile, name));
    home.lend(&mut program);
    display.lend(&mut program);
    program.env("WAYMARK_BENCH", "1").envs(variables.iter().copied());
    program.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    let begun = Instant::now();
    let mut program = Owned(program.spawn().with_context(|| format!("{name} could not be started"))?);
    let words = BufReader::new(program.0.stderr.take().context("no output")?);
    let mut window = Window { program, milliseconds: 0.0, words };
    window.painted()?;
    window.milliseconds = begun.elapsed().as_secs_f64() * 1000.0;
    Ok(window)
}

/// What one visit measures.
struct Visit {
    /// Milliseconds from Enter to the home page painted with all that it shows.
    unlocking: f64,
    /// Megabytes on the home page.
    at_home: f64,
    /// Megabytes on a career page.
    at_career: f64,
    /// Milliseconds from Enter to another career page painted.
    next_career: f64,
}

/// Unlocks by keyboard, as a person would, and goes to a career page and to another.
fn visit(display: &mut VirtualDisplay, home: &Home, profile: &str) -> Result<Visit> {
    let mut window = start(display, home, profile, "waymark", &[])?;
    sleep(REST);
    let process = window.program.0.id();
    keys(display, &["search", "--sync", "--onlyvisible", "--pid", &process.to_string(), "windowfocus"])?;
    keys(display, &["type", "--delay", "8", stores::PASSPHRASE])?;
    sleep(REST);
    let begun = Instant::now();
    keys(display, &["key", "Return"])?;
    window.painted()?;
    let unlocking = begun.elapsed().as_secs_f64() * 1000.0;
    sleep(REST);
    let at_home = tree::memory(process)?;
    find(display, "Backend Architect")?;
    go(display)?;
    window.painted()?;
    let at_career = tree::memory(process)?;
    display.picture()?.save(&place::target().join("bench-career.png"))?;
    find(display, "Registered Nurses")?;
    let begun = Instant::now();
    keys(display, &["key", "Return"])?;
    window.painted()?;
    let next_career = begun.elapsed().as_secs_f64() * 1000.0;
    Ok(Visit { unlocking, at_home, at_career, next_career })
}

/// Types into the box that finds everything, so that Enter goes there.
fn find(display: &VirtualDisplay, title: &str) -> Result<()> {
    keys(display, &["key", "ctrl+k"])?;
    sleep(REST);
    keys(display, &["type", "--delay", "8", title])?;
    sleep(REST);
    Ok(())
}

/// Presses Enter and waits until the screen has changed and come to rest.
fn go(display: &mut VirtualDisplay) -> Result<()> {
    let before = display.picture()?;
    let begun = Instant::now();
    keys(display, &["key", "Return"])?;
    let mut shown = display.picture()?;
    loop {
        sleep(REST);
        let now = display.picture()?;
        if now.resembles(&shown) && !now.resembles(&before) {
            return Ok(());
        }
        shown = now;
        if begun.elapsed() > PATIENCE {
            bail!("Enter led to no other page, or the screen did not come to rest");
        }
    }
}

fn keys(display: &VirtualDisplay, words: &[&str]) -> Result<()> {
    let mut tool = command("xdotool");
    tool.args(words).stdout(Stdio::null()).stderr(Stdio::null());
    display.lend(&mut tool);
    finish(tool)
}

fn median(values: &[f64]) -> f64 {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::median;

    #[test]
    fn one_slow_start_does_not_move_the_figure() {
        assert!((median(&[500.0, 9000.0, 510.0]) - 510.0).abs() < f64::EPSILON);
    }
}
