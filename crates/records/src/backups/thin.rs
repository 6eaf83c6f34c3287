//! Which backups are kept: all of 2 days, then the newest of each of 12 days, 10 weeks and 9 months. Pure.
//!
//! Days, weeks (from Monday) and months are those of UTC, so that a daylight-saving change moves nothing. They are not
//! counted from the clock alone, which may be wrong, but from the third newest day on which a good backup was made, or
//! from the clock where it stands before that. So a clock that was set back drops nothing, and one that jumped ahead
//! drops no more than a day of use would, until the program was used on three days of that time.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// Free space of a place below which more is dropped, bytes.
pub const SCARCE: u64 = 2 * 1024 * 1024 * 1024;

/// Days after which a backup is dropped at the latest, while the program is used: 2 + 12 days, 10 weeks, 9 months, and
/// the days up to the ends of a week and a month.
pub const LONGEST_KEPT_DAYS: u32 = 2 + 12 + 10 * 7 + 9 * 31 + 7 + 31;

/// Where space is scarce, so many newest backups stay in any case.
const NEWEST: usize = 4;

/// A backup as the table sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kept {
    /// When it was made.
    pub at: Timestamp,
    /// Whether it can be restored, as far as is known.
    pub good: bool,
}

/// What becomes of a backup, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// Kept: of the last days, of which all are.
    Recent,
    /// Kept: the newest of its day.
    Daily,
    /// Kept: the newest of its week.
    Weekly,
    /// Kept: the newest of its month.
    Monthly,
    /// Kept as long as a good one of its age might be: not good, but something may still be read from it.
    NotGood,
    /// Dropped: a newer one of its day, week or month is kept.
    Covered,
    /// Dropped: older than all that the table keeps.
    Old,
}

impl Fate {
    /// Whether it is kept.
    #[must_use]
    pub fn is_kept(self) -> bool {
        !matches!(self, Self::Covered | Self::Old)
    }
}

/// How much is kept.
struct Table {
    all_days: i64,
    days: i64,
    weeks: i64,
    months: i64,
}

const USUAL: Table = Table { all_days: 2, days: 12, weeks: 10, months: 9 };
const EARLIER: Table = Table { all_days: 0, days: 6, weeks: 4, months: 3 };

/// What becomes of each backup, in the order of the list. `free` is what the place has left, in bytes.
#[must_use]
pub fn thin(list: &[Kept], now: Timestamp, free: u64) -> Vec<Fate> {
    let scarce = free < SCARCE;
    let bounds = Bounds::of(list, now, if scarce { &EARLIER } else { &USUAL });
    let mut order: Vec<usize> = (0..list.len()).collect();
    // Newest first; of two of the same second the later one in the list counts as older.
    order.sort_by(|a, b| list[*b].at.cmp(&list[*a].at).then(a.cmp(b)));
    let mut taken = BTreeSet::new();
    let mut fates = vec![Fate::Old; list.len()];
    let mut newer_good = 0;
    for at in order {
        let one = list[at];
        let slot = bounds.slot(one.at);
        fates[at] = match slot {
            None => Fate::Old,
            Some(_) if !one.good => Fate::NotGood,
            Some(Slot::All) if !scarce || newer_good < NEWEST => Fate::Recent,
            Some(Slot::All) if taken.insert(Slot::Day(day_of(one.at))) => Fate::Daily,
            Some(slot @ (Slot::Day(_) | Slot::Week(_) | Slot::Month(_))) if taken.insert(slot) => slot.fate(),
            Some(_) => Fate::Covered,
        };
        if matches!(slot, Some(Slot::All)) && fates[at] == Fate::Recent {
            taken.insert(Slot::Day(day_of(one.at)));
        }
        newer_good += usize::from(one.good);
    }
    fates
}

/// Of which time a backup is the keeper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Slot {
    All,
    Day(i64),
    Week(i64),
    Month(i64),
}

impl Slot {
    fn fate(self) -> Fate {
        match self {
            Self::All => Fate::Recent,
            Self::Day(_) => Fate::Daily,
            Self::Week(_) => Fate::Weekly,
            Self::Month(_) => Fate::Monthly,
        }
    }
}

/// First day, week and month of each part of the table.
struct Bounds {
    all: i64,
    days: i64,
    weeks: i64,
    months: i64,
}

impl Bounds {
    fn of(list: &[Kept], now: Timestamp, table: &Table) -> Self {
        let good: BTreeSet<i64> = list.iter().filter(|one| one.good).map(|one| day_of(one.at)).collect();
        let third_newest = good.iter().rev().nth(2).or_else(|| good.first());
        let today = third_newest.map_or(day_of(now), |day| day_of(now).min(*day));
        let all = today - table.all_days;
        let days = all - table.days;
        // The week in which the days end has its own keeper among those before them.
        let weeks = week_of(days) - table.weeks + 1;
        let months = month_of(first_day_of(weeks) - 1) - table.months + 1;
        Self { all, days, weeks, months }
    }

    fn slot(&self, at: Timestamp) -> Option<Slot> {
        let day = day_of(at);
        let (week, month) = (week_of(day), month_of(day));
        if day >= self.all {
            Some(Slot::All)
        } else if day >= self.days {
            Some(Slot::Day(day))
        } else if week >= self.weeks {
            Some(Slot::Week(week))
        } else if month >= self.months {
            Some(Slot::Month(month))
        } else {
            None
        }
    }
}

/// Days since 1970-01-01.
fn day_of(time: Timestamp) -> i64 {
    time.as_second().div_euclid(24 * 60 * 60)
}

/// Weeks from Monday; 1970-01-01 was a Thursday.
fn week_of(day: i64) -> i64 {
    (day + 3).div_euclid(7)
}

fn first_day_of(week: i64) -> i64 {
    week * 7 - 3
}

/// Months since the year 0.
fn month_of(day: i64) -> i64 {
    let time = Timestamp::from_second(day.saturating_mul(24 * 60 * 60)).unwrap_or(Timestamp::UNIX_EPOCH);
    let date = TimeZone::UTC.to_datetime(time);
    i64::from(date.year()) * 12 + i64::from(date.month()) - 1
}

#[cfg(test)]
mod tests;
