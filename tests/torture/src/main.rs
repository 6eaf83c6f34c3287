//! `torture NAME [--count N] [--minutes M] [--seed S]`: carries out one run and prints its report, one line of JSON, on
//! standard output. `torture list` prints the runs, a line of JSON each. `--seed` and `--count 1` try one case again.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command speaks on the terminal")]

use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, bail};
use waymark_torture::report::Wish;
use waymark_torture::runs::{RUNS, by_name};

fn main() -> anyhow::Result<ExitCode> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some((name, rest)) = arguments.split_first() else {
        bail!("torture wants the name of a run, or `list`")
    };
    if name == "list" {
        for run in RUNS {
            println!("{}", serde_json::json!({ "name": run.name, "what": run.what, "long": run.long }));
        }
        return Ok(ExitCode::SUCCESS);
    }
    if name == "worker" {
        waymark_torture::worker::work(rest)?;
        return Ok(ExitCode::SUCCESS);
    }
    let run =
        by_name(name).with_context(|| format!("there is no run '{name}'; `torture list` names them"))?;
    let report = (run.run)(wish(rest, run.long)?);
    eprintln!("{}", report.line());
    for fault in &report.faults {
        eprintln!("  {fault}");
    }
    for why in &report.not_run {
        eprintln!("  not run: {why}");
    }
    println!("{}", serde_json::to_string(&report)?);
    Ok(if report.lost == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn wish(words: &[String], long: u64) -> anyhow::Result<Wish> {
    let mut wish = Wish { count: long, time: Duration::from_secs(24 * 60 * 60), seed: 1 };
    for pair in words.chunks(2) {
        let [name, value] = pair else { bail!("{} wants a value", pair.concat()) };
        match name.as_str() {
            "--count" => wish.count = value.parse()?,
            "--minutes" => wish.time = Duration::from_secs_f64(value.parse::<f64>()? * 60.0),
            "--seed" => wish.seed = value.parse()?,
            other => bail!("`torture` knows no '{other}'"),
        }
    }
    Ok(wish)
}
