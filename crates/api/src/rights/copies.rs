//! Erasing from copies of the records what was erased from the records: from backups, and from what was set aside. It is
//! a job, and takes its turn with other work on backups: one that was being made is finished by then and loses the
//! student as well. What could not be done yet is kept in the records and gone on with at the next opening, and as soon
//! as the second place is back.

use std::collections::BTreeSet;

use serde::Serialize;
use ts_rs::TS;
use waymark_records::{AsideCopy, EraseScope, Erasure, Left, Rewritten};

use crate::Desk;
use crate::backups::place_of;
use crate::desk::blocking;
use crate::errors::{ApiError, RightsError};
use crate::jobs::{JobId, JobKind};
use crate::shapes::Nothing;

/// An erasure that is not carried out in every copy yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct UnfinishedErasure {
    /// Id of its certificate.
    pub certificate: String,
    /// When it was erased from the records, RFC 3339 UTC.
    pub at: String,
    /// What was erased.
    pub scope: EraseScope,
    /// Whether it was tried in the copies at all.
    pub tried: bool,
    /// How many backups are known to hold it still: damaged ones, and ones under an older key.
    pub backups: usize,
    /// Whether the second place could not be reached, or not wholly.
    pub second: bool,
    /// Folders of copies that were set aside and could not be written anew.
    pub aside: Vec<String>,
    /// Day by which the last backup of that time is dropped, where the program is used, `YYYY-MM-DD`.
    pub until: String,
}

/// Copies of the records as they are now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct KnownCopies {
    /// Those that were set aside.
    pub aside: Vec<AsideCopy>,
    /// Day by which the last backup of now is dropped, where the program is used, `YYYY-MM-DD`.
    pub backups_until: String,
}

/// The work on the copies goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct GoneOn {
    /// The job; none where nothing is to be done.
    pub job: Option<JobId>,
}

/// What this opening of the records has tried, until it is noted in them.
#[derive(Default)]
pub(crate) struct Tried {
    /// Certificates of what was tried.
    certificates: BTreeSet<String>,
    /// Whether the second place was there then.
    second_there: bool,
    /// What came of it.
    ended: Vec<(Vec<String>, Rewritten)>,
}

/// Erasures that are not carried out in every copy yet, the oldest first.
pub async fn unfinished(desk: &Desk, _: Nothing) -> Result<Vec<UnfinishedErasure>, ApiError> {
    desk.keep_erased().await?;
    let erasures = desk.records().await?.erasures().await?;
    let told = |erasure: Erasure| {
        // A time that can't be read is none of ours; the last day of now is later than any that could be meant.
        let at = erasure.certificate.at.parse().unwrap_or_else(|_| desk.surroundings.now());
        let tried = erasure.left.is_some();
        let left = erasure.left.unwrap_or_default();
        Ok(UnfinishedErasure {
            certificate: erasure.certificate.id,
            at: erasure.certificate.at,
            scope: erasure.scope,
            tried,
            backups: left.backups.len(),
            second: left.second,
            aside: left.aside.iter().map(|path| path.display().to_string()).collect(),
            until: super::last_day(at)?,
        })
    };
    erasures.into_iter().map(told).collect()
}

/// Which copies hold whom the records hold now, and how long.
pub async fn copies(desk: &Desk, _: Nothing) -> Result<KnownCopies, ApiError> {
    let backups = desk.backups().await?;
    let aside = blocking(move || Ok(backups.aside()?)).await?;
    Ok(KnownCopies { aside, backups_until: super::last_day(desk.surroundings.now())? })
}

/// Begins to erase from the copies what is still to be erased from them.
pub async fn go_on(desk: &Desk, _: Nothing) -> Result<GoneOn, ApiError> {
    Ok(GoneOn { job: begin(desk).await? })
}

/// The same; gives the job, where there is anything to do. It is not offered to be begun again after a lock: it goes on
/// by itself.
pub(super) async fn begin(desk: &Desk) -> Result<Option<JobId>, ApiError> {
    desk.keep_erased().await?;
    let erasures = desk.records().await?.erasures().await?;
    if erasures.is_empty() { Ok(None) } else { start(desk, erasures).await.map(Some) }
}

async fn start(desk: &Desk, erasures: Vec<Erasure>) -> Result<JobId, ApiError> {
    let backups = desk.backups().await?;
    let keeping = desk.keeping.clone();
    let certificates: Vec<String> = erasures.iter().map(|one| one.certificate.id.clone()).collect();
    {
        let tried = &mut keeping.lock().erasing;
        tried.certificates.extend(certificates.iter().cloned());
        tried.second_there = second_is_there(desk);
    }
    let running = desk.jobs.begin(JobKind::Erase, None, move |job| {
        let _turn = keeping.turn_of(job)?;
        let done = backups.erase(&erasures, &job.watcher())?;
        let fault = fault_of(&done.left);
        keeping.lock().erasing.ended.push((certificates, done));
        fault.map_or(Ok(()), |fault| Err(fault.into()))
    });
    Ok(running.id)
}

fn second_is_there(desk: &Desk) -> bool {
    place_of(desk.backup_place().as_ref()).is_some_and(|place| place.is_there())
}

/// What to say of what is left; the page of retention says the rest.
fn fault_of(left: &Left) -> Option<RightsError> {
    match (left.backups.len(), left.second) {
        (0, false) if left.aside.is_empty() => None,
        (0, false) => Some(RightsError::AsideLeft { left: left.aside.len() }),
        (0, true) => Some(RightsError::SecondLeft),
        (left, false) => Some(RightsError::BackupsLeft { left }),
        (left, true) => Some(RightsError::BackupsAndSecondLeft { left }),
    }
}

impl Desk {
    /// Goes on with what this opening has not tried yet, and again once the second place is back.
    pub(crate) async fn go_on_erasing(&self) -> Result<(), ApiError> {
        self.keep_erased().await?;
        if self.open.read().await.is_none() || self.jobs.running(JobKind::Erase).is_some() {
            return Ok(());
        }
        let erasures = self.records().await?.erasures().await?;
        let due = {
            let tried = &self.keeping.lock().erasing;
            let back = !tried.second_there && second_is_there(self);
            erasures.iter().any(|one| {
                let waits_for_second = one.left.as_ref().is_some_and(|left| left.second);
                !tried.certificates.contains(&one.certificate.id) || (back && waits_for_second)
            })
        };
        if due {
            start(self, erasures).await?;
        }
        Ok(())
    }

    /// Notes in the records what came of erasing from the copies; later where something holds the records just now, for
    /// whoever asks how far that is must not wait for it.
    pub(crate) async fn keep_erased(&self) -> Result<(), ApiError> {
        let Ok(open) = self.open.try_read() else { return Ok(()) };
        let Some(records) = open.as_ref() else { return Ok(()) };
        let ended = std::mem::take(&mut self.keeping.lock().erasing.ended);
        for (certificates, found) in ended {
            records.erasures_tried(certificates, found).await?;
        }
        Ok(())
    }
}
