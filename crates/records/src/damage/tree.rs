//! Reads SQLite's trees out of pages of which some are missing: every cell of a page by itself, its overflow pages
//! followed as far as they are there (<https://sqlite.org/fileformat2.html>, section 1.6).

use rusqlite::types::Value;

use super::pages::{Pages, USABLE};

/// What a page of a tree is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    TableLeaf,
    TableInterior,
    /// Also of a table whose rows lie in its key.
    IndexLeaf,
    IndexInterior,
}

/// One cell.
pub(super) struct Cell {
    /// The number of a row, in a table's tree.
    pub(super) rowid: Option<i64>,
    /// The page below it, in an interior page.
    pub(super) below: Option<u32>,
    /// The columns, as far as they can be read; `whole` says whether that is all of them.
    pub(super) record: Vec<Value>,
    pub(super) whole: bool,
}

/// Kind of a page, by its first byte.
pub(super) fn kind(page: &[u8], number: u32) -> Option<Kind> {
    match page.get(start(number))? {
        0x0d => Some(Kind::TableLeaf),
        0x05 => Some(Kind::TableInterior),
        0x0a => Some(Kind::IndexLeaf),
        0x02 => Some(Kind::IndexInterior),
        _ => None,
    }
}

/// Whether a page has the form of one: every cell of it lies inside and can be read.
pub(super) fn has_form(page: &[u8], number: u32) -> bool {
    match kind(page, number) {
        Some(_) => places(page, number).is_some_and(|places| !places.is_empty()),
        // Overflow pages have no form of their own.
        None => true,
    }
}

/// The cells of a page; one whose overflow is missing is not whole. None where the page is none of a tree.
pub(super) fn cells(pages: &Pages, number: u32) -> Option<Vec<Cell>> {
    let page = pages.get(number)?;
    let kind = kind(page, number)?;
    Some(places(page, number)?.into_iter().filter_map(|at| cell(pages, page, kind, at)).collect())
}

/// The page to the right of the last cell of an interior page.
pub(super) fn rightmost(page: &[u8], number: u32) -> Option<u32> {
    word(page, start(number) + 8)
}

/// The first 100 bytes of a file describe it.
fn start(number: u32) -> usize {
    if number == 1 { 100 } else { 0 }
}

fn places(page: &[u8], number: u32) -> Option<Vec<usize>> {
    let start = start(number);
    let interior = matches!(kind(page, number)?, Kind::TableInterior | Kind::IndexInterior);
    let header = if interior { 12 } else { 8 };
    let count = usize::from(half(page, start + 3)?);
    (0..count)
        .map(|index| {
            let at = usize::from(half(page, start + header + 2 * index)?);
            (at >= start + header + 2 * count && at < USABLE).then_some(at)
        })
        .collect()
}

fn cell(pages: &Pages, page: &[u8], kind: Kind, mut at: usize) -> Option<Cell> {
    let below = match kind {
        Kind::TableInterior | Kind::IndexInterior => {
            at += 4;
            Some(word(page, at - 4)?)
        }
        _ => None,
    };
    if kind == Kind::TableInterior {
        return Some(Cell { rowid: None, below, record: Vec::new(), whole: true });
    }
    let length = usize::try_from(varint(page, &mut at)?).ok()?;
    let rowid = if kind == Kind::TableLeaf { Some(varint(page, &mut at)?) } else { None };
    let (payload, whole) = payload(pages, page, kind, at, length)?;
    let (record, read) = record(&payload)?;
    Some(Cell { rowid, below, record, whole: whole && read })
}

/// The bytes of a record and whether all of them are there.
fn payload(pages: &Pages, page: &[u8], kind: Kind, at: usize, length: usize) -> Option<(Vec<u8>, bool)> {
    let most = if kind == Kind::TableLeaf { USABLE - 35 } else { (USABLE - 12) * 64 / 255 - 23 };
    if length <= most {
        return Some((page.get(at..at + length)?.to_vec(), true));
    }
    let least = (USABLE - 12) * 32 / 255 - 23;
    let even = least + (length - least) % (USABLE - 4);
    let here = if even <= most { even } else { least };
    let mut bytes = page.get(at..at + here)?.to_vec();
    let mut next = word(page, at + here)?;
    // No more than the file has: a chain that was struck may go round in a circle.
    for _ in 0..pages.count() {
        if bytes.len() >= length {
            return Some((bytes, true));
        }
        let Some(more) = pages.get(next) else { return Some((bytes, false)) };
        let take = (length - bytes.len()).min(USABLE - 4);
        bytes.extend(more.get(4..4 + take)?);
        next = word(more, 0)?;
    }
    let whole = bytes.len() >= length;
    Some((bytes, whole))
}

/// The columns of a record, up to the first that can't be read, and whether that is all.
fn record(bytes: &[u8]) -> Option<(Vec<Value>, bool)> {
    let mut at = 0;
    let header = usize::try_from(varint(bytes, &mut at)?).ok()?;
    let mut body = header;
    let mut columns = Vec::new();
    while at < header {
        let Some(serial) = varint(bytes, &mut at) else { return Some((columns, false)) };
        let Some((value, length)) = value(bytes, body, serial) else { return Some((columns, false)) };
        columns.push(value);
        body += length;
    }
    Some((columns, at == header))
}

fn value(bytes: &[u8], at: usize, serial: i64) -> Option<(Value, usize)> {
    let integer = |length: usize| {
        let bytes = bytes.get(at..at + length)?;
        let sign = if bytes.first().is_some_and(|byte| byte & 0x80 != 0) { -1 } else { 0 };
        Some((
            Value::Integer(bytes.iter().fold(sign, |number, byte| (number << 8) | i64::from(*byte))),
            length,
        ))
    };
    match serial {
        0 => Some((Value::Null, 0)),
        1..=4 => integer(usize::try_from(serial).ok()?),
        5 => integer(6),
        6 => integer(8),
        7 => Some((Value::Real(f64::from_be_bytes(bytes.get(at..at + 8)?.try_into().ok()?)), 8)),
        8 => Some((Value::Integer(0), 0)),
        9 => Some((Value::Integer(1), 0)),
        12.. => {
            let length = usize::try_from((serial - 12) / 2).ok()?;
            let bytes = bytes.get(at..at.checked_add(length)?)?.to_vec();
            let value = if serial % 2 == 0 {
                Value::Blob(bytes)
            } else {
                Value::Text(String::from_utf8(bytes).ok()?)
            };
            Some((value, length))
        }
        _ => None,
    }
}

fn varint(bytes: &[u8], at: &mut usize) -> Option<i64> {
    let mut number: u64 = 0;
    for index in 0..9 {
        let byte = *bytes.get(*at)?;
        *at += 1;
        if index == 8 {
            return Some(((number << 8) | u64::from(byte)).cast_signed());
        }
        number = (number << 7) | u64::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            break;
        }
    }
    Some(number.cast_signed())
}

fn half(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn word(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}
