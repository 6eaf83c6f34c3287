//! The way back to a backup from records that can't be opened: which ones there are, and the newest that is whole. What
//! goes back to it is `backups.restore_elsewhere`, on the place that is named here.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use waymark_records::{FoundBackup, NewestGood, Places, Preview, RecordsError};

use crate::Desk;
use crate::backups::{place_of, secret};
use crate::desk::blocking;
use crate::errors::{ApiError, BackupsError, OperationError, VaultError};
use crate::jobs::JobKind;
use crate::shapes::Nothing;
use crate::vault::tried_as_job;

/// The backups of records that can't be opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FoundBackups {
    /// Newest first, by what their names tell.
    pub rows: Vec<FoundBackup>,
    /// The second place, where one is set and it can't be reached now.
    pub away: Option<String>,
    /// Where what is in the place of the records goes when a backup takes it.
    pub set_aside: String,
}

/// Looks for the newest backup that is whole.
#[derive(Clone, Deserialize, TS)]
pub struct FindGood {
    /// None that is newer than the one of this name; none means the newest.
    pub from: Option<String>,
    /// The passphrase of its time …
    pub passphrase: Option<String>,
    /// … or the recovery key of its time.
    pub recovery_key: Option<String>,
}

/// A backup that is whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct GoodBackup {
    /// The place in which it lies.
    pub folder: String,
    /// Newer ones that were passed over: they are damaged, or under an older key.
    pub passed: u64,
    /// What it holds.
    pub preview: Preview,
}

/// The backups of records that can't be opened.
pub async fn backups(desk: &Desk, _: Nothing) -> Result<FoundBackups, ApiError> {
    let second = place_of(desk.backup_place().as_ref());
    let away = second.as_ref().filter(|second| !second.is_there());
    let away = away.map(|second| second.path().display().to_string());
    let folder = desk.place().folder.clone();
    let set_aside = folder.set_aside().display().to_string();
    let rows = blocking(move || Ok(Places::of(&folder, second).list()?)).await?;
    Ok(FoundBackups { rows, away, set_aside })
}

/// The newest backup that is whole, checked in full. A wrong passphrase makes the next try wait, as at the door. `jobs.list`
/// says how far it is with the one that it is looking at; stopping it changes nothing.
pub async fn good_backup(desk: &Desk, input: FindGood) -> Result<GoodBackup, ApiError> {
    let secret = secret(input.passphrase, input.recovery_key.as_deref())?.ok_or(OperationError::BadInput)?;
    // Open records are left as they are.
    let open = desk.open.write().await;
    if open.is_some() {
        return Err(VaultError::AlreadyThere.into());
    }
    let places = Places::of(&desk.place().folder.clone(), place_of(desk.backup_place().as_ref()));
    let found = tried_as_job(desk, JobKind::FindBackup, move |_, watch| {
        let NewestGood { opened, folder, passed } =
            match places.newest_good(input.from.as_deref(), &secret, watch) {
                Err(RecordsError::NotFound) => return Ok(None),
                found => found?,
            };
        let preview = opened.preview(None, watch)?;
        Ok(Some(GoodBackup { folder: folder.display().to_string(), passed, preview }))
    });
    Ok(found.await?.ok_or(BackupsError::NotFound)?)
}
