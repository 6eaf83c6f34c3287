//! The stages of `cargo xtask test`, in the order in which a fault is cheapest to hear of.

use crate::command::{WORKSPACE, cargo, command, finish, npm, show_and_keep, succeeds};
use crate::{apt, deny, journeys, not_run, place, run, setup, symbols};
use anyhow::{Context, Result};
use std::fs;
use std::path::PathBuf;

/// How a stage ended that did not fail.
pub enum Outcome {
    /// With the cases in it that could not be run here, each with its reason.
    Passed { not_run: Vec<String> },
    /// It could not be run here, and why.
    NotRun(String),
}

/// One stage.
pub struct Stage {
    pub name: &'static str,
    /// Done whatever is asked for: it costs nothing where nothing has changed.
    pub is_set_up: bool,
    /// Without it, no other stage can run.
    pub needed_by_all: bool,
    pub run: fn() -> Result<Outcome>,
}

/// All of them.
pub fn all() -> Vec<Stage> {
    let stage = |name, run| Stage { name, is_set_up: false, needed_by_all: false, run };
    let set_up = |name, run| Stage { name, is_set_up: true, needed_by_all: false, run };
    let tools = |name, run| Stage { name, is_set_up: true, needed_by_all: true, run };
    vec![
        tools("set-up: system packages", || {
            passed(setup::libraries().and_then(|()| apt::install(apt::TEST)))
        }),
        tools("set-up: node packages", || passed(setup::packages())),
        set_up("set-up: catalogue file", || passed(setup::catalogue())),
        set_up("set-up: pages", || passed(setup::pages())),
        stage("rustfmt", || passed(rustfmt())),
        stage("clippy", || passed(clippy())),
        stage("dependencies: bans, licences, sources", || {
            passed(deny::check(&["bans", "licenses", "sources"]))
        }),
        stage("contract", || passed(setup::contract(&["--check"]))),
        stage("pages: prettier", || passed(pages("format:check"))),
        stage("pages: eslint", || passed(pages("lint"))),
        stage("pages: svelte-check", || passed(pages("check"))),
        stage("pages: vitest", || passed(pages("test"))),
        stage("build", || passed(setup::build(&["waymark", "waymark-devhost"]))),
        stage("symbols", symbols::check),
        stage("rust tests", rust_tests),
        stage("journeys: browser", journeys::browser),
        stage("journeys: window", journeys::window),
        stage("first page", || passed(run::photograph(&[]))),
    ]
}

fn passed(result: Result<()>) -> Result<Outcome> {
    result.map(|()| Outcome::Passed { not_run: Vec::new() })
}

fn rustfmt() -> Result<()> {
    let mut format = cargo();
    format.args(["fmt", "--all", "--check"]);
    finish(format)
}

fn clippy() -> Result<()> {
    let mut clippy = cargo();
    clippy.arg("clippy").args(WORKSPACE).args(["--all-targets", "--keep-going", "--", "--deny", "warnings"]);
    finish(clippy)
}

fn pages(script: &str) -> Result<()> {
    let mut run = npm("npm");
    run.args(["run", script, "--workspace", "ui"]);
    finish(run)
}

/// With nextest where it is installed, which shows which test takes the time. A test that cannot be run on this machine
/// prints "not run: " and why; what is printed by tests that pass is kept for that.
fn rust_tests() -> Result<Outcome> {
    let mut nextest = command("cargo-nextest");
    nextest.args(["nextest", "--version"]);
    let mut tests = cargo();
    if !succeeds(nextest) {
        tests.args(["test", "--no-fail-fast"]).args(WORKSPACE).args(["--", "--show-output"]);
        let printed = show_and_keep(tests)?;
        return Ok(Outcome::Passed { not_run: not_run::in_libtest(&printed) });
    }
    let (settings, report) = nextest_report()?;
    tests.args(["nextest", "run", "--no-fail-fast", "--config-file"]).arg(settings).args(WORKSPACE);
    finish(tests)?;
    let report = fs::read_to_string(&report).with_context(|| format!("{} is missing", report.display()))?;
    Ok(Outcome::Passed { not_run: not_run::in_junit(&report) })
}

/// Settings with which nextest writes a report that holds what tests printed, and where that report will be.
fn nextest_report() -> Result<(PathBuf, PathBuf)> {
    let folder = place::target().join("tmp");
    fs::create_dir_all(&folder)?;
    let settings = folder.join("nextest.toml");
    fs::write(&settings, "[profile.default.junit]\npath = \"tests.xml\"\nstore-success-output = true\n")?;
    let report = place::cargo_target().join("nextest/default/tests.xml");
    if report.exists() {
        fs::remove_file(&report)?;
    }
    Ok((settings, report))
}
