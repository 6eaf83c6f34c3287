//! Damage: how it is noticed (the log that an unclean stop left, the checks), what is done with a damaged file (it is
//! set aside, never deleted), and what can be read out of it.

mod aside;
mod check;
mod opening;
mod place_kind;
#[doc(hidden)]
pub mod wal;

pub use check::{Checks, Findings, STEPS, full_check};
pub(crate) use opening::open;
pub use opening::{Lost, Opening};
pub use place_kind::{Disk, PlaceKind};
