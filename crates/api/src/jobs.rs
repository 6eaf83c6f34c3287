//! Work that takes long: a backup, a check, a new key, a salvage. Each job runs on a thread of its own, says how far it is, and
//! looks at every whole item whether it is to stop. The lock stops all of them and remembers those that can be begun
//! again, so that they are offered once the records are open anew. Nothing that a job keeps here is a person's text.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::sync::{Notify, oneshot};
use ts_rs::TS;
use waymark_records::Watcher;

use crate::Desk;
use crate::errors::{ApiError, JobsError, OperationError};
use crate::shapes::Nothing;

#[cfg(test)]
mod tests;

/// How long the lock waits for the jobs that it stopped.
pub(crate) const LONGEST_STOP: Duration = Duration::from_secs(5);

/// How long whoever waits for a job waits after they told it to stop.
const LONGEST_AFTER: Duration = Duration::from_secs(2);

/// Ended jobs that are still told, so that a page that asks now and then sees how each of them ended.
const ENDED_TOLD: usize = 8;

/// What a job is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum JobKind {
    /// Making a backup.
    Backup,
    /// Copying backups to the second place.
    Copy,
    /// Checking all backups.
    Check,
    /// Putting a backup in the place of the records.
    Restore,
    /// Encrypting everything anew under a new key.
    NewKey,
    /// Erasing a student for good.
    Erase,
    /// Reading out of damaged records what can be read.
    Salvage,
    /// Looking for the newest backup that is whole, for records that can't be opened.
    FindBackup,
}

/// How a job stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum JobState {
    /// At work.
    Running,
    /// Stopped before its end, by the person or by the lock.
    Stopped,
    /// Done.
    Done,
    /// Failed, with a code.
    Failed,
}

/// A job as the pages see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct JobRow {
    /// Number, for cancelling.
    pub id: u32,
    /// What it is about.
    pub kind: JobKind,
    /// Items done.
    pub done: u64,
    /// Items in all; 0 while that is not known.
    pub total: u64,
    /// How it stands.
    pub state: JobState,
    /// Whether it was told to stop and has not ended yet.
    pub stopping: bool,
    /// Code of its fault, where it failed.
    pub code: Option<String>,
    /// Parameters of the fault.
    pub params: BTreeMap<&'static str, String>,
}

/// A job that the lock stopped and that can be begun again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct StoppedJob {
    /// Number that it had.
    pub id: u32,
    /// What it is about.
    pub kind: JobKind,
}

/// Names a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct JobId {
    /// Its number.
    pub id: u32,
}

/// A job under way, in the hands of its work. Clones are of the same job.
#[derive(Debug, Clone)]
pub(crate) struct Job(Arc<Signals>);

#[derive(Debug, Default)]
struct Signals {
    stop: AtomicBool,
    done: AtomicU64,
    total: AtomicU64,
}

impl Job {
    fn new() -> Self {
        Self(Arc::new(Signals::default()))
    }

    /// Whether it is to stop.
    pub(crate) fn is_to_stop(&self) -> bool {
        self.0.stop.load(Ordering::SeqCst)
    }

    /// Says how far it is.
    pub(crate) fn at(&self, done: u64, total: u64) {
        self.0.total.store(total, Ordering::SeqCst);
        self.0.done.store(done, Ordering::SeqCst);
    }

    /// The job as work in the records sees it.
    pub(crate) fn watcher(&self) -> Arc<dyn Watcher> {
        Arc::new(self.clone())
    }
}

impl Watcher for Job {
    fn at(&self, done: u64, total: u64) {
        Self::at(self, done, total);
    }

    fn is_to_stop(&self) -> bool {
        Self::is_to_stop(self)
    }
}

/// How a job is begun again after an unlock: the operation that began it, with the same input.
pub(crate) type Again = Box<dyn for<'desk> Fn(&'desk Desk) -> Begun<'desk> + Send + Sync>;

/// A job that is being begun.
pub(crate) type Begun<'desk> = Pin<Box<dyn Future<Output = Result<JobId, ApiError>> + Send + 'desk>>;

/// The jobs of this start of the program.
#[derive(Default)]
pub(crate) struct Jobs(Arc<Registry>);

#[derive(Default)]
struct Registry {
    list: Mutex<List>,
    ended: Notify,
}

#[derive(Default)]
struct List {
    last: u32,
    jobs: Vec<Entry>,
    /// Work that stands in no list. It is gone once nobody is at it any more.
    beside: Vec<Weak<Signals>>,
    stopped: Vec<(StoppedJob, Again)>,
}

