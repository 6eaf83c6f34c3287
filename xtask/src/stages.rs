//! The stages of `cargo xtask test`, in the order in which a fault is cheapest to hear of.

use crate::command::{WORKSPACE, cargo, command, finish, npm, succeeds};
use crate::{apt, deny, journeys, run, setup};
use anyhow::Result;

/// How a stage ended that did not fail.
pub enum Outcome {
    Passed,
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
    /// Gets whether the long runs were asked for.
    pub run: fn(bool) -> Result<Outcome>,
}

/// All of them.
pub fn all() -> Vec<Stage> {
    let stage = |name, run| Stage { name, is_set_up: false, needed_by_all: false, run };
    let set_up = |name, run| Stage { name, is_set_up: true, needed_by_all: false, run };
    let tools = |name, run| Stage { name, is_set_up: true, needed_by_all: true, run };
    vec![
        tools("set-up: system packages", |_| {
            passed(setup::libraries().and_then(|()| apt::install(apt::TEST)))
        }),
        tools("set-up: node packages", |_| passed(setup::packages())),
        set_up("set-up: catalogue file", |_| passed(setup::catalogue())),
        set_up("set-up: pages", |_| passed(setup::pages())),
        stage("rustfmt", |_| passed(rustfmt())),
        stage("clippy", |_| passed(clippy())),
        stage("dependencies: bans, licences, sources", |_| {
            passed(deny::check(&["bans", "licenses", "sources"]))
        }),
        stage("contract", |_| passed(setup::contract(&["--check"]))),
        stage("pages: prettier", |_| passed(pages("format:check"))),
        stage("pages: eslint", |_| passed(pages("lint"))),
        stage("pages: svelte-check", |_| passed(pages("check"))),
        stage("pages: vitest", |_| passed(pages("test"))),
        stage("build", |_| passed(setup::build(&["waymark", "waymark-devhost"]))),
        stage("rust tests", |_| passed(rust_tests())),
        stage("journeys: browser", journeys::browser),
        stage("journeys: window", journeys::window),
        stage("first page", |_| passed(run::photograph(&[]))),
    ]
}

fn passed(result: Result<()>) -> Result<Outcome> {
    result.map(|()| Outcome::Passed)
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

/// With nextest where it is installed, which shows which test takes the time.
fn rust_tests() -> Result<()> {
    let mut nextest = command("cargo-nextest");
    nextest.args(["nextest", "--version"]);
    let mut tests = cargo();
    if succeeds(nextest) {
        tests.args(["nextest", "run", "--no-fail-fast"]).args(WORKSPACE);
    } else {
        tests.args(["test", "--no-fail-fast"]).args(WORKSPACE);
    }
    finish(tests)
}
