//! Abbreviations and what they stand for, as the collected titles themselves say (`Registered Nurse (RN)`, `EMS Pilot
//! (Emergency Medical Services Pilot)`), so that a name that is written out is found by its abbreviation too.

use std::collections::{BTreeMap, BTreeSet};

use super::{Document, Kind, Name};
use crate::words::tokens;

/// Fewest and most letters of an abbreviation.
const LETTERS: std::ops::RangeInclusive<usize> = 2..=5;
/// Words that an abbreviation passes over.
const PASSED: &[&str] = &["a", "and", "as", "for", "in", "of", "the", "to"];
/// Most words that a collected title may have beside the abbreviated ones, for the short form to be a name of its own.
const BESIDE: usize = 1;

/// Adds the short form of each name that holds the words of an abbreviation.
pub(crate) fn abbreviate(documents: &mut [Document]) {
    let known = known(documents);
    let mut by_first: BTreeMap<&str, Vec<(&Vec<String>, &String)>> = BTreeMap::new();
    for (words, short) in &known {
        if let Some(first) = words.first() {
            by_first.entry(first).or_default().push((words, short));
        }
    }
    for document in documents {
        let own: BTreeSet<Vec<String>> = document.names.iter().map(|name| singular(&name.text)).collect();
        let mut added: Vec<Name> = Vec::new();
        for name in &document.names {
            let words = singular(&name.text);
            for (at, word) in words.iter().enumerate() {
                for (long, short) in by_first.get(word.as_str()).into_iter().flatten() {
                    let rest = words.get(at..).unwrap_or_default();
                    if !rest.starts_with(long) || (name.kind > Kind::Own && words.len() > long.len() + BESIDE)
                    {
                        continue;
                    }
                    let mut text: Vec<_> = words.iter().take(at).cloned().collect();
                    text.push((*short).clone());
                    text.extend(rest.iter().skip(long.len()).cloned());
                    if !own.contains(&text) && !added.iter().any(|other| singular(&other.text) == text) {
                        added.push(Name { text: text.join(" "), ..name.clone() });
                    }
                }
            }
        }
        document.names.extend(added);
    }
}

/// What abbreviations stand for: the words written out, with the short form.
fn known(documents: &[Document]) -> BTreeSet<(Vec<String>, String)> {
    let names = documents.iter().flat_map(|document| &document.names);
    let shown: BTreeSet<&str> =
        names.filter(|name| name.shown.ends_with(')')).map(|n| n.shown.as_str()).collect();
    let mut known = BTreeSet::new();
    for title in shown {
        let Some((before, inside)) = title.trim_end_matches(')').split_once('(') else { continue };
        for (short, long) in [(before, inside), (inside, before)] {
            let long = singular(long);
            for abbreviation in
                short.split(|c: char| !c.is_alphanumeric()).filter(|word| is_abbreviation(word))
            {
                let folded = abbreviation.to_lowercase();
                known.extend(written_out(&folded, &long).map(|words| (words, folded.clone())));
            }
        }
    }
    known
}

fn is_abbreviation(word: &str) -> bool {
    LETTERS.contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// The run of words whose first letters are the abbreviation.
fn written_out(abbreviation: &str, words: &[String]) -> Option<Vec<String>> {
    let run = |start: usize| {
        let mut letters = abbreviation.chars().peekable();
        for (at, word) in words.iter().enumerate().skip(start) {
            if letters.peek() == word.chars().next().as_ref() {
                letters.next();
            } else if at == start || !PASSED.contains(&word.as_str()) {
                return None;
            }
            if letters.peek().is_none() {
                return words.get(start..=at).map(<[String]>::to_vec);
            }
        }
        None
    };
    (0..words.len()).find_map(run).filter(|words| words.len() > 1)
}

/// The folded words of a name, without the s of the plural.
fn singular(text: &str) -> Vec<String> {
    let one = |word: String| match word.strip_suffix('s') {
        Some(rest) if rest.len() > 2 && !rest.ends_with('s') => rest.to_owned(),
        _ => word,
    };
    tokens(text).into_iter().map(|token| one(token.folded)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shapes::Language;

    fn name(kind: Kind, text: &str, shown: &str) -> Name {
        Name { language: Language::En, kind, text: text.to_owned(), shown: shown.to_owned() }
    }

    #[test]
    fn a_title_that_is_written_out_is_found_by_what_another_calls_it() {
        let pilot = "EMS Pilot (Emergency Medical Services Pilot)";
        let mut documents = [
            Document { names: vec![name(Kind::Published, "EMS Pilot", pilot)], ..Document::default() },
            Document {
                names: vec![
                    name(
                        Kind::Title,
                        "Emergency Medical Services Workers",
                        "Emergency Medical Services Workers",
                    ),
                    name(Kind::Published, "Chief of the Emergency Medical Services Desk", "Chief"),
                ],
                ..Document::default()
            },
        ];
        abbreviate(&mut documents);
        let texts: Vec<_> = documents[1].names.iter().map(|name| name.text.as_str()).collect();
        assert_eq!(texts.last(), Some(&"ems worker"));
        assert_eq!(texts.len(), 3, "a long title with more beside it is left alone");
    }

    #[test]
    fn letters_are_those_of_words_in_a_row() {
        let words = singular("Teacher of English as a Second Language");
        assert_eq!(written_out("esl", &words).map(|words| words.len()), Some(5));
        assert_eq!(written_out("etl", &words), None);
        assert_eq!(written_out("t", &words), None);
    }
}
