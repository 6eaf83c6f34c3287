//! The writer's thread: it alone owns the connection that writes, and takes one job after another.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc;
use std::thread;

use rusqlite::Connection;
use tokio::sync::oneshot;

use crate::RecordsError;

type Job = Box<dyn FnOnce(&mut Connection) + Send>;

/// The way to the writer's thread.
#[derive(Debug)]
pub(crate) struct Writer {
    jobs: mpsc::Sender<Job>,
    /// Says when the thread has closed its connection.
    ended: oneshot::Receiver<Result<(), RecordsError>>,
}

impl Writer {
    /// Starts the thread with its connection.
    pub(crate) fn start(mut connection: Connection) -> Result<Self, RecordsError> {
        let (jobs, queue) = mpsc::channel::<Job>();
        let (tell, ended) = oneshot::channel();
        thread::Builder::new().name("records writer".into()).spawn(move || {
            for job in queue {
                job(&mut connection);
            }
            let closed = connection.close().map_err(|(_, error)| error.into());
            // Nobody listens where the records were dropped without being closed; the file is whole all the same.
            let _ = tell.send(closed);
        })?;
        Ok(Self { jobs, ended })
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
            let outcome = catch_unwind(AssertUnwindSafe(|| job(connection)));
            let _ = tell.send(outcome.unwrap_or(Err(RecordsError::Internal("panic"))));
        });
        self.jobs.send(job).map_err(|_| RecordsError::Closed)?;
        answer.await.map_err(|_| RecordsError::Internal("writer"))?
    }

    /// Lets waiting jobs finish and closes the connection.
    pub(crate) async fn close(self) -> Result<(), RecordsError> {
        let Self { jobs, ended } = self;
        drop(jobs);
        ended.await.map_err(|_| RecordsError::Internal("writer"))?
    }
}
