//! The counsellor's own encrypted file: students, applications and their drafts, notes, and the log of changes.
//!
//! Every change goes through `transact`; reads run beside it on connections of their own. SQL stands here and in
//! `catalogue` and nowhere else. Nothing here logs or names what a person wrote.

mod applications;
mod backups;
mod careers;
mod changes;
pub mod damage;
mod error;
mod log;
mod meeting;
mod memory_aids;
#[doc(hidden)]
pub mod outside;
mod rights;
mod store;
mod students;
mod surroundings;
#[cfg(test)]
mod tests;
mod unsaved;
mod vault;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex};

use rusqlite::Connection;
use tokio::sync::Semaphore;

pub use applications::draft::{Answers, DraftContent, NewApplication, SavedDraft};
pub use applications::shapes::{ApplicationRow, Plan, Progress, VersionRow};
pub use backups::{
    AsideCopy, BackupPlace, BackupReason, BackupRow, BackupState, Backups, Changed, CheckedAll, DraftTime,
    Elsewhere, ElsewhereRow, Fate, FoundBackup, Kept, LONGEST_KEPT_DAYS, Made, Mark, NewestBackup,
    NewestGood, NotAsked, Opened, Places, Preview, Restored, Rewritten, SCARCE, SecondState, Secret,
    Unwatched, Watcher, thin,
};
pub use careers::{CareerNoteRow, MOST_VIEWED, SavedSearchRow};
pub use changes::chain::{BrokenLink, LinkFault, LogHead, LogVerdict};
pub use changes::steps::{STEPS, Step, Steps};
pub use changes::{Act, Done};
pub use error::RecordsError;
pub use log::carried::Carried;
pub use log::shapes::{Audience, Disclosed, ForWhom, LogKind, LogQuery, LogRow, LogRows, LogStudent, Said};
pub use log::verify::{BackupHead, LogCheck, LogFault};
pub use meeting::AccessRow;
pub use memory_aids::MemoryAid;
pub use rights::{
    AsideWish, Certificate, Copies, Due, ErasePreview, EraseScope, Erased, Erasure, Hold, HoldKind, Left,
    RecordedAccess, RecordedApplication, RecordedChange, RecordedDisclosure, RecordedVersion, Removed,
    RetentionCategory, RetentionRule, StudentRecord,
};
pub use students::details::shapes::{
    Activity, Address, Birth, Contact, Course, Detail, DetailKind, DetailRow, Guardian, Holder, Names,
    RightsHolder, School, Score, Test, Way,
};
pub use students::folded;
pub use students::shapes::{ShortlistEntry, StudentInput, StudentRow};
pub use surroundings::{Computer, Surroundings};
pub use unsaved::SealedText;
pub use vault::copies::{PlaceOutcome, PlaceState};
pub use vault::envelope::Cost;
pub use vault::folder::{Folder, FolderState, Ownership, make_folder, replace_file};
pub use vault::keychain::KeychainSecret;
pub use vault::new_key::Progress as NewKeyProgress;
pub use vault::recovery::{RecoveryKey, SchoolPublicKey};
pub use vault::rewrap::{KeysState, Rewrapped};
pub use vault::secrets::OpenedBy;
pub use vault::tries::Tries;
pub use vault::{RestoredKeys, Vault};

use changes::Writer;
use store::{Connections, Standing};
use vault::envelope::DataKey;
use vault::secrets::PrivateKey;

/// The open records.
pub struct Records {
    folder: Folder,
    opened: vault::folder::Opened,
    key: Arc<DataKey>,
    private: Option<Arc<PrivateKey>>,
    opened_by: OpenedBy,
    restored_keys: Option<RestoredKeys>,
    writer: Writer,
    readers: Arc<Mutex<Vec<Standing>>>,
    turns: Arc<Semaphore>,
    surroundings: Arc<dyn Surroundings>,
    session: String,
    opening: damage::Opening,
}

impl Records {
    fn run(
        folder: Folder,
        key: Arc<DataKey>,
        connections: Connections,
        opening: damage::Opening,
        surroundings: Arc<dyn Surroundings>,
    ) -> Result<Self, RecordsError> {
        let session = surroundings::new_id(surroundings.as_ref())?.to_string();
        Ok(Self {
            opened: vault::folder::Opened::at(&folder.database())?,
            folder,
            key,
            private: None,
            opened_by: OpenedBy::Passphrase,
            restored_keys: None,
            writer: Writer::start(connections.writer)?,
            turns: Arc::new(Semaphore::new(connections.readers.len())),
            readers: Arc::new(Mutex::new(connections.readers)),
            surroundings,
            session,
            opening,
        })
    }

    /// Reads on one of the readers' connections, off the caller's thread.
    pub(crate) async fn read<T, F>(&self, work: F) -> Result<T, RecordsError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, RecordsError> + Send + 'static,
    {
        let turn = Arc::clone(&self.turns).acquire_owned().await.map_err(|_| RecordsError::Closed)?;
        let readers = Arc::clone(&self.readers);
        let reading = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            let mut connection = lock(&readers).pop().ok_or(RecordsError::Closed)?;
            // A panic must not take the connection with it.
            let answer = catch_unwind(AssertUnwindSafe(|| connection.work(|connection| work(connection))));
            lock(&readers).push(connection);
            answer.unwrap_or(Err(RecordsError::Internal("panic")))
        });
        reading.await.map_err(|_| RecordsError::Internal("reader"))?
    }

    pub(crate) async fn write<T, F>(&self, work: F) -> Result<T, RecordsError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Connection) -> Result<T, RecordsError> + Send + 'static,
    {
        self.writer.run(work).await
    }

    /// Lets work under way finish, chains what was typed last, folds the write-ahead log into the file and closes it.
    pub async fn close(self) -> Result<(), RecordsError> {
        let chained = self.seal_open_change().await;
        self.turns.close();
        // The last connection to close folds the log in; it must be the one that may write.
        lock(&self.readers).clear();
        self.writer.close().await?;
        // What was typed is on the disk either way; the next opening chains it.
        chained
    }

    pub(crate) fn surroundings(&self) -> Arc<dyn Surroundings> {
        Arc::clone(&self.surroundings)
    }

    /// The folder that they lie in.
    #[must_use]
    pub fn folder(&self) -> &Folder {
        &self.folder
    }

    /// How they were found when they were opened.
    #[must_use]
    pub fn opening(&self) -> &damage::Opening {
        &self.opening
    }

    /// The key of everything in the folder; wiped when the last one who holds it lets go.
    pub(crate) fn key(&self) -> Arc<DataKey> {
        Arc::clone(&self.key)
    }

    /// All keys that they hold.
    pub(crate) fn held(&self) -> vault::Held {
        vault::Held { data: self.key(), private: self.private.clone(), by: self.opened_by }
    }

    /// By what they were opened.
    #[must_use]
    pub fn opened_by(&self) -> OpenedBy {
        self.opened_by
    }

    /// Where their file of keys had to be restored from a backup place.
    #[must_use]
    pub fn restored_keys(&self) -> Option<RestoredKeys> {
        self.restored_keys
    }

    pub(crate) fn session(&self) -> &str {
        &self.session
    }
}

/// A panic while the lock was held leaves a list of connections, which can't be half-changed.
fn lock(readers: &Mutex<Vec<Standing>>) -> std::sync::MutexGuard<'_, Vec<Standing>> {
    readers.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}
