//! The log: what happened and where, ids only, a file a day for a week. Never what a person wrote: a panic's message
//! may carry it, so only the place of a panic is kept.

use std::path::Path;

use tracing_appender::non_blocking::WorkerGuard;
use tracing_appender::rolling::{Builder, Rotation};

const DAYS: usize = 7;

/// Starts the log in the folder. The guard writes out what is left when it is dropped. Without a log the program goes
/// on: it must open on a full disk too.
#[must_use]
pub fn start(folder: &Path) -> Option<WorkerGuard> {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or_else(String::new, ToString::to_string);
        tracing::error!(place, "panic");
    }));
    std::fs::create_dir_all(folder).ok()?;
    let files = Builder::new()
        .rotation(Rotation::DAILY)
        .filename_prefix("waymark")
        .filename_suffix("log")
        .max_log_files(DAYS)
        .build(folder)
        .ok()?;
    let (writer, guard) = tracing_appender::non_blocking(files);
    tracing_subscriber::fmt()
        .with_writer(writer)
        .with_ansi(false)
        .with_max_level(tracing::Level::INFO)
        .init();
    Some(guard)
}
