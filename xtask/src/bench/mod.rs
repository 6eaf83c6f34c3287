//! `cargo xtask bench`: each promise of speed and size beside its baseline, measured in the same run, so that a slow
//! machine is no excuse and a quick one no merit. The tables are kept in `docs/benchmarks.md`.

mod quality;
mod row;
mod stores;
mod tree;
mod windows;

use crate::{place, setup};
use anyhow::{Context, Result, bail};
use row::Row;
use std::fs;
use std::io::Write;

/// Measures, prints the table and keeps it. `--dev` measures the builds of development (quick to build, and said so in
/// the table), `--dry` keeps nothing. `--only search-quality` asks the labelled queries instead.
pub fn run(arguments: &[String]) -> Result<()> {
    if let [only, what, rest @ ..] = arguments
        && only == "--only"
    {
        return match what.as_str() {
            "search-quality" => quality::run(rest),
            other => bail!("`bench` has no part '{other}' of its own; there is search-quality"),
        };
    }
    if let Some(unknown) = arguments.iter().find(|word| !["--dev", "--dry"].contains(&word.as_str())) {
        bail!("`bench` knows no '{unknown}'");
    }
    let asked = |word: &str| arguments.iter().any(|argument| argument == word);
    let profile = if asked("--dev") { "debug" } else { "release" };
    setup::libraries()?;
    setup::packages()?;
    setup::catalogue()?;
    setup::pages()?;
    let mut rows = windows::measure(profile)?;
    rows.extend(stores::measure(profile)?);
    rows.extend(sizes(profile)?);
    let table = row::table(&rows);
    println!("\n{table}");
    if !asked("--dry") {
        keep(&table, profile)?;
    }
    Ok(())
}

/// What is shipped, in megabytes.
fn sizes(profile: &str) -> Result<Vec<Row>> {
    let megabytes = |path: &std::path::Path| -> Result<f64> {
        let bytes = fs::metadata(path).with_context(|| format!("{} is missing", path.display()))?.len();
        Ok(f64::from(u32::try_from(bytes / 1000)?) / 1000.0)
    };
    Ok(vec![
        Row::limit("catalogue file", "MB", megabytes(&place::catalogue())?, 60.0),
        Row::alone("program", "MB", megabytes(&place::program(profile, "waymark"))?),
    ])
}

/// Adds the table to the history.
fn keep(table: &str, profile: &str) -> Result<()> {
    let build = if profile == "release" { "release build" } else { "build of development" };
    append(&format!("{build}\n\n{}\n\n{table}", machine()))
}

/// Adds a section under the time.
fn append(section: &str) -> Result<()> {
    let path = place::root().join("docs/benchmarks.md");
    let mut date = crate::command::command("date");
    date.args(["--utc", "+%Y-%m-%d %H:%M"]);
    let date = crate::command::output(date)?;
    let mut file = fs::OpenOptions::new()
        .append(true)
        .open(&path)
        .with_context(|| format!("{} cannot be written", path.display()))?;
    writeln!(file, "\n## {} UTC, {section}", date.trim())?;
    println!("Kept in docs/benchmarks.md.");
    Ok(())
}

/// The processor and how many of it there are.
fn machine() -> String {
    let processors = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let information = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = information
        .lines()
        .find_map(|line| line.strip_prefix("model name"))
        .map_or("unknown processor", |rest| rest.trim_start_matches([' ', '\t', ':']));
    format!("{processors} × {model}, {} {}", std::env::consts::OS, std::env::consts::ARCH)
}
