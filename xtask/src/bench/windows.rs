//! Start and memory of the window, beside a bare one of the same kind.

use super::row::Row;
use super::tree;
use crate::command::{cargo, finish};
use crate::display::{Owned, VirtualDisplay, tied};
use crate::place;
use crate::run::Home;
use anyhow::{Context, Result, bail};
use std::io::{BufRead, BufReader};
use std::process::Stdio;
use std::time::{Duration, Instant};

const ROUNDS: usize = 9;
/// After this, what was drawn first has come to rest.
const REST: Duration = Duration::from_millis(1500);

/// One start of a window.
struct Start {
    milliseconds: f64,
    megabytes: f64,
}

/// Builds both windows and starts them in turns.
pub fn measure(profile: &str) -> Result<Vec<Row>> {
    let mut build = cargo();
    build.args(["build", "--package", "waymark", "--package", "waymark-bare-window"]);
    if profile == "release" {
        build.arg("--release");
    }
    finish(build)?;
    let display = VirtualDisplay::start()?;
    let (mut ours, mut bare) = (Vec::new(), Vec::new());
    // The first start of each only fills the system's caches.
    for round in 0..=ROUNDS {
        let one = start(&display, profile, "waymark-bare-window")?;
        let other = start(&display, profile, "waymark")?;
        if round > 0 {
            bare.push(one);
            ours.push(other);
        }
    }
    let times = |starts: &[Start]| median(starts.iter().map(|start| start.milliseconds).collect());
    let sizes = |starts: &[Start]| median(starts.iter().map(|start| start.megabytes).collect());
    Ok(vec![
        Row::plus(
            "start to the first page painted",
            "ms",
            times(&ours),
            ("bare window", times(&bare)),
            150.0,
        ),
        Row::plus(
            "memory of all processes on the first page",
            "MB",
            sizes(&ours),
            ("bare window", sizes(&bare)),
            80.0,
        ),
    ])
}

/// Starts a program, waits for its word that the page is painted, and measures it once it is at rest.
fn start(display: &VirtualDisplay, profile: &str, name: &str) -> Result<Start> {
    let home = Home::make()?;
    let mut program = tied(place::program(profile, name));
    home.lend(&mut program);
    display.lend(&mut program);
    program.env("WAYMARK_BENCH", "1").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    let begun = Instant::now();
    let mut window = Owned(program.spawn().with_context(|| format!("{name} could not be started"))?);
    let words = BufReader::new(window.0.stderr.take().context("no output")?);
    let mut said = Vec::new();
    for line in words.lines() {
        let line = line?;
        if line.starts_with("bench: painted") {
            let milliseconds = begun.elapsed().as_secs_f64() * 1000.0;
            std::thread::sleep(REST);
            let megabytes = tree::memory(window.0.id())?;
            window.end();
            return Ok(Start { milliseconds, megabytes });
        }
        said.push(line);
    }
    bail!("{name} ended before it had painted its page; it said: {}", said.join(" / "))
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::median;

    #[test]
    fn one_slow_start_does_not_move_the_figure() {
        assert!((median(vec![500.0, 510.0, 9000.0]) - 510.0).abs() < f64::EPSILON);
    }
}
