//! The commands that compile or rewrite what ships as data. A program of their own, because they need SQLite and so a
//! C compiler, which the set-up may have to install first.
#![forbid(unsafe_code)]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command speaks on the terminal")]

#[allow(dead_code, reason = "the other half of the commands uses more of it")]
mod place;
mod refresh;

use anyhow::{Result, bail};
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let outcome = match arguments.split_first() {
        Some((name, [])) if name == "catalogue" => catalogue(),
        Some((name, rest)) if name == "refresh" => refresh::run(rest),
        _ => Err(anyhow::anyhow!("this is the second half of `cargo xtask`, which starts it")),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Compiles `data/` and names every fault in it.
fn catalogue() -> Result<()> {
    let out = place::catalogue();
    if let Some(folder) = out.parent() {
        std::fs::create_dir_all(folder)?;
    }
    match waymark_catalogue::build(&place::root().join("data"), &out) {
        Ok(_) => {
            println!("{}: {} kB", out.display(), std::fs::metadata(&out)?.len() / 1000);
            Ok(())
        }
        Err(faults) => {
            for fault in &faults.faults {
                println!("data/{fault}");
            }
            bail!("{} faults in data/", faults.faults.len())
        }
    }
}
