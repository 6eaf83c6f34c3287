//! Opening the records by the keychain of the person's account on this computer, where they have turned that on. The
//! keychain is asked once in a run of the program, for its first opening: what was locked opens with the passphrase.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde::Serialize;
use ts_rs::TS;
use waymark_records::{KeychainSecret, Vault};
use waymark_system::keychain::{Keychain, KeychainFault, Unreached};

use super::keys::Proof;
use super::{VaultStatus, opening, tried};
use crate::Desk;
use crate::desk::blocking;
use crate::errors::{ApiError, VaultError};
use crate::settings::managed::keychain_allowed;
use crate::shapes::Nothing;

/// The system's keychain, and whether it has had its turn in this run of the program.
pub(crate) struct Turn {
    system: Arc<dyn Keychain>,
    /// Records were opened or locked since the program started.
    over: AtomicBool,
}

impl Default for Turn {
    fn default() -> Self {
        Self { system: Arc::new(Unreached), over: AtomicBool::new(false) }
    }
}

impl Turn {
    /// From now on the keychain opens nothing in this run.
    pub(crate) fn end(&self) {
        self.over.store(true, Ordering::SeqCst);
    }

    fn is_over(&self) -> bool {
        self.over.load(Ordering::SeqCst)
    }
}

/// How opening by the keychain stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct KeychainPage {
    /// Whether it is turned on for these records.
    pub on: bool,
    /// Whether the keychain can be asked to open the records now.
    pub offered: bool,
    /// Code of what stands in its way, where something does.
    pub problem: Option<String>,
}

/// Opening by the keychain was turned off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct KeychainOff {
    /// Whether the keychain has forgotten the secret. One that it still holds opens nothing any more.
    pub forgotten: bool,
}

/// How opening by the keychain stands, with the records open or locked. The keychain is asked where that can matter, and
/// the person is not.
pub async fn keychain(desk: &Desk, _: Nothing) -> Result<KeychainPage, ApiError> {
    let locked = desk.open.read().await.is_none();
    if locked {
        desk.own()?;
    }
    let vault = desk.vault();
    let on = vault.keys_state()?.keychain;
    if locked && (!on || desk.keychain.is_over()) {
        return Ok(KeychainPage { on, offered: false, problem: None });
    }
    let problem = in_the_way(desk, &vault, on).await.err();
    let offered = locked && problem.is_none();
    Ok(KeychainPage { on, offered, problem: problem.map(|fault| fault.code.to_owned()) })
}

/// Turns it on. The secret goes into the keychain before the file of keys is wrapped for it: a secret without a slot
/// opens nothing, a slot without its secret could not be used.
pub async fn keychain_on(desk: &Desk, input: Proof) -> Result<KeychainPage, ApiError> {
    drop(desk.records().await?);
    keychain_allowed(desk)?;
    tried(desk, move |vault| vault.prove(&input.passphrase)).await?;
    let secret = KeychainSecret::new(desk.surroundings.as_ref())?;
    let (id, text) = (desk.vault().records_id()?, secret.text());
    let name = id.clone();
    // The records are not held for it: the system may ask the person, and a lock must not wait for their answer.
    asked(desk, move |keychain| keychain.store(&name, &text)).await?;
    if let Err(fault) = wrapped_for(desk, &id, secret).await {
        forgotten(desk, id).await;
        return Err(fault);
    }
    keychain(desk, Nothing {}).await
}

async fn wrapped_for(desk: &Desk, id: &str, secret: KeychainSecret) -> Result<(), ApiError> {
    let open = desk.open.write().await;
    // Others may be open by now than those whose passphrase was asked for.
    let still = desk.vault().records_id()? == id;
    let records = open.as_ref().filter(|_| still).ok_or(VaultError::Locked)?;
    Ok(records.set_keychain(Some(secret)).await?)
}

