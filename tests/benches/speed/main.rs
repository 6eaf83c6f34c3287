//! Search, forms, saving and keys, each beside its baseline; one line of JSON a figure, in microseconds, for
//! `cargo xtask bench`, which makes the table.
#![forbid(unsafe_code)]
#![allow(clippy::print_stdout, reason = "the figures go there")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a bench that cannot go on has nothing to report"
)]
#![allow(clippy::disallowed_methods, reason = "the baselines open files of their own")]

mod backup;
mod forms;
mod keys;
mod save;
mod search;
mod titles;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

fn main() {
    // Cargo hands `--bench` to every bench. Without it, this was started to be tested: nothing to do.
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if !arguments.iter().any(|argument| argument == "--bench") {
        return;
    }
    if let Some(place) = arguments.iter().position(|argument| argument == "--make-records") {
        keys::make_records(&arguments[place + 1], Path::new(&arguments[place + 2]));
        return;
    }
    let only =
        arguments.iter().position(|argument| argument == "--only").map(|at| arguments[at + 1].as_str());
    for (name, run) in PARTS {
        if only.is_none_or(|only| only == *name) {
            run();
        }
    }
}

/// What is measured; `--only NAME` measures one of them.
const PARTS: &[(&str, fn())] = &[
    ("search", search::run),
    ("forms", forms::run),
    ("save", save::run),
    ("backup", backup::run),
    ("keys", keys::run),
];

/// The checkout.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf()
}

/// A folder on the disk that the project lies on: what lies in memory saves too quickly to be measured.
fn folder() -> tempfile::TempDir {
    let place = root().join("target/tmp");
    std::fs::create_dir_all(&place).unwrap();
    tempfile::tempdir_in(place).unwrap()
}

fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let start = Instant::now();
    let answer = work();
    (start.elapsed(), answer)
}

/// The 95th of each hundred, in microseconds.
fn p95(mut times: Vec<Duration>) -> f64 {
    times.sort_unstable();
    let place = (times.len() * 95).div_ceil(100).saturating_sub(1);
    times[place].as_secs_f64() * 1e6
}

/// The middle one, in microseconds.
fn middle(mut times: Vec<Duration>) -> f64 {
    times.sort_unstable();
    times[times.len() / 2].as_secs_f64() * 1e6
}

/// Prints a figure. `promise` is `times`, `plus` or `limit` with its number.
fn tell(what: &str, ours: f64, baseline: Option<(&str, f64)>, promise: (&str, f64)) {
    let mut row = serde_json::json!({ "what": what, "ours": ours });
    if let Some((name, value)) = baseline {
        row["baseline"] = serde_json::json!([name, value]);
    }
    row[promise.0] = promise.1.into();
    println!("{row}");
}
