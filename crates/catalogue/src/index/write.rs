//! Writes the index.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::bytes::Writer;
use super::sounds::sound;
use super::strength::strengths;
use super::{Document, Name};
use crate::shapes::Language;
use crate::words::{Token, forms, roots, tokens};

/// What the words of a list of forms have in common.
#[derive(Debug, Clone, Copy)]
pub(super) enum Form {
    /// They are one word with other endings.
    Inflection,
    /// They are of one family.
    Root,
}

/// What a language's word forms and roots begin with in the list of forms, so that they do not meet another language's.
pub(super) fn marked(language: Language, form: &str, kind: Form) -> String {
    let mark = match (language, kind) {
        (Language::En, Form::Inflection) => 'e',
        (Language::Es, Form::Inflection) => 's',
        (Language::En, Form::Root) => 'E',
        (Language::Es, Form::Root) => 'S',
    };
    format!("{mark}{form}")
}

/// The index of the documents. The same documents give the same bytes.
pub(crate) fn write(documents: &[Document]) -> Vec<u8> {
    let strengths: Vec<_> = documents.iter().map(strengths).collect();
    let mut words: BTreeSet<&str> =
        strengths.iter().flat_map(|words| words.keys().map(String::as_str)).collect();
    let joined: BTreeSet<String> = documents
        .iter()
        .flat_map(|d| &d.names)
        .flat_map(|name| joined(&name.text))
        .map(|(word, _)| word)
        .collect();
    words.extend(joined.iter().map(String::as_str));
    let numbers: HashMap<&str, u32> = words.iter().copied().zip(0..).collect();
    let mut writer = Writer::default();
    writer.texts(words.iter().copied());
    let sounds: Vec<_> = words.iter().map(|word| sound(word)).collect();
    writer.texts(sounds.iter().map(String::as_str));
    write_forms(&mut writer, documents, &numbers);
    write_names(&mut writer, documents, &numbers);
    write_strengths(&mut writer, &strengths, &numbers);
    writer.bytes(&documents.iter().map(|document| byte(document.weight)).collect::<Vec<_>>());
    writer.0
}

/// Words of a name that are joined by a hyphen or a sign like it, written as one (`x-ray`: `xray`), with their parts.
fn joined(text: &str) -> Vec<(String, usize)> {
    let compounds = text.split(|c: char| c.is_whitespace() || c == ',').filter(|word| word.contains('-'));
    let parts = compounds.map(|word| tokens(word).into_iter().map(|token| token.folded).collect::<Vec<_>>());
    parts.filter(|parts| parts.len() > 1).map(|parts| (parts.concat(), parts.len())).collect()
}

/// A figure between 0 and 1 as a byte.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is held between 0 and 255")]
fn byte(figure: f32) -> u8 {
    (figure * 255.0).round().clamp(0.0, 255.0) as u8
}

fn write_forms(writer: &mut Writer, documents: &[Document], numbers: &HashMap<&str, u32>) {
    let mut seen: BTreeSet<(bool, Token)> = BTreeSet::new();
    for document in documents {
        let names = document.names.iter().map(|name| (name.language, &name.text));
        for (language, text) in names.chain(document.passages.iter().map(|p| (p.language, &p.text))) {
            seen.extend(tokens(text).into_iter().map(|token| (language == Language::Es, token)));
        }
    }
    let mut known: BTreeMap<String, BTreeSet<u32>> = BTreeMap::new();
    for (spanish, token) in seen {
        let language = if spanish { Language::Es } else { Language::En };
        let Some(number) = numbers.get(token.folded.as_str()) else { continue };
        for form in forms(&token, language) {
            known.entry(marked(language, &form, Form::Inflection)).or_default().insert(*number);
        }
        for root in roots(&token, language) {
            known.entry(marked(language, &root, Form::Root)).or_default().insert(*number);
        }
    }
    writer.texts(known.keys().map(String::as_str));
    write_runs(writer, known.values().map(|words| words.iter().copied().collect()));
}

fn write_runs(writer: &mut Writer, runs: impl Iterator<Item = Vec<u32>>) {
    let (mut all, mut starts) = (Vec::new(), vec![0]);
    for run in runs {
        all.extend(run);
        starts.push(u32::try_from(all.len()).unwrap_or(u32::MAX));
    }
    writer.numbers(&all);
    writer.numbers(&starts);
}

fn write_names(writer: &mut Writer, documents: &[Document], numbers: &HashMap<&str, u32>) {
    let all: Vec<(u16, &Name)> = (0..)
        .zip(documents)
        .flat_map(|(at, document)| document.names.iter().map(move |name| (at, name)))
        .collect();
    let shown: BTreeSet<&str> = all.iter().map(|(_, name)| name.shown.as_str()).collect();
    let places: HashMap<&str, u32> = shown.iter().copied().zip(0..).collect();
    let mut postings: Vec<Vec<u32>> = vec![Vec::new(); numbers.len()];
    let (mut words, mut starts) = (Vec::new(), vec![0]);
    for (at, (_, name)) in (0..).zip(&all) {
        let mut own: Vec<u32> = Vec::new();
        for token in tokens(&name.text) {
            let number = numbers.get(token.folded.as_str()).copied().unwrap_or_default();
            if !own.contains(&number) {
                own.push(number);
            }
        }
        words.extend(&own);
        starts.push(u32::try_from(words.len()).unwrap_or(u32::MAX));
        own.extend(joined(&name.text).iter().filter_map(|(word, _)| numbers.get(word.as_str())));
        for number in own {
            if let Some(list) = postings.get_mut(number as usize)
                && list.last() != Some(&at)
            {
                list.push(at);
            }
        }
    }
    writer.shorts(&all.iter().map(|(document, _)| *document).collect::<Vec<_>>());
    let kind = |name: &Name| name.kind as u8 | u8::from(name.language == Language::Es) << 7;
    writer.bytes(&all.iter().map(|(_, name)| kind(name)).collect::<Vec<_>>());
    writer.numbers(&all.iter().map(|(_, name)| places[name.shown.as_str()]).collect::<Vec<_>>());
    writer.texts(shown);
    writer.numbers(&words);
    writer.numbers(&starts);
    write_runs(writer, postings.into_iter());
}

fn write_strengths(writer: &mut Writer, strengths: &[HashMap<String, f32>], numbers: &HashMap<&str, u32>) {
    let mut postings: Vec<Vec<(u16, u8)>> = vec![Vec::new(); numbers.len()];
    for (document, words) in (0..).zip(strengths) {
        for (word, strength) in words {
            let list = numbers.get(word.as_str()).and_then(|number| postings.get_mut(*number as usize));
            if let Some(list) = list {
                list.push((document, byte(*strength).max(1)));
            }
        }
    }
    let mut starts = vec![0];
    let mut all = Vec::new();
    for list in postings {
        all.extend(list);
        starts.push(u32::try_from(all.len()).unwrap_or(u32::MAX));
    }
    writer.shorts(&all.iter().map(|(document, _)| *document).collect::<Vec<_>>());
    writer.bytes(&all.iter().map(|(_, strength)| *strength).collect::<Vec<_>>());
    writer.numbers(&starts);
}
