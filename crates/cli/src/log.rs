//! `log`: check the log of disclosures and changes.

use clap::Subcommand;
use serde_json::json;

use crate::desk::Opened;
use crate::output::{Failure, Output};

#[derive(Subcommand)]
pub enum Log {
    /// Walk along the chain, and name the first link that does not hold
    Verify(Opened),
}

pub fn run(log: &Log, output: &mut Output) -> Result<(), Failure> {
    let Log::Verify(opened) = log;
    let session = opened.open()?;
    let checked = session.call("log.verify", json!({}))?;
    session.close()?;
    output.value(&checked)?;
    if checked["broken"].is_null() {
        Ok(())
    } else {
        Err(Failure::Failed("log.broken", "the log does not hold".into()))
    }
}
