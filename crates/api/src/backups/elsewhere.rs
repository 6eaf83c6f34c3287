//! Restoring with nothing but a folder of backups and a passphrase or recovery key: on another computer, or where the
//! records are gone.

use std::path::PathBuf;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use waymark_records::{
    BackupPlace, Elsewhere, ElsewhereRow, FolderState, Opened, Preview, RecordsError, Secret,
};

use super::place_of;
use super::restore::{
    RestoredBackup, TakenAlong, answer, prepare, put_in_place, secret, take_along, to_carry,
};
use crate::Desk;
use crate::desk::blocking;
use crate::errors::{ApiError, BackupsError};
use crate::jobs::JobKind;

/// Names a folder of backups.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct LookElsewhere {
    /// The folder, or one that has it in it as `backups`.
    pub folder: String,
}

/// Names a backup in a folder, and what opens it.
#[derive(Clone, Deserialize, TS)]
pub struct BackupElsewhere {
    /// The folder.
    pub folder: String,
    /// Name of the backup.
    pub name: String,
    /// The passphrase of that time …
    pub passphrase: Option<String>,
    /// … or the recovery key of that time.
    pub recovery_key: Option<String>,
    /// Whether records that lie in the records folder are set aside for it. Else only an empty one, or one whose
    /// records are incomplete, takes it.
    pub replace: bool,
}

/// The backups in a folder, newest first, by what their names tell.
pub async fn look_elsewhere(desk: &Desk, input: LookElsewhere) -> Result<Vec<ElsewhereRow>, ApiError> {
    drop(closed(desk).await?);
    blocking(move || Ok(elsewhere(&input.folder)?.list()?)).await
}

/// What a backup in a folder holds.
pub async fn preview_elsewhere(desk: &Desk, input: BackupElsewhere) -> Result<Preview, ApiError> {
    let watch = desk.jobs.beside();
    drop(closed(desk).await?);
    let opened = open(desk, input).await?;
    blocking(move || Ok(opened.preview(None, &watch)?)).await
}

/// Puts a backup in a folder in the place of the records, and opens it. What has happened by records that it replaces is
/// taken along where the same keys open them; where they do not, the answer says so.
pub async fn restore_elsewhere(desk: &Desk, input: BackupElsewhere) -> Result<RestoredBackup, ApiError> {
    let mut slot = closed(desk).await?;
    let running = desk.jobs.running(JobKind::Restore).or(desk.jobs.running(JobKind::Salvage)).is_some();
    desk.own()?;
    let state = desk.place().folder.state();
    if running || (state == Ok(FolderState::Records) && !input.replace) {
        return Err(if running { BackupsError::Busy } else { BackupsError::RecordsThere }.into());
    }
    desk.place().folder.make()?;
    let name = input.name.clone();
    let secret = secret_of(&input)?;
    let opened = prepare(desk, open(desk, input).await?).await?;
    let (opened, taken) = match state {
        Ok(FolderState::Empty) => (opened, TakenAlong::NothingThere),
        Ok(FolderState::Records) | Err(RecordsError::KeysMissing) => {
            with_what_happened(desk, opened, secret).await?
        }
        Err(_) => (opened, TakenAlong::Unreadable),
    };
    let (records, restored) = put_in_place(desk, opened).await?;
    *slot = Some(records);
    Ok(answer(name, &restored, taken))
}

/// Takes along what has happened by the closed records that the prepared backup is about to replace.
async fn with_what_happened(
    desk: &Desk,
    opened: Opened,
    secret: Secret,
) -> Result<(Opened, TakenAlong), ApiError> {
    let (folder, surroundings) = (desk.place().folder.clone(), Arc::clone(&desk.surroundings));
    let asked = blocking(move || {
        let replaced = opened.replaced(&folder, &secret, surroundings);
        Ok((opened, replaced))
    });
    let (opened, replaced) = asked.await?;
    let records = match replaced {
        Ok(records) => records,
        Err(why) => return Ok((opened, why.into())),
    };
    let carried = to_carry(&records).await?;
    let backups = records.backups(place_of(desk.backup_place().as_ref()));
    if let Err(fault) = records.close().await {
        tracing::error!(%fault, "records did not close in order before a backup took their place");
    }
    let Some(carried) = carried else { return Ok((opened, TakenAlong::Unreadable)) };
    // Where their file of keys is lost, their backups are not known as theirs.
    let heads = match backups {
        Ok(backups) => blocking(move || Ok(backups.heads()?)).await?,
        Err(RecordsError::KeysMissing | RecordsError::KeysDamaged) => Vec::new(),
        Err(fault) => return Err(fault.into()),
    };
    let heads = heads.into_iter().filter_map(|one| one.head).collect();
    Ok((take_along(desk, opened, carried, heads).await?, TakenAlong::Done))
}

/// The place of the open records, which has none.
async fn closed(
    desk: &Desk,
) -> Result<tokio::sync::RwLockWriteGuard<'_, Option<waymark_records::Records>>, ApiError> {
    let open = desk.open.write().await;
    if open.is_some() { Err(BackupsError::RecordsThere.into()) } else { Ok(open) }
}

fn elsewhere(folder: &str) -> Result<Elsewhere, ApiError> {
    let folder = PathBuf::from(folder.trim());
    if !folder.is_absolute() {
        return Err(BackupsError::PlaceNotThere.into());
    }
    Elsewhere::at(BackupPlace::at(folder)).map_err(|error| match error {
        RecordsError::FolderNotThere | RecordsError::FolderUnusable => BackupsError::PlaceNotThere.into(),
        other => other.into(),
    })
}

fn secret_of(input: &BackupElsewhere) -> Result<Secret, ApiError> {
    let secret = secret(input.passphrase.clone(), input.recovery_key.as_deref())?;
    Ok(secret.ok_or(BackupsError::OlderKey)?)
}

/// Opens a backup. Wrong tries slow down, as at the records' own door.
async fn open(desk: &Desk, input: BackupElsewhere) -> Result<Opened, ApiError> {
    let secret = secret_of(&input)?;
    let place = elsewhere(&input.folder)?;
    crate::vault::tried(desk, move |_| place.open(&input.name, &secret)).await
}
