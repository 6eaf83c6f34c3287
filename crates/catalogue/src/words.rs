//! Words as the index knows them: folded (lower case, no accents), cut into tokens, reduced to a word form. The build
//! and the search both use this, so that what is typed meets what was stored.

use std::collections::{BTreeSet, HashSet};

use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::shapes::Language;

/// Longest question that is looked at, in characters and tokens; what is longer is no title.
const QUESTION_CHARACTERS: usize = 300;
const QUESTION_TOKENS: usize = 12;

/// A word as written (in lower case) and folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) typed: String,
    pub(crate) folded: String,
}

/// Lower case without accents; other characters stay.
pub(crate) fn fold(text: &str) -> String {
    text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

/// The words of a text. `+` and `#` belong to the word that they follow (C++, C#).
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut word = String::new();
    for c in text.chars().chain([' ']) {
        let follows = matches!(c, '+' | '#') || is_combining_mark(c);
        if c.is_alphanumeric() || (follows && !word.is_empty()) {
            word.push(c);
            continue;
        }
        let folded = fold(&word);
        if !folded.is_empty() {
            found.push(Token { typed: word.to_lowercase(), folded });
        }
        word.clear();
    }
    found
}

/// The words of a question, of bounded number and length.
pub(crate) fn question(text: &str) -> Vec<Token> {
    let head: String = text.chars().take(QUESTION_CHARACTERS).collect();
    let mut words = tokens(&head);
    words.truncate(QUESTION_TOKENS);
    words
}

/// Folded words, joined by spaces.
pub(crate) fn plain(text: &str) -> String {
    tokens(text).into_iter().map(|t| t.folded).collect::<Vec<_>>().join(" ")
}

/// Word forms under which a word is stored and sought: of the word as written and of the folded one, since the Spanish
/// rules look at accents and people leave them out.
pub(crate) fn forms(token: &Token, language: Language) -> Vec<String> {
    if token.folded.chars().count() < 4 {
        return vec![token.folded.clone()];
    }
    let stemmer = Stemmer::create(match language {
        Language::En => Algorithm::English,
        Language::Es => Algorithm::Spanish,
    });
    let mut found = vec![fold(&stemmer.stem(&token.typed)), fold(&stemmer.stem(&token.folded))];
    found.dedup();
    found.retain(|form| !form.is_empty());
    found
}

/// Forms of the words of a text, each once (the index does not count them), joined by spaces.
pub(crate) fn text_forms(text: &str, language: Language) -> String {
    let mut seen = HashSet::new();
    let words = tokens(text).into_iter().filter(|token| seen.insert(token.typed.clone()));
    let found: BTreeSet<_> = words.flat_map(|token| forms(&token, language)).collect();
    found.into_iter().collect::<Vec<_>>().join(" ")
}

/// Whether a folded word says nothing about which career is meant.
pub(crate) fn is_common(folded: &str) -> bool {
    COMMON.binary_search(&folded).is_ok()
}

/// English and Spanish, folded, sorted.
#[rustfmt::skip]
const COMMON: &[&str] = &[
    "a", "about", "al", "alguien", "an", "and", "are", "as", "at", "be", "by", "can", "career", "carrera",
    "como", "con", "de", "del", "do", "does", "doing", "el", "en", "es", "for", "from", "gente", "gusta",
    "hace", "hacen", "hacer", "how", "i", "in", "into", "is", "it", "job", "jobs", "la", "las", "like",
    "likes", "lo", "los", "make", "makes", "making", "me", "mi", "my", "o", "occupation", "of", "on", "or",
    "para", "people", "person", "persona", "personas", "por", "puesto", "que", "quien", "quiero", "se",
    "ser", "si", "sobre", "somebody", "someone", "su", "that", "the", "their", "them", "they", "things",
    "this", "to", "trabaja", "trabajo", "trabajos", "un", "una", "uno", "unos", "want", "what", "which",
    "who", "whom", "with", "work", "worker", "works", "y", "yo", "you",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_words_are_sorted_so_that_they_are_found() {
        assert!(COMMON.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(is_common("someone") && is_common("quien") && !is_common("cartoons"));
    }

    #[test]
    fn folding_drops_accents_composed_or_not() {
        assert_eq!(fold("ANIMACIÓN"), "animacion");
        assert_eq!(fold("animacio\u{301}n"), "animacion");
    }

    #[test]
    fn words_keep_the_signs_that_tell_languages_apart() {
        let words: Vec<_> = tokens("C++ & C# (back-end)").into_iter().map(|t| t.folded).collect();
        assert_eq!(words, ["c++", "c#", "back", "end"]);
    }

    #[test]
    fn forms_bring_words_of_one_family_together() {
        let form = |word: &str, language| forms(&tokens(word)[0], language)[0].clone();
        assert_eq!(form("cartoons", Language::En), form("cartoon", Language::En));
        assert_eq!(form("animador", Language::Es), form("animadora", Language::Es));
        assert_eq!(form("animador", Language::Es), form("animación", Language::Es));
    }

    #[test]
    fn a_question_is_bounded() {
        assert_eq!(question(&"word ".repeat(10_000)).len(), QUESTION_TOKENS);
        assert!(question("🙂 ¿? \u{0}").is_empty());
    }
}
