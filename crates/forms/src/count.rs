//! Counting a text the way in which a target counts it. The pages count by the same rules, on the same examples
//! (`tests/fixtures/counters.json`).

use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};
use unicode_segmentation::UnicodeSegmentation;

use crate::pack::{Counter, Counting, LineBreak, TrailingSpace};

/// Counts `text` by a named rule.
///
/// * `Words`: the text is cut at every character of the Unicode property `White_Space`; a piece is a word when it holds
///   at least one letter or number (general category L or N).
/// * `Characters`: Unicode scalar values; `Utf16Units`: UTF-16 code units; `Graphemes`: extended grapheme clusters
///   (UAX #29). In each of them a line break is CR LF, LF or CR and counts one or two, as the rule says.
/// * `Lines`: the text's lines, each filled with its words up to `width` characters where there is a width. A word that
///   is longer than a line goes on over as many as it needs. An empty text has none.
///
/// Where trailing space is out, white space at the end of the text is left out first. Nothing else is changed. A count
/// beyond `u32::MAX` stays at `u32::MAX`.
#[must_use]
pub fn count(counting: impl Into<Counting>, text: &str) -> u32 {
    let counting = counting.into();
    let text = match counting.trailing_space {
        TrailingSpace::In => text,
        TrailingSpace::Out => text.trim_end(),
    };
    let total = match counting.counter {
        Counter::Words => {
            text.split(char::is_whitespace).filter(|run| run.chars().any(counts_as_word)).count()
        }
        // A pair CR LF is already two of the scalars and of the units, and one of the clusters.
        Counter::Characters => with_breaks(text, counting.line_break, text.chars().count(), 2),
        Counter::Utf16Units => with_breaks(text, counting.line_break, text.encode_utf16().count(), 2),
        Counter::Graphemes => with_breaks(text, counting.line_break, text.graphemes(true).count(), 1),
        Counter::Lines => lines(text, counting.width),
    };
    u32::try_from(total).unwrap_or(u32::MAX)
}

/// A total in which each pair CR LF stands as `pair`, with every line break as one or two instead.
fn with_breaks(text: &str, line_break: LineBreak, total: usize, pair: usize) -> usize {
    let pairs = text.matches("\r\n").count();
    match line_break {
        LineBreak::One => total - pairs * (pair - 1),
        LineBreak::Two => {
            let single = text.matches(['\r', '\n']).count() - 2 * pairs;
            total + pairs * (2 - pair) + single
        }
    }
}

fn lines(text: &str, width: Option<u32>) -> usize {
    if text.is_empty() {
        return 0;
    }
    let width = width.map(|width| usize::try_from(width).unwrap_or(usize::MAX).max(1));
    let text = text.replace("\r\n", "\n");
    text.split(['\n', '\r']).map(|line| width.map_or(1, |width| wrapped(line, width))).sum()
}

/// How many lines of `width` characters a line without breaks takes.
fn wrapped(line: &str, width: usize) -> usize {
    let (mut lines, mut used) = (1, 0);
    for word in line.split(char::is_whitespace).filter(|word| !word.is_empty()) {
        let long = word.chars().count();
        if used > 0 && used + 1 + long <= width {
            used += 1 + long;
            continue;
        }
        lines += usize::from(used > 0) + (long - 1) / width;
        used = (long - 1) % width + 1;
    }
    lines
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

    #[derive(Deserialize)]
    struct Ruled {
        why: String,
        rule: Rule,
        text: String,
        count: u32,
    }

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Rule {
        counter: Counter,
        #[serde(default)]
        line_break: LineBreak,
        #[serde(default)]
        trailing_space: TrailingSpace,
        width: Option<u32>,
    }

    #[test]
    fn every_named_rule_counts_as_the_page_does() {
        let cases: Vec<Ruled> =
            serde_json::from_str(include_str!("../../../tests/fixtures/counting.json")).unwrap();
        assert!(cases.len() >= 40);
        for Ruled { why, rule, text, count: right } in cases {
            let Rule { counter, line_break, trailing_space, width } = rule;
            let counting = Counting { counter, line_break, trailing_space, width };
            assert_eq!(count(counting, &text), right, "{why}: {counting:?} of {text:?}");
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
        fn rules_hold_together(text in "(\\PC|[ \\t\\r\\n\u{301}\u{200d}\u{1f469}a]){0,60}") {
            let of = |counter, line_break| {
                count(Counting { line_break, ..Counting::from(counter) }, &text)
            };
            let breaks = u32::try_from(text.replace("\r\n", "\n").matches(['\r', '\n']).count()).unwrap();
            for counter in [Counter::Characters, Counter::Utf16Units, Counter::Graphemes] {
                // counted one by one with every break put in as it counts
                prop_assert_eq!(of(counter, LineBreak::One) + breaks, of(counter, LineBreak::Two));
                let cut = Counting { trailing_space: TrailingSpace::Out, ..counter.into() };
                prop_assert!(count(cut, &text) <= of(counter, LineBreak::One));
            }
            let plain = text.replace("\r\n", "\n");
            prop_assert_eq!(of(Counter::Utf16Units, LineBreak::One) as usize, plain.encode_utf16().count());
            prop_assert!(of(Counter::Graphemes, LineBreak::One) <= of(Counter::Characters, LineBreak::One));
            prop_assert!(of(Counter::Characters, LineBreak::One) <= of(Counter::Utf16Units, LineBreak::One));
            let wide = count(Counting { width: Some(1_000), ..Counter::Lines.into() }, &text);
            prop_assert_eq!(wide, count(Counter::Lines, &text));
            let narrow = Counting { width: Some(3), ..Counter::Lines.into() };
            prop_assert!(count(narrow, &text) >= wide);
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
