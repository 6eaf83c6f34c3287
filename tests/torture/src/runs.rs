//! Every run by name. One that is added here is a subcommand of `torture`, part of `cargo xtask torture`, and a row of
//! the table in `docs/RELIABILITY.md`.

use crate::report::{Report, Wish};
use crate::{kills, outside, power};

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
        long: 3000,
        run: outside::flips,
    },
    Run {
        name: "inputs",
        what: "seeded mutations of kept inputs for every reader of outside bytes, so many for each",
        long: 1_000_000,
        run: outside::inputs,
    },
];

/// The run of this name.
#[must_use]
pub fn by_name(name: &str) -> Option<&'static Run> {
    RUNS.iter().find(|run| run.name == name)
}
