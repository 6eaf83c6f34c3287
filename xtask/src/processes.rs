//! Programs that this one starts, and that must not outlive it.

use anyhow::{Context, Result, bail};
use std::io::IsTerminal;
use std::process::{Child, Command};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// A program that ends with this one, even if this one is killed.
pub fn tied(program: impl AsRef<std::ffi::OsStr>) -> Command {
    if cfg!(target_os = "linux") && std::path::Path::new("/usr/bin/setpriv").exists() {
        let mut command = crate::command::command("/usr/bin/setpriv");
        command.args(["--pdeathsig", "TERM", "--"]).arg(program);
        command
    } else {
        crate::command::command(program)
    }
}

/// A program that this one started, and ends.
pub struct Owned(pub Child);

impl Owned {
    /// Asks the program to end, and ends it if it does not within three seconds.
    pub fn end(&mut self) {
        #[cfg(unix)]
        if let Some(id) = i32::try_from(self.0.id()).ok().and_then(rustix::process::Pid::from_raw)
            && matches!(self.0.try_wait(), Ok(None))
            && rustix::process::kill_process(id, rustix::process::Signal::TERM).is_ok()
        {
            for _ in 0..60 {
                if !matches!(self.0.try_wait(), Ok(None)) {
                    return;
                }
                sleep(Duration::from_millis(50));
            }
        }
        // Fails only for a program that has ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Drop for Owned {
    fn drop(&mut self) {
        self.end();
    }
}

/// Runs to the end, but no longer than `limit`; whatever it has started and left is ended with it.
pub fn finish_family(mut command: Command, limit: Duration) -> Result<()> {
    // At a terminal, Ctrl-C must reach the whole family, so it stays in the terminal's group.
    let apart = cfg!(unix) && !std::io::stdin().is_terminal();
    #[cfg(unix)]
    if apart {
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
    }
    let told = format!("`{}`", command.get_program().to_string_lossy());
    let mut first = Owned(command.spawn().with_context(|| format!("{told} could not be started"))?);
    let begun = Instant::now();
    let status = loop {
        if let Some(status) = first.0.try_wait()? {
            break Some(status);
        }
        if begun.elapsed() > limit {
            break None;
        }
        sleep(Duration::from_millis(100));
    };
    #[cfg(unix)]
    if apart && let Some(group) = i32::try_from(first.0.id()).ok().and_then(rustix::process::Pid::from_raw) {
        // Fails where nobody is left, which is as it should be.
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
    match status {
        Some(status) if status.success() => Ok(()),
        Some(status) => bail!("{told} ended with {status}"),
        None => bail!("{told} was ended after {} minutes", limit.as_secs() / 60),
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_hangs_is_ended_and_said_to_have_failed() {
        let mut hanging = Command::new("sleep");
        hanging.arg("60");
        let begun = Instant::now();
        assert!(finish_family(hanging, Duration::from_millis(200)).is_err());
        assert!(begun.elapsed() < Duration::from_secs(30));
    }

    #[test]
    fn a_program_that_fails_has_failed() {
        assert!(finish_family(Command::new("false"), Duration::from_secs(10)).is_err());
        assert!(finish_family(Command::new("true"), Duration::from_secs(10)).is_ok());
    }
}
