//! The short forms of the failing disks, the second copy and the jumping clock, and that each would notice a loss.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use std::time::Duration;

use waymark_fault_layer::watch::Fault;
use waymark_torture::report::Wish;
use waymark_torture::{clock, copies, faults, mounts};

const SHORT: Wish = Wish { count: 12, time: Duration::from_secs(15), seed: 1 };

#[test]
fn a_failing_disk_is_named_and_nothing_is_lost() {
    faults::sqlite(Wish { count: 48, ..SHORT }).hold();
    // Reads that come only once the records are open: the first cases strike the opening alone.
    faults::sqlite(Wish { count: 16, seed: 180, ..SHORT }).hold();
}

#[test]
fn a_disk_that_loses_a_write_without_a_word_is_noticed() {
    // From some write on, every write; a single one may be of a page that is written again.
    let noticed =
        (0..8).filter(|number| faults::one(8 * number + 4, Some(Fault::LostWrite)).is_err()).count();
    assert_eq!(noticed, 8, "of 8");
}

#[test]
#[cfg(unix)]
fn a_process_whose_calls_fail_loses_nothing() {
    waymark_torture::injected::run(SHORT).hold();
}

#[test]
fn real_disks_and_folders_that_give_trouble_lose_nothing() {
    mounts::run(Wish { count: 5, ..SHORT }).hold();
}

#[test]
fn a_second_copy_is_told_and_the_first_goes_on() {
    copies::run(Wish { count: 2, ..SHORT }).hold();
}

/// The second copy is kept out by the first, and by nothing else.
#[test]
fn a_copy_that_is_let_in_is_noticed() {
    let base = faults::base().unwrap();
    let (_place, path) = waymark_torture::files::place();
    let home = path.join("home");
    waymark_torture::files::copy(&base.home, &home).unwrap();
    let alone = waymark_torture::kills::worker(&home, &base.state, 1, 1).unwrap();
    assert!(copies::second_is_refused(alone).is_err());
}

#[test]
fn a_clock_that_jumps_changes_nothing_but_the_times() {
    clock::run(Wish { count: 6, ..SHORT }).hold();
}
