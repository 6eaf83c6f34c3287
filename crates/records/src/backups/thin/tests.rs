//! The table by examples, and what must hold for any list.

use jiff::ToSpan;
use proptest::prelude::*;

use super::*;

const PLENTY: u64 = SCARCE;
const NOON: &str = "2026-11-30T12:00:00Z";

fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn hours_before(now: Timestamp, hours: i64) -> Timestamp {
    now - hours.hours()
}

fn good(at: Timestamp) -> Kept {
    Kept { at, good: true }
}

fn kept(list: &[Kept], now: Timestamp, free: u64) -> Vec<Kept> {
    let fates = thin(list, now, free);
    list.iter().zip(fates).filter(|(_, fate)| fate.is_kept()).map(|(one, _)| *one).collect()
}

fn count(fates: &[Fate], wanted: Fate) -> usize {
    fates.iter().filter(|fate| **fate == wanted).count()
}

#[test]
fn the_table_keeps_two_days_then_twelve_daily_ten_weekly_nine_monthly() {
    // One every six hours for two years. The third newest day is two days back: from there the table counts.
    let now = time(NOON);
    let list: Vec<Kept> = (0..2 * 365 * 4).map(|step| good(hours_before(now, step * 6))).collect();
    let fates = thin(&list, now, PLENTY);
    assert_eq!(count(&fates, Fate::Daily), 12);
    assert_eq!(count(&fates, Fate::Weekly), 10);
    assert_eq!(count(&fates, Fate::Monthly), 9);
    let recent: Vec<_> = list.iter().zip(&fates).filter(|(_, fate)| **fate == Fate::Recent).collect();
    assert!(recent.iter().map(|(one, _)| one.at).min().unwrap() <= hours_before(now, 48));
    // All of the days 26 to 30 November at 0, 6, 12 and 18, the last one up to noon.
    assert_eq!(recent.len(), 4 * 4 + 3);
    let oldest = list.iter().zip(&fates).filter(|(_, fate)| fate.is_kept()).map(|(one, _)| one.at).min();
    let age = now.duration_since(oldest.unwrap()).as_hours() / 24;
    assert!((290..=i64::from(LONGEST_KEPT_DAYS)).contains(&age), "{age} days");
}

#[test]
fn of_a_day_a_week_and_a_month_the_newest_is_the_one_that_stays() {
    let now = time(NOON);
    let days = ["2026-11-30T11:00:00Z", "2026-11-29T11:00:00Z", "2026-11-28T11:00:00Z"];
    let older = [
        ("2026-11-26T08:00:00Z", Fate::Recent),
        ("2026-11-25T20:00:00Z", Fate::Daily),
        ("2026-11-25T08:00:00Z", Fate::Covered),
        ("2026-11-14T08:00:00Z", Fate::Daily),
        // A Friday, the newest of the week before the daily ones begin.
        ("2026-11-13T20:00:00Z", Fate::Weekly),
        ("2026-11-13T08:00:00Z", Fate::Covered),
        ("2026-11-09T08:00:00Z", Fate::Covered),
        ("2026-11-08T08:00:00Z", Fate::Weekly),
        ("2026-09-07T08:00:00Z", Fate::Weekly),
        ("2026-09-06T08:00:00Z", Fate::Monthly),
        ("2026-09-01T08:00:00Z", Fate::Covered),
        ("2026-01-31T08:00:00Z", Fate::Monthly),
        ("2026-01-01T08:00:00Z", Fate::Covered),
        ("2025-12-31T08:00:00Z", Fate::Old),
    ];
    let list: Vec<Kept> =
        days.iter().chain(older.iter().map(|(at, _)| at)).map(|at| good(time(at))).collect();
    let fates = thin(&list, now, PLENTY);
    for ((at, wanted), fate) in older.iter().zip(&fates[3..]) {
        assert_eq!(fate, wanted, "{at}");
    }
}

#[test]
fn where_space_is_scarce_more_goes_and_the_four_newest_stay() {
    let now = time(NOON);
    let list: Vec<Kept> = (0..365 * 4).map(|step| good(hours_before(now, step * 6))).collect();
    let fates = thin(&list, now, SCARCE - 1);
    assert!(fates[..4].iter().all(|fate| *fate == Fate::Recent));
    assert_eq!(count(&fates, Fate::Recent), 4);
    assert_eq!(count(&fates, Fate::Weekly), 4);
    assert_eq!(count(&fates, Fate::Monthly), 3);
    assert!(kept(&list, now, SCARCE - 1).len() < kept(&list, now, PLENTY).len());
}

