//! What an operation can fail with: a stable code and parameters, one enum an area. The pages turn codes into words;
//! nobody matches on text, and no parameter carries what a person wrote.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer, ser::SerializeStruct};
use waymark_records::RecordsError;

/// Declares the errors of the areas with their codes and parameters.
macro_rules! errors {
    ($( $(#[$doc:meta])* $area:ident $enum:ident { $( $(#[$vdoc:meta])* $variant:ident = $code:literal $( { $($(#[$fdoc:meta])* $field:ident : $type:ty),* } )? ; )* } )*) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
            pub enum $enum { $( $(#[$vdoc])* #[error($code)] $variant $( { $($(#[$fdoc])* $field: $type),* } )?, )* }

            impl $enum {
                /// The stable code.
                #[must_use]
                pub fn code(&self) -> &'static str {
                    match self { $( Self::$variant $( { $($field: _),* } )? => concat!(stringify!($area), ".", $code), )* }
                }

                /// The parameters, by name.
                #[must_use]
                pub fn params(&self) -> BTreeMap<&'static str, String> {
                    match self { $( Self::$variant $( { $($field),* } )? => BTreeMap::from([ $( $((stringify!($field), $field.to_string())),* )? ]), )* }
                }
            }

            impl From<$enum> for ApiError {
                fn from(error: $enum) -> Self { Self { code: error.code(), params: error.params() } }
            }
        )*

        /// Every code, for the contract and for the test that each has its words.
        pub const CODES: &[&str] = &[ $( $( concat!(stringify!($area), ".", $code), )* )* ];
    };
}

/// An error as it travels to a page.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{code}")]
pub struct ApiError {
    /// `area.code`.
    pub code: &'static str,
    /// Parameters by name; never a person's text.
    pub params: BTreeMap<&'static str, String>,
}

impl Serialize for ApiError {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("ApiError", 2)?;
        out.serialize_field("code", self.code)?;
        out.serialize_field("params", &self.params)?;
        out.end()
    }
}

errors! {
    /// Faults of the call itself.
    operation OperationError {
        /// No operation of that name.
        Unknown = "unknown";
        /// The input has another shape.
        BadInput = "bad_input";
        /// The program failed; a report without any content was written.
        Failed = "failed";
    }
    /// Faults of opening the records.
    vault VaultError {
        /// Not the passphrase.
        WrongPassphrase = "wrong_passphrase" {
            /// Seconds until the next try.
            wait_seconds: u64
        };
        /// Too many wrong tries in a short time.
        Wait = "wait" {
            /// Seconds until the next try.
            wait_seconds: u64
        };
        /// Not the recovery key of these records.
        WrongRecoveryKey = "wrong_recovery_key";
        /// Mistyped: its check group does not fit.
        RecoveryKeyMistyped = "recovery_key_mistyped";
        /// The counselor's recovery key is of the first kind: another has to be made first.
        RecoveryKeyOld = "recovery_key_old";
        /// Sealed under a key that whatever opened the records does not open.
        PrivateKeyMissing = "private_key_missing";
        /// The passphrase is too short.
        PassphraseTooShort = "passphrase_too_short" {
            /// Least characters.
            least: usize
        };
        /// The records are locked.
        Locked = "locked";
        /// The folder holds records already.
        AlreadyThere = "already_there";
        /// The folder has no records.
        NoRecords = "no_records";
        /// The folder itself is not there: moved, or on a disk that is not connected.
        NotThere = "not_there";
        /// The records file is missing, its keys are there.
        FileMissing = "file_missing";
        /// The file of keys is missing, the records file is there.
        KeysMissing = "keys_missing";
        /// The file of keys was changed or cut.
        KeysDamaged = "keys_damaged";
        /// The records file is damaged or no records file.
        Damaged = "damaged";
        /// The records are of a newer version of the program.
        Newer = "newer" {
            /// Version of the file.
            found: i64,
            /// Newest version that this program knows.
            known: i64
        };
        /// Nothing in the damaged file can be read.
        NothingReadable = "nothing_readable";
        /// The folder lies on a share of another computer.
        OnNetwork = "on_network";
        /// The folder is one that a cloud client copies.
        Synchronized = "synchronized";
        /// Another copy of the program has them open.
        InUse = "in_use";
        /// The folder can't be used.
        FolderUnusable = "folder_unusable";
        /// The school does not let this computer's keychain open records.
        KeychainForbidden = "keychain_forbidden";
        /// There is no keychain on this system, or it does not answer.
        KeychainMissing = "keychain_missing";
        /// The keychain is locked and was not unlocked, or it refused.
        KeychainRefused = "keychain_refused";
        /// The keychain does not hold the secret of these records any more.
        KeychainLost = "keychain_lost";
        /// What the keychain holds does not open these records, or they have no slot for it.
        KeychainWrong = "keychain_wrong";
        /// Records were opened or locked since the program started: only the passphrase opens them now.
        KeychainOver = "keychain_over";
    }
    /// Faults of the file of settings, which says where the records folder is.
    settings SettingsError {
        /// The file is there and can't be read.
        Unreadable = "unreadable";
        /// The file was changed or cut.
        Damaged = "damaged";
        /// The school's file is there and can't be read.
        ManagedUnreadable = "managed_unreadable";
        /// The school's file is no such file, or has a value that makes no sense.
        ManagedDamaged = "managed_damaged";
    }
    /// Faults of the disk below the records.
    storage StorageError {
        /// No space left.
        DiskFull = "disk_full";
        /// The file or folder can't be written.
        ReadOnly = "read_only";
        /// The disk reports a fault.
        Io = "io";
        /// The settings could not be written.
        Settings = "settings";
    }
    /// Faults of the catalogue.
    catalogue CatalogueFault {
        /// The file is not there.
        Missing = "missing";
        /// The file was changed or cut.
        Damaged = "damaged";
        /// The file is of another version of the program.
        OtherVersion = "other_version";
        /// The system does not let the file be read.
        Unreadable = "unreadable";
        /// The file could not be set aside.
        NotSetAside = "not_set_aside";
    }
    /// Faults of careers.
    careers CareersError {
        /// No such career.
        NotFound = "not_found";
        /// Too few or too many careers to stand side by side.
        CompareCount = "compare_count" {
            /// Least.
            least: usize,
            /// Most.
            most: usize
        };
        /// No such saved search.
        SearchNotFound = "search_not_found";
        /// The search has no name.
        SearchNameEmpty = "search_name_empty";
    }
    /// Faults of students.
    students StudentsError {
        /// No such student.
        NotFound = "not_found";
        /// The name is empty.
        NameEmpty = "name_empty";
        /// Not a year between the bounds.
        YearOutOfRange = "year_out_of_range" {
            /// Least.
            least: u16,
            /// Greatest.
            greatest: u16
        };
        /// A detail that says nothing.
        DetailEmpty = "detail_empty";
        /// A date in it is none.
        DetailDate = "detail_date";
        /// A number in it is out of its range.
        DetailNumber = "detail_number";
        /// The roster has faults; nothing was imported.
        RosterHasFaults = "roster_has_faults" {
            /// How many.
            count: usize
        };
        /// The roster is too large to read at once.
        RosterTooLarge = "roster_too_large" {
            /// Largest, megabytes.
            megabytes: usize
        };
        /// The roster holds no student.
        RosterEmpty = "roster_empty";
    }
    /// Faults of applications.
    applications ApplicationsError {
        /// No such application.
        NotFound = "not_found";
        /// No such form.
        UnknownForm = "unknown_form";
        /// No such place in the form.
        UnknownQuestion = "unknown_question";
        /// The answer has another kind than the question takes.
        WrongShape = "wrong_shape";
        /// The answer is larger than the program keeps.
        TooLarge = "too_large" {
            /// Largest, megabytes.
            megabytes: usize
        };
        /// No such version.
        VersionNotFound = "version_not_found";
    }
    /// Faults of backups.
    backups BackupsError {
        /// No such backup.
        NotFound = "not_found";
        /// The backup is damaged.
        Damaged = "damaged";
        /// The check of all backups has found damaged ones.
        SomeDamaged = "some_damaged" {
            /// How many.
            damaged: u64,
            /// Of how many.
            checked: u64
        };
        /// It is under an older key: the passphrase or the recovery key of that time is needed.
        OlderKey = "older_key";
        /// The file of keys that opens it is not there.
        KeysMissing = "keys_missing";
        /// No room for the backup that comes before an update.
        NoRoomBeforeUpdate = "no_room_before_update" {
            /// So much is needed.
            megabytes: u64
        };
        /// The backup before an update could not be made; the records were not touched.
        NotMadeBeforeUpdate = "not_made_before_update";
        /// The folder is not there.
        PlaceNotThere = "place_not_there";
        /// The folder lies within the records folder.
        PlaceWithinRecords = "place_within_records";
        /// The school has set the second place; the person can't choose another.
        PlaceManaged = "place_managed";
        /// There are records in the folder already.
        RecordsThere = "records_there";
        /// Other work on backups is under way.
        Busy = "busy";
    }
    /// Faults of long work.
    jobs JobsError {
        /// It was stopped before its end.
        Stopped = "stopped";
        /// No such job.
        NotFound = "not_found";
    }
    /// What a meeting with a student does not let through, and faults of its PIN.
    meeting MeetingError {
        /// Not of the student whom the meeting is with; whether it is there at all is not said.
        NotHere = "not_here";
        /// Not to be done in a meeting.
        Refused = "refused";
        /// There is no PIN yet, so no meeting could be ended.
        NoPin = "no_pin";
        /// Not the PIN.
        WrongPin = "wrong_pin" {
            /// Seconds until the next try.
            wait_seconds: u64
        };
        /// Too many wrong tries in a short time.
        Wait = "wait" {
            /// Seconds until the next try.
            wait_seconds: u64
        };
        /// Not a PIN: other characters than digits, too few or too many.
        PinShape = "pin_shape" {
            /// Least digits.
            least: usize,
            /// Most digits.
            most: usize
        };
        /// A meeting is under way already.
        UnderWay = "under_way";
        /// No meeting is under way.
        NotUnderWay = "not_under_way";
    }
    /// Faults of undo.
    changes ChangesError {
        /// No such change, or one that can't be undone.
        NotFound = "not_found";
        /// What it changed was changed again since.
        ChangedSince = "changed_since";
        /// It is what happened, or keys and rights: no undo takes it back.
        StandsForGood = "stands_for_good";
    }
    /// Faults of a student's rights.
    rights RightsError {
        /// A hold stands: nothing is erased.
        Held = "held";
        /// A hold has to say why.
        ReasonEmpty = "reason_empty";
        /// No such hold.
        HoldNotFound = "hold_not_found";
        /// Some backups still hold what was erased: damaged ones, or ones under an older key.
        BackupsLeft = "backups_left" {
            /// How many.
            left: usize
        };
        /// The second place could not be reached: its backups still hold what was erased.
        SecondLeft = "second_left";
        /// Both.
        BackupsAndSecondLeft = "backups_and_second_left" {
            /// How many backups that are damaged or under an older key.
            left: usize
        };
        /// Copies that were set aside could not be written anew and still hold what was erased.
        AsideLeft = "aside_left" {
            /// How many.
            left: usize
        };
    }
    /// Faults of the log.
    log LogError {
        /// No such output.
        NotFound = "not_found";
        /// It was said already for whom the output was.
        Answered = "answered";
        /// Somebody else received it, and it is not said who.
        PartyMissing = "party_missing";
        /// Somebody else received it, and it is not said why they may.
        InterestMissing = "interest_missing";
        /// Who received it, or why, is said in more words than the record of disclosures takes.
        TooLong = "too_long" {
            /// Most characters.
            most: usize
        };
    }
    /// Faults of documents.
    documents DocumentsError {
        /// The document could not be made.
        NotMade = "not_made";
        /// The text is too long to be printed.
        TooLong = "too_long";
        /// The document could not be written to the place chosen.
        NotWritten = "not_written";
        /// The school does not let this kind of document be made on this computer.
        NotAllowed = "not_allowed";
    }
}

impl ApiError {
    pub(crate) fn unknown_operation() -> Self {
        OperationError::Unknown.into()
    }

    pub(crate) fn bad_input() -> Self {
        OperationError::BadInput.into()
    }

    pub(crate) fn unreadable_output() -> Self {
        OperationError::Failed.into()
    }
}

impl From<RecordsError> for ApiError {
    fn from(error: RecordsError) -> Self {
        match error {
            RecordsError::WrongPassphrase => VaultError::WrongPassphrase { wait_seconds: 0 }.into(),
            RecordsError::WrongRecoveryKey => VaultError::WrongRecoveryKey.into(),
            RecordsError::KeychainWrong => VaultError::KeychainWrong.into(),
            RecordsError::RecoveryKeyMistyped => VaultError::RecoveryKeyMistyped.into(),
            RecordsError::Stopped => JobsError::Stopped.into(),
            RecordsError::RecoveryKeyOld => VaultError::RecoveryKeyOld.into(),
            RecordsError::PrivateKeyMissing => VaultError::PrivateKeyMissing.into(),
            RecordsError::AlreadyThere => VaultError::AlreadyThere.into(),
            RecordsError::NoRecords => VaultError::NoRecords.into(),
            RecordsError::FolderNotThere => VaultError::NotThere.into(),
            RecordsError::FileMissing => VaultError::FileMissing.into(),
            RecordsError::KeysMissing => VaultError::KeysMissing.into(),
            RecordsError::KeysDamaged => VaultError::KeysDamaged.into(),
            RecordsError::Damaged => VaultError::Damaged.into(),
            RecordsError::Newer { found, known } => VaultError::Newer { found, known }.into(),
            RecordsError::NothingReadable => VaultError::NothingReadable.into(),
            RecordsError::OnNetwork => VaultError::OnNetwork.into(),
            RecordsError::Synchronized { .. } => VaultError::Synchronized.into(),
            RecordsError::InUse => VaultError::InUse.into(),
            RecordsError::FolderUnusable => VaultError::FolderUnusable.into(),
            RecordsError::Closed => VaultError::Locked.into(),
            RecordsError::DiskFull => StorageError::DiskFull.into(),
            RecordsError::ReadOnly => StorageError::ReadOnly.into(),
            RecordsError::Io => StorageError::Io.into(),
            RecordsError::Held => RightsError::Held.into(),
            RecordsError::BackupDamaged => BackupsError::Damaged.into(),
            RecordsError::BackupOlderKey => BackupsError::OlderKey.into(),
            RecordsError::BackupKeysMissing => BackupsError::KeysMissing.into(),
            RecordsError::NoRoomBeforeUpdate { megabytes } => {
                BackupsError::NoRoomBeforeUpdate { megabytes }.into()
            }
            RecordsError::NotBackedUpBeforeUpdate => BackupsError::NotMadeBeforeUpdate.into(),
            RecordsError::ChangedSince => ChangesError::ChangedSince.into(),
            RecordsError::StandsForGood => ChangesError::StandsForGood.into(),
            RecordsError::NotFound
            | RecordsError::Constraint
            | RecordsError::NoRandomness
            | RecordsError::Internal(_) => {
                // Only where it happened is logged, never what it was about.
                tracing::error!(fault = %error, "operation failed");
                OperationError::Failed.into()
            }
        }
    }
}

/// Says what was not found, and passes every other fault on.
pub(crate) fn not_found(what: impl Into<ApiError>) -> impl FnOnce(RecordsError) -> ApiError {
    move |error| {
        if matches!(error, RecordsError::NotFound | RecordsError::Constraint) {
            what.into()
        } else {
            error.into()
        }
    }
}
