//! Other programs: started with the checkout as their folder, and their failures told in one sentence.

use crate::place;
use anyhow::{Context, Result, bail};
use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

/// The whole workspace with one set of features. Every build, check and test names it in the same words, so that
/// nothing is compiled twice for the sake of a feature that another selection of packages would have left out.
pub const WORKSPACE: [&str; 3] = ["--workspace", "--features", "xtask/data"];

/// Beside the programs that a build is for. Cargo gives dependencies the features that tests ask for only where a test
/// is built; with this small one, programs and tests share what they are made of, the typesetter above all.
pub const WITH_TESTS: [&str; 2] = ["--test", "directions"];

/// `name`, to be run in the checkout.
pub fn command(name: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(name);
    command.current_dir(place::root());
    command
}

/// Cargo, as it started this program.
pub fn cargo() -> Command {
    let mut cargo = command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    // Set for this package by `cargo run`; build scripts that watch them would run again for nothing.
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("CARGO_PKG_")
            || name == "CARGO_MANIFEST_DIR"
            || name == "CARGO_MANIFEST_PATH"
        {
            cargo.env_remove(name);
        }
    }
    cargo
}

/// A program of npm's, which on Windows is a script with an ending of its own.
pub fn npm(name: &str) -> Command {
    command(if cfg!(windows) { format!("{name}.cmd") } else { name.to_owned() })
}

/// Runs to the end with the terminal's own output.
pub fn finish(mut command: Command) -> Result<()> {
    let told = describe(&command);
    let status = command.status().with_context(|| format!("`{told}` could not be started"))?;
    if !status.success() {
        bail!("`{told}` ended with {status}");
    }
    Ok(())
}

/// What the program printed, if it ended well.
pub fn output(mut command: Command) -> Result<String> {
    let told = describe(&command);
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("`{told}` could not be started"))?;
    if !output.status.success() {
        bail!("`{told}` ended with {}", output.status);
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Runs to the end, shows what the program prints as it comes, and gives it.
pub fn show_and_keep(mut command: Command) -> Result<String> {
    let told = describe(&command);
    let mut child =
        command.stdout(Stdio::piped()).spawn().with_context(|| format!("`{told}` could not be started"))?;
    let mut kept = String::new();
    for line in child.stdout.take().into_iter().flat_map(|stdout| BufReader::new(stdout).lines()) {
        let line = line?;
        println!("{line}");
        kept.push_str(&line);
        kept.push('\n');
    }
    let status = child.wait()?;
    if !status.success() {
        bail!("`{told}` ended with {status}");
    }
    Ok(kept)
}

/// Whether the program is there and ends well; it says nothing.
pub fn succeeds(mut command: Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// The command as a person would type it.
fn describe(command: &Command) -> String {
    let mut words =
        vec![Path::new(command.get_program()).file_name().unwrap_or_default().to_string_lossy().into_owned()];
    words.extend(command.get_args().map(|word| word.to_string_lossy().into_owned()));
    words.join(" ")
}