#[test]
fn one_that_is_not_good_covers_none_and_goes_only_when_it_is_old() {
    let now = time(NOON);
    let bad = |at| Kept { at: time(at), good: false };
    let list = [
        good(time("2026-11-30T11:00:00Z")),
        good(time("2026-11-29T11:00:00Z")),
        good(time("2026-11-28T11:00:00Z")),
        bad("2026-11-20T20:00:00Z"),
        good(time("2026-11-20T08:00:00Z")),
        bad("2020-01-01T08:00:00Z"),
    ];
    let fates = thin(&list, now, PLENTY);
    assert_eq!(fates[3..], [Fate::NotGood, Fate::Daily, Fate::Old]);
}

#[test]
fn a_clock_that_jumped_years_ahead_drops_no_more_than_a_day_of_use() {
    let now = time(NOON);
    let mut list: Vec<Kept> = (0..200).map(|step| good(hours_before(now, step * 24))).collect();
    let before = kept(&list, now, PLENTY);
    let wrong = time("2031-01-01T00:00:00Z");
    list.insert(0, good(wrong));
    let after = kept(&list, wrong, PLENTY);
    // As one more day of use would.
    let gone = before.iter().filter(|one| !after.contains(one)).count();
    assert!(gone <= 3, "{gone} of {}", before.len());
}

#[test]
fn a_change_of_daylight_saving_moves_nothing() {
    // The night of 1 November 2026 in New York has 25 hours; the days here are those of UTC.
    let zone = TimeZone::get("America/New_York").unwrap();
    for night in ["2026-11-01T00:30:00", "2026-03-08T00:30:00"] {
        let local: jiff::civil::DateTime = night.parse().unwrap();
        let begin = zone.to_timestamp(local).unwrap();
        let now = begin + 200.hours();
        let list: Vec<Kept> = (0..400).map(|step| good(hours_before(now, step))).collect();
        let fates = thin(&list, now, PLENTY);
        assert!(fates[..48].iter().all(|fate| *fate == Fate::Recent));
        let days: BTreeSet<i64> = list.iter().map(|one| day_of(one.at)).collect();
        let kept: BTreeSet<i64> = kept(&list, now, PLENTY).iter().map(|one| day_of(one.at)).collect();
        assert!(
            days.iter().rev().take(14).all(|day| kept.contains(day)),
            "no day of two weeks is without one"
        );
    }
}

fn any_list() -> impl Strategy<Value = Vec<Kept>> {
    let one = (0_i64..60_000, prop::bool::weighted(0.9))
        .prop_map(|(hours, good)| Kept { at: hours_before(time("2030-01-01T00:00:00Z"), hours), good });
    prop::collection::vec(one, 0..120)
}

fn any_now() -> impl Strategy<Value = Timestamp> {
    (0_i64..120_000).prop_map(|hours| hours_before(time("2036-01-01T00:00:00Z"), hours))
}

proptest! {
    #[test]
    fn the_newest_good_one_is_never_dropped(list in any_list(), now in any_now(), free in 0..2 * SCARCE) {
        let newest = list.iter().filter(|one| one.good).max_by_key(|one| one.at);
        let kept = kept(&list, now, free);
        prop_assert!(newest.is_none_or(|newest| kept.contains(newest)));
    }

    #[test]
    fn thinned_once_is_thinned(list in any_list(), now in any_now(), free in 0..2 * SCARCE) {
        let once = kept(&list, now, free);
        prop_assert_eq!(kept(&once, now, free), once);
    }

    #[test]
    fn a_clock_set_back_drops_no_more(list in any_list(), now in any_now(), back in 0_i64..50_000) {
        let as_it_was = kept(&list, now, PLENTY);
        let set_back = kept(&list, hours_before(now, back), PLENTY);
        // Of the slots' own keepers another may be the newest; the days, weeks and months with one are no fewer.
        let days = |kept: &[Kept]| kept.iter().map(|one| day_of(one.at)).collect::<BTreeSet<_>>();
        prop_assert!(set_back.len() >= as_it_was.len() || days(&set_back).len() >= days(&as_it_was).len());
        let newest = as_it_was.iter().filter(|one| one.good).max_by_key(|one| one.at);
        prop_assert!(newest.is_none_or(|newest| set_back.contains(newest)));
    }

    #[test]
    fn day_by_day_use_always_leaves_one_of_each_of_the_last_weeks(days in 100_i64..200) {
        // Made daily and thinned daily, as the program does it, rather than thinned once at the end.
        let begin = time("2026-01-01T12:00:00Z");
        let mut list: Vec<Kept> = Vec::new();
        for day in 0..days {
            let now = begin + (day * 24).hours();
            list.push(good(now));
            list = kept(&list, now, PLENTY);
        }
        let last = day_of(begin) + days - 1;
        let weeks: BTreeSet<i64> = list.iter().map(|one| week_of(day_of(one.at))).collect();
        prop_assert!((0..12).all(|back| weeks.contains(&(week_of(last) - back))));
        prop_assert!((0..14).all(|back| list.iter().any(|one| day_of(one.at) == last - back)));
    }
}
