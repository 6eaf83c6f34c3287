//! A keychain for tests: secrets in a file of JSON, which outlives the host as a keychain outlives the program. A test
//! takes a secret away by writing the file, and the whole keychain by putting something else in its place.

use std::collections::BTreeMap;
use std::path::PathBuf;

use waymark_api::{Keychain, KeychainFault};
use zeroize::Zeroizing;

/// The file. One that is not there yet holds nothing; one that can't be read or written is no keychain.
pub struct KeptInFile(pub PathBuf);

type Secrets = BTreeMap<String, String>;

impl KeptInFile {
    fn read(&self) -> Result<Secrets, KeychainFault> {
        match std::fs::read(&self.0) {
            Ok(bytes) => serde_json::from_slice(&bytes).map_err(|_| KeychainFault::Missing),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Secrets::new()),
            Err(_) => Err(KeychainFault::Missing),
        }
    }

    fn change(&self, change: impl FnOnce(&mut Secrets)) -> Result<(), KeychainFault> {
        let mut secrets = self.read()?;
        change(&mut secrets);
        let bytes = serde_json::to_vec(&secrets).map_err(|_| KeychainFault::Missing)?;
        std::fs::write(&self.0, bytes).map_err(|_| KeychainFault::Missing)
    }
}

impl Keychain for KeptInFile {
    fn holds(&self, name: &str) -> Result<bool, KeychainFault> {
        Ok(self.read()?.contains_key(name))
    }

    fn fetch(&self, name: &str) -> Result<Option<Zeroizing<String>>, KeychainFault> {
        Ok(self.read()?.remove(name).map(Zeroizing::new))
    }

    fn store(&self, name: &str, secret: &str) -> Result<(), KeychainFault> {
        self.change(|secrets| drop(secrets.insert(name.to_owned(), secret.to_owned())))
    }

    fn forget(&self, name: &str) -> Result<(), KeychainFault> {
        self.change(|secrets| drop(secrets.remove(name)))
    }
}
