//! Search, saving and keys: `tests/benches/speed`, a program of its own because it needs SQLite.

use super::row::Row;
use crate::command::{WORKSPACE, cargo, output};
use anyhow::{Context, Result};
use std::path::Path;
use std::process::Command;

/// Opens the records that `make_records` makes.
pub const PASSPHRASE: &str = "a sample passphrase for measuring";

/// Runs it and reads its rows.
pub fn measure(profile: &str) -> Result<Vec<Row>> {
    output(speed(profile))?.lines().filter(|line| line.starts_with('{')).map(Row::read).collect()
}

/// Makes records at what keys really cost, and gives the milliseconds of the derivation alone.
pub fn make_records(profile: &str, folder: &Path) -> Result<f64> {
    let mut speed = speed(profile);
    speed.args(["--", "--make-records", PASSPHRASE]).arg(folder);
    output(speed)?.trim().parse().context("the derivation was not measured")
}

fn speed(profile: &str) -> Command {
    let mut bench = cargo();
    bench.args(["bench", "--quiet"]).args(WORKSPACE).args(["--bench", "speed"]);
    if profile == "debug" {
        bench.args(["--profile", "dev"]);
    }
    bench
}
