//! `cargo xtask torture`: the long form of the runs that try to lose, to break or to read what a counselor wrote, one
//! after another, and a table of what they found for `docs/RELIABILITY.md`.
//!
//! A run is a subcommand of the program `torture` (`tests/torture`), or a script beside it. Both print a report, one
//! line of JSON, at their end.

use crate::command::command;
use crate::display::VirtualDisplay;
use crate::{apt, place, setup};
use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use std::fmt::Write;
use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Kills of the real window, which is driven from outside by a script.
const WINDOW: (&str, &str, u64) =
    ("window", "the real window killed while somebody types in it, opened again and read", 50);

/// What was asked for.
#[derive(Debug, Default, PartialEq)]
struct Wish {
    minutes: Option<f64>,
    only: Vec<String>,
    seed: Option<u64>,
    count: Option<u64>,
}

impl Wish {
    fn read(words: &[String]) -> Result<Self> {
        let mut wish = Self::default();
        for pair in words.chunks(2) {
            let [name, value] = pair else { bail!("`torture` wants a value after '{}'", pair.concat()) };
            match name.as_str() {
                "--minutes" => wish.minutes = Some(value.parse()?),
                "--only" => wish.only.push(value.clone()),
                "--seed" => wish.seed = Some(value.parse()?),
                "--count" => wish.count = Some(value.parse()?),
                other => bail!("`torture` knows no '{other}'"),
            }
        }
        Ok(wish)
    }

    fn includes(&self, name: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|wanted| wanted == name)
    }
}

struct Run {
    name: String,
    what: String,
    long: u64,
}

/// Carries out the runs; one that loses something does not keep the others from running.
pub fn run(arguments: &[String]) -> Result<()> {
    let wish = Wish::read(arguments)?;
    setup::libraries()?;
    apt::install(apt::TEST)?;
    setup::packages()?;
    setup::catalogue()?;
    setup::pages()?;
    setup::build(&["torture", "waymark-devhost", "waymark"])?;
    let runs: Vec<Run> = all()?.into_iter().filter(|run| wish.includes(&run.name)).collect();
    if runs.is_empty() {
        bail!("no run has that name");
    }
    let begun = Instant::now();
    let mut reports = Vec::new();
    for (index, run) in runs.iter().enumerate() {
        println!("\n── {}: {} ──", run.name, run.what);
        // What is left of the time is shared by the runs that are left: one that ends early leaves more to the others.
        let left = wish.minutes.map(|minutes| {
            let left = Duration::from_secs_f64(minutes * 60.0).saturating_sub(begun.elapsed());
            left.as_secs_f64() / 60.0 / f64::from(u32::try_from(runs.len() - index).unwrap_or(u32::MAX))
        });
        let report = carry_out(run, left, &wish).unwrap_or_else(|error| {
            println!("failed: {error:#}");
            json!({ "name": run.name, "tried": 0, "survived": 0, "lost": 1, "not_run": [], "seconds": 0.0,
                "seed": wish.seed.unwrap_or(1), "faults": [format!("{error:#}")] })
        });
        reports.push((run, report));
    }
    let file = place::target().join("torture.json");
    let list: Vec<&Value> = reports.iter().map(|(_, report)| report).collect();
    fs::write(&file, serde_json::to_string_pretty(&list)?)?;
    let mut date = command("date");
    date.args(["--utc", "+%Y-%m-%d %H:%M"]);
    let date = crate::command::output(date)?;
    println!("\n{} UTC\n\n{}", date.trim(), table(&reports));
    println!("kept in {}", file.display());
    let losses: u64 = reports.iter().filter_map(|(_, report)| report["lost"].as_u64()).sum();
    if losses > 0 {
        bail!("{losses} cases are lost");
    }
    Ok(())
}

fn program() -> Command {
    command(place::program("debug", "torture"))
}

fn all() -> Result<Vec<Run>> {
    let mut list = program();
    list.arg("list");
    let listed = crate::command::output(list)?;
    let mut runs = listed
        .lines()
        .map(|line| {
            let run: Value = serde_json::from_str(line)?;
            let text = |name: &str| run[name].as_str().unwrap_or_default().to_owned();
            Ok(Run { name: text("name"), what: text("what"), long: run["long"].as_u64().unwrap_or(0) })
        })
        .collect::<Result<Vec<_>>>()?;
    let (name, what, long) = WINDOW;
    runs.push(Run { name: name.to_owned(), what: what.to_owned(), long });
    Ok(runs)
}

