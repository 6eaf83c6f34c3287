//! Everything encrypted anew under a new data key: a job that says how far it is and can be called off. Other jobs are
//! stopped first, for they work under the old key. The records are closed for it, and open again when it ends, however it
//! ends.

use std::ops::ControlFlow;

use waymark_records::{PlaceOutcome, Vault};
use zeroize::Zeroizing;

use super::keys::{Proof, Rewrapped, left_of};
use super::{keychain, tried};
use crate::Desk;
use crate::desk::blocking;
use crate::errors::{ApiError, BackupsError, VaultError};
use crate::jobs::{JobKind, LONGEST_STOP};

/// Encrypts everything anew. Answers when it is done; `jobs.list` says how far it is meanwhile.
pub async fn new_key(desk: &Desk, input: Proof) -> Result<Rewrapped, ApiError> {
    drop(desk.records().await?);
    let passphrase = input.passphrase.clone();
    // Proved first: what is closed now has to open again.
    tried(desk, move |vault| vault.prove(&passphrase)).await?;
    // Jobs first, then the turn, then the records: the order of everything that takes all three.
    if !desk.jobs.stop_all(LONGEST_STOP).await {
        return Err(BackupsError::Busy.into());
    }
    let turn = desk.keeping.turn_soon().await?;
    let mut open = desk.open.write().await;
    let closed = open.take().ok_or(VaultError::Locked)?.close().await;
    let (vault, before) = (desk.vault(), keychain::is_on(desk));
    let outcome = match closed {
        Ok(()) => encrypted_anew(desk, vault.clone(), input.passphrase.clone()).await,
        Err(fault) => Err(fault.into()),
    };
    let opened = blocking(move || Ok(vault.unlock(&input.passphrase)?)).await;
    if let (Err(fault), Err(_)) = (&outcome, &opened) {
        tracing::error!(code = fault.code, "there is no new key, and the records did not open again");
    }
    *open = Some(opened?);
    desk.opened();
    drop((turn, open));
    Ok(Rewrapped { left: left_of(outcome?), keychain_off: keychain::went(desk, before).await? })
}

async fn encrypted_anew(
    desk: &Desk,
    vault: Vault,
    passphrase: Zeroizing<String>,
) -> Result<Vec<PlaceOutcome>, ApiError> {
    let running = desk.jobs.begin(JobKind::NewKey, None, move |job| {
        let seen = job.clone();
        let told = Box::new(move |done, total| {
            seen.at(done, total);
            if seen.is_to_stop() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        Ok(vault.new_key(&passphrase, told)?)
    });
    running.outcome().await
}
