//! When backups are made: every half hour in which anything was changed, when the records are closed, and before what
//! changes much at once.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use ts_rs::TS;
use waymark_records::{BackupReason, Made, Mark, NewestBackup, SecondState};

use super::{begin, begin_copy, place_of};
use crate::Desk;
use crate::errors::{ApiError, BackupsError, JobsError};
use crate::jobs::{Job, JobKind};
use crate::rights::Tried;
use crate::shapes::Nothing;

/// Time between two backups while something changes.
const EVERY: SignedDuration = SignedDuration::from_mins(30);

/// Time until one that could not be made is tried again.
const AGAIN: SignedDuration = SignedDuration::from_mins(5);

/// How often it is looked whether one is due.
const LOOK_EVERY: Duration = Duration::from_secs(60);

/// How long the end of the program waits for its backup.
const LONGEST_AT_QUIT: Duration = Duration::from_secs(10);

/// How long the lock waits for its backup: the keys are to be wiped soon.
const LONGEST_AT_LOCK: Duration = Duration::from_secs(3);

/// How often a job looks whether it is its turn.
const LOOK_FOR_TURN: Duration = Duration::from_millis(20);

/// How long what changes the keys waits for its turn.
const LONGEST_FOR_TURN: Duration = Duration::from_secs(10);

/// Whether a backup was made before the program ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct BackedUp {
    /// Not where nothing was changed since the last one.
    pub made: bool,
}

/// What is known of the backups of the records that are open.
#[derive(Clone, Default)]
pub(crate) struct Keeping(Arc<Mutex<Kept>>, Arc<tokio::sync::Mutex<()>>);

/// The turn to write to the places of backups, until it is dropped.
pub(crate) type Turn = tokio::sync::OwnedMutexGuard<()>;

/// See [`Keeping`].
#[derive(Default)]
pub(crate) struct Kept {
    /// How far the records were at the last backup of this opening.
    mark: Option<Mark>,
    /// No backup is due before.
    next: Option<Timestamp>,
    /// What the last one that was tried ran into.
    pub(crate) fault: Option<ApiError>,
    pub(crate) thinned_early: bool,
    /// Code of why old backups could not be dropped, the last time that it was tried.
    pub(crate) thinning_fault: Option<&'static str>,
    /// Code of what stood in the way of the last copy to the second place.
    pub(crate) second_fault: Option<&'static str>,
    /// When the second place last had all backups, where that is not in the settings yet.
    second_seen: Option<String>,
    /// Whether the second place has what it can have for now. Where it was away it has not; a place that can't be
    /// written to is tried again with the next backup.
    second_settled: bool,
    /// Erasing from copies of the records, in this opening.
    pub(crate) erasing: Tried,
}

impl Keeping {
    pub(crate) fn lock(&self) -> MutexGuard<'_, Kept> {
        // Each field is whole by itself.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A job that writes to the places of backups takes its turn: two at once would tidy up after each other. It can be
    /// stopped while it waits.
    pub(crate) fn turn_of(&self, job: &Job) -> Result<Turn, ApiError> {
        loop {
            if let Ok(turn) = Arc::clone(&self.1).try_lock_owned() {
                return Ok(turn);
            }
            if job.is_to_stop() {
                return Err(JobsError::Stopped.into());
            }
            std::thread::sleep(LOOK_FOR_TURN);
        }
    }

    /// The turn for what changes the keys, here and in the places: work that writes to them began with the keys as they
    /// were. Refused where that does not end soon.
    pub(crate) async fn turn_soon(&self) -> Result<Turn, ApiError> {
        let turn = tokio::time::timeout(LONGEST_FOR_TURN, Arc::clone(&self.1).lock_owned());
        turn.await.map_err(|_| BackupsError::Busy.into())
    }

    /// Other records are open, or the same ones anew: what was known is of the last time.
    pub(crate) fn begin_anew(&self) {
        *self.lock() = Kept::default();
    }
}

impl Kept {
    /// Whether the records are not as the last backup has them.
    pub(super) fn changed(&self, mark: Mark, newest: Option<&NewestBackup>) -> bool {
        match (self.mark, newest) {
            (Some(last), _) => last != mark,
            (None, Some(newest)) => mark.is_beyond(newest),
            (None, None) => true,
        }
    }

    /// A backup was tried.
    pub(super) fn made(&mut self, mark: Mark, now: String, made: &Result<Made, ApiError>) {
        match made {
            Ok(made) => {
                self.mark = Some(mark);
                self.fault = None;
                self.thinned_early |= made.thinned_early;
                self.thinning_fault = made.not_thinned.clone().map(|fault| ApiError::from(fault).code);
                self.second(now, &made.second);
            }
            Err(stopped) if *stopped == JobsError::Stopped.into() => {}
            Err(fault) => self.fault = Some(fault.clone()),
        }
    }

