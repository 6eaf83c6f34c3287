//! Tests of the product as a whole: `tests/` holds those of its structure, `journeys/` those of whole paths through it,
//! `benches/` the speeds beside their baselines. Here is what several of them share: readers of the program's files that
//! share no code with the program. Nothing here is shipped.
#![forbid(unsafe_code)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::missing_panics_doc,
    clippy::cast_possible_truncation,
    reason = "only tests use this, and a test that cannot go on stops"
)]

pub mod flips;
pub mod keys;
pub mod pages;
pub mod planted;
