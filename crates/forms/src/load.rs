//! Reading a form pack: either a pack in which everything holds together, or every fault that was found.

use crate::check;
use crate::fault::{PackFault, PackFaultCode};
use crate::json;
use crate::pack::FormPack;
use crate::shape;

/// Most bytes that a pack may have.
const MAX_BYTES: usize = 4 * 1024 * 1024;

impl FormPack {
    /// Reads and checks a pack. Nothing is half-read: a pack with any fault is refused with all faults of the first
    /// floor that has some: the JSON itself, then its shape (keys, types, kinds), then its meaning (ids, texts, limits,
    /// conditions).
    pub fn parse(json: &str) -> Result<FormPack, Vec<PackFault>> {
        if json.len() > MAX_BYTES {
            return Err(vec![PackFault {
                code: PackFaultCode::TooLarge,
                path: String::new(),
                name: MAX_BYTES.to_string(),
            }]);
        }
        let mut faults = Vec::new();
        let value = json::read(json, &mut faults).map_err(|fault| vec![fault])?;
        faults.append(&mut shape::check(&value));
        if !faults.is_empty() {
            return Err(faults);
        }
        let pack: FormPack = serde_json::from_value(value).map_err(|error| {
            vec![PackFault { code: PackFaultCode::WrongType, path: String::new(), name: error.to_string() }]
        })?;
        let faults = check::check(&pack);
        if faults.is_empty() { Ok(pack) } else { Err(faults) }
    }
}