    pub(super) fn second(&mut self, now: String, second: &SecondState) {
        self.second_settled = *second != SecondState::Absent;
        self.second_fault = None;
        match second {
            SecondState::Whole { .. } => self.second_seen = Some(now),
            SecondState::Failed(fault) => self.second_fault = Some(ApiError::from(fault.clone()).code),
            SecondState::None | SecondState::Absent => {}
        }
    }
}

/// Makes backups as they fall due, for as long as the desk is there. A host runs this beside everything else.
pub async fn keep(desk: Weak<Desk>) {
    loop {
        tokio::time::sleep(LOOK_EVERY).await;
        let Some(desk) = desk.upgrade() else { return };
        // The fault stands in the status, where the pages show it.
        if let Err(error) = desk.back_up_if_due().await {
            tracing::warn!(code = error.code, "a backup that was due could not be made");
        }
        if let Err(error) = desk.go_on_erasing().await {
            tracing::warn!(code = error.code, "erasing from backups could not go on");
        }
    }
}

/// Before the program ends: a backup where anything was changed since the last one.
pub async fn before_quit(desk: &Desk, _: Nothing) -> Result<BackedUp, ApiError> {
    if desk.open.read().await.is_none() {
        return Ok(BackedUp { made: false });
    }
    Ok(BackedUp { made: desk.back_up_within(LONGEST_AT_QUIT).await? })
}

impl Desk {
    /// Makes a backup where half an hour has passed since the last one and something was changed. A clock that was set
    /// back postpones nothing. What the second place missed while it was away follows as soon as it is back.
    pub async fn back_up_if_due(&self) -> Result<(), ApiError> {
        if self.open.read().await.is_none() || self.jobs.running(JobKind::Backup).is_some() {
            return Ok(());
        }
        self.keep_seen();
        let now = self.surroundings.now();
        let next = self.keeping.lock().next.unwrap_or(now);
        let due = now >= next || next.duration_since(now) > EVERY;
        if due && self.changed().await? {
            let outcome = begin(self, BackupReason::Regular).await?.outcome().await;
            let wait = if outcome.is_ok() { EVERY } else { AGAIN };
            self.keeping.lock().next = now.checked_add(wait).ok();
            self.keep_seen();
            return outcome.map(|_| ());
        }
        let back = !self.keeping.lock().second_settled
            && place_of(self.backup_place().as_ref()).is_some_and(|place| place.is_there());
        if back {
            begin_copy(self).await?.outcome().await?;
            self.keep_seen();
        }
        Ok(())
    }

    /// Makes a backup before something that changes much at once, unless the last one is of this very moment.
    pub(crate) async fn backup_before(&self, reason: BackupReason) -> Result<(), ApiError> {
        if self.changed().await? {
            begin(self, reason).await?.outcome().await?;
        }
        Ok(())
    }

    /// Makes the backup that belongs to the closing of the records. What can't be made in time is not made.
    pub(crate) async fn backup_at_lock(&self) {
        if self.open.read().await.is_none() {
            return;
        }
        if let Err(error) = self.keep_erased().await {
            tracing::warn!(code = error.code, "what was erased from backups is looked for once more");
        }
        if let Err(error) = self.back_up_within(LONGEST_AT_LOCK).await {
            tracing::warn!(code = error.code, "no backup was made before the records were closed");
        }
    }

    /// Makes a backup where something was changed, within so much time. Says whether one was made.
    async fn back_up_within(&self, longest: Duration) -> Result<bool, ApiError> {
        if !self.changed().await? {
            return Ok(false);
        }
        let running = begin(self, BackupReason::Closing).await?;
        let ended = running.within(&self.jobs, longest).await;
        self.keep_seen();
        ended.map(|_| true)
    }

    /// Whether the records are not as the last backup has them.
    async fn changed(&self) -> Result<bool, ApiError> {
        let (backups, mark) = {
            let records = self.records().await?;
            (records.backups(None)?, records.mark().await?)
        };
        let newest = crate::desk::blocking(move || Ok::<_, ApiError>(backups.newest()?)).await?;
        Ok(self.keeping.lock().changed(mark, newest.as_ref()))
    }

    /// Keeps in the settings when the second place was last seen.
    pub(crate) fn keep_seen(&self) {
        let seen = self.keeping.lock().second_seen.take();
        if let (Some(seen), Some(place)) = (seen, self.backup_place()) {
            let place = crate::settings::KeptPlace { seen_at: Some(seen), ..place };
            if let Err(error) = crate::settings::keep_seen(self, place) {
                tracing::warn!(code = error.code, "when the second place was seen could not be kept");
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on stops")]
mod tests;
