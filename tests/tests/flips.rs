//! No changed byte of the records folder passes unnoticed: the short form of the run `flips` of `cargo xtask torture`.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use std::collections::BTreeMap;

use waymark_tests::flips::{BackupFlips, Flips, Met, Which};

/// Flips tried in each test run; the long form takes every part of every file.
const SHORT: u64 = 160;

#[test]
fn a_flipped_bit_is_noticed_or_changes_nothing() {
    let flips = Flips::new();
    assert!(flips.parts() > 1_000, "{} parts", flips.parts());
    let step = u64::try_from(flips.parts()).unwrap() / (SHORT / 2);
    let parts = (0..SHORT / 2).map(|number| number * step);
    let mut met = BTreeMap::new();
    for number in parts.chain(1_000_000..1_000_000 + SHORT / 2) {
        let flip = flips.flip(number);
        let how = flips.strike(&flip).unwrap_or_else(|lost| panic!("{flip:?}: {lost}"));
        *met.entry((flip.file, format!("{how:?}"))).or_insert(0) += 1;
        if flip.file == "records.keys" {
            assert!([Met::Refused, Met::WithoutEffect].contains(&how), "{flip:?}: {how:?}");
        }
    }
    println!("{met:?}");
    let refused: u32 = met.iter().filter(|((_, how), _)| how == "Refused").map(|(_, count)| count).sum();
    assert!(refused > 50, "flips are seldom noticed: {met:?}");
}

#[test]
fn a_flipped_bit_of_a_backup_is_noticed_or_changes_nothing() {
    let flips = BackupFlips::new();
    assert!(flips.parts() > 1_000, "{} parts", flips.parts());
    let step = u64::try_from(flips.parts()).unwrap() / (SHORT / 4);
    let parts = (0..SHORT / 4).map(|number| number * step);
    let mut met = BTreeMap::new();
    for number in parts.chain(1_000_000..1_000_000 + SHORT / 4) {
        let flip = flips.flip(number);
        let how = flips.strike(&flip).unwrap_or_else(|lost| panic!("{lost}"));
        *met.entry((flip.file, format!("{how:?}"))).or_insert(0) += 1;
    }
    println!("{met:?}");
    assert!(met.contains_key(&(Which::Database, "Refused".into())), "flips are never noticed: {met:?}");
    assert!(!met.contains_key(&(Which::Database, "WithoutEffect".into())), "every byte is summed: {met:?}");
}
