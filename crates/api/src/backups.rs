//! Backups: when they are made, where they lie, what is in them, and the way back.

mod elsewhere;
mod keeping;
mod restore;

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use waymark_records::{BackupHead, BackupPlace, BackupReason, BackupRow, Backups, Made, SCARCE, SecondState};

use crate::Desk;
use crate::desk::blocking;
use crate::errors::{ApiError, BackupsError};
use crate::jobs::{Again, Begun, JobId, JobKind, Running};
use crate::settings::KeptPlace;
use crate::shapes::Nothing;

pub use elsewhere::{BackupElsewhere, LookElsewhere, look_elsewhere, preview_elsewhere, restore_elsewhere};
pub(crate) use keeping::Keeping;
pub use keeping::{BackedUp, before_quit, keep};
pub(crate) use restore::secret;
pub use restore::{BackupName, RestoredBackup, TakenAlong, preview, restore};

/// Days without a second place after which its absence is said, and said again.
const DAYS_WITHOUT_SECOND: i64 = 7;

/// How the backups stand.
#[expect(clippy::struct_excessive_bools, reason = "each says one thing of its own, and pages ask for each")]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct BackupsStatus {
    /// The first place, within the records folder.
    pub first: String,
    /// The second place, where one is set.
    pub second: Option<SecondPlace>,
    /// Whether the person is to be told that there is no second place: the records are older than a week.
    pub second_missing: bool,
    /// When the last backup was made, RFC 3339 UTC.
    pub last_at: Option<String>,
    /// Whether anything was changed since.
    pub changed: bool,
    /// Code of why the last backup that was due could not be made.
    pub fault: Option<String>,
    /// Whether a place has so little room that fewer old backups are kept than usual.
    pub scarce: bool,
    /// Whether old backups were dropped for it.
    pub thinned_early: bool,
    /// Code of why old backups could not be dropped after the last one was made.
    pub thinning_fault: Option<String>,
}

/// The second place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SecondPlace {
    /// Its folder.
    pub folder: String,
    /// Whether the school has set it: the person can't choose another.
    pub managed: bool,
    /// Whether it is there now.
    pub reachable: bool,
    /// When it last had every backup, RFC 3339 UTC.
    pub seen_at: Option<String>,
    /// Code of what stood in the way of the last copy to it.
    pub fault: Option<String>,
}

/// Sets the second place.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SetPlace {
    /// A folder that is there; none takes the second place away. Backups that lie in it stay.
    pub folder: Option<String>,
}

/// How the backups stand.
pub async fn status(desk: &Desk, _: Nothing) -> Result<BackupsStatus, ApiError> {
    desk.keep_seen();
    let kept = desk.backup_place();
    let (backups, mark) = {
        let records = desk.records().await?;
        (records.backups(place_of(kept.as_ref()))?, records.mark().await?)
    };
    let made_at = backups.records_made_at();
    let now = desk.surroundings.now();
    let old = made_at.is_none_or(|made| now.duration_since(made).as_hours() >= DAYS_WITHOUT_SECOND * 24);
    let first = backups.first().path().display().to_string();
    let second = kept.as_ref().map(|kept| kept.folder.clone());
    let (scarce, newest) = blocking(move || {
        let places = [Some(backups.first().clone()), second.map(BackupPlace::at)];
        // A place that is away, or not made yet, says nothing of its room.
        let free = places.into_iter().flatten().filter_map(|place| place.free().ok());
        Ok((free.min().is_some_and(|free| free < SCARCE), backups.newest()?))
    })
    .await?;
    let keeping = desk.keeping.lock();
    Ok(BackupsStatus {
        first,
        second_missing: old && kept.is_none(),
        second: second_of(desk, kept, keeping.second_fault),
        changed: keeping.changed(mark, newest.as_ref()),
        last_at: newest.map(|newest| newest.made_at),
        fault: keeping.fault.as_ref().map(|fault| fault.code.to_owned()),
        scarce,
        thinned_early: keeping.thinned_early,
        thinning_fault: keeping.thinning_fault.map(str::to_owned),
    })
}

fn second_of(desk: &Desk, kept: Option<KeptPlace>, fault: Option<&str>) -> Option<SecondPlace> {
    let school = desk.school_place();
    let managed = school.is_some();
    // The school's place that is not used lies where it can't be one.
    let fault = if managed && kept.is_none() { Some(BackupsError::PlaceWithinRecords.code()) } else { fault };
    let place = kept.or(school.map(|folder| KeptPlace { folder, seen_at: None }))?;
    Some(SecondPlace {
        reachable: place.folder.is_dir(),
        folder: place.folder.display().to_string(),
        managed,
        seen_at: place.seen_at,
        fault: fault.map(str::to_owned),
    })
}

/// All backups of these records, newest first.
pub async fn list(desk: &Desk, _: Nothing) -> Result<Vec<BackupRow>, ApiError> {
    let backups = desk.backups().await?;
    blocking(move || Ok(backups.list()?)).await
}

