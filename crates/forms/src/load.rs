//! Reading a form pack: either a pack in which everything holds together, or every fault that was found.

use std::collections::HashSet;

use crate::check;
use crate::fault::{PackFault, PackFaultCode};
use crate::json;
use crate::mend;
use crate::pack::FormPack;
use crate::shape;

/// Most bytes that a pack may have; more is not even read.
pub const MAX_BYTES: usize = 4 * 1024 * 1024;

impl FormPack {
    /// Reads and checks a pack. Nothing is half-read: a pack with any fault is refused, and all its faults are told:
    /// those of its shape (keys, types, kinds), then those of its meaning (ids, texts, limits, conditions), which are
    /// looked for around the places whose shape is wrong.
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
        let mut of_shape = shape::check(&value);
        if of_shape.is_empty() {
            let pack: FormPack = serde_json::from_value(value).map_err(|error| vec![unreadable(&error)])?;
            faults.append(&mut check::check(&pack, &HashSet::new()));
            return if faults.is_empty() { Ok(pack) } else { Err(faults) };
        }
        let mended = mend::mend(value, &of_shape);
        faults.append(&mut of_shape);
        if let Some(mut mended) = mended {
            let pack: FormPack = match serde_json::from_value(mended.value.take()) {
                Ok(pack) => pack,
                Err(error) => {
                    faults.push(unreadable(&error));
                    return Err(faults);
                }
            };
            let meant = check::check(&pack, &mended.spoilt);
            faults.extend(meant.into_iter().filter(|fault| mended.is_own(fault)));
        }
        Err(faults)
    }
}

/// What the shape check let through although it is no pack; a test rules it out.
fn unreadable(error: &serde_json::Error) -> PackFault {
    PackFault { code: PackFaultCode::WrongType, path: String::new(), name: error.to_string() }
}
