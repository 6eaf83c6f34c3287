//! Short guides: one file for each occupation, `guides/CODE.toml`, in both languages. Held to rules of structure, length,
//! reading level and likeness, all of which are said with file and line.

mod overlap;
mod reading;
mod rules;

use std::collections::BTreeMap;
use std::path::Path;

use toml::Spanned;
use toml::de::DeTable;

use super::cells::is_occupation;
use super::facts::Facts;
use super::fault::{FaultKind, Faults};
use super::front::{self, Words};
use super::guide::{Guide, Text};
use super::keys::{Keys, Place, parse};
use super::sources::Sources;
use super::text::{TextFile, files};
use crate::shapes::{Block, GuideKind, GuideSection, Language, Relation, Run};

const FOLDER: &str = "guides";

/// Sections of a short guide, in order: what they do, what people like, what they find hard, how people get in.
pub(crate) const SECTIONS: [&str; 4] = ["does", "like", "hard", "way_in"];

/// A short guide's text in one language, with the line of each section.
#[derive(Debug)]
pub(crate) struct Short {
    pub(crate) file: String,
    pub(crate) language: Language,
    pub(crate) title: String,
    pub(crate) sections: Vec<(&'static str, String, u32)>,
}

impl Short {
    /// All of its text.
    fn whole(&self) -> String {
        self.sections.iter().map(|(_, text, _)| text.as_str()).collect::<Vec<_>>().join(" ")
    }

    fn line(&self) -> u32 {
        self.sections.first().map_or(0, |(_, _, line)| *line)
    }
}

/// Reads the short guides. Once there is one, every occupation must have its own.
pub(crate) fn read_all(data: &Path, facts: &Facts, sources: &Sources, faults: &mut Faults) -> Vec<Guide> {
    let occupations = Occupations::of(facts);
    let mut guides = Vec::new();
    let mut texts = Vec::new();
    let names = files(data, FOLDER, faults);
    for name in &names {
        let path = format!("{FOLDER}/{name}");
        let Some(code) = name.strip_suffix(".toml").filter(|code| is_occupation(code)) else {
            faults.add(&path, 0, FaultKind::Slug, "a guide's file is named CODE.toml by its O*NET-SOC code");
            continue;
        };
        let Some((title, fields)) = occupations.0.get(code) else {
            let detail = format!("occupation.tsv has no “{code}”");
            faults.add(&path, 0, FaultKind::UnknownOccupation, detail);
            continue;
        };
        let Some(file) = TextFile::read(data, &path, faults) else { continue };
        let (guide, english, spanish) = read(&file, code, (title, fields), sources, faults);
        guides.push(guide);
        texts.extend([english, spanish]);
    }
    if !names.is_empty() {
        for code in occupations.0.keys().filter(|code| !names.contains(&format!("{code}.toml"))) {
            let path = format!("{FOLDER}/{code}.toml");
            faults.add(&path, 0, FaultKind::NoEnglishGuide, "the occupation has no guide");
        }
    }
    rules::check(&texts, faults);
    overlap::check(&texts, faults);
    titles(&texts, faults);
    guides
}

/// Titles and clusters of occupations, by code.
struct Occupations<'f>(BTreeMap<&'f str, (&'f str, &'f str)>);

impl<'f> Occupations<'f> {
    fn of(facts: &'f Facts) -> Self {
        let Some(table) = facts.get("occupation") else { return Self(BTreeMap::new()) };
        let named = table.column("title").zip(table.column("cluster"));
        Self(table.column("code").zip(named).collect())
    }
}

fn read(
    file: &TextFile,
    code: &str,
    (official, clusters): (&str, &str),
    sources: &Sources,
    faults: &mut Faults,
) -> (Guide, Short, Short) {
    let place = Place { file: &file.name, text: &file.text, before: 0 };
    let root = parse(place, faults);
    let mut keys = Keys::new(&root, place, faults);
    let slug = keys.words("slug").unwrap_or_default();
    if slug.is_empty() || !slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') {
        keys.fault("slug", FaultKind::Slug, "an address has lower-case letters, digits and hyphens");
    }
    let subjects = front::subjects(&mut keys);
    let written = keys.day("written").unwrap_or_default();
    let written_from = keys.texts("from").unwrap_or_default();
    for id in written_from.iter().filter(|id| !sources.0.contains_key(*id)) {
        keys.fault("from", FaultKind::UnknownSource, format!("no source has the id “{id}”"));
    }
    let reviewed = keys.flag("reviewed").unwrap_or_default();
    let (english, spanish) = (keys.table("en"), keys.table("es"));
    keys.finish();
    let mut english = language(english.as_ref(), place, Language::En, faults);
    let spanish = language(spanish.as_ref(), place, Language::Es, faults);
    // Ours stands only where the official title names a gender.
    if english.title.is_empty() {
        official.clone_into(&mut english.title);
    }
    let fields = clusters.split(',').filter(|id| !id.is_empty()).map(str::to_owned).collect();
    let guide = Guide {
        slug,
        kind: GuideKind::Short,
        written_from,
        facts: front::Facts {
            occupation: code.to_owned(),
            relation: Relation::Same,
            fields,
            subjects,
            reviewed,
        },
        english: text(&english, &written),
        spanish: Some(text(&spanish, &written)),
    };
    (guide, english, spanish)
}

fn language(
    table: Option<&Spanned<DeTable<'_>>>,
    place: Place<'_>,
    language: Language,
    faults: &mut Faults,
) -> Short {
    let mut short =
        Short { file: place.file.to_owned(), language, title: String::new(), sections: Vec::new() };
    let Some(table) = table else { return short };
    let mut keys = Keys::new(table, place, faults);
    let title = if language == Language::Es { keys.words("title") } else { keys.optional_text("title") };
    short.title = title.unwrap_or_default();
    for id in SECTIONS {
        let text = keys.words(id).unwrap_or_default();
        short.sections.push((id, text, keys.line_of(id)));
    }
    keys.finish();
    short
}

/// The guide as the page shows it: each section is one paragraph, and the first sentence stands for the whole in lists.
fn text(short: &Short, written: &str) -> Text {
    let sections = short.sections.iter().map(|(id, text, _)| GuideSection {
        id: (*id).to_owned(),
        blocks: vec![Block::Paragraph { runs: vec![Run::Text { text: text.clone() }] }],
    });
    let summary = short.sections.first().map(|(_, text, _)| reading::first_sentence(text).to_owned());
    let words = Words {
        title: short.title.clone(),
        summary: summary.unwrap_or_default(),
        written: written.to_owned(),
        ..Words::default()
    };
    Text { words, sections: sections.collect(), originals: Vec::new() }
}

/// Two occupations with one title cannot be told apart in a list.
fn titles(texts: &[Short], faults: &mut Faults) {
    for language in [Language::En, Language::Es] {
        let mut seen: BTreeMap<String, &str> = BTreeMap::new();
        for short in texts.iter().filter(|short| short.language == language && !short.title.is_empty()) {
            if let Some(other) = seen.insert(short.title.to_lowercase(), &short.file) {
                let detail = format!("the title “{}” is that of {other} too", short.title);
                faults.add(&short.file, short.line(), FaultKind::DuplicateRow, detail);
            }
        }
    }
}
