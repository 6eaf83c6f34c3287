//! Reading one answer: what it holds, and whether it can be right. Lenient where people write things differently;
//! nothing here changes an answer.

use jiff::civil::Date;
use serde_json::Value;

use crate::pack::{AnswerKind, FormPack, Question};
use crate::review::FaultKind;

/// Years in which a date or month of a form can lie.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2199;
/// Most characters of an e-mail address (RFC 5321, section 4.5.3.1, with its brackets left out).
const LONGEST_EMAIL: usize = 254;
/// Digits that a telephone number can have, an extension included.
const PHONE_DIGITS: std::ops::RangeInclusive<usize> = 5..=20;
/// Words and letters that may stand in a telephone number, before an extension.
const EXTENSION: [&str; 9] = ["x", "ex", "ext", "extn", "extension", "extensión", "int", "interno", "anexo"];

/// What an answer holds.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Reading<'a> {
    /// Nothing: absent, `null`, only white space, no choice, not confirmed.
    Blank,
    /// Text, a choice, a date, a number: whatever is a string.
    Text(&'a str),
    /// Choices.
    Many(Vec<&'a str>),
    /// A declaration that is confirmed.
    Confirmed,
    /// A file: its name, and how large it is where that is known.
    File(&'a str, Option<u64>),
    /// Something of a JSON type that the question does not take.
    Wrong,
}

/// Whether a text holds nothing but white space.
pub(crate) fn is_blank(text: &str) -> bool {
    text.chars().all(char::is_whitespace)
}

/// Reads an answer as the kind of its question.
pub(crate) fn read<'a>(kind: &AnswerKind, value: Option<&'a Value>) -> Reading<'a> {
    match (kind, value) {
        (_, None | Some(Value::Null)) | (AnswerKind::Declaration, Some(Value::Bool(false))) => Reading::Blank,
        (AnswerKind::Declaration, Some(Value::Bool(true))) => Reading::Confirmed,
        (AnswerKind::ManyChoices { .. }, Some(Value::Array(list))) => {
            match list.iter().map(Value::as_str).collect::<Option<Vec<_>>>() {
                None => Reading::Wrong,
                Some(chosen) if chosen.is_empty() => Reading::Blank,
                Some(chosen) => Reading::Many(chosen),
            }
        }
        (AnswerKind::File { .. }, Some(value)) if crate::keys::fits(kind, value) => {
            match value.get("name").and_then(Value::as_str) {
                Some(name) if !is_blank(name) => {
                    Reading::File(name, value.get("bytes").and_then(Value::as_u64))
                }
                _ => Reading::Blank,
            }
        }
        (AnswerKind::Declaration | AnswerKind::ManyChoices { .. } | AnswerKind::File { .. }, Some(_)) => {
            Reading::Wrong
        }
        (_, Some(Value::String(text))) if is_blank(text) => Reading::Blank,
        (_, Some(Value::String(text))) => Reading::Text(text),
        (_, Some(_)) => Reading::Wrong,
    }
}

/// What is wrong with an answer that is not blank, limits aside.
pub(crate) fn fault(
    pack: &FormPack,
    question: &Question,
    reading: &Reading,
    today: Option<Date>,
) -> Option<FaultKind> {
    let is_choice = |id: &str| pack.choices(&question.answer).is_some_and(|choices| choices.has(id));
    match (&question.answer, reading) {
        (_, Reading::Blank | Reading::Confirmed) => None,
        (kind, Reading::Wrong) => Some(wrong_type(kind)),
        (_, Reading::Many(chosen)) => {
            (!chosen.iter().all(|id| is_choice(id))).then_some(FaultKind::NotAChoice)
        }
        (AnswerKind::Choice { .. }, Reading::Text(text)) => {
            (!is_choice(text)).then_some(FaultKind::NotAChoice)
        }
        (AnswerKind::File { accept, max_bytes }, Reading::File(name, bytes)) => {
            file_fault(accept, *max_bytes, name, *bytes)
        }
        (_, Reading::File(..)) => Some(FaultKind::NotAFile),
        (kind, Reading::Text(text)) => text_fault(kind, text).or_else(|| {
            let future = question.past && today.is_some_and(|today| is_after(kind, text, today));
            future.then_some(FaultKind::InTheFuture)
        }),
    }
}

/// The fault of an answer of the wrong JSON type.
fn wrong_type(kind: &AnswerKind) -> FaultKind {
    match kind {
        AnswerKind::Email => FaultKind::NotAnEmail,
        AnswerKind::Phone => FaultKind::NotAPhone,
        AnswerKind::Date | AnswerKind::Month | AnswerKind::PartialDate => FaultKind::NotADate,
        AnswerKind::Number { .. } => FaultKind::NotANumber,
        AnswerKind::File { .. } => FaultKind::NotAFile,
        _ => FaultKind::NotAChoice,
    }
}

