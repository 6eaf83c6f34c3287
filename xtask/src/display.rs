//! A display for machines without one: Xvfb, whose picture lies in a file that is read here without another tool.

use crate::picture::Picture;
use crate::processes::{Owned, tied};
use crate::{apt, place};
use anyhow::{Context, Result, bail};
use std::io::Read;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::{env, fs};

/// Whether a window can be opened as things are.
pub fn is_there() -> bool {
    ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| env::var_os(name).is_some_and(|value| !value.is_empty()))
        || !cfg!(target_os = "linux")
}

/// A virtual screen that ends when this value does.
pub struct VirtualDisplay {
    server: Owned,
    folder: PathBuf,
    number: u32,
}

impl VirtualDisplay {
    /// Starts one on a display number that nobody uses.
    pub fn start() -> Result<Self> {
        apt::install(apt::VIRTUAL_DISPLAY)?;
        let folder = place::target().join("tmp").join(format!("display-{}", std::process::id()));
        fs::create_dir_all(&folder)?;
        let mut xvfb = tied("Xvfb");
        xvfb.args(["-displayfd", "1", "-screen", "0", "1360x860x24", "-nolisten", "tcp", "-fbdir"])
            .arg(&folder)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut server = Owned(xvfb.spawn().context("Xvfb could not be started")?);
        let number = display_number(&mut server.0)?;
        Ok(Self { server, folder, number })
    }

    /// Points a program at this display.
    pub fn lend(&self, command: &mut Command) {
        command
            .env("DISPLAY", format!(":{}", self.number))
            .env_remove("WAYLAND_DISPLAY")
            .env("GDK_BACKEND", "x11");
    }

    /// What the screen shows now.
    pub fn picture(&mut self) -> Result<Picture> {
        if let Some(status) = self.server.0.try_wait()? {
            bail!("the virtual display ended by itself with {status}");
        }
        Picture::from_xwd(&fs::read(self.folder.join("Xvfb_screen0")).context("the screen cannot be read")?)
    }
}

impl Drop for VirtualDisplay {
    fn drop(&mut self) {
        self.server.end();
        if let Err(error) = fs::remove_dir_all(&self.folder) {
            eprintln!("{} is left behind: {error}", self.folder.display());
        }
    }
}

/// Xvfb writes the number that it took, and a line end.
fn display_number(server: &mut Child) -> Result<u32> {
    let mut stdout = server.stdout.take().context("Xvfb has no output")?;
    let mut number = String::new();
    let mut byte = [0];
    while stdout.read(&mut byte)? == 1 && byte[0] != b'\n' {
        number.push(char::from(byte[0]));
    }
    number.trim().parse().with_context(|| format!("Xvfb did not start; it answered '{number}'"))
}