/// Begins a backup.
pub async fn make(desk: &Desk, _: Nothing) -> Result<JobId, ApiError> {
    match desk.jobs.running(JobKind::Backup) {
        Some(running) => Ok(running),
        None => Ok(begin(desk, BackupReason::ByHand).await?.id),
    }
}

/// Begins the check of all backups.
pub async fn check(desk: &Desk, _: Nothing) -> Result<JobId, ApiError> {
    if let Some(running) = desk.jobs.running(JobKind::Check) {
        return Ok(running);
    }
    let backups = desk.backups().await?;
    let keeping = desk.keeping.clone();
    let running = desk.jobs.begin(JobKind::Check, Some(Box::new(check_again)), move |job| {
        let _turn = keeping.turn_of(job)?;
        let checked = backups.check_all(&job.watcher())?;
        if checked.damaged == 0 {
            return Ok(());
        }
        Err(BackupsError::SomeDamaged { damaged: checked.damaged, checked: checked.checked }.into())
    });
    Ok(running.id)
}

fn check_again(desk: &Desk) -> Begun<'_> {
    Box::pin(check(desk, Nothing {}))
}

fn make_again(desk: &Desk) -> Begun<'_> {
    Box::pin(make(desk, Nothing {}))
}

/// Sets the second place and begins to copy to it what there is.
pub async fn set_place(desk: &Desk, input: SetPlace) -> Result<BackupsStatus, ApiError> {
    drop(desk.records().await?);
    if desk.school_place().is_some() {
        return Err(BackupsError::PlaceManaged.into());
    }
    let folder = input.folder.map(|folder| PathBuf::from(folder.trim()));
    if let Some(folder) = &folder {
        usable(folder, &desk.folder())?;
    }
    crate::settings::keep_backup_place(desk, folder.map(|folder| KeptPlace { folder, seen_at: None }))?;
    desk.keeping.lock().second_fault = None;
    if desk.backup_place().is_some() && desk.jobs.running(JobKind::Copy).is_none() {
        begin_copy(desk).await?;
    }
    status(desk, Nothing {}).await
}

/// A second place is a folder that is there, elsewhere than the records.
fn usable(folder: &Path, records: &Path) -> Result<(), ApiError> {
    if !folder.is_absolute() || !folder.is_dir() {
        return Err(BackupsError::PlaceNotThere.into());
    }
    if is_within(folder, records) { Err(BackupsError::PlaceWithinRecords.into()) } else { Ok(()) }
}

/// Whether a folder is the records folder or lies in it.
pub(crate) fn is_within(folder: &Path, records: &Path) -> bool {
    real(folder).starts_with(real(records))
}

/// Where a path leads; one that leads nowhere stays as it is.
pub(crate) fn real(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_path_buf())
}

/// The ends of the log that the backups within reach have kept.
pub(crate) async fn heads(desk: &Desk) -> Result<Vec<BackupHead>, ApiError> {
    let backups = desk.backups().await?;
    blocking(move || Ok(backups.heads()?)).await
}

pub(crate) fn place_of(kept: Option<&KeptPlace>) -> Option<BackupPlace> {
    kept.map(|kept| BackupPlace::at(kept.folder.clone()))
}

/// Begins a backup; who needs its end waits for it.
pub(crate) async fn begin(desk: &Desk, reason: BackupReason) -> Result<Running<Made>, ApiError> {
    let (backups, mark) = {
        let records = desk.records().await?;
        // What is being typed belongs to the head of the log that the backup has.
        records.seal_open_change().await?;
        (records.backups(place_of(desk.backup_place().as_ref()))?, records.mark().await?)
    };
    let keeping = desk.keeping.clone();
    // Only the one that a person asked for is worth asking them about: the others are made anyway.
    let again: Option<Again> = if reason == BackupReason::ByHand { Some(Box::new(make_again)) } else { None };
    Ok(desk.jobs.begin(JobKind::Backup, again, move |job| {
        let _turn = keeping.turn_of(job)?;
        let made = backups.make(reason, &job.watcher()).map_err(ApiError::from);
        keeping.lock().made(mark, backups.now_written(), &made);
        made
    }))
}

/// Begins to copy to the second place what it lacks.
async fn begin_copy(desk: &Desk) -> Result<Running<()>, ApiError> {
    let backups = desk.backups().await?;
    let keeping = desk.keeping.clone();
    Ok(desk.jobs.begin(JobKind::Copy, None, move |job| {
        let _turn = keeping.turn_of(job)?;
        let second = backups.bring_up(job);
        keeping.lock().second(backups.now_written(), &second);
        match second {
            SecondState::Failed(fault) => Err(fault.into()),
            _ => Ok(()),
        }
    }))
}

impl Desk {
    /// The work on backups of the open records.
    pub(crate) async fn backups(&self) -> Result<Backups, ApiError> {
        let place = place_of(self.backup_place().as_ref());
        Ok(self.records().await?.backups(place)?)
    }
}
