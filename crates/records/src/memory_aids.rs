//! A counselor's own memory aid on a student: sealed under the private key, which the passphrase and the counselor's
//! recovery key open and the school's recovery key does not. It stands in no export, and the log of changes holds it
//! sealed.

use rusqlite::{Connection, OptionalExtension};
use zeroize::Zeroizing;

use crate::changes::rows::{MEMORY_AID, row};
use crate::changes::{Act, Done, Value};
use crate::surroundings::Surroundings;
use crate::vault::seal::{Sealed, open, seal};
use crate::vault::secrets::PrivateKey;
use crate::{Records, RecordsError};

/// A memory aid, as far as it can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MemoryAid {
    /// Nothing was written.
    None,
    /// What was written.
    Written {
        /// The text.
        text: String,
        /// When it was saved, RFC 3339 UTC.
        saved_at: String,
    },
    /// Something was written, and what the records were opened with does not open it.
    Sealed {
        /// When it was saved, RFC 3339 UTC.
        saved_at: String,
    },
}

impl Records {
    /// Whether memory aids can be read and written: not where the school's recovery key opened the records, and not
    /// while the counselor's recovery key is one that could not bring them back.
    #[must_use]
    pub fn has_private_key(&self) -> bool {
        self.private.is_some()
    }

    /// The memory aid on a student.
    pub async fn memory_aid(&self, student: String) -> Result<MemoryAid, RecordsError> {
        let private = self.private.clone();
        self.read(move |connection| {
            let Some((sealed, saved_at)) = sealed_aid(connection, &student)? else {
                return Ok(MemoryAid::None);
            };
            let text = private.map(|key| opened(&key, &student, &sealed)).transpose()?.flatten();
            Ok(match text {
                Some(text) => MemoryAid::Written { text: text.to_string(), saved_at },
                None => MemoryAid::Sealed { saved_at },
            })
        })
        .await
    }

    /// Saves the memory aid on a student; an empty one is taken away. One that can't be opened is never written over,
    /// only taken away, and that can be undone.
    pub async fn save_memory_aid(&self, student: String, text: String) -> Result<Done<()>, RecordsError> {
        let private = self.private.clone().ok_or(RecordsError::PrivateKeyMissing)?;
        let text = Zeroizing::new(text);
        self.transact(Act::on("students.save_memory_aid", student.clone()), move |change| {
            let key = [Value::from(student.as_str())];
            if text.is_empty() {
                return change.delete(&MEMORY_AID, &key).map(|_| ());
            }
            let there = sealed_aid(change.connection, &student)?;
            if let Some((sealed, _)) = &there {
                let now = opened(&private, &student, sealed)?.ok_or(RecordsError::PrivateKeyMissing)?;
                if now == text {
                    return Ok(());
                }
            }
            let sealed = closed(&private, &student, &text, change.surroundings)?;
            let at = change.at.clone();
            if there.is_some() {
                let new = row! { "sealed" => sealed, "saved_at" => at };
                return change.update(&MEMORY_AID, &key, new).map(|_| ());
            }
            change.insert(&MEMORY_AID, row! { "student_id" => student, "sealed" => sealed, "saved_at" => at })
        })
        .await
    }
}

fn sealed_aid(connection: &Connection, student: &str) -> Result<Option<(String, String)>, RecordsError> {
    let mut statement =
        connection.prepare_cached("SELECT sealed, saved_at FROM memory_aid WHERE student_id = ?")?;
    Ok(statement.query_row([student], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
}

fn closed(
    private: &PrivateKey,
    student: &str,
    text: &str,
    surroundings: &dyn Surroundings,
) -> Result<String, RecordsError> {
    let sealed = seal(&private.derive(PURPOSE)?, text.as_bytes(), &bound_to(student), surroundings)?;
    Ok(sealed.into_text())
}

/// The text, or nothing where it was sealed under another private key.
fn opened(
    private: &PrivateKey,
    student: &str,
    sealed: &str,
) -> Result<Option<Zeroizing<String>>, RecordsError> {
    let sealed = Sealed::from_text(sealed).ok_or(RecordsError::Damaged)?;
    let plain = open(&private.derive(PURPOSE)?, &sealed, &bound_to(student));
    let Some(plain) = plain.map_err(|_| RecordsError::Damaged)? else { return Ok(None) };
    let text = std::str::from_utf8(&plain).map_err(|_| RecordsError::Damaged)?;
    Ok(Some(Zeroizing::new(text.to_owned())))
}

const PURPOSE: &str = "waymark/memory-aid/1";

/// A memory aid opens on its own student's page and on no other's.
fn bound_to(student: &str) -> Vec<u8> {
    format!("{PURPOSE}/{student}").into_bytes()
}