struct Entry {
    id: u32,
    kind: JobKind,
    job: Job,
    state: JobState,
    fault: Option<ApiError>,
    /// There while it runs, where it can be begun again.
    again: Option<Again>,
}

impl Jobs {
    /// Begins a job on a thread of its own. `again` says how it is begun once more after the lock stopped it.
    pub(crate) fn begin<T, F>(&self, kind: JobKind, again: Option<Again>, work: F) -> Running<T>
    where
        T: Send + 'static,
        F: FnOnce(&Job) -> Result<T, ApiError> + Send + 'static,
    {
        let job = Job::new();
        let id = {
            let mut list = self.0.lock();
            list.last += 1;
            let id = list.last;
            let state = JobState::Running;
            list.jobs.push(Entry { id, kind, job: job.clone(), state, fault: None, again });
            list.forget_old();
            id
        };
        let registry = Arc::clone(&self.0);
        let (tell, outcome) = oneshot::channel();
        tokio::task::spawn_blocking(move || {
            let done = catch_unwind(AssertUnwindSafe(|| work(&job)));
            let done = done.unwrap_or_else(|_| Err(OperationError::Failed.into()));
            registry.end(id, done.as_ref().err());
            // Most jobs are not waited for: their end stands in the list.
            let _ = tell.send(done);
        });
        Running { id: JobId { id }, outcome }
    }

    /// For work that somebody waits for and that stands in no list, such as a look into a backup: the lock tells it to
    /// stop as well, for it holds a key. To be asked for before the work looks whether the records are open.
    pub(crate) fn beside(&self) -> Arc<dyn Watcher> {
        let job = Job::new();
        let mut list = self.0.lock();
        list.beside.retain(|beside| beside.strong_count() > 0);
        list.beside.push(Arc::downgrade(&job.0));
        Arc::new(job)
    }

    /// Tells a job to stop. Nobody is asked later whether they want after all what they have stopped themselves.
    fn stop(&self, id: u32) -> Result<(), JobsError> {
        let mut list = self.0.lock();
        let entry = list.jobs.iter_mut().find(|entry| entry.id == id).ok_or(JobsError::NotFound)?;
        entry.job.0.stop.store(true, Ordering::SeqCst);
        entry.again = None;
        Ok(())
    }

    /// The running job of a kind.
    pub(crate) fn running(&self, kind: JobKind) -> Option<JobId> {
        let list = self.0.lock();
        let found = list.jobs.iter().find(|entry| entry.kind == kind && entry.state == JobState::Running);
        found.map(|entry| JobId { id: entry.id })
    }

    /// Tells every job to stop and waits until they have, [`LONGEST_STOP`] for the lock. Says whether all of them ended.
    /// What was stopped and can be begun again is kept.
    pub(crate) async fn stop_all(&self, longest: Duration) -> bool {
        let stopping: Vec<u32> = {
            let list = self.0.lock();
            for beside in list.beside.iter().filter_map(Weak::upgrade) {
                beside.stop.store(true, Ordering::SeqCst);
            }
            let running = list.jobs.iter().filter(|entry| entry.state == JobState::Running);
            running
                .inspect(|entry| entry.job.0.stop.store(true, Ordering::SeqCst))
                .map(|entry| entry.id)
                .collect()
        };
        let all_ended = tokio::time::timeout(longest, async {
            loop {
                let next = self.0.ended.notified();
                if !self.0.lock().any_running() {
                    return;
                }
                next.await;
            }
        });
        let in_time = all_ended.await.is_ok();
        self.0.lock().remember(&stopping);
        in_time
    }

    /// Forgets what was stopped: other records are opened next.
    pub(crate) fn forget_stopped(&self) {
        self.0.lock().stopped.clear();
    }

    fn rows(&self) -> Vec<JobRow> {
        self.0.lock().jobs.iter().map(Entry::row).collect()
    }
}

/// A job that was begun.
pub(crate) struct Running<T> {
    /// Its number.
    pub(crate) id: JobId,
    outcome: oneshot::Receiver<Result<T, ApiError>>,
}

impl<T> Running<T> {
    /// Waits for its end.
    pub(crate) async fn outcome(self) -> Result<T, ApiError> {
        self.outcome.await.unwrap_or_else(|_| Err(OperationError::Failed.into()))
    }

