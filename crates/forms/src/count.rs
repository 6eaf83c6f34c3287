//! Counting a text the way in which a target counts it. The pages count by the same rules, on the same examples
//! (`tests/fixtures/counters.json`).

use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

use crate::pack::Counter;

/// Counts `text` by the rule of `counter`.
///
/// * `Words`: the text is cut at every character of the Unicode property `White_Space`; a piece is a word when it holds
///   at least one letter or number (general category L or N).
/// * `Characters`: Unicode scalar values, the pair CR LF as one.
///
/// A count beyond `u32::MAX` stays at `u32::MAX`.
#[must_use]
pub fn count(counter: Counter, text: &str) -> u32 {
    let total = match counter {
        Counter::Words => {
            text.split(char::is_whitespace).filter(|run| run.chars().any(counts_as_word)).count()
        }
        Counter::Characters => text.chars().count() - text.matches("\r\n").count(),
    };
    u32::try_from(total).unwrap_or(u32::MAX)
}

/// Whether a character makes a word of the run that it stands in.
fn counts_as_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    matches!(c.general_category_group(), GeneralCategoryGroup::Letter | GeneralCategoryGroup::Number)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde::Deserialize;

    use super::*;

    #[derive(Deserialize)]
    struct Case {
        text: String,
        words: u32,
        characters: u32,
    }

    #[test]
    fn every_shared_example_is_counted_as_the_page_counts_it() {
        let cases: Vec<Case> =
            serde_json::from_str(include_str!("../../../tests/fixtures/counters.json")).unwrap();
        assert!(cases.len() >= 40);
        for case in cases {
            assert_eq!(count(Counter::Words, &case.text), case.words, "words of {:?}", case.text);
            assert_eq!(
                count(Counter::Characters, &case.text),
                case.characters,
                "characters of {:?}",
                case.text
            );
        }
    }

    /// The rules once more, character by character, with nothing shared with the code under test but the categories.
    fn slowly(text: &str) -> (u32, u32) {
        let (mut words, mut characters) = (0, 0);
        let (mut in_word, mut last) = (false, ' ');
        for c in text.chars() {
            if !(last == '\r' && c == '\n') {
                characters += 1;
            }
            last = c;
            if c.is_whitespace() {
                in_word = false;
            } else if counts_as_word(c) && !in_word {
                in_word = true;
                words += 1;
            }
        }
        (words, characters)
    }

    proptest! {
        #[test]
        fn counts_agree_with_counting_one_by_one(text in "(\\PC|[ \\t\\r\\n\u{a0}\u{2028}\u{200d}a1’–-]){0,80}") {
            let (words, characters) = slowly(&text);
            prop_assert_eq!(count(Counter::Words, &text), words);
            prop_assert_eq!(count(Counter::Characters, &text), characters);
        }

        #[test]
        fn splitting_at_a_space_never_changes_the_words(a in "\\PC{0,30}", b in "\\PC{0,30}") {
            let joined = format!("{a} {b}");
            prop_assert_eq!(
                count(Counter::Words, &joined),
                count(Counter::Words, &a) + count(Counter::Words, &b)
            );
        }
    }
}
