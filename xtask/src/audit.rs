//! `cargo xtask audit`: known faults in dependencies. The lists of faults lie on the network; where they cannot be
//! reached, that is said and is no failure, because the rest of the project is developed without a network.

use crate::command::{command, npm};
use crate::{deny, setup};
use anyhow::{Result, bail};
use std::process::{Command, Output};

/// Asks both lists.
pub fn run() -> Result<()> {
    setup::packages()?;
    let mut faults = Vec::new();
    let mut cargo = command(deny::program()?);
    cargo.args(["check", "advisories"]);
    ask(
        "Rust crates",
        cargo,
        &["failed to fetch advisory database", "unable to fetch", "failed to acquire"],
        &mut faults,
    )?;
    let mut packages = npm("npm");
    packages.args(["audit", "--omit", "dev"]);
    ask(
        "pages' packages",
        packages,
        &["audit endpoint returned an error", "ENOTFOUND", "ECONNREFUSED", "EAI_AGAIN", "ENOAUDIT"],
        &mut faults,
    )?;
    if !faults.is_empty() {
        bail!("faults are known in: {}", faults.join(", "));
    }
    Ok(())
}

fn ask(
    what: &'static str,
    mut command: Command,
    unreachable: &[&str],
    faults: &mut Vec<&'static str>,
) -> Result<()> {
    let answer = command.output()?;
    let text = text(&answer);
    if answer.status.success() {
        println!("{what}: no known fault");
    } else if unreachable.iter().any(|sign| text.contains(sign)) {
        println!("{what}: not checked (the list of known faults cannot be reached)");
    } else {
        println!("{text}");
        faults.push(what);
    }
    Ok(())
}

fn text(answer: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&answer.stdout), String::from_utf8_lossy(&answer.stderr))
}
