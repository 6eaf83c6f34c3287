//! The short form of the flips and of the inputs.

use std::time::Duration;

use waymark_torture::outside;
use waymark_torture::report::Wish;

#[test]
fn no_flipped_bit_passes_unnoticed() {
    outside::flips(Wish { count: 20, time: Duration::from_secs(30), seed: 1 }).hold();
}

#[test]
fn no_input_breaks_a_reader() {
    outside::inputs(Wish { count: 100, time: Duration::from_secs(30), seed: 1 }).hold();
}
