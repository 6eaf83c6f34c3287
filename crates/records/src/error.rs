//! What can go wrong with the records. No variant carries a person's text, and none carries SQLite's own message.

use rusqlite::ErrorCode;

/// A fault of the records.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RecordsError {
    /// The passphrase does not open them.
    #[error("wrong passphrase")]
    WrongPassphrase,
    /// The recovery key does not open them.
    #[error("wrong recovery key")]
    WrongRecoveryKey,
    /// The secret that the keychain holds does not open them.
    #[error("the keychain does not open them")]
    KeychainWrong,
    /// The recovery key's check group does not fit.
    #[error("recovery key mistyped")]
    RecoveryKeyMistyped,
    /// The counselor's recovery key is of the first version of the file of keys: another has to be made first.
    #[error("recovery key of the first version")]
    RecoveryKeyOld,
    /// Sealed under the private key, which whatever opened the records does not open.
    #[error("private key missing")]
    PrivateKeyMissing,
    /// Called off before its end.
    #[error("stopped")]
    Stopped,
    /// The folder holds records already.
    #[error("records are already there")]
    AlreadyThere,
    /// The folder holds no records.
    #[error("no records there")]
    NoRecords,
    /// The folder itself is not there: moved, or on a disk that is not connected.
    #[error("folder not there")]
    FolderNotThere,
    /// The keys are there, the records file is not.
    #[error("records file missing")]
    FileMissing,
    /// The records file is there, the keys are not.
    #[error("keys missing")]
    KeysMissing,
    /// The file of keys was changed or cut.
    #[error("keys damaged")]
    KeysDamaged,
    /// The records file is damaged or no records file.
    #[error("records damaged")]
    Damaged,
    /// Of a newer version of the program.
    #[error("records of version {found}, newest known is {known}")]
    Newer {
        /// Version of the file.
        found: i64,
        /// Newest that this program knows.
        known: i64,
    },
    /// Nothing in the damaged file can be read.
    #[error("nothing readable")]
    NothingReadable,
    /// The folder lies on a share of another computer.
    #[error("on a network")]
    OnNetwork,
    /// The folder is one that a cloud client copies.
    #[error("synchronized by {client}")]
    Synchronized {
        /// The client's name.
        client: &'static str,
    },
    /// Another process has the folder.
    #[error("in use")]
    InUse,
    /// The folder can't be used.
    #[error("folder unusable")]
    FolderUnusable,
    /// No space left.
    #[error("disk full")]
    DiskFull,
    /// Not writable.
    #[error("read only")]
    ReadOnly,
    /// The disk reports a fault.
    #[error("input or output fault")]
    Io,
    /// The system gave no randomness.
    #[error("no randomness")]
    NoRandomness,
    /// The records were closed meanwhile.
    #[error("closed")]
    Closed,
    /// What was asked for is not there.
    #[error("not found")]
    NotFound,
    /// A row would hang on one that is not there, or one would go that others hang on.
    #[error("constraint")]
    Constraint,
    /// What an undo would take back was changed again since.
    #[error("changed since")]
    ChangedSince,
    /// What an undo would take back stands for good.
    #[error("stands for good")]
    StandsForGood,
    /// A hold stands: the student's record is not erased.
    #[error("held")]
    Held,
    /// The backup is damaged.
    #[error("backup damaged")]
    BackupDamaged,
    /// The backup is under an older key.
    #[error("backup under an older key")]
    BackupOlderKey,
    /// The file of keys that opens the backup is not there.
    #[error("keys of the backup missing")]
    BackupKeysMissing,
    /// No room for the backup that is made before the records are brought up to date.
    #[error("no room for the backup before an update")]
    NoRoomBeforeUpdate {
        /// So much room is needed.
        megabytes: u64,
    },
    /// The backup before an update could not be made, so the records were not touched.
    #[error("not backed up before an update")]
    NotBackedUpBeforeUpdate,
    /// A rule of the records was broken by the program.
    #[error("internal fault at {0}")]
    Internal(&'static str),
}

impl From<rusqlite::Error> for RecordsError {
    fn from(error: rusqlite::Error) -> Self {
        match &error {
            rusqlite::Error::QueryReturnedNoRows => Self::NotFound,
            rusqlite::Error::SqliteFailure(failure, _) => match failure.code {
                ErrorCode::DiskFull => Self::DiskFull,
                ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied => Self::ReadOnly,
                // No room for the index of the log: SQLite calls it an input or output fault.
                ErrorCode::SystemIoFailure
                    if failure.extended_code == rusqlite::ffi::SQLITE_IOERR_SHMSIZE =>
                {
                    Self::DiskFull
                }
                ErrorCode::SystemIoFailure => Self::Io,
                ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => Self::Damaged,
                ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Self::InUse,
                ErrorCode::OperationInterrupted => Self::Stopped,
                ErrorCode::ConstraintViolation => Self::Constraint,
                _ => Self::Internal("sqlite"),
            },
            _ => Self::Internal("sqlite value"),
        }
    }
}

impl From<std::io::Error> for RecordsError {
    fn from(error: std::io::Error) -> Self {
        use std::io::ErrorKind;
        match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::DiskFull,
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => Self::ReadOnly,
            ErrorKind::NotFound | ErrorKind::NotADirectory => Self::FolderUnusable,
            _ => Self::Io,
        }
    }
}
