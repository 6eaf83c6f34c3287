//! Words as the index knows them: folded (lower case, no accents), cut into tokens, reduced to a word form. The build
//! and the search both use this, so that what is typed meets what was stored.

use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::shapes::Language;

/// Longest question that is looked at, in characters and tokens; what is longer is no title.
const QUESTION_CHARACTERS: usize = 300;
const QUESTION_TOKENS: usize = 12;

/// A word as written (in lower case) and folded.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Token {
    pub(crate) typed: String,
    pub(crate) folded: String,
}

/// Lower case without accents; other characters stay.
pub(crate) fn fold(text: &str) -> String {
    text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

/// The words of a text. `+` and `#` belong to the word that they follow (C++, C#); an apostrophe parts nothing.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut word = String::new();
    for c in text.chars().chain([' ']) {
        if matches!(c, '\'' | '’') {
            continue;
        }
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

/// What is left of a word without the endings that make a person, a trade or a field of it (photographer, photography;
/// enfermera, enfermería). An English word that lost `er` may have had an `e` of its own (baker, bake), so it has two.
pub(crate) fn roots(token: &Token, language: Language) -> Vec<String> {
    let Some(form) = forms(token, language).pop() else { return Vec::new() };
    let (word, endings) = match language {
        Language::En => (form.as_str(), ENGLISH),
        Language::Es => (token.folded.trim_end_matches('s'), SPANISH),
    };
    let cut = endings.iter().find_map(|(ending, least)| {
        let rest = word.strip_suffix(ending).filter(|rest| rest.chars().count() >= *least);
        rest.map(|rest| (rest, matches!(*ending, "er" | "or" | "eri")))
    });
    let (rest, had_e) = cut.unwrap_or((word, false));
    if rest.chars().count() < 3 {
        return Vec::new();
    }
    let mut found = vec![rest.to_owned()];
    if had_e {
        found.push(format!("{rest}e"));
    }
    found
}

/// Endings of English word forms and the least that must stand before each, in letters.
const ENGLISH: &[(&str, usize)] = &[
    ("istri", 4),
    ("ician", 5),
    ("icist", 4),
    ("ist", 3),
    ("ian", 4),
    ("yer", 3),
    ("eri", 3),
    ("er", 3),
    ("or", 4),
    ("ic", 4),
    ("al", 4),
    ("i", 4),
];

/// The same for Spanish words without their plural s.
const SPANISH: &[(&str, usize)] = &[
    ("eria", 4),
    ("ero", 4),
    ("era", 4),
    ("ista", 4),
    ("ismo", 4),
    ("adora", 5),
    ("ador", 5),
    ("acion", 4),
    ("tora", 5),
    ("tor", 5),
    ("cion", 4),
    ("ura", 5),
    ("ada", 4),
    ("ado", 4),
    ("ico", 4),
    ("ica", 4),
    ("io", 4),
    ("ia", 4),
    ("ar", 4),
    ("er", 4),
    ("ir", 4),
    ("an", 4),
    ("o", 4),
    ("a", 4),
    ("e", 4),
];

/// Whether a folded word says nothing about which career is meant.
pub(crate) fn is_common(folded: &str) -> bool {
    COMMON.binary_search(&folded).is_ok()
}

/// English and Spanish, folded, sorted.
#[rustfmt::skip]
const COMMON: &[&str] = &[
    "a", "about", "ahi", "al", "algo", "alguien", "alguna", "alguno", "am", "an", "and", "ando", "any",
    "are", "as", "at", "be", "because", "become", "becoming", "been", "being", "but", "by", "can", "career",
    "careers", "carrera", "carreras", "como", "con", "could", "cual", "cuando", "cuanto", "de", "del",
    "desde", "did", "do", "does", "doing", "donde", "el", "ella", "en", "eres", "es", "ese", "eso", "esta",
    "estar", "este", "esto", "for", "from", "gente", "get", "getting", "gusta", "gustan", "gustaria", "ha",
    "hace", "hacen", "hacer", "hay", "hola", "how", "i", "id", "if", "im", "in", "into", "ir", "is", "it",
    "its", "job", "jobs", "just", "kind", "la", "las", "le", "let", "like", "likes", "lo", "los", "lot",
    "love", "loves", "make", "makes", "making", "many", "maybe", "me", "mi", "more", "most", "much", "my",
    "never", "no", "nos", "not", "o", "occupation", "occupations", "ocupacion", "of", "on", "one", "or",
    "para", "people", "pero", "person", "persona", "personas", "please", "por", "porque", "profesion",
    "pueden", "puedo", "puesto", "que", "querer", "quien", "quienes", "quiere", "quiero", "se", "sea",
    "ser", "si", "so", "sobre", "some", "somebody", "somebodys", "someday", "someone", "somewhere", "soy",
    "su", "sus", "that", "the", "their", "them", "there", "they", "thing", "things", "think", "this",
    "those", "thru", "to", "too", "trabaja", "trabajan", "trabajar", "trabajo", "trabajos", "un", "una",
    "unas", "uno", "unos", "us", "use", "used", "using", "very", "voy", "want", "wants", "was", "way", "we",
    "were", "what", "when", "where", "which", "who", "whom", "whose", "will", "with", "without", "work",
    "working", "works", "would", "y", "ya", "yo", "you", "your",
];

/// Whether a folded word says little about which career is meant where other words say more.
pub(crate) fn is_filler(folded: &str) -> bool {
    FILLER.binary_search(&folded).is_ok()
}

/// What people ask about any career, in English and Spanish, folded, sorted.
#[rustfmt::skip]
const FILLER: &[&str] = &[
    "apprentice", "apprenticeship", "aprender", "available", "best", "certified", "clase", "clases",
    "class", "classes", "cool", "course", "degree", "earn", "education", "entry", "escuela", "estudiar",
    "estudios", "experience", "famous", "fun", "future", "gana", "ganan", "general", "good", "great",
    "high", "hire", "hiring", "income", "interesting", "internship", "junior", "less", "level", "licensed",
    "mejor", "need", "needed", "opening", "openings", "opportunities", "opportunity", "pay", "paying",
    "position", "positions", "professional", "requirement", "requirements", "salario", "salarios", "salary",
    "senior", "skills", "someday", "study", "studying", "sueldo", "sueldos", "title", "top",
    "train", "training", "unemployed", "union", "wage", "wages", "well", "worker", "workers", "year",
    "years",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_words_are_sorted_so_that_they_are_found() {
        for list in [COMMON, FILLER] {
            assert!(list.windows(2).all(|pair| pair[0] < pair[1]));
        }
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
    fn roots_bring_a_person_and_a_trade_together() {
        let meet = |a: &str, b: &str, language| {
            let of = |word: &str| roots(&tokens(word)[0], language);
            of(a).iter().any(|root| of(b).contains(root))
        };
        for (a, b) in [
            ("baker", "bakes"),
            ("teacher", "teaching"),
            ("photographer", "photography"),
            ("chemist", "chemistry"),
            ("economist", "economics"),
            ("historian", "history"),
        ] {
            assert!(meet(a, b, Language::En), "{a} {b}");
        }
        assert!(
            meet("enfermera", "enfermería", Language::Es) && meet("carpintero", "carpintería", Language::Es)
        );
        assert!(!meet("plane", "plan", Language::En) && !meet("physician", "physics", Language::En));
    }

    #[test]
    fn a_question_is_bounded() {
        assert_eq!(question(&"word ".repeat(10_000)).len(), QUESTION_TOKENS);
        assert!(question("🙂 ¿? \u{0}").is_empty());
    }
}
