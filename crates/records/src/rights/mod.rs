//! A student's rights in their record: all of it to take away, holds that keep it, retention, and erasing, which no
//! undo takes back and of which a certificate stays.

pub(crate) mod erase;
pub(crate) mod erasures;
mod holds;
mod reach;
mod record;
mod removed;
mod retention;
pub(crate) mod scrub;

pub use erase::{Certificate, ErasePreview, EraseScope, Erased};
pub use erasures::{AsideWish, Copies, Erasure, Left};
pub use holds::{Hold, HoldKind};
pub use record::{
    RecordedAccess, RecordedApplication, RecordedChange, RecordedDisclosure, RecordedVersion, StudentRecord,
};
pub use removed::Removed;
pub use retention::{Due, RetentionCategory, RetentionRule};
