//! The journeys in `tests/journeys`: whole paths through the product, in a browser and in the real window.

use crate::command::{command, succeeds};
use crate::display::VirtualDisplay;
use crate::processes::finish_family;
use crate::stages::Outcome;
use crate::{apt, not_run, place};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// A run that takes longer hangs.
const LIMIT: Duration = Duration::from_secs(20 * 60);

const CHROMIUM: &str = "/usr/bin/chromium";

/// Those against `devhost` in Chromium.
pub fn browser() -> Result<Outcome> {
    if apt::chromium_is_a_stub() {
        return Ok(Outcome::NotRun(
            "Ubuntu's chromium package is a snap, which these tests cannot drive".to_owned(),
        ));
    }
    if !Path::new(CHROMIUM).exists() {
        return Ok(Outcome::NotRun(format!("there is no {CHROMIUM}")));
    }
    run("browser")
}

/// Those in the real window, through WebKit's driver, on a screen of their own.
pub fn window() -> Result<Outcome> {
    if !cfg!(target_os = "linux") {
        return Ok(Outcome::NotRun(
            "the window is driven through WebKitGTK, which Linux alone has".to_owned(),
        ));
    }
    run("window")
}

fn run(kind: &str) -> Result<Outcome> {
    let folder = place::root().join("tests/journeys").join(kind);
    let mut files = Vec::new();
    collect(&folder, &mut files)?;
    if files.is_empty() {
        bail!("tests/journeys/{kind} has no *.test.mjs");
    }
    files.sort();
    let mut node = command("node");
    node.args(["--test", "--test-concurrency=1"]);
    // Not in the first versions of Node 20: a journey that fails may leave something open that keeps Node waiting.
    let mut knows = command("node");
    knows.args(["--test-force-exit", "--version"]);
    if succeeds(knows) {
        node.arg("--test-force-exit");
    }
    // For a person as it happens; and a list, in which the cases that a machine cannot run stand with their reason.
    let list = place::target().join("tmp").join(format!("journeys-{kind}-{}.tap", std::process::id()));
    fs::create_dir_all(place::target().join("tmp"))?;
    node.args(["--test-reporter=spec", "--test-reporter-destination=stdout", "--test-reporter=tap"]);
    node.arg(format!("--test-reporter-destination={}", list.display()));
    node.args(files);
    node.env("WAYMARK_TARGET", place::cargo_target()).env("WAYMARK_CHROMIUM", CHROMIUM);
    let display = VirtualDisplay::start()?;
    display.lend(&mut node);
    finish_family(node, LIMIT)?;
    let cases = fs::read_to_string(&list).with_context(|| format!("{} is missing", list.display()))?;
    Ok(Outcome::Passed { not_run: not_run::in_tap(&cases) })
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() && path.file_name().is_some_and(|name| name != "node_modules") {
            collect(&path, files)?;
        } else if path.to_string_lossy().ends_with(".test.mjs") {
            files.push(path);
        }
    }
    Ok(())
}
