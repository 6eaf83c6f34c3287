//! `cargo xtask refresh`: reads the official files as their publishers hand them out and writes the compact tables of
//! `data/facts`. Nothing is written unless every file parsed, and every fault is told at once.

mod build;
mod codes;
mod fault;
mod figure;
mod grid;
mod inputs;
mod oews;
mod oews_places;
mod onet;
mod onet_ratings;
mod programmes;
mod projections;
mod releases;
mod sentences;
mod table;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod verification;
mod words;

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, bail};

use fault::Faults;

/// How the command is called.
const USAGE: &str = "cargo xtask refresh --from FOLDER... [--facts FOLDER]";

/// What the command line asks for.
struct Order {
    /// Folders (or single files) that hold the official files.
    from: Vec<PathBuf>,
    /// The folder of the tables, with the hand-kept inputs.
    facts: PathBuf,
}

/// Reads the official files under the folders after `--from` and rewrites `data/facts/*.tsv` and `sources.toml`.
///
/// # Errors
/// Names every missing file and every faulty row with its reason; then nothing has been written.
pub fn run(args: &[String]) -> anyhow::Result<()> {
    let order = read_order(args)?;
    let mut faults = Faults::default();
    let outputs = build::outputs(&order.from, &order.facts, &mut faults);
    faults.finish()?;
    table::write_all(&order.facts, &outputs)?;
    let mut out = std::io::stdout().lock();
    for output in &outputs {
        writeln!(out, "{}: {} rows", output.name, output.rows).context("cannot print")?;
    }
    Ok(())
}

fn read_order(args: &[String]) -> anyhow::Result<Order> {
    let mut order = Order { from: Vec::new(), facts: PathBuf::from("data/facts") };
    let mut rest = args.iter().peekable();
    while let Some(word) = rest.next() {
        match word.as_str() {
            "--from" => {
                while let Some(folder) = rest.next_if(|next| !next.starts_with("--")) {
                    order.from.push(PathBuf::from(folder));
                }
            }
            "--facts" => match rest.next() {
                Some(folder) => order.facts = PathBuf::from(folder),
                None => bail!("--facts asks for a folder\n{USAGE}"),
            },
            other => bail!("unknown word {other}\n{USAGE}"),
        }
    }
    if order.from.is_empty() {
        bail!("--from asks for at least one folder\n{USAGE}");
    }
    Ok(order)
}
