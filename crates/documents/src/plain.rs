//! Makes a sheet ready for the templates: JSON in which every string can be set as it stands.
//!
//! Three things would hurt on paper and are mended here, for all strings at once: line breaks come as CR LF, CR or LF;
//! a control character has no shape at all; and a "word" of hundreds of letters (a pasted address, a name of 300
//! letters) would run over the paper's edge, because a line breaks only between words.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::Value;
use unicode_segmentation::UnicodeSegmentation;

use crate::DocumentError;

/// Letters of a word which surely fits the narrowest column.
const LONG_WORD: usize = 24;
/// A longer word may break after each so many letters, or after a mark such as a slash.
const PART: usize = 8;
/// Tells the template that a line may break here. No text holds it: it is itself a control character, which
/// [`UNPRINTABLE`] replaces.
const BREAK_HERE: char = '\u{1f}';
/// Beyond this many bytes a "word" is no address that anybody would copy, and [`BREAK_HERE`] would cost too much
/// time: an invisible space serves.
const HUGE_WORD: usize = 4_000;
/// The invisible space at which a line may break.
const ZERO_WIDTH_SPACE: char = '\u{200b}';
/// Stands for a control character, which nobody could see.
pub(crate) const UNPRINTABLE: char = '\u{fffd}';
/// A tab is shown as wide as four spaces that stay together.
const TAB: &str = "\u{a0}\u{a0}\u{a0}\u{a0}";

/// A sheet as data.
pub(crate) struct Plain {
    /// The JSON for the template.
    pub value: Value,
    /// Every character that is to be set.
    pub characters: BTreeSet<char>,
    /// Control characters that cannot be shown; each stands as a replacement character.
    pub unprintable: BTreeSet<char>,
}

impl Plain {
    /// Turns a sheet into data for a template.
    pub(crate) fn new(sheet: &impl Serialize) -> Result<Self, DocumentError> {
        let value = serde_json::to_value(sheet).map_err(|_| DocumentError::Data)?;
        let mut plain =
            Self { value: Value::Null, characters: BTreeSet::new(), unprintable: BTreeSet::new() };
        plain.value = plain.mend(value);
        Ok(plain)
    }

    fn mend(&mut self, value: Value) -> Value {
        match value {
            Value::String(text) => Value::String(self.mend_text(&text)),
            Value::Array(items) => items.into_iter().map(|item| self.mend(item)).collect(),
            Value::Object(fields) => {
                fields.into_iter().map(|(name, field)| (name, self.mend(field))).collect()
            }
            other => other,
        }
    }

    fn mend_text(&mut self, text: &str) -> String {
        let text = self.mend_characters(text);
        // short texts repeat few characters, long ones repeat all of them: the set stays small
        self.characters.extend(text.chars());
        break_long_words(&text)
    }

    fn mend_characters(&mut self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut characters = text.chars().peekable();
        while let Some(c) = characters.next() {
            match c {
                '\r' => {
                    characters.next_if_eq(&'\n');
                    out.push('\n');
                }
                '\n' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
                '\t' => out.push_str(TAB),
                c if c.is_control() || is_noncharacter(c) => {
                    self.unprintable.insert(c);
                    out.push(UNPRINTABLE);
                }
                c => out.push(c),
            }
        }
        out
    }
}

/// Code points that Unicode reserves for no character at all; a PDF may not hold them.
fn is_noncharacter(c: char) -> bool {
    let code = u32::from(c);
    (0xfdd0..=0xfdef).contains(&code) || code & 0xfffe == 0xfffe
}

/// Lets a line break within a word that is too long for the narrowest column.
fn break_long_words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(breaks_anyway).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        push_word(&mut out, word);
        let gap = after.chars().take_while(|&c| breaks_anyway(c)).map(char::len_utf8).sum();
        out.push_str(&after[..gap]);
        rest = &after[gap..];
    }
    out
}

fn push_word(out: &mut String, word: &str) {
    if word.len() <= LONG_WORD || word.graphemes(true).nth(LONG_WORD).is_none() {
        out.push_str(word);
        return;
    }
    let break_here = if word.len() > HUGE_WORD { ZERO_WIDTH_SPACE } else { BREAK_HERE };
    let mut letters = word.graphemes(true).peekable();
    let mut since_break = 0;
    while let Some(letter) = letters.next() {
        out.push_str(letter);
        since_break += 1;
        let may_break = since_break == PART || (since_break > 1 && "/.@_-?&=".contains(letter));
        if may_break && letters.peek().is_some() {
            out.push(break_here);
            since_break = 0;
        }
    }
}

/// Spaces, and the scripts that are written without spaces, for which the typesetter knows where to break.
fn breaks_anyway(c: char) -> bool {
    (c.is_whitespace() && c != '\u{a0}' && c != '\u{202f}')
        || matches!(u32::from(c),
            0x0e00..=0x0eff | 0x1000..=0x109f | 0x1780..=0x17ff | 0x2e80..=0x9fff | 0xac00..=0xd7af
            | 0xf900..=0xfaff | 0xff00..=0xffef | 0x2_0000..=0x3_ffff)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mend(text: &str) -> (String, Plain) {
        let plain = Plain::new(&text).unwrap();
        (plain.value.as_str().unwrap().to_owned(), plain)
    }

    #[test]
    fn every_kind_of_line_break_becomes_one_line_break() {
        assert_eq!(mend("a\r\nb\rc\nd\u{2028}e\r\n\r\nf").0, "a\nb\nc\nd\ne\n\nf");
    }

    #[test]
    fn a_control_character_is_seen_and_reported() {
        let (text, plain) = mend("a\u{0}b\u{ffff}c");
        assert_eq!(text, "a\u{fffd}b\u{fffd}c");
        assert_eq!(plain.unprintable.into_iter().collect::<Vec<_>>(), ['\u{0}', '\u{ffff}']);
    }

    #[test]
    fn ordinary_words_and_marks_of_direction_are_left_alone() {
        let text = "Niño  two spaces \u{202e}abc\u{202c} שלום 👩🏽‍🔬 e\u{301}";
        assert_eq!(mend(text).0, text);
    }

    #[test]
    fn a_very_long_word_may_break_between_letters_but_never_within_one() {
        let word = "e\u{301}".repeat(300);
        let (text, _) = mend(&word);
        assert_eq!(text.replace(BREAK_HERE, ""), word);
        assert_eq!(text.matches(BREAK_HERE).count(), 300 / PART);
        assert!(!text.contains("e\u{1f}\u{301}"));
    }

    #[test]
    fn a_typed_break_mark_is_not_taken_for_ours() {
        assert_eq!(mend("a\u{1f}b").0, "a\u{fffd}b");
    }

    #[test]
    fn a_huge_word_keeps_every_letter() {
        let word = "a".repeat(1_000_000);
        assert_eq!(mend(&word).0.replace(ZERO_WIDTH_SPACE, ""), word);
    }

    #[test]
    fn markup_is_no_different_from_other_text() {
        let text = "#eval(\"1+1\") $x$ *b* _i_ `c` = h \\ </script>";
        assert_eq!(mend(text).0, text);
    }
}
