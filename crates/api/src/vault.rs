//! Opening and closing the counsellor's records: first run, passphrase, recovery key, lock.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// No input.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct Nothing {}

/// Where the records are and whether they are open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct VaultStatus {
    /// State in a word.
    pub state: VaultState,
    /// The records folder in use.
    pub folder: String,
    /// The folder that is used where nobody chooses another.
    pub default_folder: String,
    /// Code of what stands in the way of opening the records, where something does.
    pub problem: Option<String>,
    /// Seconds to wait before the next try of a passphrase.
    pub wait_seconds: u32,
}

/// State of the records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum VaultState {
    /// There are none in the folder yet.
    FirstRun,
    /// They wait for the passphrase.
    Locked,
    /// They are open.
    Unlocked,
}

/// Makes new records.
#[derive(Clone, Deserialize, TS)]
pub struct CreateVault {
    /// Folder; none means the default.
    pub folder: Option<String>,
    /// At least twelve characters.
    pub passphrase: String,
}

/// The recovery key, shown once, to print.
#[derive(Clone, Serialize, TS)]
pub struct RecoveryKey {
    /// Eight groups of characters; the last group checks the others.
    pub groups: Vec<String>,
}

/// Opens the records.
#[derive(Clone, Deserialize, TS)]
pub struct Unlock {
    /// The passphrase.
    pub passphrase: String,
}

/// Opens the records with the recovery key and sets a new passphrase.
#[derive(Clone, Deserialize, TS)]
pub struct Recover {
    /// As printed; spaces, hyphens and case do not matter.
    pub recovery_key: String,
    /// The new passphrase.
    pub passphrase: String,
}

/// Turns to another records folder.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ChooseFolder {
    /// The folder.
    pub folder: String,
}
