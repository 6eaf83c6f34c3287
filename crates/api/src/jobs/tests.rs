//! Jobs by themselves: begun, told to stop, ended, remembered.

use std::sync::mpsc;
use std::time::Duration;

use super::*;

/// Goes on from item to item until it is told to stop.
fn endless(job: &Job) -> Result<(), ApiError> {
    for item in 0.. {
        job.at(item, 0);
        if job.is_to_stop() {
            return Err(JobsError::Stopped.into());
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    Ok(())
}

fn never_again() -> Again {
    Box::new(|_| Box::pin(async { Err(JobsError::NotFound.into()) }))
}

fn states(jobs: &Jobs) -> Vec<JobState> {
    jobs.rows().into_iter().map(|row| row.state).collect()
}

#[tokio::test]
async fn a_job_says_how_far_it_is_and_how_it_ended() {
    let jobs = Jobs::default();
    let (tell, told) = mpsc::channel::<()>();
    let running = jobs.begin(JobKind::Check, None, move |job| {
        job.at(3, 7);
        told.recv().map_err(|_| ApiError::from(OperationError::Failed))
    });
    while jobs.rows()[0].done != 3 {
        tokio::task::yield_now().await;
    }
    assert_eq!(jobs.running(JobKind::Check), Some(running.id));
    assert_eq!((jobs.rows()[0].total, jobs.rows()[0].state), (7, JobState::Running));
    tell.send(()).unwrap();
    assert_eq!(running.outcome().await, Ok(()));
    assert_eq!(states(&jobs), [JobState::Done]);
    assert_eq!(jobs.running(JobKind::Check), None);
}

#[tokio::test]
async fn a_failed_job_keeps_its_code_and_a_panic_is_a_failure() {
    let jobs = Jobs::default();
    let failed: Running<()> = jobs.begin(JobKind::Backup, None, |_| {
        Err(crate::errors::StudentsError::RosterHasFaults { count: 3 }.into())
    });
    assert_eq!(failed.outcome().await.unwrap_err().code, "students.roster_has_faults");
    let row = jobs.rows().remove(0);
    assert_eq!((row.state, row.code.as_deref()), (JobState::Failed, Some("students.roster_has_faults")));
    assert_eq!(row.params["count"], "3");

    let panicked: Running<()> = jobs.begin(JobKind::Backup, None, |_| panic!("a fault of the program"));
    assert_eq!(panicked.outcome().await.unwrap_err().code, "operation.failed");
    assert_eq!(states(&jobs), [JobState::Failed, JobState::Failed]);
}

#[tokio::test]
async fn the_lock_stops_every_job_and_keeps_those_that_can_be_begun_again() {
    let jobs = Jobs::default();
    let once = jobs.begin(JobKind::Restore, None, endless);
    let again = jobs.begin(JobKind::Check, Some(never_again()), endless);
    let done = jobs.begin(JobKind::Backup, Some(never_again()), |_| Ok(()));
    done.outcome().await.unwrap();
    let id = again.id;
    assert!(jobs.stop_all(LONGEST_STOP).await);
    assert_eq!(once.outcome().await, Err(JobsError::Stopped.into()));
    assert_eq!(again.outcome().await, Err(JobsError::Stopped.into()));
    assert_eq!(states(&jobs), [JobState::Stopped, JobState::Stopped, JobState::Done]);
    assert!(jobs.take_stopped(id.id).is_some(), "it is offered again");
    assert!(jobs.take_stopped(id.id).is_none(), "and once only");
    assert!(jobs.0.lock().stopped.is_empty(), "neither what can't be begun again nor what was done");
}

#[tokio::test]
async fn a_job_that_ended_while_it_was_told_to_stop_counts_as_done() {
    let jobs = Jobs::default();
    let (tell, told) = mpsc::channel::<()>();
    // It has passed its last whole item and does not look again.
    let running = jobs.begin(JobKind::Backup, Some(never_again()), move |_| {
        told.recv().map_err(|_| ApiError::from(OperationError::Failed))
    });
    let stopping = jobs.stop_all(LONGEST_STOP);
    let telling = async {
        tokio::time::sleep(Duration::from_millis(20)).await;
        tell.send(()).unwrap();
    };
    assert!(tokio::join!(stopping, telling).0);
    assert_eq!(running.outcome().await, Ok(()));
    assert!(jobs.0.lock().stopped.is_empty());
}

#[tokio::test]
async fn a_job_that_does_not_stop_holds_the_lock_for_so_long_and_no_longer() {
    let jobs = Jobs::default();
    let (tell, told) = mpsc::channel::<()>();
    let running = jobs.begin(JobKind::Backup, None, move |_| {
        told.recv().map_err(|_| ApiError::from(OperationError::Failed))
    });
    assert!(!jobs.stop_all(Duration::from_millis(30)).await, "it did not end");
    assert!(jobs.rows()[0].stopping);
    tell.send(()).unwrap();
    running.outcome().await.unwrap();
}

#[tokio::test]
async fn only_the_last_ended_jobs_are_told() {
    let jobs = Jobs::default();
    for _ in 0..20 {
        jobs.begin(JobKind::Check, None, |_| Ok(())).outcome().await.unwrap();
    }
    assert!(jobs.rows().len() <= ENDED_TOLD + 1);
    assert_eq!(jobs.rows().last().unwrap().id, 20);
}

#[tokio::test]
async fn what_ignores_its_stop_is_waited_for_no_longer_than_so_long() {
    let jobs = Jobs::default();
    let (tell, told) = mpsc::channel::<()>();
    let running = jobs.begin(JobKind::Backup, None, move |_| {
        told.recv().map_err(|_| ApiError::from(OperationError::Failed))
    });
    let waited =
        tokio::time::timeout(Duration::from_secs(4), running.within(&jobs, Duration::from_millis(20)));
    assert_eq!(waited.await.expect("it waits without end"), Err(JobsError::Stopped.into()));
    assert!(jobs.rows()[0].stopping);
    tell.send(()).unwrap();
    let running = jobs.begin(JobKind::Backup, None, endless);
    assert_eq!(running.within(&jobs, Duration::from_millis(20)).await, Err(JobsError::Stopped.into()));
    let running = jobs.begin(JobKind::Backup, None, |_| Ok(7));
    assert_eq!(running.within(&jobs, LONGEST_STOP).await, Ok(7));
}

#[tokio::test]
async fn the_lock_stops_what_stands_in_no_list_as_well() {
    let jobs = Jobs::default();
    let looking = jobs.beside();
    drop(jobs.beside());
    assert!(!looking.is_to_stop());
    assert!(jobs.stop_all(LONGEST_STOP).await);
    assert!(looking.is_to_stop());
    assert!(!jobs.beside().is_to_stop(), "what is begun after it");
}