/// Turns it off: the keychain's secret opens nothing from then on, whether the keychain forgets it or not.
pub async fn keychain_off(desk: &Desk, _: Nothing) -> Result<KeychainOff, ApiError> {
    let id = {
        let open = desk.open.write().await;
        let records = open.as_ref().ok_or(VaultError::Locked)?;
        records.set_keychain(None).await?;
        desk.vault().records_id()?
    };
    Ok(KeychainOff { forgotten: forgotten(desk, id).await })
}

/// Opens the records by the keychain, if nothing was opened or locked since the program started.
pub async fn unlock_by_keychain(desk: &Desk, _: Nothing) -> Result<VaultStatus, ApiError> {
    may_open(desk)?;
    desk.own()?;
    let vault = desk.vault();
    if !vault.keys_state()?.keychain {
        return Err(VaultError::KeychainWrong.into());
    }
    let id = vault.records_id()?;
    let secret = asked(desk, move |keychain| keychain.fetch(&id)).await?;
    let secret = KeychainSecret::read(&secret.ok_or(VaultError::KeychainLost)?)?;
    // Asked again once nobody else can open or lock them: that may have happened while the keychain was waited for.
    opening(desk, false, may_open, move |vault| vault.unlock_by_keychain(&secret)).await
}

fn may_open(desk: &Desk) -> Result<(), ApiError> {
    keychain_allowed(desk)?;
    if desk.keychain.is_over() { Err(VaultError::KeychainOver.into()) } else { Ok(()) }
}

/// What stands in the way of the keychain, asking the person nothing.
async fn in_the_way(desk: &Desk, vault: &Vault, on: bool) -> Result<(), ApiError> {
    keychain_allowed(desk)?;
    let id = vault.records_id()?;
    let holds = asked(desk, move |keychain| keychain.holds(&id)).await?;
    if on && !holds { Err(VaultError::KeychainLost.into()) } else { Ok(()) }
}

/// Says whether keys that were wrapped anew have lost the slot that they had `before`; the secret goes then as well.
pub(super) async fn went(desk: &Desk, before: bool) -> Result<bool, ApiError> {
    let vault = desk.vault();
    let gone = before && !vault.keys_state()?.keychain;
    if gone {
        forgotten(desk, vault.records_id()?).await;
    }
    Ok(gone)
}

/// Whether the records in use have a slot for the keychain, as far as their file of keys can be read.
pub(super) fn is_on(desk: &Desk) -> bool {
    desk.vault().keys_state().is_ok_and(|state| state.keychain)
}

/// Has the keychain forget a secret; says whether it did. What it keeps opens nothing by itself.
async fn forgotten(desk: &Desk, id: String) -> bool {
    let forgotten = asked(desk, move |keychain| keychain.forget(&id)).await;
    if let Err(error) = &forgotten {
        tracing::warn!(code = error.code, "the keychain still holds a secret that opens nothing");
    }
    forgotten.is_ok()
}

/// Asks the keychain, off the caller's thread.
async fn asked<T, F>(desk: &Desk, ask: F) -> Result<T, ApiError>
where
    T: Send + 'static,
    F: FnOnce(&dyn Keychain) -> Result<T, KeychainFault> + Send + 'static,
{
    let system = Arc::clone(&desk.keychain.system);
    let fault = |fault| match fault {
        KeychainFault::Missing => VaultError::KeychainMissing.into(),
        KeychainFault::Refused => VaultError::KeychainRefused.into(),
    };
    blocking(move || ask(system.as_ref()).map_err(fault)).await
}

impl Desk {
    /// The same desk with the keychain of the person's account on this computer.
    #[must_use]
    pub fn with_keychain(mut self, system: Arc<dyn Keychain>) -> Self {
        self.keychain = Turn { system, ..self.keychain };
        self
    }

    /// Records were opened: what was kept of others is begun anew, and the keychain has had its turn.
    pub(crate) fn opened(&self) {
        self.keeping.begin_anew();
        self.keychain.end();
    }
}
