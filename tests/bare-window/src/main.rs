//! A window that shows one line and says when it has been drawn: the baseline of `cargo xtask bench`. Never shipped.
#![forbid(unsafe_code)]
#![allow(clippy::print_stderr, reason = "the bench reads the moment from there")]

use std::process::ExitCode;

/// Called by the page on its second frame.
#[tauri::command]
fn painted() {
    eprintln!("bench: painted");
}

#[expect(clippy::disallowed_methods, reason = "Tauri's own, where its configuration cannot be read")]
fn main() -> ExitCode {
    let context = tauri::generate_context!();
    match tauri::Builder::default().invoke_handler(tauri::generate_handler![painted]).run(context) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
