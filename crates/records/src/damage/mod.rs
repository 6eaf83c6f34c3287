//! Damage: how it is noticed (the log that an unclean stop left, the checks), what is done with a damaged file (it is
//! set aside, never deleted), and what can be read out of it.

mod aside;
mod check;
mod gather;
mod local;
mod opening;
pub(crate) mod outside;
mod pages;
mod place_kind;
mod salvage;
mod shapes;
mod tree;
#[doc(hidden)]
pub mod wal;

pub use aside::newest_set_aside;
pub use check::{Checks, Findings, full_check};
pub(crate) use check::{full_check_while, quick_check};
pub use local::copy_records;
pub(crate) use opening::open;
pub use opening::{Lost, Opening};
pub use place_kind::{Disk, PlaceKind};
pub(crate) use salvage::salvage;
pub use salvage::{SalvageReport, SalvagedTable, StandIn};
