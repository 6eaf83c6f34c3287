//! `cargo xtask run`: from a fresh checkout to the open window.

use crate::command::{command, finish};
use crate::display::{VirtualDisplay, is_there};
use crate::picture::Picture;
use crate::processes::{Owned, tied};
use crate::{place, setup};
use anyhow::{Result, bail};
use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::thread::sleep;
use std::time::{Duration, Instant};

/// How long the first page may take on a slow and busy machine.
const PATIENCE: Duration = Duration::from_secs(60);
/// How long a page that shows something is given to come to rest.
const REST: Duration = Duration::from_secs(6);
const BETWEEN_LOOKS: Duration = Duration::from_millis(400);

/// Sets up, builds and opens the window; `arguments` go to the program.
pub fn run(arguments: &[String]) -> Result<()> {
    let mut times = Times(Vec::new());
    times.of("set-up: system packages", setup::libraries)?;
    times.of("set-up: node packages", setup::packages)?;
    times.of("set-up: catalogue file", setup::catalogue)?;
    times.of("set-up: pages", setup::pages)?;
    times.of("build", || setup::build(&["waymark"]))?;
    times.tell();
    if is_there() {
        let mut window = command(place::program("debug", "waymark"));
        window.args(arguments);
        return finish(window);
    }
    println!(
        "There is no display here: the window opens in a virtual one, with records of its own that are thrown away."
    );
    photograph(arguments)
}

/// What each stage of the set-up took.
struct Times(Vec<(&'static str, Duration)>);

impl Times {
    fn of(&mut self, name: &'static str, stage: impl FnOnce() -> Result<()>) -> Result<()> {
        println!("── {name} ──");
        let start = Instant::now();
        stage()?;
        self.0.push((name, start.elapsed()));
        Ok(())
    }

    fn tell(&self) {
        println!("\n{}", timing_line("stage", "seconds"));
        for (name, took) in &self.0 {
            println!("{}", timing_line(name, &format!("{:.1}", took.as_secs_f64())));
        }
        let all: Duration = self.0.iter().map(|(_, took)| *took).sum();
        println!("{}\n", timing_line("all", &format!("{:.1}", all.as_secs_f64())));
    }
}

/// A line of the table of times, the same for every command.
pub fn timing_line(name: &str, seconds: &str) -> String {
    format!("{name:<44} {seconds:>8}")
}

/// Opens the window on a virtual display, saves the first page as `target/waymark.png` and fails if it is blank.
pub fn photograph(arguments: &[String]) -> Result<()> {
    photograph_program(&place::program("debug", "waymark"), arguments, &place::target().join("waymark.png"))
}

/// The same with any program, and into any file.
pub fn photograph_program(program: &Path, arguments: &[String], file: &Path) -> Result<()> {
    let home = Home::make()?;
    let mut display = VirtualDisplay::start()?;
    let mut window = tied(program);
    window.args(arguments).stdin(Stdio::null());
    home.lend(&mut window);
    display.lend(&mut window);
    let mut window = Owned(window.spawn()?);
    let picture = first_page(&mut display, &mut window)?;
    window.end();
    picture.save(file)?;
    if let Some(fault) = Picture::from_png(file)?.fault() {
        bail!("the first page is blank: {fault} ({})", file.display());
    }
    println!("The first page is in {}.", file.display());
    Ok(())
}

/// The screen once something is on it and has come to rest, or as it is when patience ends.
fn first_page(display: &mut VirtualDisplay, window: &mut Owned) -> Result<Picture> {
    let start = Instant::now();
    let mut painted: Option<Instant> = None;
    let mut last = display.picture()?;
    loop {
        sleep(BETWEEN_LOOKS);
        if let Some(status) = window.0.try_wait()? {
            bail!("the window closed by itself with {status}");
        }
        let now = display.picture()?;
        if now.fault().is_none() {
            let since = *painted.get_or_insert_with(Instant::now);
            if now.resembles(&last) || since.elapsed() > REST {
                return Ok(now);
            }
        }
        if start.elapsed() > PATIENCE {
            return Ok(now);
        }
        last = now;
    }
}

/// A home folder that is thrown away, so that a trial leaves no records behind.
pub struct Home(std::path::PathBuf);

impl Home {
    /// Makes an empty one.
    pub fn make() -> Result<Self> {
        let path = place::target().join("tmp").join(format!("home-{}", std::process::id()));
        if path.exists() {
            fs::remove_dir_all(&path)?;
        }
        fs::create_dir_all(&path)?;
        Ok(Self(path))
    }

    /// Where the program keeps its records in it (on Linux).
    pub fn records(&self) -> std::path::PathBuf {
        self.0.join("data/waymark/records")
    }

    /// Points a program at it.
    pub fn lend(&self, command: &mut std::process::Command) {
        command.env("HOME", &self.0);
        for (name, folder) in [
            ("XDG_DATA_HOME", "data"),
            ("XDG_CONFIG_HOME", "config"),
            ("XDG_CACHE_HOME", "cache"),
            ("XDG_STATE_HOME", "state"),
        ] {
            command.env(name, self.0.join(folder));
        }
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.0) {
            eprintln!("{} is left behind: {error}", self.0.display());
        }
    }
}
