//! Opening and closing the counsellor's records: first run, passphrase, recovery key, lock.

use std::path::PathBuf;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use waymark_records::{Folder, FolderState, Records, RecordsError};

use crate::Desk;
use crate::desk::{Place, blocking};
use crate::errors::{ApiError, VaultError};
use crate::shapes::Nothing;

/// Least length of a passphrase, in characters.
const LEAST_PASSPHRASE: usize = 12;

/// Wrong tries that cost no waiting.
const FREE_TRIES: u32 = 3;

/// The longest wait between two tries.
const LONGEST_WAIT: i64 = 30;

/// Where the records are and whether they are open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct VaultStatus {
    /// State in a word.
    pub state: VaultState,
    /// The records folder in use.
    pub folder: String,
    /// The folder that is used where nobody chooses another.
    pub default_folder: String,
    /// The file of settings, which says where the records folder is.
    pub settings_file: String,
    /// Code of what stands in the way of opening the records, where something does.
    pub problem: Option<String>,
    /// Seconds to wait before the next try of a passphrase.
    pub wait_seconds: u32,
}

/// State of the records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum VaultState {
    /// There are none in the folder yet.
    FirstRun,
    /// They wait for the passphrase.
    Locked,
    /// They are open.
    Unlocked,
}

/// Makes new records.
#[derive(Clone, Deserialize, TS)]
pub struct CreateVault {
    /// Folder; none means the default.
    pub folder: Option<String>,
    /// At least twelve characters.
    pub passphrase: String,
}

/// The recovery key, shown once, to print.
#[derive(Clone, Serialize, TS)]
pub struct RecoveryKey {
    /// Nine groups of four characters; the last group checks the others.
    pub groups: Vec<String>,
}

/// Opens the records.
#[derive(Clone, Deserialize, TS)]
pub struct Unlock {
    /// The passphrase.
    pub passphrase: String,
    /// Whether to end the meeting under way, where there is one.
    #[ts(optional)]
    pub end_meeting: Option<bool>,
}

/// Opens the records with the recovery key and sets a new passphrase.
#[derive(Clone, Deserialize, TS)]
pub struct Recover {
    /// As printed; spaces, hyphens and case do not matter.
    pub recovery_key: String,
    /// The new passphrase.
    pub passphrase: String,
}

/// Turns to another records folder.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ChooseFolder {
    /// The folder.
    pub folder: String,
}

/// Where the records are and whether they are open.
pub async fn status(desk: &Desk, _: Nothing) -> Result<VaultStatus, ApiError> {
    Ok(status_of(desk, desk.open.read().await.is_some()))
}

/// First run: makes the records and opens them.
pub async fn create(desk: &Desk, input: CreateVault) -> Result<RecoveryKey, ApiError> {
    long_enough(&input.passphrase)?;
    let mut open = desk.open.write().await;
    if open.is_some() {
        return Err(VaultError::AlreadyThere.into());
    }
    if let Some(folder) = input.folder.filter(|folder| !folder.trim().is_empty()) {
        turn_to(desk, folder.into())?;
    }
    desk.own()?;
    let (folder, cost, surroundings) = (desk.place().folder.clone(), desk.cost, desk.surroundings.clone());
    let (records, recovery) =
        blocking(move || Ok(Records::create(&folder, &input.passphrase, cost, surroundings)?)).await?;
    *open = Some(records);
    Ok(RecoveryKey { groups: recovery.groups() })
}

/// Opens the records with their passphrase. Wrong tries slow down.
pub async fn unlock(desk: &Desk, input: Unlock) -> Result<VaultStatus, ApiError> {
    let end_meeting = input.end_meeting.unwrap_or(false);
    opening(desk, end_meeting, move |folder, surroundings, _| {
        Records::unlock(&folder, &input.passphrase, surroundings)
    })
    .await
}

/// Opens the records with the recovery key and sets a new passphrase.
pub async fn recover(desk: &Desk, input: Recover) -> Result<VaultStatus, ApiError> {
    long_enough(&input.passphrase)?;
    let key = waymark_records::RecoveryKey::read(&input.recovery_key)?;
    opening(desk, true, move |folder, surroundings, cost| {
        Records::recover(&folder, &key, &input.passphrase, cost, surroundings)
    })
    .await
}

/// Closes the records. Work under way finishes first.
pub async fn lock(desk: &Desk, _: Nothing) -> Result<VaultStatus, ApiError> {
    desk.close().await?;
    Ok(status_of(desk, false))
}

/// Turns to another records folder, while these are locked.
pub async fn choose_folder(desk: &Desk, input: ChooseFolder) -> Result<VaultStatus, ApiError> {
    let open = desk.open.write().await;
    if open.is_some() {
        return Err(VaultError::InUse.into());
    }
    turn_to(desk, input.folder.into())?;
    Ok(status_of(desk, false))
}

