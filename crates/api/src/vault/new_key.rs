//! Everything encrypted anew under a new data key: a job that says how far it is and can be called off. The records are
//! closed for it, and open again when it ends, however it ends.

use std::ops::ControlFlow;

use super::keys::{Proof, Rewrapped, left_of};
use super::tried;
use crate::Desk;
use crate::desk::blocking;
use crate::errors::{ApiError, VaultError};
use crate::jobs::JobKind;

/// Encrypts everything anew. Answers when it is done; `jobs.list` says how far it is meanwhile.
pub async fn new_key(desk: &Desk, input: Proof) -> Result<Rewrapped, ApiError> {
    let mut open = desk.open.write().await;
    if open.is_none() {
        return Err(VaultError::Locked.into());
    }
    let passphrase = input.passphrase.clone();
    // Proved first: what is closed now has to open again.
    tried(desk, move |vault| vault.prove(&passphrase)).await?;
    if let Some(records) = open.take() {
        records.close().await?;
    }
    let vault = desk.vault();
    let (working, passphrase) = (vault.clone(), input.passphrase.clone());
    let running = desk.jobs.begin(JobKind::NewKey, None, move |job| {
        let seen = job.clone();
        let told = Box::new(move |done, total| {
            seen.at(done, total);
            if seen.is_to_stop() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        Ok(working.new_key(&passphrase, told)?)
    });
    let outcome = running.outcome().await;
    *open = Some(blocking(move || Ok(vault.unlock(&input.passphrase)?)).await?);
    Ok(Rewrapped { left: left_of(outcome?) })
}
