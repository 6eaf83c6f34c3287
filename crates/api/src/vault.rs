//! Opening and closing the counsellor's records: first run, passphrase, recovery key.

pub mod keychain;
pub mod keys;
pub mod new_key;

use std::path::PathBuf;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use waymark_records::{Folder, FolderState, Records, RecordsError, Vault, Watcher};
use zeroize::Zeroizing;

use crate::Desk;
use crate::desk::{Place, blocking};
use crate::errors::{ApiError, VaultError};
use crate::jobs::JobKind;
use crate::shapes::Nothing;

/// Least length of a passphrase, in characters.
const LEAST_PASSPHRASE: usize = 12;

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
    /// By what the records were opened, while they are open.
    pub opened_by: Option<OpenedBy>,
    /// Said once where the file of keys had to be restored from a backup place to open them.
    pub keys_restored: Option<KeysRestored>,
    /// Said once where this computer's keychain opened them until now and does no longer.
    pub keychain_off: bool,
}

/// By what the records were opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum OpenedBy {
    /// Their passphrase.
    Passphrase,
    /// The counselor's recovery key.
    RecoveryKey,
    /// The school's recovery key.
    SchoolKey,
    /// The keychain of the person's account on this computer.
    Keychain,
}

/// The file of keys was lost or damaged and came back from a backup place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct KeysRestored {
    /// When the copy was written, RFC 3339 UTC, where its file says so.
    pub written: Option<String>,
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
    #[ts(type = "string")]
    pub passphrase: Zeroizing<String>,
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
    #[ts(type = "string")]
    pub passphrase: Zeroizing<String>,
    /// Whether to end the meeting under way, where there is one.
    #[ts(optional)]
    pub end_meeting: Option<bool>,
}

/// Opens the records with the recovery key and sets a new passphrase.
#[derive(Clone, Deserialize, TS)]
pub struct Recover {
    /// As printed; spaces, hyphens and case do not matter.
    #[ts(type = "string")]
    pub recovery_key: Zeroizing<String>,
    /// The new passphrase.
    #[ts(type = "string")]
    pub passphrase: Zeroizing<String>,
}

/// Turns to another records folder.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ChooseFolder {
    /// The folder.
    pub folder: String,
}

/// Where the records are and whether they are open.
pub async fn status(desk: &Desk, _: Nothing) -> Result<VaultStatus, ApiError> {
    let open = desk.open.read().await;
    Ok(VaultStatus { opened_by: open.as_ref().map(opened_by), ..status_of(desk, open.is_some()) })
}

/// First run: makes the records and opens them. A recovery key that the school has set for this computer opens them too.
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
    let (vault, school) = (desk.vault(), desk.managed.school_key());
    let (records, recovery) = blocking(move || Ok(vault.create(&input.passphrase, school.as_ref())?)).await?;
    *open = Some(records);
    desk.opened();
    Ok(RecoveryKey { groups: recovery.groups() })
}

/// Opens the records with their passphrase. Wrong tries slow down.
pub async fn unlock(desk: &Desk, input: Unlock) -> Result<VaultStatus, ApiError> {
    let end_meeting = input.end_meeting.unwrap_or(false);
    opening(desk, end_meeting, |_| Ok(()), move |vault| vault.unlock(&input.passphrase)).await
}

