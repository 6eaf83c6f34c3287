//! Backups: made beside the writer, verified before they count, thinned by a table, checked, looked into, restored.
//!
//! A backup is a file of its own under the same data key (`VACUUM INTO`), in a place: the folder `backups` of the
//! records, and a second folder or stick if the person set one, to which finished backups are copied. It gets its name
//! as the last step, once the copy was checked in full and synced and its sealed manifest and the envelope that opens
//! it lie beside it. Only backups whose manifest belongs to these records are ever deleted.

mod aside;
pub(crate) mod check;
mod list;
mod make;
pub(crate) mod manifest;
pub(crate) mod place;
mod preview;
pub(crate) mod restore;
mod rewrite;
mod second;
#[cfg(test)]
mod tests;
mod thin;

use std::sync::Arc;

use jiff::Timestamp;

pub use aside::AsideCopy;
pub(crate) use aside::aside_folders;
pub use check::{Unwatched, Watcher};
pub use list::{BackupRow, BackupState, CheckedAll};
pub use make::Made;
pub(crate) use make::before_update;
pub use manifest::BackupReason;
pub use place::BackupPlace;
pub use preview::{Changed, DraftTime, Preview};
pub use restore::{
    Elsewhere, ElsewhereRow, FoundBackup, NewestGood, NotAsked, Opened, Places, Restored, Secret,
};
pub use rewrite::Rewritten;
pub use second::SecondState;
pub use thin::{Fate, Kept, LONGEST_KEPT_DAYS, SCARCE, thin};

use crate::surroundings::{Surroundings, written};
use manifest::Manifest;

use crate::vault::Held;
use crate::vault::envelope::Envelope;
use crate::{Folder, Records, RecordsError};

/// What work on backups needs of open records. It runs on any thread, beside them; while it is held, the key is.
#[derive(Clone)]
pub struct Backups {
    folder: Folder,
    held: Held,
    envelope: Arc<Envelope>,
    surroundings: Arc<dyn Surroundings>,
    first: BackupPlace,
    second: Option<BackupPlace>,
}

/// How far the records were when they were looked at: another mark means that something changed in between.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Mark {
    /// Number of the last change.
    change: i64,
    /// Rows that this opening of the records has written, the derived ones too.
    written: u64,
}

/// The newest good backup, as far as the question goes whether it is still fresh.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewestBackup {
    /// When it was made, RFC 3339 UTC.
    pub made_at: String,
    /// Number of its last change.
    change: i64,
}

impl Mark {
    /// Whether the records may hold what the backup of an earlier opening does not have.
    #[must_use]
    pub fn is_beyond(&self, newest: &NewestBackup) -> bool {
        self.written > 0 || self.change != newest.change
    }
}

impl Records {
    /// The work on backups, with the second place where one is set.
    pub fn backups(&self, second: Option<BackupPlace>) -> Result<Backups, RecordsError> {
        Backups::of(self.folder(), self.held(), second, self.surroundings())
    }

    /// How far the records are now. Waits for the writer.
    pub async fn mark(&self) -> Result<Mark, RecordsError> {
        self.write(|connection| {
            Ok(Mark { change: check::last_change(connection)?, written: connection.total_changes() })
        })
        .await
    }

    /// Opens the records that a restore has put in place.
    pub fn open_restored(
        folder: &Folder,
        restored: &Restored,
        surroundings: Arc<dyn Surroundings>,
    ) -> Result<Self, RecordsError> {
        Self::start_with(folder, &restored.held, surroundings)
    }
}

impl Backups {
    pub(crate) fn of(
        folder: &Folder,
        held: Held,
        second: Option<BackupPlace>,
        surroundings: Arc<dyn Surroundings>,
    ) -> Result<Self, RecordsError> {
        Ok(Self {
            first: BackupPlace::within(folder),
            folder: folder.clone(),
            held,
            envelope: Arc::new(Envelope::read(&folder.keys())?),
            surroundings,
            second,
        })
    }

    /// The first place.
    #[must_use]
    pub fn first(&self) -> &BackupPlace {
        &self.first
    }

    /// The time now, RFC 3339 UTC.
    #[must_use]
    pub fn now_written(&self) -> String {
        written(self.now())
    }

    /// The newest good backup, in the first place, or in the second where the first has none.
    pub fn newest(&self) -> Result<Option<NewestBackup>, RecordsError> {
        for place in self.places().filter(|place| place.is_there()) {
            for name in place.names()? {
                let read = Manifest::read(&place.manifest(&name), &name, &self.held.data);
                if let Ok(Some(manifest)) = read
                    && manifest.whole
                    && make::size_of(place, &name) == Some(manifest.size)
                {
                    let change = manifest.content.change;
                    return Ok(Some(NewestBackup { made_at: manifest.made_at, change }));
                }
            }
        }
        Ok(None)
    }

    /// Both places, the first one first.
    fn places(&self) -> impl Iterator<Item = &BackupPlace> {
        std::iter::once(&self.first).chain(&self.second)
    }

    fn now(&self) -> Timestamp {
        self.surroundings.now()
    }

    /// When the records were made: their id says so.
    #[must_use]
    pub fn records_made_at(&self) -> Option<Timestamp> {
        let id = uuid::Uuid::parse_str(self.envelope.records()).ok()?;
        let (seconds, nanos) = id.get_timestamp()?.to_unix();
        Timestamp::new(i64::try_from(seconds).ok()?, i32::try_from(nanos).ok()?).ok()
    }
}
