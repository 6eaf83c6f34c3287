//! Time and randomness, passed in, so that nothing here reaches for them by itself and every test can say what they are.

use jiff::Timestamp;
use uuid::{Builder, Uuid};

use crate::RecordsError;

/// What the records need from outside.
pub trait Surroundings: Send + Sync + 'static {
    /// The time now.
    fn now(&self) -> Timestamp;

    /// Fills `out` with random bytes fit for keys.
    fn random(&self, out: &mut [u8]) -> Result<(), RecordsError>;
}

/// The computer's clock and its source of randomness.
#[derive(Debug, Clone, Copy, Default)]
pub struct Computer;

impl Surroundings for Computer {
    #[expect(clippy::disallowed_methods, reason = "the one place that looks at the clock")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn random(&self, out: &mut [u8]) -> Result<(), RecordsError> {
        getrandom::fill(out).map_err(|_| RecordsError::NoRandomness)
    }
}

/// A new UUIDv7.
pub(crate) fn new_id(surroundings: &dyn Surroundings) -> Result<Uuid, RecordsError> {
    let mut random = [0; 10];
    surroundings.random(&mut random)?;
    let millis = u64::try_from(surroundings.now().as_millisecond()).unwrap_or(0);
    Ok(Builder::from_unix_timestamp_millis(millis, &random).into_uuid())
}

/// A time as the names of files say it: `YYYYMMDDTHHMMSSZ`.
pub(crate) fn stamp(time: Timestamp) -> String {
    time.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// A time as the records write it: RFC 3339, UTC, milliseconds.
pub(crate) fn written(time: Timestamp) -> String {
    format!("{time:.3}")
}
