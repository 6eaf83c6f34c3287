//! Collects what the search index knows of each career: every name, what is written about it, the school subjects and
//! fields of knowledge that belong to it, and how likely it is meant.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, params};

use super::facts::Facts;
use super::guide::{Guide, Text};
use super::markdown::block_words;
use super::subjects::Subjects;
use crate::index::{self, Document, Kind, Name, Passage};
use crate::shapes::{GuideSection, Language, Relation};
use crate::words::tokens;

/// What one mention of a word counts for in a text that says what people do, and in any other.
const DOES: f32 = 0.7;
const LIKE: f32 = 0.35;
const OTHER: f32 = 0.2;
/// The same for the words of a career's subjects, the first subject first.
const SUBJECTS: [f32; 4] = [1.5, 0.9, 0.6, 0.45];
/// The same for the words of programmes that lead there.
const PROGRAMMES: f32 = 0.5;
/// The same for a field of knowledge at level 6 of 7; nothing at level 3, which most careers ask of most fields.
const KNOWLEDGE: f32 = 1.3;

/// Writes the index of all careers. `guides` are in the order of their ids, from 1.
pub(crate) fn write(
    db: &Connection,
    facts: &Facts,
    guides: &[Guide],
    subjects: &Subjects,
) -> rusqlite::Result<()> {
    let known = Collected::of(facts);
    let mut documents: Vec<_> = guides.iter().map(|guide| document(guide, &known, subjects)).collect();
    index::abbreviate(&mut documents);
    db.execute("INSERT INTO search_index VALUES (1, ?1)", params![index::write(&documents)])?;
    Ok(())
}

/// What the tables of facts say, by code.
struct Collected<'f> {
    titles: BTreeMap<&'f str, &'f str>,
    spanish: BTreeMap<&'f str, &'f str>,
    alternates: BTreeMap<&'f str, Vec<&'f str>>,
    employed: BTreeMap<&'f str, f32>,
    programmes: BTreeMap<&'f str, Vec<&'f str>>,
    /// English and Spanish name of a field of knowledge, and the level.
    knowledge: BTreeMap<&'f str, Vec<(&'f str, &'f str, f32)>>,
}

impl<'f> Collected<'f> {
    fn of(facts: &'f Facts) -> Self {
        let pairs = |table: &str, key: &str, value: &str| -> Vec<(&'f str, &'f str)> {
            facts.get(table).map(|t| t.column(key).zip(t.column(value)).collect()).unwrap_or_default()
        };
        let lists = |table: &str, key: &str, value: &str| {
            let mut lists: BTreeMap<&'f str, Vec<&'f str>> = BTreeMap::new();
            for (key, value) in pairs(table, key, value) {
                lists.entry(key).or_default().push(value);
            }
            lists
        };
        let employed = pairs("projection", "soc", "employment_2024").into_iter();
        Self {
            titles: pairs("occupation", "code", "title").into_iter().collect(),
            spanish: pairs("soc_title", "soc", "title_es").into_iter().collect(),
            alternates: lists("alternate_title", "code", "title"),
            employed: employed.filter_map(|(soc, persons)| Some((soc, persons.parse().ok()?))).collect(),
            programmes: lists("programme", "soc", "title"),
            knowledge: knowledge(facts),
        }
    }
}

fn knowledge(facts: &Facts) -> BTreeMap<&str, Vec<(&str, &str, f32)>> {
    let mut found: BTreeMap<&str, Vec<_>> = BTreeMap::new();
    let (Some(elements), Some(ratings)) = (facts.get("element"), facts.get("rating")) else { return found };
    let names = elements.column("name").zip(elements.column("name_es"));
    let names: BTreeMap<_, _> = elements.column("element").zip(names).collect();
    let levels = ratings.column("element").zip(ratings.column("level"));
    let kinds = ratings.column("code").zip(ratings.column("kind"));
    for ((code, _), (element, level)) in kinds.zip(levels).filter(|((_, kind), _)| *kind == "knowledge") {
        if let (Some((english, spanish)), Ok(level)) = (names.get(element), level.parse::<f32>()) {
            found.entry(code).or_default().push((*english, *spanish, level));
        }
    }
    found
}

