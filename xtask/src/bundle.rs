//! `cargo xtask bundle`: the packages that a person installs, .deb and .rpm. The other systems' packages are made by
//! the same settings on those systems.

use crate::command::{cargo, command, finish, npm, output};
use crate::{place, setup, symbols};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};

mod installed;

/// Kept out of the lock file: it is needed here only, and its many platform packages upset `npm ci`.
const TAURI_CLI: &str = "@tauri-apps/cli@2";

/// Builds and looks into what was built.
pub fn run() -> Result<()> {
    setup::libraries()?;
    setup::packages()?;
    setup::catalogue()?;
    setup::pages()?;
    for kind in ["deb", "rpm"] {
        empty(&folder(kind))?;
    }
    command_line()?;
    let mut build = command("node");
    build.arg(tauri_cli()?).args(["build", "--ci", "--bundles", "deb,rpm"]);
    // The shipped program brings its own OpenSSL. Cargo's settings for development say otherwise.
    build.env("OPENSSL_NO_VENDOR", "0");
    finish(build)?;
    let deb = made("deb")?;
    let rpm = made("rpm")?;
    look_into(&deb)?;
    symbols::for_program(&place::program("release", "waymark"))?;
    installed::try_out(&deb)?;
    tell_size("program", &place::program("release", "waymark"))?;
    tell_size("catalogue", &place::catalogue())?;
    tell_size("deb", &deb)?;
    tell_size("rpm", &rpm)
}

/// The command line's program, put where the packages' settings look for it: cargo's own folder may lie elsewhere.
fn command_line() -> Result<()> {
    let mut build = cargo();
    build.args(["build", "--release", "--package", "waymark-cli"]).env("OPENSSL_NO_VENDOR", "0");
    finish(build)?;
    let (made, kept) = (place::program("release", "waymark-cli"), place::target().join("waymark-cli"));
    fs::copy(&made, &kept).with_context(|| format!("{} cannot be copied", made.display()))?;
    Ok(())
}

/// The packager's script, installed if it is not there yet.
fn tauri_cli() -> Result<PathBuf> {
    let folder = place::tools().join("tauri-cli");
    let script = folder.join("node_modules/@tauri-apps/cli/tauri.js");
    if !script.is_file() {
        fs::create_dir_all(&folder)?;
        let mut install = npm("npm");
        install.args(["install", "--no-save", "--no-package-lock", "--no-audit", "--no-fund", "--prefix"]);
        install.arg(&folder).arg(TAURI_CLI);
        finish(install)?;
    }
    Ok(script)
}

fn folder(kind: &str) -> PathBuf {
    place::cargo_target().join("release/bundle").join(kind)
}

/// Takes away what an earlier run left, so that what is found afterwards was made now.
fn empty(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("{} cannot be removed", folder.display()))?;
    }
    Ok(())
}

/// The package of this kind.
fn made(kind: &str) -> Result<PathBuf> {
    let folder = folder(kind);
    for entry in fs::read_dir(&folder).with_context(|| format!("{} cannot be read", folder.display()))? {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == kind) {
            return Ok(path);
        }
    }
    bail!("no .{kind} was made in {}", folder.display())
}

/// Prints what the package says of itself, and fails if a part that a person needs is not in it.
fn look_into(deb: &Path) -> Result<()> {
    let mut information = command("dpkg-deb");
    information.arg("-I").arg(deb);
    println!("{}", output(information)?);
    let mut contents = command("dpkg-deb");
    contents.arg("-c").arg(deb);
    let contents = output(contents)?;
    println!("{contents}");
    for part in ["usr/bin/waymark", "usr/bin/waymark-cli", ".desktop", "waymark-catalogue.db", ".png"] {
        if !contents.lines().any(|line| line.ends_with(part)) {
            bail!("{part} is missing in {}", deb.display());
        }
    }
    if contents.contains("devhost") {
        bail!("{} has the test server in it", deb.display());
    }
    Ok(())
}

fn tell_size(what: &str, file: &Path) -> Result<()> {
    let bytes = fs::metadata(file).with_context(|| format!("{} is missing", file.display()))?.len();
    println!("{what:<10} {}.{} MB  {}", bytes / 1_000_000, bytes % 1_000_000 / 100_000, file.display());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::TAURI_CLI;

    #[test]
    fn the_command_line_is_of_the_window_s_major_version() {
        let manifest = std::fs::read_to_string(crate::place::root().join("Cargo.toml")).unwrap();
        let line = manifest.lines().find(|line| line.starts_with("tauri =")).unwrap();
        assert!(line.contains("\"2"), "{line} against {TAURI_CLI}");
    }
}
