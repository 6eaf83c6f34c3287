//! Writes the contract for the pages, or checks that the written one is fresh.

#![allow(clippy::print_stderr, reason = "a build step speaks on the terminal")]

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/src/generated/contract.ts");
    let fresh = waymark_api::contract::typescript();
    if std::env::args().any(|argument| argument == "--check") {
        return match std::fs::read_to_string(&file) {
            Ok(written) if written == fresh => ExitCode::SUCCESS,
            _ => {
                eprintln!("{} is stale: run `cargo xtask contract`", file.display());
                ExitCode::FAILURE
            }
        };
    }
    let written =
        file.parent().map_or(Ok(()), std::fs::create_dir_all).and_then(|()| std::fs::write(&file, fresh));
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}: {error}", file.display());
            ExitCode::FAILURE
        }
    }
}