/// The fault of a file, by its name and size; its content is looked at where files are kept.
fn file_fault(accept: &[String], most: Option<u64>, name: &str, bytes: Option<u64>) -> Option<FaultKind> {
    let ending = name.trim_end().rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
    if !accept.is_empty() && !ending.is_some_and(|ending| accept.contains(&ending)) {
        return Some(FaultKind::FileKind { accepted: accept.to_vec() });
    }
    match (bytes, most) {
        (Some(bytes), Some(limit)) if bytes > limit => Some(FaultKind::FileTooLarge { bytes, limit }),
        _ => None,
    }
}

fn text_fault(kind: &AnswerKind, text: &str) -> Option<FaultKind> {
    match kind {
        AnswerKind::Text | AnswerKind::LongText | AnswerKind::Choice { .. } => None,
        AnswerKind::Email => (!is_email(text)).then_some(FaultKind::NotAnEmail),
        AnswerKind::Phone => (!is_phone(text)).then_some(FaultKind::NotAPhone),
        AnswerKind::Date => (!date(text).is_some_and(in_range)).then_some(FaultKind::NotADate),
        AnswerKind::Month => (!month(text).is_some_and(in_range)).then_some(FaultKind::NotADate),
        AnswerKind::PartialDate => (!partial_date(text).is_some_and(in_range)).then_some(FaultKind::NotADate),
        AnswerKind::Number { min, max } => match number(text) {
            None => Some(FaultKind::NotANumber),
            Some(n) if min.is_some_and(|min| n < min) || max.is_some_and(|max| n > max) => {
                Some(FaultKind::OutOfRange { min: *min, max: *max })
            }
            Some(_) => None,
        },
        AnswerKind::YesNo => (!matches!(text, "yes" | "no")).then_some(FaultKind::NotAChoice),
        _ => Some(FaultKind::NotAChoice),
    }
}

fn in_range(date: Date) -> bool {
    YEARS.contains(&date.year())
}

/// Whether a date or month begins after `today`.
fn is_after(kind: &AnswerKind, text: &str, today: Date) -> bool {
    match kind {
        AnswerKind::Date => date(text).is_some_and(|day| day > today),
        AnswerKind::Month => month(text).is_some_and(|first| first > today),
        AnswerKind::PartialDate => partial_date(text).is_some_and(|first| first > today),
        _ => false,
    }
}

/// Whether a text is a day that exists, written `YYYY-MM-DD`.
#[must_use]
pub fn is_day(text: &str) -> bool {
    date(text).is_some()
}

/// A date that exists, written `YYYY-MM-DD` and in no other way.
pub(crate) fn date(text: &str) -> Option<Date> {
    if text.len() != 10 {
        return None;
    }
    let (month, day) = text.split_at_checked(7)?;
    let (year, month) = year_and_month(month)?;
    Date::new(year, month, digits(day.strip_prefix('-')?)?).ok()
}

/// The first day of a month, written `YYYY-MM`.
pub(crate) fn month(text: &str) -> Option<Date> {
    let (year, month) = year_and_month(text)?;
    Date::new(year, month, 1).ok()
}

/// The first day of a date that is known as far as it goes: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
pub(crate) fn partial_date(text: &str) -> Option<Date> {
    match text.len() {
        4 => Date::new(digits(text)?, 1, 1).ok(),
        7 => month(text),
        _ => date(text),
    }
}

fn year_and_month(text: &str) -> Option<(i16, i8)> {
    if text.len() != 7 {
        return None;
    }
    let (year, month) = text.split_at_checked(4)?;
    Some((digits(year)?, digits(month.strip_prefix('-')?)?))
}

/// A number of digits only; `parse` alone would take a sign.
fn digits<N: std::str::FromStr>(text: &str) -> Option<N> {
    text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

/// A number as people type it: digits, perhaps a sign before and one decimal point within; spaces around it are let be.
pub(crate) fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || !digits(fraction) {
        return None;
    }
    text.parse().ok().filter(|n: &f64| n.is_finite())
}

/// Whether a text can be an e-mail address: something, an at sign, a domain with a dot within; no white space. Any
/// script. Whether it exists, only a message can tell.
fn is_email(text: &str) -> bool {
    let text = text.trim();
    let Some((name, domain)) = text.rsplit_once('@') else { return false };
    text.chars().count() <= LONGEST_EMAIL
        && !text.contains(char::is_whitespace)
        && !name.is_empty()
        && !name.contains('@')
        && domain.contains('.')
        && domain.split('.').all(|label| !label.is_empty())
}

/// Whether a text can be a telephone number: 5 to 20 digits, the signs that people set between them, and a word for an
/// extension.
fn is_phone(text: &str) -> bool {
    let sign = |c: char| {
        c.is_whitespace()
            || "+()[]-./,;:#*".contains(c)
            || ('\u{2010}'..='\u{2015}').contains(&c)
            || c == '\u{2212}'
    };
    let count = text.chars().filter(|c| c.is_numeric()).count();
    PHONE_DIGITS.contains(&count)
        && text
            .split(|c: char| c.is_numeric() || sign(c))
            .all(|word| word.is_empty() || EXTENSION.contains(&word.to_lowercase().as_str()))
}
