//! The log: what happened and where, ids only, a file a day for a week. Never what a person wrote: a panic's message
//! may carry it, so only the place of a panic is kept.

use std::path::Path;

use tracing_appender::non_blocking::WorkerGuard;
use tracing_appender::rolling::{Builder, Rotation};
use tracing_subscriber::filter::Targets;
use tracing_subscriber::prelude::*;

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
    // Our own lines only: what a library says may carry paths or text that it was given.
    let ours = Targets::new().with_target("waymark", tracing::Level::INFO);
    let lines = tracing_subscriber::fmt::layer().with_writer(writer).with_ansi(false).with_filter(ours);
    tracing_subscriber::registry().with(lines).init();
    Some(guard)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neither_a_panic_s_words_nor_a_library_s_reach_the_log() {
        let folder = tempfile::TempDir::new().unwrap();
        let guard = start(folder.path());
        assert!(guard.is_some());
        tracing::info!("an own line");
        tracing::error!(target: "some_library", "planted-library-word");
        let panicked = std::thread::spawn(|| panic!("planted-panic-word")).join();
        assert!(panicked.is_err());
        drop(guard);
        let files = std::fs::read_dir(folder.path()).unwrap();
        let written: String =
            files.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap()).collect();
        assert!(written.contains("an own line"), "{written}");
        assert!(written.contains("panic") && written.contains("log.rs"), "{written}");
        assert!(!written.contains("planted"), "{written}");
    }
}
