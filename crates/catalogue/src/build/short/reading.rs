//! How hard a text is to read, and how it falls into words and sentences.
//!
//! English: the Flesch–Kincaid grade level (Kincaid, Fishburne, Rogers and Chissom, 1975), a US school grade. Spanish:
//! the reading ease of Fernández Huerta (1959) as corrected by Law (2011), where 60 to 70 is the eighth or ninth grade
//! and more is easier. Both count syllables by rules of spelling, which is right for nine words in ten.

/// The words of a text in lower case: letters, and an apostrophe within.
pub(super) fn words(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut word = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let within = matches!(c, '\'' | '’')
            && !word.is_empty()
            && chars.peek().is_some_and(|next| next.is_alphabetic());
        if c.is_alphabetic() || within {
            word.extend(c.to_lowercase());
        } else if !word.is_empty() {
            found.push(std::mem::take(&mut word));
        }
    }
    if !word.is_empty() {
        found.push(word);
    }
    found
}

/// Ends of sentences: a full stop, question or exclamation mark before a space or the end.
fn ends(text: &str) -> impl Iterator<Item = usize> {
    let mark = |c| matches!(c, '.' | '!' | '?');
    text.char_indices().filter_map(move |(at, c)| {
        let rest = text.get(at + c.len_utf8()..).unwrap_or_default();
        (mark(c) && (rest.is_empty() || rest.starts_with(' '))).then_some(at + c.len_utf8())
    })
}

/// Number of sentences, at least one.
pub(super) fn sentences(text: &str) -> usize {
    ends(text).count().max(1)
}

/// The first sentence with its full stop.
pub(super) fn first_sentence(text: &str) -> &str {
    ends(text).next().and_then(|end| text.get(..end)).unwrap_or(text)
}

/// Flesch–Kincaid grade of an English text.
pub(super) fn grade(text: &str) -> f64 {
    let (sentence, syllables) = means(text, english_syllables);
    0.39 * sentence + 11.8 * syllables - 15.59
}

/// Fernández Huerta's ease of a Spanish text, about 0 to 100.
pub(super) fn ease(text: &str) -> f64 {
    let (sentence, syllables) = means(text, spanish_syllables);
    206.84 - 60.0 * syllables - 1.02 * sentence
}

/// Words in a sentence and syllables in a word, on average.
#[allow(clippy::cast_precision_loss, reason = "a guide has hundreds of words")]
fn means(text: &str, syllables: fn(&str) -> usize) -> (f64, f64) {
    let words = words(text);
    let count = words.len().max(1) as f64;
    let all: usize = words.iter().map(|word| syllables(word)).sum();
    (count / sentences(text) as f64, all as f64 / count)
}

/// Groups of vowels, less a silent ending.
fn english_syllables(word: &str) -> usize {
    let letters: Vec<char> = word.chars().filter(char::is_ascii_lowercase).collect();
    let vowel = |c: char| "aeiouy".contains(c);
    let mut groups = 0;
    let mut within = false;
    for c in &letters {
        groups += usize::from(vowel(*c) && !within);
        within = vowel(*c);
    }
    let before =
        |from_end: usize| letters.len().checked_sub(from_end).and_then(|at| letters.get(at)).copied();
    let ends = |ending: &str| {
        letters.iter().rev().zip(ending.chars().rev()).filter(|(a, b)| **a == *b).count() == ending.len()
    };
    let silent = if ends("e") {
        !(ends("le") && before(3).is_some_and(|c| !vowel(c)))
    } else if ends("ed") {
        before(3).is_some_and(|c| !"td".contains(c))
    } else {
        ends("es") && !ends("ies") && before(3).is_some_and(|c| !"sxzhcg".contains(c))
    };
    groups.saturating_sub(usize::from(silent && groups > 1)).max(1)
}

/// Strong or accented vowels, or one for a group of weak ones alone.
fn spanish_syllables(word: &str) -> usize {
    let mut count = 0;
    let mut group: Option<usize> = None;
    let last = word.chars().count().saturating_sub(1);
    for (at, c) in word.chars().enumerate() {
        let weak = matches!(c, 'i' | 'u' | 'ü') || (c == 'y' && at == last);
        let strong = "aeoáéíóú".contains(c);
        if weak || strong {
            *group.get_or_insert(0) += usize::from(strong);
        } else if let Some(strong) = group.take() {
            count += strong.max(1);
        }
    }
    count += group.map_or(0, |strong| strong.max(1));
    count.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_follow_the_spelling() {
        let english =
            [("table", 2), ("make", 1), ("asked", 1), ("wanted", 2), ("nurses", 2), ("they", 1), ("the", 1)];
        for (word, expected) in english {
            assert_eq!(english_syllables(word), expected, "{word}");
        }
        let spanish =
            [("mecánica", 4), ("aviación", 3), ("oír", 2), ("guitarra", 3), ("muy", 1), ("y", 1), ("día", 2)];
        for (word, expected) in spanish {
            assert_eq!(spanish_syllables(word), expected, "{word}");
        }
    }

    #[test]
    fn the_grade_is_that_of_the_formula() {
        // Two sentences, six words, seven syllables: 0.39 × 3 + 11.8 × 7/6 − 15.59.
        assert!(
            (grade("Dogs run fast. Cats nap often.") - (0.39 * 3.0 + 11.8 * 7.0 / 6.0 - 15.59)).abs() < 1e-9
        );
        assert!(grade("The cat sat.") < grade("Administrators coordinate organizational communications."));
        assert!(
            ease("El sol da luz.")
                > ease("Administran comunicaciones organizacionales interdepartamentales.")
        );
    }

    #[test]
    fn a_full_stop_within_a_word_ends_no_sentence() {
        assert_eq!(sentences("They use ASP.NET daily. Then they rest."), 2);
        assert_eq!(first_sentence("One thing. Another."), "One thing.");
        assert_eq!(words("It's 3D, co-workers’ art"), ["it's", "d", "co", "workers", "art"]);
    }
}
