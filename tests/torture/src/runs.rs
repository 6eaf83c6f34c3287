//! Every run by name. One that is added here is a subcommand of `torture`, part of `cargo xtask torture`, and a row of
//! the table in `docs/RELIABILITY.md`.

use crate::report::{Report, Wish};
use crate::{clock, copies, faults, kills, mounts, outside, power};

/// One run.
pub struct Run {
    /// Its name.
    pub name: &'static str,
    /// What it does, in a line for the table.
    pub what: &'static str,
    /// Cases of the long form.
    pub long: u64,
    /// Carries it out.
    pub run: fn(Wish) -> Report,
}

/// All of them, in the order of the table.
pub const RUNS: &[Run] = &[
    Run {
        name: "kills",
        what: "a program at work ended with kill -9 at a random moment, its files opened and read",
        long: 1000,
        run: kills::workers,
    },
    Run {
        name: "kills-devhost",
        what: "the same on the test host, over HTTP",
        long: 200,
        run: kills::devhosts,
    },
    Run {
        name: "power",
        what: "the power cut at a random call of a whole process, from a trace: unsynced bytes and names lost or torn",
        long: 500,
        run: power::processes,
    },
    Run {
        name: "power-sqlite",
        what: "the same with a layer below SQLite that records every write and sync",
        long: 500,
        run: power::sqlite,
    },
    Run {
        name: "flips",
        what: "one bit of one of the records' files is another: every page, frame and header, then by chance",
        long: 6000,
        run: outside::flips,
    },
    Run {
        name: "inputs",
        what: "seeded mutations of kept inputs for every reader of outside bytes, so many for each",
        long: 1_000_000,
        run: outside::inputs,
    },
    Run {
        name: "faults",
        what: "disk full, failing writes, syncs and reads at every call of SQLite's, once or for good, then well again",
        long: 2000,
        run: faults::sqlite,
    },
    #[cfg(unix)]
    Run {
        name: "faults-process",
        what: "the same for a whole process and its own files: calls that fail under strace",
        long: 480,
        run: crate::injected::run,
    },
    Run {
        name: "mounts",
        what: "a small disk that fills up, a read-only one, a user who may not write, the folder moved or deleted",
        long: 100,
        run: mounts::run,
    },
    Run {
        name: "copies",
        what: "a second copy of the program while the first works, and after the first was killed",
        long: 100,
        run: copies::run,
    },
    Run {
        name: "clock",
        what: "work under a clock that jumps back and forth and over both changes of daylight-saving time",
        long: 200,
        run: clock::run,
    },
];

/// The run of this name.
#[must_use]
pub fn by_name(name: &str) -> Option<&'static Run> {
    RUNS.iter().find(|run| run.name == name)
}
