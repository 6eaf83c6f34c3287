//! The readers of bytes that come from outside, laid open for the fuzzers of `tests/fuzz`. The program itself reaches
//! them by its own ways and never through here.

use serde_json::Value;

use crate::RecordsError;
use crate::changes::Image;
use crate::changes::delta::Delta;
use crate::vault::envelope::{Cost, Envelope};
use crate::vault::recovery::{RecoveryKey, SchoolPublicKey};

/// Reads a file of keys and tries a passphrase on it. What opens must read back the same once it is written.
pub fn envelope(bytes: &[u8], passphrase: &[u8]) -> Result<(), RecordsError> {
    let read = Envelope::parse(bytes)?;
    assert!(Envelope::parse(&read.to_bytes()?)? == read, "an envelope reads back the same");
    read.open_with_passphrase(passphrase).map(|_| ())
}

/// The same for what stands behind the check sum: it is made to fit, and every cost is made one that fuzzers can pay.
pub fn envelope_behind_its_check(bytes: &[u8], passphrase: &[u8]) -> Result<(), RecordsError> {
    let mut value: Value = serde_json::from_slice(bytes).map_err(|_| RecordsError::KeysDamaged)?;
    make_cheap(&mut value);
    let cheap = serde_json::to_vec(&value).map_err(|_| RecordsError::KeysDamaged)?;
    let fitting = Envelope::with_fitting_check(&cheap).ok_or(RecordsError::KeysDamaged)?;
    envelope(&fitting, passphrase)
}

/// Reads a recovery key as typed. One that is read must print as a key that reads the same.
pub fn recovery_key(typed: &str) -> Result<(), RecordsError> {
    let read = RecoveryKey::read(typed)?;
    let again = RecoveryKey::read(&read.groups().join(" "))?;
    assert!(read.groups() == again.groups(), "a recovery key reads back the same");
    Ok(())
}

/// Reads a school's public key as typed. One that is read must print as one that reads the same.
pub fn school_public_key(typed: &str) -> Result<(), RecordsError> {
    let read = SchoolPublicKey::read(typed)?;
    let again = SchoolPublicKey::read(&read.text())?;
    assert!(read.text() == again.text(), "a public key reads back the same");
    Ok(())
}

/// Reads a row of the log of changes, as it stands behind the file's encryption.
pub fn images(bytes: &[u8]) -> Result<usize, RecordsError> {
    let read: Vec<Image> = serde_json::from_slice(bytes).map_err(|_| RecordsError::Damaged)?;
    Ok(read.len())
}

/// Takes a change back from a text: the delta's JSON in the first line, the text in the others.
#[must_use]
pub fn delta(bytes: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(bytes).ok()?;
    let (delta, text) = text.split_once('\n')?;
    serde_json::from_str::<Delta>(delta).ok()?.revert(text)
}

/// Lowers every cost in the JSON to that of tests; one that is too low or no number stays as it is.
fn make_cheap(value: &mut Value) {
    let most = [
        ("memory_kib", Cost::WEAK_FOR_TESTS.memory_kib),
        ("passes", Cost::WEAK_FOR_TESTS.passes),
        ("lanes", Cost::WEAK_FOR_TESTS.lanes),
    ];
    match value {
        Value::Object(fields) => {
            for (name, most) in most {
                if let Some(cost) = fields.get_mut(name)
                    && cost.as_u64().is_some_and(|cost| cost > u64::from(most))
                {
                    *cost = most.into();
                }
            }
            fields.values_mut().for_each(make_cheap);
        }
        Value::Array(items) => items.iter_mut().for_each(make_cheap),
        _ => {}
    }
}
