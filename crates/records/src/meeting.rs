//! What a meeting with one student needs of the records: the PIN that ends it, and the log of what was looked at. Who
//! the student is and what may be seen meanwhile is no matter of the records.

use argon2::{Algorithm, Argon2, Params, Version};
use rusqlite::OptionalExtension;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::changes::rows::{ACCESS, SETTING, row};
use crate::changes::{Act, Done};
use crate::vault::envelope::{Cost, hex};
use crate::{Records, RecordsError};

/// The setting that keeps it.
const PIN: &str = "meeting.pin";

/// A PIN as it is kept: stretched, so that whoever reads it can't say what it is without trying.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeptPin {
    cost: Cost,
    salt: String,
    hash: String,
}

/// One look at something of a student's in a meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessRow {
    /// When, RFC 3339 UTC.
    pub at: String,
    /// The student.
    pub student_id: String,
    /// What was looked at.
    pub view: String,
}

impl KeptPin {
    fn stretched(pin: &str, salt: &str, cost: Cost) -> Result<String, RecordsError> {
        let params = Params::new(cost.memory_kib, cost.passes, cost.lanes, Some(32))
            .map_err(|_| RecordsError::Internal("pin"))?;
        let mut hash = Zeroizing::new([0; 32]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(pin.as_bytes(), salt.as_bytes(), hash.as_mut())
            .map_err(|_| RecordsError::Internal("pin"))?;
        Ok(hex(hash.as_ref()))
    }

    fn is(&self, pin: &str) -> Result<bool, RecordsError> {
        Ok(Self::stretched(pin, &self.salt, self.cost)? == self.hash)
    }
}

impl Records {
    /// Whether there is a PIN.
    pub async fn has_pin(&self) -> Result<bool, RecordsError> {
        self.read(|connection| Ok(kept(connection)?.is_some())).await
    }

    /// Sets the PIN, or another one.
    pub async fn set_pin(&self, pin: String, cost: Cost) -> Result<Done<()>, RecordsError> {
        let pin = Zeroizing::new(pin);
        let surroundings = self.surroundings();
        // Stretching takes its time: not on the writer's thread, which others wait for.
        let kept = self.read(move |_| {
            let mut salt = [0; 16];
            surroundings.random(&mut salt)?;
            let salt = hex(&salt);
            let hash = KeptPin::stretched(&pin, &salt, cost)?;
            serde_json::to_string(&KeptPin { cost, salt, hash }).map_err(|_| RecordsError::Internal("pin"))
        });
        let kept = kept.await?;
        self.transact(Act::on("vault.set_pin", ""), move |change| {
            change.put(&SETTING, row! { "name" => PIN, "value" => kept }).map(|_| ())
        })
        .await
    }

    /// Whether this is the PIN; none where there is no PIN.
    pub async fn is_pin(&self, pin: String) -> Result<Option<bool>, RecordsError> {
        let pin = Zeroizing::new(pin);
        self.read(move |connection| kept(connection)?.map(|kept| kept.is(&pin)).transpose()).await
    }

    /// Writes down that something of a student's was looked at.
    pub async fn log_access(&self, student_id: String, view: String) -> Result<Done<()>, RecordsError> {
        self.transact(Act::on("access.view", student_id.clone()), move |change| {
            let (id, at) = (change.new_id()?, change.at.clone());
            change
                .insert(&ACCESS, row! { "id" => id, "at" => at, "student_id" => student_id, "view" => view })
        })
        .await
    }

    /// What was looked at of a student, the oldest look first.
    pub async fn accesses_of(&self, student_id: String) -> Result<Vec<AccessRow>, RecordsError> {
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(
                "SELECT at, student_id, view FROM access WHERE student_id = ? ORDER BY at, id",
            )?;
            let rows = statement.query_map([student_id], |row| {
                Ok(AccessRow { at: row.get(0)?, student_id: row.get(1)?, view: row.get(2)? })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
        .await
    }
}

fn kept(connection: &rusqlite::Connection) -> Result<Option<KeptPin>, RecordsError> {
    let value: Option<String> = connection
        .prepare_cached("SELECT value FROM setting WHERE name = ?")?
        .query_row([PIN], |row| row.get(0))
        .optional()?;
    value.map(|value| serde_json::from_str(&value).map_err(|_| RecordsError::Damaged)).transpose()
}
