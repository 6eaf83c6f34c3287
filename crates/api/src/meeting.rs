//! The meeting view: from "begin" to the PIN the program knows one student and nobody else. What each operation is in a
//! meeting stands in `rules`; `gate` holds every call against it; `scope` says of whom an answer may speak. The meeting
//! outlives a reloaded page and a lock, and ends with the program.

pub(crate) mod gate;
mod rules;
mod scope;

use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Desk;
use crate::errors::{ApiError, MeetingError, StudentsError, not_found};
use crate::shapes::Nothing;

/// Digits of a PIN.
const PIN_DIGITS: std::ops::RangeInclusive<usize> = 4..=12;

/// Wrong tries that cost no waiting.
const FREE_TRIES: u32 = 3;

/// The longest wait between two tries.
const LONGEST_WAIT: u64 = 30;

/// Whether a meeting is under way, and with whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct MeetingStatus {
    /// Whether one is under way.
    pub under_way: bool,
    /// Which one since the program was started; none is 0.
    pub number: u64,
    /// With whom. None while the records are locked: a locked page names nobody.
    pub student: Option<MeetingStudent>,
    /// Whether there is a PIN; not known, and said to be none, while the records are locked.
    pub has_pin: bool,
    /// Seconds to wait before the next try of the PIN.
    pub wait_seconds: u32,
}

/// The student whom a meeting is with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct MeetingStudent {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Year of graduation.
    pub graduation_year: Option<u16>,
}

/// Begins a meeting.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BeginMeeting {
    /// With whom.
    pub student_id: String,
}

/// Ends the meeting.
#[derive(Clone, Deserialize, TS)]
pub struct EndMeeting {
    /// The PIN.
    pub pin: String,
}

/// Sets the PIN, or another one.
#[derive(Clone, Deserialize, TS)]
pub struct SetPin {
    /// Four to twelve digits.
    pub pin: String,
    /// The passphrase, so that nobody else sets it at a desk that was left open.
    pub passphrase: String,
}

/// The meeting under way and what its PIN was tried with.
#[derive(Default)]
pub(crate) struct Table {
    seats: Mutex<Seats>,
    /// One try at a time: tries side by side would not slow each other down.
    tries: tokio::sync::Mutex<Tries>,
}

#[derive(Default)]
struct Seats {
    /// Meetings begun so far; the number of the last.
    begun: u64,
    now: Option<Meeting>,
}

/// A meeting under way.
struct Meeting {
    number: u64,
    student_id: String,
    /// Changes made in it; nothing else is undone in it.
    changes: BTreeSet<i64>,
    /// What was looked at and is in the log of accesses.
    views: BTreeSet<String>,
    /// Careers looked at, the newest last.
    careers: Vec<String>,
}

/// Wrong tries since the last right one.
#[derive(Default)]
struct Tries {
    wrong: u32,
    next: Option<Timestamp>,
}

impl Tries {
    fn wait(&self, now: Timestamp) -> u64 {
        let left = self.next.map_or(0, |next| next.duration_since(now).as_millis());
        // A clock that was set back must not lock anybody out.
        u64::try_from(left).unwrap_or(0).div_ceil(1000).min(LONGEST_WAIT)
    }

    /// Counts a wrong try; gives the seconds until the next one.
    fn count_wrong(&mut self, now: Timestamp) -> u64 {
        self.wrong = self.wrong.saturating_add(1);
        let over = self.wrong.saturating_sub(FREE_TRIES);
        let seconds = if over == 0 { 0 } else { LONGEST_WAIT.min(1 << over.min(6)) };
        let wait = SignedDuration::from_secs(i64::try_from(seconds).unwrap_or(0));
        self.next = now.checked_add(wait).ok();
        seconds
    }

    fn forget(&mut self) {
        *self = Self::default();
    }
}

impl Table {
    fn seats(&self) -> MutexGuard<'_, Seats> {
        // What a panic left is whole: each of its changes is one assignment.
        self.seats.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The student whom a meeting is under way with.
    pub(crate) fn student(&self) -> Option<String> {
        self.seats().now.as_ref().map(|meeting| meeting.student_id.clone())
    }

    /// Ends the meeting, where one is under way.
    pub(crate) fn leave(&self) {
        self.seats().now = None;
    }

    /// What was changed in the meeting under way; nothing outside one.
    pub(crate) fn changes(&self) -> Option<BTreeSet<i64>> {
        self.seats().now.as_ref().map(|meeting| meeting.changes.clone())
    }

