//! The runs that try to lose, to break or to read what a counselor wrote. Each is a subcommand of the program `torture`
//! with a short form among the tests; `cargo xtask torture` runs them all for as long as one likes.
//!
//! A run is a function from [`report::Wish`] to [`report::Report`]; it is named in [`runs::RUNS`].
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a run that can't go on must stop where it stands"
)]
#![allow(clippy::missing_panics_doc, reason = "the same")]
#![allow(
    clippy::unnecessary_wraps,
    reason = "acts and cases share one shape, whether or not each can refuse"
)]

pub mod acts;
pub mod clock;
pub mod copies;
pub mod drive;
pub mod faults;
pub mod files;
pub mod host;
#[cfg(unix)]
pub mod injected;
pub mod kills;
pub mod mounts;
pub mod outside;
pub mod power;
pub mod report;
pub mod runs;
pub mod state;
#[cfg(unix)]
pub mod traced;
pub mod worker;
