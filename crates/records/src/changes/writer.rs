//! The writer's thread: it alone owns the connection that writes, and takes one job after another.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc;
use std::thread::{Builder, JoinHandle};

use rusqlite::Connection;
use tokio::sync::oneshot;

use crate::RecordsError;
use crate::store::Standing;

type Job = Box<dyn FnOnce(&mut Standing) + Send>;

/// The way to the writer's thread.
#[derive(Debug)]
pub(crate) struct Writer {
    /// There until the writer is told to end.
    jobs: Option<mpsc::Sender<Job>>,
    /// Says when the thread has closed its connection.
    ended: oneshot::Receiver<Result<(), RecordsError>>,
    thread: Option<JoinHandle<()>>,
}

/// A process must not end while the thread still closes its connection: what encrypts the file is taken down with the
/// process, and the thread would fall into the void.
impl Drop for Writer {
    fn drop(&mut self) {
        self.jobs = None;
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the writer's thread ended in a panic");
        }
    }
}

impl Writer {
    /// Starts the thread with its connection.
    pub(crate) fn start(mut connection: Standing) -> Result<Self, RecordsError> {
        let (jobs, queue) = mpsc::channel::<Job>();
        let (tell, ended) = oneshot::channel();
        let thread = Builder::new().name("records writer".into()).spawn(move || {
            for job in queue {
                job(&mut connection);
            }
            let closed = connection.close();
            // Nobody listens where the records were dropped without being closed; the file is whole all the same.
            let _ = tell.send(closed);
        })?;
        Ok(Self { jobs: Some(jobs), ended, thread: Some(thread) })
    }

    /// Carries out one job on the writer's thread.
    pub(crate) async fn run<T, F>(&self, job: F) -> Result<T, RecordsError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Connection) -> Result<T, RecordsError> + Send + 'static,
    {
        let (tell, answer) = oneshot::channel();
        let job: Job = Box::new(move |connection| {
            // A panic rolls its transaction back and must not take the writer with it.
            // A caller that went away (a closed page) does not take the work back: it is on the disk.
            let outcome = catch_unwind(AssertUnwindSafe(|| connection.work(job)));
            let _ = tell.send(outcome.unwrap_or(Err(RecordsError::Internal("panic"))));
        });
        let jobs = self.jobs.as_ref().ok_or(RecordsError::Closed)?;
        jobs.send(job).map_err(|_| RecordsError::Closed)?;
        answer.await.map_err(|_| RecordsError::Internal("writer"))?
    }

    /// Lets waiting jobs finish and closes the connection.
    pub(crate) async fn close(mut self) -> Result<(), RecordsError> {
        self.jobs = None;
        (&mut self.ended).await.map_err(|_| RecordsError::Internal("writer"))?
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::time::Duration;

    use super::*;
    use crate::store::{self, May, Way};
    use crate::surroundings::Computer;
    use crate::vault::envelope::DataKey;

    #[test]
    fn a_writer_that_is_dropped_has_done_its_work_and_closed_its_connection() {
        let place = tempfile::TempDir::new().unwrap();
        let (path, key) = (place.path().join("records.db"), Arc::new(DataKey::new(&Computer).unwrap()));
        store::make(&path, &key, &Computer).unwrap();
        let writer = Writer::start(Standing::make(Way::to(path, key, May::Write)).unwrap()).unwrap();
        let done = Arc::new(AtomicBool::new(false));
        let tell = Arc::clone(&done);
        let job: Job = Box::new(move |_| {
            std::thread::sleep(Duration::from_millis(50));
            tell.store(true, Ordering::SeqCst);
        });
        writer.jobs.as_ref().unwrap().send(job).unwrap();
        drop(writer);
        assert!(done.load(Ordering::SeqCst));
        assert_eq!(Arc::strong_count(&done), 1, "the thread and what it held are gone");
    }
}
