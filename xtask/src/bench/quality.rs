//! How well the search answers the labelled queries of `tests/search`: `tests/benches/quality`, a program of its own
//! because it needs SQLite. The figures are the same on every machine and in every build.

use crate::command::{WORKSPACE, cargo, output};
use crate::setup;
use anyhow::{Result, bail};

/// Measures, prints the tables and keeps them. `--dry` keeps nothing, `--missed` prints what was not found first and keeps
/// nothing either.
pub fn run(arguments: &[String]) -> Result<()> {
    if let Some(unknown) = arguments.iter().find(|word| !["--dry", "--missed"].contains(&word.as_str())) {
        bail!("`bench --only search-quality` knows no '{unknown}'");
    }
    let asked = |word: &str| arguments.iter().any(|argument| argument == word);
    setup::libraries()?;
    let mut bench = cargo();
    bench.args(["bench", "--quiet", "--profile", "dev"]).args(WORKSPACE).args(["--bench", "quality"]);
    if asked("--missed") {
        bench.args(["--", "--missed"]);
    }
    let tables = output(bench)?;
    println!("\n{tables}");
    if !asked("--dry") && !asked("--missed") {
        super::append(&format!("search quality\n\n{}\n", tables.trim_end()))?;
    }
    Ok(())
}