fn carry_out(run: &Run, minutes: Option<f64>, wish: &Wish) -> Result<Value> {
    let mut words = vec!["--count".to_owned(), wish.count.unwrap_or(run.long).to_string()];
    for (name, value) in
        [("--minutes", minutes.map(|m| format!("{m:.2}"))), ("--seed", wish.seed.map(|s| s.to_string()))]
    {
        if let Some(value) = value {
            words.extend([name.to_owned(), value]);
        }
    }
    if run.name == WINDOW.0 {
        if !cfg!(target_os = "linux") {
            return Ok(json!({ "name": run.name, "tried": 0, "survived": 0, "lost": 0,
                "not_run": ["the window is driven through WebKitGTK, which Linux alone has"], "seconds": 0.0,
                "seed": wish.seed.unwrap_or(1), "faults": [] }));
        }
        let mut script = command("node");
        script.arg("tests/torture/window.mjs").args(words).env("WAYMARK_TARGET", place::cargo_target());
        let display = VirtualDisplay::start()?;
        display.lend(&mut script);
        return last_line(script);
    }
    let mut torture = program();
    torture.arg(&run.name).args(words);
    torture.env("WAYMARK_TARGET", place::cargo_target()).env("WAYMARK_CATALOGUE", place::catalogue());
    last_line(torture)
}

/// The report that a run printed last. A run that lost something ends with a fault; its report says what.
fn last_line(mut run: Command) -> Result<Value> {
    let output = run.stdin(Stdio::null()).stderr(Stdio::inherit()).output()?;
    let printed = String::from_utf8_lossy(&output.stdout);
    let last = printed.lines().last().context("the run ended without a report")?;
    serde_json::from_str(last).with_context(|| format!("the run ended with {}", output.status))
}

/// The table, as Markdown.
fn table(reports: &[(&Run, Value)]) -> String {
    let mut table = String::from(
        "| run | what it does | tried | survived | lost | not run | seconds | seed |\n|---|---|---:|---:|---:|---:|---:|---:|\n",
    );
    for (run, report) in reports {
        let not_run = report["not_run"].as_array().map_or(0, Vec::len);
        let _ = writeln!(
            table,
            "| {} | {} | {} | {} | {} | {not_run} | {:.0} | {} |",
            run.name,
            run.what,
            report["tried"],
            report["survived"],
            report["lost"],
            report["seconds"].as_f64().unwrap_or(0.0),
            report["seed"],
        );
    }
    for (run, report) in reports {
        for (word, found) in [("not run", &report["not_run"]), ("LOST", &report["faults"])] {
            for why in found.as_array().into_iter().flatten().filter_map(Value::as_str) {
                let _ = writeln!(table, "\n{}: {word}: {why}", run.name);
            }
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn a_word_that_is_not_known_or_has_no_value_is_refused() {
        assert!(Wish::read(&words(&["--fast", "1"])).is_err());
        assert!(Wish::read(&words(&["--seed"])).is_err());
        assert!(Wish::read(&words(&["--seed", "many"])).is_err());
        let wish = Wish::read(&words(&["--minutes", "2", "--only", "kills", "--seed", "7"])).unwrap();
        assert!(wish.includes("kills") && !wish.includes("power"));
        assert_eq!((wish.minutes, wish.seed, wish.count), (Some(2.0), Some(7), None));
    }

    #[test]
    fn the_table_says_what_was_lost_and_what_was_not_run() {
        let run = Run { name: "kills".into(), what: "ends it".into(), long: 10 };
        let report = json!({ "name": "kills", "tried": 10, "survived": 9, "lost": 1, "not_run": ["no disk"],
            "seconds": 2.4, "seed": 5, "faults": ["seed 9: a row is gone"] });
        let table = table(&[(&run, report)]);
        assert!(table.contains("| kills | ends it | 10 | 9 | 1 | 1 | 2 | 5 |"), "{table}");
        assert!(table.contains("not run: no disk") && table.contains("LOST: seed 9"), "{table}");
    }
}
