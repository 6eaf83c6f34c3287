//! The set-up that `run` and `test` share: system packages, Node's packages, the catalogue file, the pages.

use crate::command::{WITH_TESTS, WORKSPACE, cargo, command, finish, npm, output, succeeds};
use crate::stamp::Stamp;
use crate::{apt, place};
use anyhow::{Context, Result, bail};
use std::fs;

/// The oldest Node whose features the pages' tools use.
const OLDEST_NODE: u32 = 20;

/// What compiling the C parts needs.
pub fn libraries() -> Result<()> {
    apt::install(apt::BUILD)
}

/// Node, npm, and the packages of the lock file.
pub fn packages() -> Result<()> {
    node()?;
    let stamp = Stamp::of(
        "npm",
        &["package-lock.json", "package.json", "ui/package.json", "tests/journeys/package.json"],
    )?;
    if stamp.is_current() && place::root().join("node_modules").is_dir() {
        return Ok(());
    }
    let mut install = npm("npm");
    install.args(["ci", "--no-audit", "--no-fund"]);
    finish(install)?;
    stamp.set()
}

/// The catalogue file, if `data/` or what compiles it has changed.
pub fn catalogue() -> Result<()> {
    let stamp = Stamp::of(
        "catalogue",
        &[
            "data/careers",
            "data/guides",
            "data/words",
            "data/search",
            "data/facts",
            "crates/catalogue/src",
            "Cargo.lock",
        ],
    )?;
    if stamp.is_current() && place::catalogue().is_file() {
        return Ok(());
    }
    build_catalogue()?;
    stamp.set()
}

/// The catalogue file, in any case.
pub fn build_catalogue() -> Result<()> {
    data("catalogue", &[])
}

/// The pages, if they have changed: they must be there before the window is compiled.
pub fn pages() -> Result<()> {
    let mut inputs = vec!["data/messages", "package-lock.json"];
    let listed = page_sources()?;
    inputs.extend(listed.iter().map(String::as_str));
    let stamp = Stamp::of("pages", &inputs)?;
    let built = ["ui/dist", "ui/dist-devhost"]
        .iter()
        .all(|folder| place::root().join(folder).join("index.html").is_file());
    if stamp.is_current() && built {
        return Ok(());
    }
    build_pages()?;
    // The build writes the messages among the sources; they are left out of the stamp.
    stamp.set()
}

/// The pages for the window and those for the test host, in any case.
pub fn build_pages() -> Result<()> {
    for script in ["build", "build:devhost"] {
        let mut build = npm("npm");
        build.args(["run", script, "--workspace", "ui"]);
        finish(build)?;
    }
    Ok(())
}

/// Runs one of the tasks that need the C libraries.
pub fn data(task: &str, arguments: &[String]) -> Result<()> {
    build(&["xtask-data"])?;
    let mut program = command(place::program("debug", "xtask-data"));
    program.arg(task).args(arguments);
    finish(program)
}

/// Writes the contract for the pages, or with `--check` compares it.
pub fn contract(arguments: &[&str]) -> Result<()> {
    build(&["contract"])?;
    let mut program = command(place::program("debug", "contract"));
    program.args(arguments);
    finish(program)
}

/// Builds some programs of the workspace, with the features that every other build has.
pub fn build(programs: &[&str]) -> Result<()> {
    let mut build = cargo();
    build.arg("build").args(WORKSPACE).args(WITH_TESTS);
    for program in programs {
        build.args(["--bin", program]);
    }
    finish(build)
}

fn node() -> Result<()> {
    let mut node = command("node");
    node.arg("--version");
    let version = output(node).with_context(|| format!("Node {OLDEST_NODE} or later is needed"))?;
    match major(&version) {
        Some(major) if major >= OLDEST_NODE => {}
        _ => bail!("Node {OLDEST_NODE} or later is needed; this is {}", version.trim()),
    }
    let mut version = npm("npm");
    version.arg("--version");
    if !succeeds(version) {
        bail!("npm is needed; it comes with Node");
    }
    Ok(())
}

/// `v20.11.1` is 20.
fn major(version: &str) -> Option<u32> {
    version.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
}

/// What stands in `ui/`, without what is built and without what the build writes among the sources.
fn page_sources() -> Result<Vec<String>> {
    let mut sources = Vec::new();
    for folder in ["ui", "ui/src", "ui/src/generated"] {
        for entry in
            fs::read_dir(place::root().join(folder)).with_context(|| format!("{folder} cannot be read"))?
        {
            let name = entry?.file_name().to_string_lossy().into_owned();
            let path = format!("{folder}/{name}");
            let built = ["ui/dist", "ui/dist-devhost", "ui/node_modules", "ui/src/generated/messages"]
                .contains(&path.as_str());
            let looked_into = ["ui/src", "ui/src/generated"].contains(&path.as_str());
            if !built && !looked_into {
                sources.push(path);
            }
        }
    }
    sources.sort();
    Ok(sources)
}

#[cfg(test)]
mod tests {
    use super::major;

    #[test]
    fn the_version_of_node_is_read_as_node_prints_it() {
        assert_eq!(major("v20.11.1\n"), Some(20));
        assert_eq!(major("v9.0.0"), Some(9));
        assert_eq!(major("20"), None);
    }
}
