//! Where things lie in the checkout.

use std::env;
use std::path::{Path, PathBuf};

/// The checkout.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// What the commands write: pictures, stamps, the catalogue file, tools.
pub fn target() -> PathBuf {
    root().join("target")
}

/// Cargo's own folder, which `CARGO_TARGET_DIR` moves.
pub fn cargo_target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(target, |moved| root().join(moved))
}

/// A program of the workspace, built with `profile` ("debug" or "release").
pub fn program(profile: &str, name: &str) -> PathBuf {
    cargo_target().join(profile).join(format!("{name}{}", env::consts::EXE_SUFFIX))
}

/// The compiled catalogue.
pub fn catalogue() -> PathBuf {
    target().join("waymark-catalogue.db")
}

/// Tools that the commands install for themselves, so that nothing is installed outside the checkout.
pub fn tools() -> PathBuf {
    target().join("tools")
}
