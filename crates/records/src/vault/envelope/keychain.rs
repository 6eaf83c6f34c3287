//! The slot for this computer's keychain: both keys under a key derived from the random secret that the keychain holds.
//! The secret has 256 random bits, so that there is nothing to stretch; without it the slot tells nothing.

use serde::{Deserialize, Serialize};

use super::FORMAT;
use super::slots::{open_keys, seal_keys};
use crate::vault::keychain::KeychainSecret;
use crate::vault::seal::Sealed;
use crate::vault::secrets::{DataKey, Keys, PrivateKey};
use crate::{RecordsError, surroundings::Surroundings};

/// What the key that wraps here is derived for.
const PURPOSE: &str = "waymark/keychain/3";

/// Keys under the keychain's secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Keychained {
    wrapped: Sealed,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    private: Option<Sealed>,
}

impl Keychained {
    pub(super) fn wrap(
        data: &DataKey,
        private: Option<&PrivateKey>,
        records: &str,
        secret: &KeychainSecret,
        surroundings: &dyn Surroundings,
    ) -> Result<Self, RecordsError> {
        let (wrapping, bound) = (secret.derive(PURPOSE)?, bound_to(records));
        let (wrapped, private) = seal_keys(&wrapping, data, private, &bound, surroundings)?;
        Ok(Self { wrapped, private })
    }

    /// The keys, or nothing where the secret is another.
    pub(super) fn unwrap(
        &self,
        records: &str,
        secret: &KeychainSecret,
    ) -> Result<Option<Keys>, RecordsError> {
        let (wrapping, bound) = (secret.derive(PURPOSE)?, bound_to(records));
        open_keys(&wrapping, &self.wrapped, self.private.as_ref(), &bound)
    }

    pub(super) fn has_private(&self) -> bool {
        self.private.is_some()
    }
}

fn bound_to(records: &str) -> String {
    format!("{FORMAT}/3/keychain/{records}")
}
