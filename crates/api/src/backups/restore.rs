//! Looking into a backup, and going back to it. What was there is set aside, never deleted.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use waymark_records::{
    Carried, LogHead, NotAsked, Opened, Preview, Records, RecordsError, RecoveryKey, Restored, Secret,
};

use crate::Desk;
use crate::desk::blocking;
use crate::errors::{ApiError, BackupsError, VaultError, not_found};
use crate::jobs::{JobKind, LONGEST_STOP};
use crate::vault::tried;

/// Names a backup of these records.
#[derive(Clone, Deserialize, TS)]
pub struct BackupName {
    /// Its name.
    pub name: String,
    /// Whether the copy in the second place is meant.
    pub second: bool,
    /// For one under an older key: the passphrase of that time …
    pub passphrase: Option<String>,
    /// … or the recovery key of that time.
    pub recovery_key: Option<String>,
}

/// A backup was restored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RestoredBackup {
    /// Its name.
    pub name: String,
    /// Where what was there before lies now, where something was there.
    pub set_aside: Option<String>,
    /// Whether the passphrase and the recovery key are those of the backup's time from now on.
    pub other_key: bool,
    /// What became of what had happened since by the records that were replaced: what left and for whom, who looked,
    /// holds, certificates of erasures.
    pub taken_along: TakenAlong,
}

/// What became of the log of records that were replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TakenAlong {
    /// What had happened stands in the restored records.
    Done,
    /// There were no records in the place of which the backup came.
    NothingThere,
    /// They were other records.
    OtherRecords,
    /// They were under another key, which was not at hand.
    OtherKey,
    /// They were damaged, or could not be opened.
    Unreadable,
}

impl From<NotAsked> for TakenAlong {
    fn from(why: NotAsked) -> Self {
        match why {
            NotAsked::OtherRecords => Self::OtherRecords,
            NotAsked::OtherKey => Self::OtherKey,
            NotAsked::Unreadable => Self::Unreadable,
        }
    }
}

/// What a person typed to open a backup; nothing where the present key opens it.
pub(crate) fn secret(passphrase: Option<String>, recovery: Option<&str>) -> Result<Option<Secret>, ApiError> {
    match (passphrase, recovery) {
        (Some(passphrase), _) => Ok(Some(Secret::Passphrase(passphrase))),
        (None, Some(typed)) => Ok(Some(Secret::Recovery(RecoveryKey::read(typed)?))),
        (None, None) => Ok(None),
    }
}

/// What a backup holds, and what going back to it would change.
pub async fn preview(desk: &Desk, input: BackupName) -> Result<Preview, ApiError> {
    // The keys of the backup are not to be held past the lock.
    let watch = desk.jobs.beside();
    let backups = desk.backups().await?;
    let opened = open(desk, input).await?;
    blocking(move || Ok(opened.preview(Some(&backups), &watch)?)).await
}

/// Opens a backup. One under an older key is a door of its own: wrong tries at it slow down as at the records' own. One
/// under the present key asks for nothing, so what was typed for it proves nothing.
async fn open(desk: &Desk, input: BackupName) -> Result<Opened, ApiError> {
    let backups = desk.backups().await?;
    let secret = secret(input.passphrase, input.recovery_key.as_deref())?;
    let (name, in_second) = (input.name, input.second);
    let (present, asked) = (backups.clone(), name.clone());
    let opened = blocking(move || Ok(present.open(&asked, in_second, None))).await?;
    match (opened, secret) {
        (Err(RecordsError::BackupOlderKey), Some(secret)) => {
            tried(desk, move |_| backups.open(&name, in_second, Some(&secret))).await
        }
        (opened, _) => opened.map_err(not_found(BackupsError::NotFound)),
    }
}

/// Verifies a backup, sets the present records aside, puts the backup in their place and opens it.
pub async fn restore(desk: &Desk, input: BackupName) -> Result<RestoredBackup, ApiError> {
    if desk.jobs.running(JobKind::Restore).is_some() {
        return Err(BackupsError::Busy.into());
    }
    let name = input.name.clone();
    let opened = open(desk, input).await?;
    let heads = super::heads(desk).await?.into_iter().filter_map(|one| one.head).collect();
    let opened = prepare(desk, opened).await?;
    if !desk.jobs.stop_all(LONGEST_STOP).await {
        return Err(BackupsError::Busy.into());
    }
    let _turn = desk.keeping.turn_soon().await?;
    let mut open = desk.open.write().await;
    let records = open.as_ref().ok_or(VaultError::Locked)?;
    // While they are open: where this can't be done, they stay so.
    let (opened, taken) = match to_carry(records).await? {
        Some(carried) => (take_along(desk, opened, carried, heads).await?, TakenAlong::Done),
        None => (opened, TakenAlong::Unreadable),
    };
    let records = open.take().ok_or(VaultError::Locked)?;
    if let Err(fault) = records.close().await {
        // They may be why somebody goes back. They are closed, and set aside as they are.
        tracing::error!(%fault, "the records did not close in order before a backup took their place");
    }
    let (records, restored) = put_in_place(desk, opened).await?;
    *open = Some(records);
    Ok(answer(name, &restored, taken))
}

/// What has happened by the present records. From damaged ones that can't be asked, nothing is taken along: going back
/// is what helps then, and they stay, set aside.
pub(super) async fn to_carry(records: &Records) -> Result<Option<Carried>, ApiError> {
    match records.to_carry().await {
        Ok(carried) => Ok(Some(carried)),
        Err(fault @ (RecordsError::Damaged | RecordsError::Io)) => {
            tracing::warn!(%fault, "the log could not be taken along to a backup");
            Ok(None)
        }
        Err(fault) => Err(fault.into()),
    }
}

/// What has happened goes into the prepared backup.
pub(super) async fn take_along(
    desk: &Desk,
    opened: Opened,
    carried: Carried,
    heads: Vec<LogHead>,
) -> Result<Opened, ApiError> {
    let (folder, surroundings) = (desk.place().folder.clone(), Arc::clone(&desk.surroundings));
    blocking(move || {
        opened.take_along(&folder, carried, heads, surroundings.as_ref())?;
        Ok(opened)
    })
    .await
}

/// Verifies a backup and copies it beside the records, as a job that can be watched and stopped.
pub(super) async fn prepare(desk: &Desk, opened: Opened) -> Result<Opened, ApiError> {
    let folder = desk.place().folder.clone();
    let running = desk.jobs.begin(JobKind::Restore, None, move |job| {
        opened.prepare(&folder, &job.watcher())?;
        Ok(opened)
    });
    running.outcome().await
}

/// The prepared backup becomes the records, and is opened. They are closed.
pub(super) async fn put_in_place(desk: &Desk, opened: Opened) -> Result<(Records, Restored), ApiError> {
    let (folder, surroundings) = (desk.place().folder.clone(), Arc::clone(&desk.surroundings));
    let done = blocking(move || {
        let restored = opened.put_in_place(&folder, surroundings.as_ref())?;
        let records = Records::open_restored(&folder, &restored, surroundings)?;
        Ok((records, restored))
    });
    let done = done.await?;
    desk.opened();
    desk.jobs.forget_stopped();
    Ok(done)
}

pub(super) fn answer(name: String, restored: &Restored, taken_along: TakenAlong) -> RestoredBackup {
    RestoredBackup {
        name,
        set_aside: restored.aside.as_ref().map(|path| path.display().to_string()),
        other_key: restored.other_key,
        taken_along,
    }
}