    /// Waits for its end for so long, then tells it to stop and waits a moment for that. One that ignores even that, such
    /// as one in the midst of a check that can't be asked, is waited for no longer.
    pub(crate) async fn within(mut self, jobs: &Jobs, longest: Duration) -> Result<T, ApiError> {
        let in_time = tokio::time::timeout(longest, &mut self.outcome).await;
        let ended = if in_time.is_ok() {
            in_time
        } else {
            jobs.stop(self.id.id)?;
            tokio::time::timeout(LONGEST_AFTER, &mut self.outcome).await
        };
        match ended {
            Ok(ended) => ended.unwrap_or_else(|_| Err(OperationError::Failed.into())),
            Err(_) => Err(JobsError::Stopped.into()),
        }
    }
}

impl Registry {
    /// A panic while the lock was held leaves rows of which each is whole.
    fn lock(&self) -> MutexGuard<'_, List> {
        self.list.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn end(&self, id: u32, fault: Option<&ApiError>) {
        if let Some(entry) = self.lock().jobs.iter_mut().find(|entry| entry.id == id) {
            entry.state = match fault {
                None => JobState::Done,
                Some(fault) if *fault == JobsError::Stopped.into() => JobState::Stopped,
                Some(_) => JobState::Failed,
            };
            entry.fault = fault.filter(|_| entry.state == JobState::Failed).cloned();
        }
        self.ended.notify_waiters();
    }
}

impl List {
    fn any_running(&self) -> bool {
        self.jobs.iter().any(|entry| entry.state == JobState::Running)
    }

    /// Keeps how the jobs that the lock stopped are begun again.
    fn remember(&mut self, stopping: &[u32]) {
        for entry in &mut self.jobs {
            let stopped = stopping.contains(&entry.id) && entry.state != JobState::Done;
            if stopped && let Some(again) = entry.again.take() {
                self.stopped.push((StoppedJob { id: entry.id, kind: entry.kind }, again));
            }
        }
    }

    fn forget_old(&mut self) {
        let ended = self.jobs.iter().filter(|entry| entry.state != JobState::Running).count();
        let mut left_over = ended.saturating_sub(ENDED_TOLD);
        self.jobs.retain(|entry| {
            let goes = left_over > 0 && entry.state != JobState::Running;
            left_over -= usize::from(goes);
            !goes
        });
    }
}

impl Entry {
    fn row(&self) -> JobRow {
        let fault = self.fault.as_ref();
        JobRow {
            id: self.id,
            kind: self.kind,
            done: self.job.0.done.load(Ordering::SeqCst),
            total: self.job.0.total.load(Ordering::SeqCst),
            state: self.state,
            stopping: self.state == JobState::Running && self.job.is_to_stop(),
            code: fault.map(|fault| fault.code.to_owned()),
            params: fault.map(|fault| fault.params.clone()).unwrap_or_default(),
        }
    }
}

/// The jobs that run, and how the last ones ended.
pub async fn list(desk: &Desk, _: Nothing) -> Result<Vec<JobRow>, ApiError> {
    let rows = desk.jobs.rows();
    // Whoever hears that erasing from copies has ended finds it noted.
    if let Err(error) = desk.keep_erased().await {
        tracing::warn!(code = error.code, "what was erased from copies is looked for once more");
    }
    Ok(rows)
}

/// Tells a job to stop at its next whole item. One that has ended already stays as it ended.
pub async fn cancel(desk: &Desk, input: JobId) -> Result<Vec<JobRow>, ApiError> {
    desk.jobs.stop(input.id)?;
    list(desk, Nothing {}).await
}

/// What the lock stopped and can be begun again.
pub async fn stopped(desk: &Desk, _: Nothing) -> Result<Vec<StoppedJob>, ApiError> {
    // While the records are locked there is nothing to offer.
    drop(desk.records().await?);
    Ok(desk.jobs.0.lock().stopped.iter().map(|(job, _)| job.clone()).collect())
}

/// Begins a stopped job again, and gives its new number.
pub async fn resume(desk: &Desk, input: JobId) -> Result<JobId, ApiError> {
    drop(desk.records().await?);
    let (_, again) = desk.jobs.take_stopped(input.id).ok_or(JobsError::NotFound)?;
    again(desk).await
}

/// Lets a stopped job be.
pub async fn forget(desk: &Desk, input: JobId) -> Result<Nothing, ApiError> {
    drop(desk.records().await?);
    desk.jobs.take_stopped(input.id).map(|_| Nothing {}).ok_or_else(|| JobsError::NotFound.into())
}

impl Jobs {
    fn take_stopped(&self, id: u32) -> Option<(StoppedJob, Again)> {
        let mut list = self.0.lock();
        let at = list.stopped.iter().position(|(job, _)| job.id == id)?;
        Some(list.stopped.remove(at))
    }
}
