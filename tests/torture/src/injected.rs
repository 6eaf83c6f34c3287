//! Faults of the disk below a whole process: `strace` lets its calls fail, so that our own files (the file of keys, the
//! settings, backups) meet them as well as SQLite's.

use std::process::Stdio;

use crate::drive::{Line, verify, worlds};
use crate::faults::{OF_THE_DISK, base, unfinished};
use crate::files::{copy, keep, place};
use crate::kills::{lines_of, worker};
use crate::report::{Report, Tally, Wish};

/// The calls that fail, and how.
const FAULTS: &[(&str, &str)] = &[
    ("fsync,fdatasync", "EIO"),
    ("pwrite64", "ENOSPC"),
    ("write", "ENOSPC"),
    ("rename,renameat,renameat2", "EIO"),
    ("ftruncate", "EIO"),
    ("fsync,fdatasync", "ENOSPC"),
    ("openat", "EIO"),
    ("write", "EIO"),
];

/// The newest moment at which a call fails, counted in each thread.
const LATEST: u64 = 60;

/// Faults in a worker.
#[must_use]
pub fn run(wish: Wish) -> Report {
    let mut tally = Tally::new("faults-process", wish);
    if let Some(why) = crate::traced::why_not() {
        tally.not_run(why);
        return tally.report();
    }
    while let Some(seed) = tally.next_seed() {
        let outcome = one(seed);
        tally.case(seed, outcome);
    }
    tally.report()
}

fn one(seed: u64) -> Result<(), String> {
    let kinds = FAULTS.len() as u64;
    let (calls, error) =
        usize::try_from(seed % kinds).ok().and_then(|index| FAULTS.get(index)).copied().ok_or("no fault")?;
    let round = seed / kinds;
    let when = 1 + round % LATEST;
    let lasting = if (round / LATEST) % 2 == 1 { "+" } else { "" };
    let base = base()?;
    let (_place, path) = place();
    let home = path.join("home");
    copy(&base.home, &home).map_err(|error| error.kind().to_string())?;
    let told = format!("{error} from {calls} at call {when}{lasting}");
    let command = worker(&home, &base.state, seed, 25)?;
    let mut strace = std::process::Command::new("strace");
    strace.args(["-f", "-q", "-o", "/dev/null", "-e", &format!("trace={calls}")]);
    strace.args(["-e", &format!("inject={calls}:error={error}:when={when}{lasting}"), "--"]);
    strace.arg(command.get_program()).args(command.get_args());
    let output = strace.stdin(Stdio::null()).output().map_err(|error| error.kind().to_string())?;
    let said = String::from_utf8_lossy(&output.stdout);
    let said: Vec<String> = said.lines().map(str::to_owned).collect();
    let check = || {
        let lines = lines_of(&said)?;
        for line in &lines {
            if let Line::Refused(code) = line
                && !OF_THE_DISK.contains(&code.as_str())
                && !["vault.locked", "vault.folder_unusable"].contains(&code.as_str())
            {
                return Err(format!("an act was refused with {code}"));
            }
        }
        let left = unfinished(&home);
        if !left.is_empty() {
            return Err(format!("{} half-written files are left", left.len()));
        }
        verify(&home, &worlds(&base.state, &lines)?).map(|_| ())
    };
    check().map_err(|fault: String| format!("{told}: {fault}; {}", keep(&home, "faults-process", seed)))
}
