//! Search, saving and keys: `tests/benches/speed.rs`, a program of its own because it needs SQLite.

use super::row::Row;
use crate::command::{cargo, output};
use crate::place;
use anyhow::Result;

/// Runs it and reads its rows.
pub fn measure(profile: &str) -> Result<Vec<Row>> {
    let mut bench = cargo();
    bench.args(["bench", "--package", "waymark-tests", "--bench", "speed"]);
    if profile == "debug" {
        bench.args(["--profile", "dev"]);
    }
    bench.env("WAYMARK_CATALOGUE", place::catalogue());
    output(bench)?.lines().filter(|line| line.starts_with('{')).map(Row::read).collect()
}
