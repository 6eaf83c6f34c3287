//! The .deb as a person gets it: installed, looked for in the menu, started, removed again. Only as root, and only
//! where no Waymark is installed that somebody may be using.

use crate::command::{command, finish, output};
use crate::run::photograph_program;
use crate::{apt, place};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};

/// Tries the package out, or says why that was not done.
pub fn try_out(deb: &Path) -> Result<()> {
    if !apt::is_root()? {
        println!("not run: installing the .deb, which only root may (sudo apt install {})", deb.display());
        return Ok(());
    }
    let mut field = command("dpkg-deb");
    field.args(["--field"]).arg(deb).arg("Package");
    let package = output(field)?.trim().to_owned();
    if apt::is_installed(&package)? {
        println!("not run: installing the .deb, because a package '{package}' is installed already");
        return Ok(());
    }
    let file = deb.to_str().context("the package's path is no text")?;
    finish(apt::apt(&["install", "-y", "-qq", "--no-install-recommends", file])?)?;
    let tried = start(&package);
    finish(apt::apt(&["remove", "-y", "-qq", &package])?)?;
    tried?;
    if apt::is_installed(&package)? {
        bail!("{package} is still installed after it was removed");
    }
    println!("The .deb was installed, started until its first page was painted, and removed again.");
    Ok(())
}

/// What the menu starts is there and paints its first page.
fn start(package: &str) -> Result<()> {
    let mut listed = command("dpkg");
    listed.args(["--listfiles", package]);
    let listed = output(listed)?;
    let entry = listed
        .lines()
        .find(|path| Path::new(path).extension().is_some_and(|ending| ending == "desktop"))
        .context("the package has no entry for the menu")?;
    let text = fs::read_to_string(entry).with_context(|| format!("{entry} cannot be read"))?;
    let program = started_by(&text).with_context(|| format!("{entry} starts nothing"))?;
    let program = if program.is_absolute() { program } else { Path::new("/usr/bin").join(program) };
    if !listed.lines().any(|path| Path::new(path) == program) {
        bail!("{entry} starts {}, which is no part of the package", program.display());
    }
    photograph_program(&program, &[], &place::target().join("waymark-installed.png"))
}

/// The program in a menu entry's `Exec` line.
fn started_by(entry: &str) -> Option<PathBuf> {
    let line = entry.lines().find_map(|line| line.strip_prefix("Exec="))?;
    Some(line.split_whitespace().next()?.trim_matches('"').into())
}

#[cfg(test)]
mod tests {
    use super::started_by;
    use std::path::Path;

    #[test]
    fn the_program_is_read_from_a_menu_entry() {
        let entry = "[Desktop Entry]\nName=Waymark\nExec=waymark %U\n";
        assert_eq!(started_by(entry).as_deref(), Some(Path::new("waymark")));
        assert_eq!(started_by("Exec=\"/opt/w\"\n").as_deref(), Some(Path::new("/opt/w")));
        assert_eq!(started_by("[Desktop Entry]\nName=Waymark\n"), None);
    }
}