/// Opens the records. A meeting ends by this only where the secret was asked for and proved.
async fn opening<F>(desk: &Desk, end_meeting: bool, open_with: F) -> Result<VaultStatus, ApiError>
where
    F: FnOnce(
            Folder,
            std::sync::Arc<dyn waymark_records::Surroundings>,
            waymark_records::Cost,
        ) -> Result<Records, RecordsError>
        + Send
        + 'static,
{
    let mut open = desk.open.write().await;
    if open.is_some() {
        return Ok(status_of(desk, true));
    }
    desk.own()?;
    let wait = wait_of(&desk.place(), desk.surroundings.now());
    if wait > 0 {
        return Err(VaultError::Wait { wait_seconds: wait }.into());
    }
    let (folder, surroundings, cost) = (desk.place().folder.clone(), desk.surroundings.clone(), desk.cost);
    match blocking(move || Ok(open_with(folder, surroundings, cost))).await? {
        Ok(records) => {
            if end_meeting {
                desk.meeting.leave();
            }
            *open = Some(records);
            let mut place = desk.place();
            (place.wrong_tries, place.next_try) = (0, None);
            drop(place);
            Ok(status_of(desk, true))
        }
        Err(error) => Err(count_wrong(desk, error)),
    }
}

/// A wrong secret makes the next try wait: nothing after the first three, then twice as long each time.
fn count_wrong(desk: &Desk, error: RecordsError) -> ApiError {
    if !matches!(error, RecordsError::WrongPassphrase | RecordsError::WrongRecoveryKey) {
        return error.into();
    }
    let mut place = desk.place();
    place.wrong_tries += 1;
    let over = place.wrong_tries.saturating_sub(FREE_TRIES);
    let seconds = if over == 0 { 0 } else { LONGEST_WAIT.min(1_i64 << over.min(6)) };
    let now = desk.surroundings.now();
    place.next_try = now.checked_add(SignedDuration::from_secs(seconds)).ok();
    if error == RecordsError::WrongRecoveryKey {
        return error.into();
    }
    VaultError::WrongPassphrase { wait_seconds: seconds.unsigned_abs() }.into()
}

fn wait_of(place: &Place, now: Timestamp) -> u64 {
    let left = place.next_try.map_or(0, |next| next.duration_since(now).as_millis());
    // A clock that was set back must not lock anybody out.
    u64::try_from(left).unwrap_or(0).div_ceil(1000).min(LONGEST_WAIT.unsigned_abs())
}

fn long_enough(passphrase: &str) -> Result<(), ApiError> {
    if passphrase.chars().count() < LEAST_PASSPHRASE {
        return Err(VaultError::PassphraseTooShort { least: LEAST_PASSPHRASE }.into());
    }
    Ok(())
}

/// Lets the folder in use go and takes another; the old one stays in use where the other can't be had. A folder that
/// a person names is made where it is not there yet; one that was named before and is gone is not.
fn turn_to(desk: &Desk, path: PathBuf) -> Result<(), ApiError> {
    if !path.is_absolute() {
        return Err(VaultError::FolderUnusable.into());
    }
    let folder = Folder::at(path.clone());
    let mut place = desk.place();
    // Settings that can't be read would be written over: what they say of the folder comes first.
    desk.settings_readable(&mut place)?;
    if place.folder == folder {
        return Ok(());
    }
    folder.make()?;
    let ownership = folder.own()?;
    crate::settings::keep_folder(desk, path)?;
    desk.jobs.forget_stopped();
    *place = Place { ownership: Some(ownership), ..Place::at(folder) };
    Ok(())
}

fn status_of(desk: &Desk, open: bool) -> VaultStatus {
    let (state, problem) = if open { (VaultState::Unlocked, None) } else { closed_state(desk) };
    let place = desk.place();
    VaultStatus {
        state,
        folder: place.folder.path().display().to_string(),
        default_folder: desk.paths.records.display().to_string(),
        settings_file: desk.paths.settings.display().to_string(),
        problem,
        wait_seconds: u32::try_from(wait_of(&place, desk.surroundings.now())).unwrap_or(u32::MAX),
    }
}

/// How the records stand while they are not open, and the code of what is in the way.
fn closed_state(desk: &Desk) -> (VaultState, Option<String>) {
    let state = desk.own().and_then(|()| Ok(desk.place().folder.state()?));
    match state {
        Ok(FolderState::Empty) => (VaultState::FirstRun, None),
        Ok(FolderState::Records) => (VaultState::Locked, None),
        Err(error) => (VaultState::Locked, Some(error.code.to_owned())),
    }
}
