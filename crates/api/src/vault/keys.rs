//! What a counselor does with the keys of open records: another passphrase, another recovery key, a recovery key for
//! the school. Each asks for the passphrase again, and a wrong one waits as it does at the door.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use waymark_records::{PlaceState, RecordsError, SchoolPublicKey, Vault};
use zeroize::Zeroizing;

use super::{OpenedBy, RecoveryKey, keychain, long_enough, opened_by, tried};
use crate::Desk;
use crate::desk::blocking;
use crate::errors::{ApiError, VaultError};
use crate::shapes::Nothing;

/// How the keys stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each says of another key whether it is there, for the page"
)]
pub struct KeysPage {
    /// By what the records were opened.
    pub opened_by: OpenedBy,
    /// Whether the school has a recovery key.
    pub school_key: bool,
    /// The public half of the recovery key that the school has set for this computer, while it does not open these
    /// records: it is offered, and never added by itself.
    pub offered_school_key: Option<String>,
    /// Whether the counselor's recovery key opens memory aids too; one from before they existed does not.
    pub recovery_key_is_new: bool,
    /// Whether memory aids can be read and written.
    pub memory_aids: bool,
    /// Whether this computer's keychain opens the records.
    pub keychain: bool,
    /// Backup places in which something still opens with what held before the keys were last changed.
    pub left: Vec<PlaceLeft>,
}

/// Changes the passphrase.
#[derive(Clone, Deserialize, TS)]
pub struct ChangePassphrase {
    /// The present one.
    #[ts(type = "string")]
    pub passphrase: Zeroizing<String>,
    /// The new one, at least twelve characters.
    #[ts(type = "string")]
    pub new_passphrase: Zeroizing<String>,
}

/// Puts a recovery key in the place of the present one.
#[derive(Clone, Deserialize, TS)]
pub struct SetRecoveryKey {
    /// The passphrase, asked again.
    #[ts(type = "string")]
    pub passphrase: Zeroizing<String>,
    /// The new key as the person typed it from the sheet.
    #[ts(type = "string")]
    pub recovery_key: Zeroizing<String>,
}

/// Lets a school open the records with a key that it keeps itself.
#[derive(Clone, Deserialize, TS)]
pub struct SetSchoolPublicKey {
    /// The passphrase, asked again.
    #[ts(type = "string")]
    pub passphrase: Zeroizing<String>,
    /// The public half of the school's recovery key, as the school handed it on.
    pub public_key: String,
}

/// The passphrase, asked again.
#[derive(Clone, Deserialize, TS)]
pub struct Proof {
    /// The passphrase.
    #[ts(type = "string")]
    pub passphrase: Zeroizing<String>,
}

/// The keys were wrapped anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Rewrapped {
    /// Backup places in which something still opens with what held before.
    pub left: Vec<PlaceLeft>,
    /// Whether this computer's keychain opened the records until now and does no longer.
    pub keychain_off: bool,
}

/// A backup place that could not be brought up to date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PlaceLeft {
    /// Its folder.
    pub place: String,
    /// Why.
    pub reason: LeftReason,
}

/// Why a place was left as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LeftReason {
    /// It is not there.
    Absent,
    /// It can't be written to.
    NotWritable,
    /// A backup in it opens with an earlier passphrase only.
    OlderKeys,
}

/// How the keys stand. What a change of them did not reach is gone on with, where it is within reach now.
pub async fn keys(desk: &Desk, _: Nothing) -> Result<KeysPage, ApiError> {
    let records = desk.records().await?;
    let vault = desk.vault();
    let going_on = vault.clone();
    let left = blocking(move || Ok(going_on.go_on_rewrapping()?)).await?;
    let state = vault.keys_state()?;
    let offered = match desk.managed.school_key() {
        Some(key) if !vault.is_schools(&key)? => Some(key.text()),
        _ => None,
    };
    Ok(KeysPage {
        opened_by: opened_by(&records),
        offered_school_key: offered,
        school_key: state.school_key,
        recovery_key_is_new: state.recovery_key_is_new,
        memory_aids: records.has_private_key(),
        keychain: state.keychain,
        left: left_of(left),
    })
}

/// Changes the passphrase, here and in every backup place within reach.
pub async fn change_passphrase(desk: &Desk, input: ChangePassphrase) -> Result<Rewrapped, ApiError> {
    long_enough(&input.new_passphrase)?;
    rewrapping(desk, move |vault| vault.change_passphrase(&input.passphrase, &input.new_passphrase)).await
}

/// Draws a recovery key to be printed. It opens nothing until it was typed back from the sheet.
pub async fn draw_recovery_key(desk: &Desk, _: Nothing) -> Result<RecoveryKey, ApiError> {
    let key = waymark_records::RecoveryKey::new(desk.surroundings.as_ref())?;
    Ok(RecoveryKey { groups: key.groups() })
}

/// Puts a recovery key that was typed back in the place of the counselor's present one.
pub async fn set_recovery_key(desk: &Desk, input: SetRecoveryKey) -> Result<Rewrapped, ApiError> {
    rewrapping(desk, move |vault| {
        let key = waymark_records::RecoveryKey::read(&input.recovery_key)?;
        vault.set_recovery_key(&input.passphrase, &key)
    })
    .await
}

/// Gives the school a recovery key that was typed back, in the place of one that it may have.
pub async fn set_school_key(desk: &Desk, input: SetRecoveryKey) -> Result<Rewrapped, ApiError> {
    rewrapping(desk, move |vault| {
        let key = waymark_records::RecoveryKey::read(&input.recovery_key)?.public_half()?;
        vault.set_school_key(&input.passphrase, Some(&key))
    })
    .await
}

/// Lets the school open the records with a key of which only the public half is known here.
pub async fn set_school_public_key(desk: &Desk, input: SetSchoolPublicKey) -> Result<Rewrapped, ApiError> {
    rewrapping(desk, move |vault| {
        vault.set_school_key(&input.passphrase, Some(&SchoolPublicKey::read(&input.public_key)?))
    })
    .await
}

/// Takes the school's recovery key away.
pub async fn remove_school_key(desk: &Desk, input: Proof) -> Result<Rewrapped, ApiError> {
    rewrapping(desk, move |vault| vault.set_school_key(&input.passphrase, None)).await
}

/// Wraps the keys anew while nothing else is done to the records, and nothing to the places of backups: work there would
/// put the old keys beside what it makes. Its turn comes first, so that the records can be used while this waits.
async fn rewrapping<F>(desk: &Desk, work: F) -> Result<Rewrapped, ApiError>
where
    F: FnOnce(&Vault) -> Result<waymark_records::Rewrapped, RecordsError> + Send + 'static,
{
    let turn = desk.keeping.turn_soon().await?;
    let mut open = desk.open.write().await;
    let records = open.as_mut().ok_or(VaultError::Locked)?;
    let before = keychain::is_on(desk);
    let mut done = tried(desk, work).await?;
    records.take_over(&mut done);
    drop((turn, open));
    Ok(Rewrapped { left: left_of(done.places), keychain_off: keychain::went(desk, before).await? })
}

pub(super) fn left_of(places: Vec<waymark_records::PlaceOutcome>) -> Vec<PlaceLeft> {
    let left = places.into_iter().filter_map(|outcome| {
        let reason = match outcome.state {
            PlaceState::Done => return None,
            PlaceState::Absent => LeftReason::Absent,
            PlaceState::NotWritable => LeftReason::NotWritable,
            PlaceState::OlderKeys => LeftReason::OlderKeys,
        };
        Some(PlaceLeft { place: outcome.place.display().to_string(), reason })
    });
    left.collect()
}
