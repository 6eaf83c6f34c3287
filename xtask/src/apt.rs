//! System packages, on Debian and its relatives. Only what is missing is installed, and it is said aloud.

use crate::command::{command, finish, output, succeeds};
use anyhow::{Context, Result, bail};

/// To build and to run.
pub const BUILD: &[&str] = &["build-essential", "pkg-config", "libssl-dev", "file", "libwebkit2gtk-4.1-dev"];
/// To open the window where there is no display.
pub const VIRTUAL_DISPLAY: &[&str] = &["xvfb"];
/// To test: every program that a journey starts comes with these.
pub const TEST: &[&str] =
    &["webkit2gtk-driver", "xvfb", "chromium", "xdotool", "imagemagick", "strace", "dbus", "util-linux"];

/// Installs those of `wanted` that are missing, as root or through sudo.
pub fn install(wanted: &[&str]) -> Result<()> {
    let wanted: Vec<&str> =
        wanted.iter().copied().filter(|name| *name != "chromium" || !chromium_is_a_stub()).collect();
    if !succeeds({
        let mut query = command("dpkg-query");
        query.arg("--version");
        query
    }) {
        println!(
            "This is no Debian or Ubuntu: please see to it that these, or their like, are installed: {}",
            wanted.join(" ")
        );
        return Ok(());
    }
    let missing = missing(&wanted)?;
    if missing.is_empty() {
        return Ok(());
    }
    println!("Installing with apt-get: {}", missing.join(" "));
    finish(apt(&["update", "-qq"])?)?;
    let mut words = vec!["install", "-y", "-qq", "--no-install-recommends"];
    words.extend(&missing);
    finish(apt(&words)?).with_context(|| format!("these packages are needed: {}", missing.join(" ")))
}

/// Ubuntu's chromium package only points to a snap, which is no browser that a test can drive.
pub fn chromium_is_a_stub() -> bool {
    std::fs::read_to_string("/etc/os-release").is_ok_and(|text| is_ubuntu(&text))
}

fn is_ubuntu(os_release: &str) -> bool {
    os_release.lines().any(|line| {
        let (key, value) = line.split_once('=').unwrap_or_default();
        matches!(key, "ID" | "ID_LIKE") && value.trim_matches('"').split(' ').any(|name| name == "ubuntu")
    })
}

fn missing<'a>(wanted: &[&'a str]) -> Result<Vec<&'a str>> {
    let mut missing = Vec::new();
    for name in wanted {
        if !is_installed(name)? {
            missing.push(*name);
        }
    }
    Ok(missing)
}

/// Whether this package is installed.
pub fn is_installed(name: &str) -> Result<bool> {
    let mut query = command("dpkg-query");
    query.args(["--show", "--showformat=${db:Status-Status}", name]).stderr(std::process::Stdio::null());
    // dpkg-query fails for a package that it has never heard of.
    let state = query.output().context("dpkg-query could not be started")?;
    Ok(String::from_utf8_lossy(&state.stdout) == "installed")
}

/// `apt-get` with these words, as root or through sudo.
pub fn apt(words: &[&str]) -> Result<std::process::Command> {
    let mut command = if is_root()? {
        command("env")
    } else if succeeds({
        let mut sudo = command("sudo");
        sudo.arg("--version");
        sudo
    }) {
        let mut sudo = command("sudo");
        sudo.arg("env");
        sudo
    } else {
        bail!(
            "packages have to be installed, and this is neither root nor is there sudo: apt-get {}",
            words.join(" ")
        );
    };
    command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]).args(words);
    Ok(command)
}

/// Whether this runs as root.
pub fn is_root() -> Result<bool> {
    let mut id = command("id");
    id.arg("-u");
    Ok(output(id)?.trim() == "0")
}

#[cfg(test)]
mod tests {
    use super::is_ubuntu;

    #[test]
    fn ubuntu_and_its_children_have_no_chromium_of_their_own() {
        assert!(is_ubuntu("NAME=\"Ubuntu\"\nID=ubuntu\nID_LIKE=debian\n"));
        assert!(is_ubuntu("ID=pop\nID_LIKE=\"ubuntu debian\"\n"));
        assert!(!is_ubuntu("ID=debian\nHOME_URL=\"https://ubuntu.example/\"\n"));
    }
}
