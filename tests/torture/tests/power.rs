//! The short form of the power cuts, and that a disk which ignores syncs would be noticed.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use std::time::Duration;

use waymark_torture::power::{self, cut};
use waymark_torture::report::Wish;

const SHORT: Wish = Wish { count: 24, time: Duration::from_secs(15), seed: 1 };

#[test]
fn what_sqlite_was_told_to_keep_is_there_after_a_power_cut() {
    power::sqlite(SHORT).hold();
    power::sqlite(Wish { seed: 25, ..SHORT }).hold();
}

#[test]
fn a_whole_process_keeps_what_it_acknowledged_through_a_power_cut() {
    power::processes(SHORT).hold();
    power::processes(Wish { seed: 75, ..SHORT }).hold();
}

#[test]
fn a_disk_that_ignores_syncs_loses_something_and_is_noticed() {
    let work = power::record_sqlite(0).unwrap();
    let lost = (0..20).filter(|seed| cut("ignored", &work, *seed, true).is_err()).count();
    assert!(lost > 5, "only {lost} of 20 were noticed");
}

#[test]
#[cfg(unix)]
fn a_disk_that_ignores_a_whole_process_s_syncs_is_noticed() {
    if let Some(why) = waymark_torture::traced::why_not() {
        println!("not run: {why}");
        return;
    }
    let work = power::record_process(3).unwrap();
    let lost = (0..20).filter(|seed| cut("ignored", &work, *seed, true).is_err()).count();
    assert!(lost > 5, "only {lost} of 20 were noticed");
}

/// The first run made the records folder, and nobody synced the name of it: the power cut took the whole folder, though
/// each file in it was synced.
#[test]
#[cfg(unix)]
fn the_name_of_the_records_folder_itself_survives_a_power_cut() {
    if let Some(why) = waymark_torture::traced::why_not() {
        println!("not run: {why}");
        return;
    }
    let work = power::record_process(0).unwrap();
    assert!(power::cut_after_each_answer(&work).unwrap() > 20);
}
