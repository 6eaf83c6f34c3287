//! What the program lends to the libraries that it loads. SQLCipher is part of the program, and WebKit brings the
//! system's SQLite: a `sqlite3_…` of ours that WebKit could see would be called in place of its own.

use crate::command::{command, output};
use crate::place;
use crate::stages::Outcome;
use anyhow::{Result, bail};
use std::path::Path;

/// Looks into the built program; `bundle` does the same with that of a release.
pub fn check() -> Result<Outcome> {
    if !cfg!(target_os = "linux") {
        return Ok(Outcome::NotRun("only Linux lets a program's symbols take a library's place".to_owned()));
    }
    for_program(&place::program("debug", "waymark"))?;
    Ok(Outcome::Passed { not_run: Vec::new() })
}

/// Fails where this program lends a symbol of SQLite's.
pub fn for_program(program: &Path) -> Result<()> {
    let mut nm = command("nm");
    nm.args(["--dynamic", "--defined-only"]).arg(program);
    let table = output(nm)?;
    let lent = of_sqlite(&table);
    if !lent.is_empty() {
        bail!("{} lends {} symbols of SQLite's: {}", program.display(), lent.len(), lent.join(" "));
    }
    println!("{} lends no symbol of SQLite's", program.display());
    Ok(())
}

/// The names in `nm`'s table that belong to SQLite or SQLCipher.
fn of_sqlite(table: &str) -> Vec<&str> {
    table
        .lines()
        .filter_map(|line| line.split_whitespace().last())
        .filter(|name| name.starts_with("sqlite3") || name.starts_with("sqlcipher"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::of_sqlite;

    #[test]
    fn a_symbol_of_sqlite_is_seen_among_others() {
        let table = "0000000000a1 T rust_eh_personality\n0000000000b2 T sqlite3_open_v2\n0000000000c3 B sqlcipher_x\n";
        assert_eq!(of_sqlite(table), ["sqlite3_open_v2", "sqlcipher_x"]);
        assert!(of_sqlite("0000000000a1 T rust_eh_personality\n").is_empty());
    }
}