fn document(guide: &Guide, known: &Collected<'_>, subjects: &Subjects) -> Document {
    let code = guide.facts.occupation.as_str();
    let soc = code.get(..7).unwrap_or(code);
    let same = guide.facts.relation == Relation::Same;
    let official = known.titles.get(code).copied().unwrap_or_default();
    let whole = code.ends_with(".00") && same;
    Document {
        names: names(guide, known, official),
        passages: passages(guide, known, soc, subjects),
        weight: index::likelihood(known.employed.get(soc).copied(), whole, official.ends_with("All Other")),
    }
}

/// The names of a career, each once in a language, the most telling kind first.
fn names(guide: &Guide, known: &Collected<'_>, official: &str) -> Vec<Name> {
    let code = guide.facts.occupation.as_str();
    let mut names = Vec::new();
    let texts = [(Language::En, Some(&guide.english)), (Language::Es, guide.spanish.as_ref())];
    for (language, text) in texts {
        let Some(text) = text else { continue };
        index::title(&mut names, language, &text.words.title);
        for own in text.words.alternate_titles.iter().chain(&text.words.keywords) {
            index::published(&mut names, language, Kind::Own, own);
        }
    }
    let same = guide.facts.relation == Relation::Same;
    // A title of the SOC class speaks for the O*NET occupation only where that is the whole class.
    let spanish =
        code.strip_suffix(".00").and_then(|soc| known.spanish.get(soc)).copied().unwrap_or_default();
    for (language, text) in [(Language::En, official), (Language::Es, spanish)] {
        let kind = if same { Kind::Part } else { Kind::Wider };
        let parts = if same && language == Language::En { index::parts(text) } else { Vec::new() };
        for part in parts.into_iter().chain([text.to_owned()]).filter(|part| !part.is_empty()) {
            names.push(Name { language, kind, text: part, shown: text.to_owned() });
        }
    }
    if same {
        for title in known.alternates.get(code).into_iter().flatten() {
            index::published(&mut names, Language::En, Kind::Published, title);
        }
    }
    let mut seen = BTreeSet::new();
    names.retain(|name| {
        let words: Vec<_> = tokens(&name.text).into_iter().map(|token| token.folded).collect();
        !words.is_empty() && seen.insert((name.language == Language::Es, words))
    });
    names
}

fn passages(guide: &Guide, known: &Collected<'_>, soc: &str, subjects: &Subjects) -> Vec<Passage> {
    let mut passages = Vec::new();
    let mut add = |language, text: String, weight| passages.push(Passage { language, text, weight });
    let texts = [(Language::En, Some(&guide.english)), (Language::Es, guide.spanish.as_ref())];
    for (language, text) in texts {
        let Some(Text { words, sections, .. }) = text else { continue };
        if !words.summary.is_empty() && !sections.iter().any(|section| section.id == "does") {
            add(language, words.summary.clone(), DOES);
        }
        for section in sections {
            add(language, section_words(section), weight(&section.id));
        }
    }
    for (subject, weight) in guide.facts.subjects.iter().zip(SUBJECTS) {
        for (language, word) in subjects.words(subject) {
            add(language, word.to_owned(), weight);
        }
    }
    let known_fields = known.knowledge.get(guide.facts.occupation.as_str());
    for (english, spanish, level) in known_fields.into_iter().flatten() {
        let weight = KNOWLEDGE * ((level - 3.0) / 3.0).clamp(0.0, 1.2);
        if weight > 0.0 {
            add(Language::En, (*english).to_owned(), weight);
            add(Language::Es, (*spanish).to_owned(), weight);
        }
    }
    // Programmes of a field repeat its words: each counts once.
    let titles = known.programmes.get(soc).into_iter().flatten();
    let words: BTreeSet<_> = titles.flat_map(|title| tokens(title)).map(|token| token.folded).collect();
    if !words.is_empty() {
        add(Language::En, words.into_iter().collect::<Vec<_>>().join(" "), PROGRAMMES);
    }
    passages
}

fn section_words(section: &GuideSection) -> String {
    section.blocks.iter().map(block_words).collect::<Vec<_>>().join(" ")
}

/// What one mention in a section counts for.
fn weight(section: &str) -> f32 {
    match section {
        "does" | "overview" | "responsibilities" => DOES,
        "like" => LIKE,
        _ => OTHER,
    }
}
