//! How long nobody has touched the program, by a clock that no change of the date moves and that goes on while the
//! computer sleeps. The pages measure it for themselves; this is the program's own measure, for pages that hang.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// When somebody last touched the program, as the time since the computer started.
#[derive(Debug, Default)]
pub struct Idle(Mutex<Duration>);

impl Idle {
    /// Somebody touches it now. A moment before the last one counts for nothing.
    pub fn touched(&self, now: Duration) {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *last = now.max(*last);
    }

    /// What is left of `limit` until nobody has touched it for that long.
    #[must_use]
    pub fn left(&self, now: Duration, limit: Duration) -> Duration {
        let last = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        limit.saturating_sub(now.saturating_sub(last))
    }
}

/// The time since the computer started, its sleep included where the system tells it (Linux does).
#[must_use]
pub fn uptime() -> Duration {
    let told = std::fs::read_to_string("/proc/uptime").ok();
    let seconds = told.and_then(|text| text.split_whitespace().next()?.parse().ok());
    seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok()).unwrap_or_else(since_first_asked)
}

fn since_first_asked() -> Duration {
    static FIRST: std::sync::OnceLock<std::time::Instant> = std::sync::OnceLock::new();
    FIRST.get_or_init(std::time::Instant::now).elapsed()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::from_secs(60);

    #[test]
    fn the_time_runs_from_the_last_touch_and_sleep_counts() {
        let idle = Idle::default();
        idle.touched(MINUTE);
        assert_eq!(idle.left(MINUTE, 10 * MINUTE), 10 * MINUTE);
        assert_eq!(idle.left(4 * MINUTE, 10 * MINUTE), 7 * MINUTE);
        idle.touched(5 * MINUTE);
        assert_eq!(idle.left(6 * MINUTE, 10 * MINUTE), 9 * MINUTE);
        // A night of sleep later.
        assert_eq!(idle.left(500 * MINUTE, 10 * MINUTE), Duration::ZERO);
    }

    #[test]
    fn a_touch_that_comes_late_takes_nothing_away() {
        let idle = Idle::default();
        idle.touched(5 * MINUTE);
        idle.touched(2 * MINUTE);
        assert_eq!(idle.left(5 * MINUTE, MINUTE), MINUTE);
    }

    #[test]
    fn the_clock_goes_on() {
        let first = uptime();
        std::thread::sleep(Duration::from_millis(30));
        assert!(uptime() > first);
    }
}
