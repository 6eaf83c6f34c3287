//! The keychain of a person's account on this computer: where the system keeps secrets that open with the account. A
//! secret is a short text under a name. It knows no records; what a secret is for, and when one is asked for, is the
//! caller's matter.

use zeroize::Zeroizing;

#[cfg(target_os = "linux")]
pub use crate::secret_service::SecretService;

/// Why a keychain did not do what was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeychainFault {
    /// There is none on this system, or it does not answer.
    Missing,
    /// It is locked and nobody unlocked it, or it refused.
    Refused,
}

/// A system's keychain. Each call may take as long as the person takes to answer what the system asks them, so it is
/// made on a thread that may wait.
pub trait Keychain: Send + Sync {
    /// Whether it holds a secret of this name. Asks the person nothing.
    fn holds(&self, name: &str) -> Result<bool, KeychainFault>;

    /// The secret of this name, where it holds one. The system may ask the person to unlock the keychain.
    fn fetch(&self, name: &str) -> Result<Option<Zeroizing<String>>, KeychainFault>;

    /// Keeps a secret under this name, in the place of one that it may hold. The system may ask the person to unlock.
    fn store(&self, name: &str, secret: &str) -> Result<(), KeychainFault>;

    /// Forgets the secret of this name; one that it does not hold is forgotten already.
    fn forget(&self, name: &str) -> Result<(), KeychainFault>;
}

/// Keychains of systems for which nobody has written this yet: Windows (Credential Manager, `CredWriteW`) and macOS
/// (Keychain Services, `SecItemAdd`). There the records open with the passphrase alone.
pub struct Unreached;

impl Keychain for Unreached {
    fn holds(&self, _: &str) -> Result<bool, KeychainFault> {
        Err(KeychainFault::Missing)
    }

    fn fetch(&self, _: &str) -> Result<Option<Zeroizing<String>>, KeychainFault> {
        Err(KeychainFault::Missing)
    }

    fn store(&self, _: &str, _: &str) -> Result<(), KeychainFault> {
        Err(KeychainFault::Missing)
    }

    fn forget(&self, _: &str) -> Result<(), KeychainFault> {
        Err(KeychainFault::Missing)
    }
}

/// The keychain of the system that this program was built for. `label` is what the system may call a secret where it
/// lists them for the person.
#[must_use]
pub fn of_this_system(label: String) -> Box<dyn Keychain> {
    #[cfg(target_os = "linux")]
    return Box::new(SecretService::of_this_session(label));
    #[cfg(not(target_os = "linux"))]
    {
        drop(label);
        Box::new(Unreached)
    }
}
