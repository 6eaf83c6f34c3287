//! Which occupations are taken: those of `occupations.txt`, or all.

use std::collections::BTreeSet;
use std::path::Path;

use super::fault::Faults;

/// Code of "all occupations together" in the Employment Projections and in OEWS.
pub const EVERYONE: &str = "00-0000";

/// The occupations that are taken.
#[derive(Debug)]
pub enum Selection {
    /// Every occupation that O*NET lists.
    All,
    /// Only these O*NET-SOC codes.
    Listed(BTreeSet<String>),
}

impl Selection {
    /// Reads the list: a code at the start of each line, the rest is for readers, `#` opens a remark.
    pub fn read(path: &Path, faults: &mut Faults) -> Self {
        match std::fs::read_to_string(path) {
            Ok(text) => Self::parse(&text, faults),
            Err(reason) => {
                faults.path(path, reason);
                Self::Listed(BTreeSet::new())
            }
        }
    }

    /// `read` on a text at hand.
    pub fn parse(text: &str, faults: &mut Faults) -> Self {
        let mut codes = BTreeSet::new();
        for (index, line) in text.lines().enumerate() {
            let Some(code) = line.split_whitespace().next().filter(|word| !word.starts_with('#')) else {
                continue;
            };
            if !is_occupation_code(code) {
                faults.row("occupations.txt", index + 1, format!("{code:?} is not an O*NET-SOC code"));
            } else if !codes.insert(code.to_owned()) {
                faults.row("occupations.txt", index + 1, format!("{code} stands twice"));
            }
        }
        Self::Listed(codes)
    }

    /// Whether facts of this O*NET-SOC code are taken.
    pub fn takes(&self, code: &str) -> bool {
        match self {
            Self::All => true,
            Self::Listed(codes) => codes.contains(code),
        }
    }
}

/// Whether a text has the shape `15-1252.00`.
pub fn is_occupation_code(text: &str) -> bool {
    matches!(text.split_once('.'), Some((soc, detail)) if is_soc_code(soc)
        && detail.len() == 2 && detail.bytes().all(|b| b.is_ascii_digit()))
}

/// Whether a text has the shape `15-1252`.
pub fn is_soc_code(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 7
        && bytes
            .iter()
            .enumerate()
            .all(|(at, byte)| if at == 2 { *byte == b'-' } else { byte.is_ascii_digit() })
}

/// The SOC code that an O*NET-SOC code belongs to: its part before the full stop.
pub fn soc_of(code: &str) -> &str {
    code.split('.').next().unwrap_or(code)
}