    /// Careers looked at in the meeting under way, the newest first.
    fn careers(&self) -> Vec<String> {
        let seats = self.seats();
        seats.now.iter().flat_map(|meeting| meeting.careers.iter().rev().cloned()).collect()
    }
}

/// Whether a meeting is under way, and with whom.
pub async fn status(desk: &Desk, _: Nothing) -> Result<MeetingStatus, ApiError> {
    status_of(desk).await
}

/// Sets the PIN, or another one. The passphrase proves who sets it; wrong ones slow down as at the door.
pub async fn set_pin(desk: &Desk, input: SetPin) -> Result<MeetingStatus, ApiError> {
    if !PIN_DIGITS.contains(&input.pin.len()) || !input.pin.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(MeetingError::PinShape { least: *PIN_DIGITS.start(), most: *PIN_DIGITS.end() }.into());
    }
    {
        let records = desk.records().await?;
        let passphrase = zeroize::Zeroizing::new(input.passphrase);
        crate::vault::tried(desk, move |vault| vault.prove(&passphrase)).await?;
        desk.meeting.tries.lock().await.forget();
        records.set_pin(input.pin, desk.cost).await?;
    }
    status_of(desk).await
}

/// Begins a meeting with a student. Without a PIN there would be no way out of it, so there has to be one.
pub async fn begin(desk: &Desk, input: BeginMeeting) -> Result<MeetingStatus, ApiError> {
    {
        let records = desk.records().await?;
        // Asked before anything else: a meeting does not tell who else is on the roster.
        if desk.meeting.student().is_some() {
            return Err(MeetingError::UnderWay.into());
        }
        let student = records.student(input.student_id).await.map_err(not_found(StudentsError::NotFound))?;
        if !records.has_pin().await? {
            return Err(MeetingError::NoPin.into());
        }
        // What was typed before the meeting is a step of its own: an undo in the meeting does not reach it.
        records.seal_open_change().await?;
        let mut seats = desk.meeting.seats();
        if seats.now.is_some() {
            return Err(MeetingError::UnderWay.into());
        }
        seats.begun += 1;
        let number = seats.begun;
        seats.now = Some(Meeting {
            number,
            student_id: student.id,
            changes: BTreeSet::new(),
            views: BTreeSet::new(),
            careers: Vec::new(),
        });
    }
    status_of(desk).await
}

/// Ends the meeting. Wrong tries slow down.
pub async fn end(desk: &Desk, input: EndMeeting) -> Result<MeetingStatus, ApiError> {
    {
        let records = desk.records().await?;
        if desk.meeting.student().is_none() {
            return Err(MeetingError::NotUnderWay.into());
        }
        let mut tries = ready(desk).await?;
        match records.is_pin(input.pin).await? {
            Some(true) => tries.forget(),
            Some(false) => {
                let wait_seconds = tries.count_wrong(desk.surroundings.now());
                return Err(MeetingError::WrongPin { wait_seconds }.into());
            }
            None => return Err(MeetingError::NoPin.into()),
        }
        desk.meeting.leave();
    }
    status_of(desk).await
}

/// The tries, where another one is free by now.
async fn ready(desk: &Desk) -> Result<tokio::sync::MutexGuard<'_, Tries>, ApiError> {
    let tries = desk.meeting.tries.lock().await;
    match tries.wait(desk.surroundings.now()) {
        0 => Ok(tries),
        wait_seconds => Err(MeetingError::Wait { wait_seconds }.into()),
    }
}

async fn status_of(desk: &Desk) -> Result<MeetingStatus, ApiError> {
    let now = desk.meeting.seats().now.as_ref().map(|meeting| (meeting.number, meeting.student_id.clone()));
    let wait = desk.meeting.tries.lock().await.wait(desk.surroundings.now());
    let mut status = MeetingStatus {
        under_way: now.is_some(),
        number: now.as_ref().map_or(0, |(number, _)| *number),
        student: None,
        has_pin: false,
        wait_seconds: u32::try_from(wait).unwrap_or(u32::MAX),
    };
    if let Some(records) = desk.open.read().await.as_ref() {
        status.has_pin = records.has_pin().await?;
        if let Some((_, id)) = now {
            let student = records.student(id).await.map_err(not_found(StudentsError::NotFound))?;
            let (id, name, graduation_year) = (student.id, student.name, student.graduation_year);
            status.student = Some(MeetingStudent { id, name, graduation_year });
        }
    }
    Ok(status)
}
