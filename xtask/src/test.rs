//! `cargo xtask test`: every stage, each with its time, and at the end what failed and what was not run.

use crate::run::timing_line;
use crate::stages::{self, Outcome, Stage};
use anyhow::{Result, bail};
use std::time::{Duration, Instant};

/// How one stage went.
struct Report {
    name: &'static str,
    took: Duration,
    result: Result<Outcome>,
}

impl Report {
    /// Cases of a stage that passed, which this machine could not run.
    fn cases_not_run(&self) -> usize {
        match &self.result {
            Ok(Outcome::Passed { not_run }) => not_run.len(),
            _ => 0,
        }
    }
}

/// Runs the stages; a failing one does not keep the others from running.
pub fn run(arguments: &[String]) -> Result<()> {
    let wish = Wish::read(arguments)?;
    let stages: Vec<Stage> = stages::all().into_iter().filter(|stage| wish.includes(stage)).collect();
    if wish.list {
        for stage in &stages {
            println!("{}", stage.name);
        }
        return Ok(());
    }
    if stages.is_empty() {
        bail!("no stage has that name; `cargo xtask test --list` names them");
    }
    let mut reports = Vec::new();
    for stage in stages {
        println!("\n── {} ──", stage.name);
        let start = Instant::now();
        let result = (stage.run)();
        if let Err(error) = &result {
            println!("failed: {error:#}");
        }
        let ends_here = stage.needed_by_all && result.is_err();
        reports.push(Report { name: stage.name, took: start.elapsed(), result });
        if ends_here {
            break;
        }
    }
    tell(&reports)
}

/// What was asked for.
struct Wish {
    only: Vec<String>,
    list: bool,
}

impl Wish {
    fn read(arguments: &[String]) -> Result<Self> {
        let mut wish = Self { only: Vec::new(), list: false };
        let mut words = arguments.iter();
        while let Some(word) = words.next() {
            match word.as_str() {
                "--list" => wish.list = true,
                "--only" => match words.next() {
                    Some(name) => wish.only.push(name.clone()),
                    None => bail!("--only wants the name of a stage"),
                },
                other => bail!("`test` knows no '{other}'"),
            }
        }
        Ok(wish)
    }

    /// A part of the name is enough; the set-up is always done.
    fn includes(&self, stage: &Stage) -> bool {
        self.only.is_empty()
            || stage.is_set_up
            || self.only.iter().any(|name| stage.name.contains(name.as_str()))
    }
}

fn tell(reports: &[Report]) -> Result<()> {
    println!("\n{}", timing_line("stage", "seconds"));
    for report in reports {
        let word = match &report.result {
            Ok(Outcome::Passed { not_run }) if not_run.is_empty() => String::new(),
            Ok(Outcome::Passed { not_run }) => format!("  passed, {} not run", not_run.len()),
            Ok(Outcome::NotRun(_)) => "  not run".to_owned(),
            Err(_) => "  FAILED".to_owned(),
        };
        println!("{}{word}", timing_line(report.name, &format!("{:.1}", report.took.as_secs_f64())));
    }
    let total: Duration = reports.iter().map(|report| report.took).sum();
    println!("{}\n", timing_line("all", &format!("{:.1}", total.as_secs_f64())));
    for report in reports {
        match &report.result {
            Err(error) => println!("{}: FAILED: {error:#}", report.name),
            Ok(Outcome::NotRun(why)) => println!("{}: not run: {why}", report.name),
            Ok(Outcome::Passed { not_run }) => {
                for case in not_run {
                    println!("{}: not run: {case}", report.name);
                }
            }
        }
    }
    let count =
        |wanted: fn(&Result<Outcome>) -> bool| reports.iter().filter(|report| wanted(&report.result)).count();
    let failed = count(Result::is_err);
    println!(
        "stages: {} passed, {failed} failed, {} not run; cases within them that were not run: {}",
        count(|result| matches!(result, Ok(Outcome::Passed { .. }))),
        count(|result| matches!(result, Ok(Outcome::NotRun(_)))),
        reports.iter().map(Report::cases_not_run).sum::<usize>(),
    );
    if failed > 0 {
        bail!("{failed} of {} stages failed", reports.len());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn an_unknown_word_is_refused_instead_of_ignored() {
        assert!(Wish::read(&words(&["--fast"])).is_err());
        assert!(Wish::read(&words(&["--long"])).is_err());
        assert!(Wish::read(&words(&["--only"])).is_err());
    }

    #[test]
    fn every_stage_is_wanted_unless_some_are_named() {
        let all = Wish::read(&[]).unwrap();
        assert!(stages::all().iter().all(|stage| all.includes(stage)));
        let one = Wish::read(&words(&["--only", "clippy"])).unwrap();
        assert!(
            stages::all()
                .iter()
                .filter(|stage| one.includes(stage))
                .all(|stage| stage.is_set_up || stage.name == "clippy")
        );
    }
}
