//! Fills the search index: every name of a career, the word forms of its text, and the words for misspellings.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, params};

use super::facts::Facts;
use super::guide::{Guide, Text};
use super::markdown::block_words;
use crate::shapes::{Language, Relation};
use crate::words::{plain, text_forms, tokens};

/// Shortest word that is offered as a correction, in characters.
const CORRECTION: usize = 3;

/// A name of a career.
struct Entry<'a> {
    language: Language,
    kind: &'static str,
    text: &'a str,
}

/// Writes the index of all careers. `guides` are in the order of their ids, from 1.
pub(crate) fn write(db: &Connection, facts: &Facts, guides: &[Guide]) -> rusqlite::Result<()> {
    let titles = Titles::of(facts);
    let mut words = BTreeSet::new();
    for (id, guide) in (1_i64..).zip(guides) {
        let entries = entries(guide, &titles);
        for entry in &entries {
            write_entry(db, id, entry)?;
            words.extend(tokens(entry.text).into_iter().map(|token| token.folded));
        }
        write_text(db, id, Language::En, &entries, Some(&guide.english))?;
        write_text(db, id, Language::Es, &entries, guide.spanish.as_ref())?;
    }
    let mut insert = db.prepare("INSERT INTO word_index (word) VALUES (?1)")?;
    for word in words.iter().filter(|word| word.chars().count() >= CORRECTION) {
        insert.execute([format!("__{word}__")])?;
    }
    for index in ["entry_index", "text_index", "word_index"] {
        db.execute(&format!("INSERT INTO {index} ({index}) VALUES ('optimize')"), [])?;
    }
    Ok(())
}

/// Titles of occupations, by code.
struct Titles<'f> {
    english: BTreeMap<&'f str, &'f str>,
    spanish: BTreeMap<&'f str, &'f str>,
    alternates: BTreeMap<&'f str, Vec<&'f str>>,
}

impl<'f> Titles<'f> {
    fn of(facts: &'f Facts) -> Self {
        let pairs = |table: &str, key: &str, value: &str| -> Vec<(&'f str, &'f str)> {
            facts.get(table).map(|t| t.column(key).zip(t.column(value)).collect()).unwrap_or_default()
        };
        let mut alternates: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (code, title) in pairs("alternate_title", "code", "title") {
            alternates.entry(code).or_default().push(title);
        }
        Self {
            english: pairs("occupation", "code", "title").into_iter().collect(),
            spanish: pairs("soc_title", "soc", "title_es").into_iter().collect(),
            alternates,
        }
    }
}

/// The names of a career, each once in a language, the most telling kind first.
fn entries<'a>(guide: &'a Guide, titles: &Titles<'a>) -> Vec<Entry<'a>> {
    let mut found = Vec::new();
    let texts = [(Language::En, Some(&guide.english)), (Language::Es, guide.spanish.as_ref())];
    for (language, text) in texts {
        let Some(text) = text else { continue };
        found.push(Entry { language, kind: "title", text: &text.words.title });
        let names = |kind, names: &'a [String]| names.iter().map(move |text| Entry { language, kind, text });
        found.extend(names("alternate", &text.words.alternate_titles));
        found.extend(names("keyword", &text.words.keywords));
    }
    let code = guide.facts.occupation.as_str();
    let kind = if guide.facts.relation == Relation::Same { "alternate" } else { "occupation" };
    found.extend(titles.english.get(code).map(|text| Entry { language: Language::En, kind, text }));
    // A title of the SOC class speaks for the O*NET occupation only where that is the whole class.
    let spanish =
        code.strip_suffix(".00").and_then(|soc| titles.spanish.get(soc)).filter(|text| !text.is_empty());
    found.extend(spanish.map(|text| Entry { language: Language::Es, kind, text }));
    if guide.facts.relation == Relation::Same {
        let alternates = titles.alternates.get(code).into_iter().flatten();
        found.extend(alternates.map(|text| Entry { language: Language::En, kind: "alternate", text }));
    }
    let mut seen = BTreeSet::new();
    found.retain(|entry| seen.insert((entry.language == Language::Es, plain(entry.text))));
    found
}

fn write_entry(db: &Connection, career: i64, entry: &Entry<'_>) -> rusqlite::Result<()> {
    db.prepare_cached("INSERT INTO entry (career, language, kind, text) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![career, super::write::language_code(entry.language), entry.kind, entry.text])?;
    db.prepare_cached("INSERT INTO entry_index (rowid, words, forms) VALUES (?1, ?2, ?3)")?.execute(
        params![db.last_insert_rowid(), plain(entry.text), text_forms(entry.text, entry.language)],
    )?;
    Ok(())
}

fn write_text(
    db: &Connection,
    career: i64,
    language: Language,
    entries: &[Entry<'_>],
    text: Option<&Text>,
) -> rusqlite::Result<()> {
    let own = entries.iter().filter(|entry| entry.language == language);
    let names: Vec<_> = own.map(|entry| text_forms(entry.text, language)).collect();
    let blocks = text.iter().flat_map(|t| &t.sections).flat_map(|section| &section.blocks).map(block_words);
    let body: Vec<_> = text.map(|t| t.words.summary.clone()).into_iter().chain(blocks).collect();
    db.prepare_cached("INSERT INTO text_index (rowid, names, body) VALUES (?1, ?2, ?3)")?.execute(
        params![
            career * 2 + i64::from(language == Language::Es),
            names.join(" "),
            text_forms(&body.join(" "), language)
        ],
    )?;
    Ok(())
}