/// Opens the records with the counselor's or the school's recovery key and sets a new passphrase.
pub async fn recover(desk: &Desk, input: Recover) -> Result<VaultStatus, ApiError> {
    long_enough(&input.passphrase)?;
    let key = waymark_records::RecoveryKey::read(&input.recovery_key)?;
    let before = keychain::is_on(desk);
    let open = move |vault: &Vault| vault.recover(&key, &input.passphrase);
    let status = opening(desk, true, |_| Ok(()), open).await?;
    Ok(VaultStatus { keychain_off: keychain::went(desk, before).await?, ..status })
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

/// Opens the records, where they `may` be opened so once nobody else can open or lock them. A meeting ends by this only
/// where the secret was asked for and proved.
async fn opening<F>(
    desk: &Desk,
    end_meeting: bool,
    may: fn(&Desk) -> Result<(), ApiError>,
    open_with: F,
) -> Result<VaultStatus, ApiError>
where
    F: FnOnce(&Vault) -> Result<Records, RecordsError> + Send + 'static,
{
    let mut open = desk.open.write().await;
    if open.is_some() {
        return Ok(status_of(desk, true));
    }
    may(desk)?;
    desk.own()?;
    // A caller that went away does not end the work on the files.
    if desk.jobs.running(JobKind::NewKey).or(desk.jobs.running(JobKind::Salvage)).is_some() {
        return Err(VaultError::InUse.into());
    }
    let records = tried(desk, open_with).await?;
    if end_meeting {
        desk.meeting.leave();
    }
    let restored = records
        .restored_keys()
        .map(|keys| KeysRestored { written: keys.written.map(|written| written.to_string()) });
    let status = VaultStatus { keys_restored: restored, ..status_of(desk, true) };
    let opened_by = Some(opened_by(&records));
    *open = Some(records);
    desk.opened();
    drop(open);
    // What was cut off goes on; the records are open whether it can or not.
    if let Err(error) = desk.go_on_erasing().await {
        tracing::warn!(code = error.code, "erasing from backups could not go on");
    }
    Ok(VaultStatus { opened_by, ..status })
}

/// Tries a secret that a person typed, off the caller's thread. A wrong one makes the next try wait.
pub(crate) async fn tried<T, F>(desk: &Desk, work: F) -> Result<T, ApiError>
where
    T: Send + 'static,
    F: FnOnce(&Vault) -> Result<T, RecordsError> + Send + 'static,
{
    counted(desk, |vault| blocking(move || Ok(work(&vault)?))).await
}

/// The same for work that takes long: a job, which can be watched and stopped.
pub(crate) async fn tried_as_job<T, F>(desk: &Desk, kind: JobKind, work: F) -> Result<T, ApiError>
where
    T: Send + 'static,
    F: FnOnce(&Vault, &Arc<dyn Watcher>) -> Result<T, RecordsError> + Send + 'static,
{
    let begin = |vault: Vault| desk.jobs.begin(kind, None, move |job| Ok(work(&vault, &job.watcher())?));
    counted(desk, |vault| begin(vault).outcome()).await
}

/// Carries out what tries a secret, once it may be tried, and counts a wrong one.
async fn counted<T, W>(desk: &Desk, work: impl FnOnce(Vault) -> W) -> Result<T, ApiError>
where
    W: Future<Output = Result<T, ApiError>>,
{
    let _one = desk.trying.lock().await;
    let wait = wait_of(desk);
    if wait > 0 {
        return Err(VaultError::Wait { wait_seconds: wait }.into());
    }
    match work(desk.vault()).await {
        Ok(done) => {
            let mut place = desk.place();
            let Place { tries, folder, .. } = &mut *place;
            tries.right(folder);
            Ok(done)
        }
        Err(error) => Err(count_wrong(desk, error)),
    }
}

fn count_wrong(desk: &Desk, error: ApiError) -> ApiError {
    let is_passphrase = error.code == VaultError::WrongPassphrase { wait_seconds: 0 }.code();
    if !is_passphrase && error.code != VaultError::WrongRecoveryKey.code() {
        return error;
    }
    let now = desk.surroundings.now();
    let mut place = desk.place();
    let Place { tries, folder, .. } = &mut *place;
    let wait_seconds = tries.wrong(folder, now);
    if is_passphrase { VaultError::WrongPassphrase { wait_seconds }.into() } else { error }
}

fn wait_of(desk: &Desk) -> u64 {
    let now = desk.surroundings.now();
    desk.place().tries.wait(now)
}

fn opened_by(records: &Records) -> OpenedBy {
    match records.opened_by() {
        waymark_records::OpenedBy::Passphrase => OpenedBy::Passphrase,
        waymark_records::OpenedBy::RecoveryKey => OpenedBy::RecoveryKey,
        waymark_records::OpenedBy::SchoolKey => OpenedBy::SchoolKey,
        waymark_records::OpenedBy::Keychain => OpenedBy::Keychain,
    }
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
    // Records that lie on a share or in a synchronized folder are turned to for their copy; none are made there.
    if let Err(error) = folder.may_hold_records() {
        if folder.state() != Ok(FolderState::Records) {
            return Err(error.into());
        }
        *place = Place::at(folder);
        return Ok(());
    }
    folder.make()?;
    let ownership = folder.own()?;
    crate::settings::keep_folder(desk, path)?;
    desk.jobs.forget_stopped();
    *place = Place { ownership: Some(ownership), ..Place::at(folder) };
    Ok(())
}

pub(crate) fn status_of(desk: &Desk, open: bool) -> VaultStatus {
    let (state, problem) = if open { (VaultState::Unlocked, None) } else { closed_state(desk) };
    let wait = wait_of(desk);
    let place = desk.place();
    VaultStatus {
        state,
        folder: place.folder.path().display().to_string(),
        default_folder: desk.paths.records.display().to_string(),
        settings_file: desk.paths.settings.display().to_string(),
        problem,
        wait_seconds: u32::try_from(wait).unwrap_or(u32::MAX),
        opened_by: None,
        keys_restored: None,
        keychain_off: false,
    }
}

/// How the records stand while they are not open, and the code of what is in the way.
fn closed_state(desk: &Desk) -> (VaultState, Option<String>) {
    let state = desk.own().and_then(|()| Ok(desk.place().folder.state()?));
    match state {
        Ok(FolderState::Empty) => (VaultState::FirstRun, None),
        Ok(FolderState::Records) => (VaultState::Locked, None),
        // The passphrase will tell whether one of the copies is the right one.
        Err(error) if error.code == VaultError::KeysMissing.code() && desk.vault().has_copies_of_keys() => {
            (VaultState::Locked, None)
        }
        Err(error) => (VaultState::Locked, Some(error.code.to_owned())),
    }
}
