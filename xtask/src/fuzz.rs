//! `cargo xtask fuzz`: libFuzzer on every reader of outside bytes. It compiles everything anew with instruments in it,
//! which takes its time; `cargo xtask torture` and the tests feed the same readers without.

use crate::command::{cargo, command, finish, output};
use crate::{place, setup};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::PathBuf;
use std::time::Instant;

/// Inputs for each reader, where nobody says how many.
const INPUTS: u64 = 1_000_000;

/// What was asked for.
struct Wish {
    inputs: u64,
    only: Option<String>,
}

/// Feeds every reader, or the one that is named.
pub fn run(arguments: &[String]) -> Result<()> {
    let wish = Wish::read(arguments)?;
    setup::libraries()?;
    let cargo_fuzz = cargo_fuzz()?;
    let project = place::root().join("tests/fuzz/libfuzzer");
    fs::copy(place::root().join("Cargo.lock"), project.join("Cargo.lock"))?;
    let fuzz = |task: &str| {
        let mut fuzz = command(&cargo_fuzz);
        fuzz.args(["fuzz", task, "--fuzz-dir"]).arg(&project).args(["--sanitizer", "none", "reader"]);
        // Instruments are not for the stable compiler, unless one insists.
        fuzz.env("RUSTC_BOOTSTRAP", "1").env("CARGO_TARGET_DIR", place::cargo_target().join("fuzz"));
        fuzz
    };
    finish(fuzz("build"))?;
    let mut failed = Vec::new();
    for reader in readers()? {
        if wish.only.as_ref().is_some_and(|only| !reader.contains(only.as_str())) {
            continue;
        }
        let found = place::target().join("fuzz-corpus").join(&reader);
        fs::create_dir_all(&found)?;
        let start = Instant::now();
        let mut run = fuzz("run");
        run.arg(&found).arg(place::root().join("tests/fuzz/corpus").join(&reader));
        run.arg("--").arg(format!("-runs={}", wish.inputs)).args([
            "-max_len=65536",
            "-seed=4",
            "-verbosity=0",
        ]);
        run.env("WAYMARK_READER", &reader);
        let outcome = finish(run);
        println!(
            "{reader}: {} inputs in {:.0} s: {}",
            wish.inputs,
            start.elapsed().as_secs_f64(),
            word(&outcome)
        );
        if outcome.is_err() {
            failed.push(reader);
        }
    }
    if !failed.is_empty() {
        bail!("broken by an input, which lies in tests/fuzz/libfuzzer/artifacts: {}", failed.join(", "));
    }
    Ok(())
}

fn word(outcome: &Result<()>) -> &'static str {
    if outcome.is_ok() { "none broke it" } else { "FAILED" }
}

/// The readers, each of which has a folder of kept inputs.
fn readers() -> Result<Vec<String>> {
    let folder = place::root().join("tests/fuzz/corpus");
    let mut readers = Vec::new();
    for entry in fs::read_dir(&folder).with_context(|| format!("{} cannot be read", folder.display()))? {
        readers.push(entry?.file_name().to_string_lossy().into_owned());
    }
    readers.sort();
    Ok(readers)
}

/// cargo-fuzz, installed among the project's own tools if it is not there yet.
fn cargo_fuzz() -> Result<PathBuf> {
    let folder = place::tools().join("cargo");
    let program = folder.join("bin").join(format!("cargo-fuzz{}", std::env::consts::EXE_SUFFIX));
    if !program.is_file() {
        let mut install = cargo();
        install.args(["install", "cargo-fuzz", "--locked", "--root"]).arg(&folder);
        finish(install)?;
    }
    let mut version = command(&program);
    version.args(["fuzz", "--version"]);
    output(version)?;
    Ok(program)
}

impl Wish {
    fn read(arguments: &[String]) -> Result<Self> {
        let mut wish = Self { inputs: INPUTS, only: None };
        for pair in arguments.chunks(2) {
            let [name, value] = pair else { bail!("`fuzz` wants a value after '{}'", pair.concat()) };
            match name.as_str() {
                "--inputs" => wish.inputs = value.parse().context("--inputs wants a number")?,
                "--only" => wish.only = Some(value.clone()),
                other => bail!("`fuzz` knows no '{other}'"),
            }
        }
        Ok(wish)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &[&str]) -> Result<Wish> {
        Wish::read(&words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn a_million_inputs_unless_another_number_is_given() {
        assert_eq!(read(&[]).unwrap().inputs, INPUTS);
        assert_eq!(read(&["--inputs", "5", "--only", "roster"]).unwrap().inputs, 5);
        assert!(read(&["--inputs"]).is_err() && read(&["--fast", "1"]).is_err());
    }

    #[test]
    fn every_reader_has_its_folder() {
        assert!(readers().unwrap().len() >= 14);
    }
}
