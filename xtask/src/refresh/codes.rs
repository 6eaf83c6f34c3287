//! The shapes of codes: O*NET-SOC and SOC.

/// Code of "all occupations together" in the Employment Projections and in OEWS.
pub const EVERYONE: &str = "00-0000";

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
