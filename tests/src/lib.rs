//! Tests of the product as a whole: `tests/` holds those of its structure, `journeys/` those of whole paths through it,
//! `benches/` the speeds beside their baselines. Nothing here is shipped.
#![forbid(unsafe_code)]
