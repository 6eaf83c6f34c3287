//! Long career guides: the pair of files in English and Spanish, their sections, and whether the two agree.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::cells::Known;
use super::fault::{FaultKind, Faults};
use super::front::{self, Against, Words};
use super::keys::Place;
use super::markdown::{self, Body, Section};
use super::sources::Sources;
use super::text::{TextFile, files};
use crate::shapes::{GuideKind, GuideSection, Original};

/// Every section of a long guide, in order.
pub(crate) const SECTIONS: &[&str] = &[
    "overview",
    "responsibilities",
    "demand",
    "industries",
    "hubs",
    "future_employment",
    "outlook",
    "emerging_sectors",
    "technology_and_society",
    "pay_entry",
    "pay_mid",
    "pay_senior",
    "pay_factors",
    "education",
    "advanced_study",
    "continuous_learning",
    "advantages",
    "drawbacks",
    "conclusion",
];

/// A guide's text in one language.
#[derive(Debug)]
pub(crate) struct Text {
    pub(crate) words: Words,
    pub(crate) sections: Vec<GuideSection>,
    pub(crate) originals: Vec<Original>,
}

/// A career with its guide.
#[derive(Debug)]
pub(crate) struct Guide {
    pub(crate) slug: String,
    pub(crate) kind: GuideKind,
    /// Ids of the sources that a short guide was written from; a long one marks them in its text.
    pub(crate) written_from: Vec<String>,
    pub(crate) facts: front::Facts,
    pub(crate) english: Text,
    pub(crate) spanish: Option<Text>,
}

/// Reads all long guides, by slug. Sources that guides describe are added to `sources`.
pub(crate) fn read_all(
    data: &Path,
    known: &Known<'_>,
    sources: &mut Sources,
    faults: &mut Faults,
) -> Vec<Guide> {
    let names = files(data, "careers", faults);
    let slugs: BTreeSet<_> = names.iter().filter_map(|name| english_slug(name)).collect();
    for name in &names {
        let Some(slug) = name.strip_suffix(".es.md") else { continue };
        if !slugs.contains(slug) {
            faults.add(
                &format!("careers/{name}"),
                0,
                FaultKind::NoEnglishGuide,
                format!("there is no {slug}.md"),
            );
        }
    }
    // Marks may name a source that a later guide describes, so all front matter is read before any text.
    let files: Vec<_> = slugs.into_iter().filter_map(|slug| Pair::read(data, slug, faults)).collect();
    let fronts: Vec<_> = files
        .into_iter()
        .map(|pair| {
            let against = Against { slug: &pair.slug, known };
            let (words, facts) = front::english(pair.english.front(), &against, sources, faults);
            let spanish = pair.spanish.as_ref().map(|file| front::spanish(file.front(), &pair.slug, faults));
            (pair, words, facts, spanish)
        })
        .collect();
    let mut guides = Vec::new();
    for (pair, words, facts, spanish) in fronts {
        let (english, cited) = text(&pair.english, words, sources, faults);
        let spanish = pair.spanish.as_ref().zip(spanish).map(|(file, words)| {
            let (mut spanish, cited_es) = text(file, words, sources, faults);
            compare_sources(&file.file.name, &cited, &cited_es, faults);
            spanish.originals = translated(&file.file.name, &english, &spanish, faults);
            spanish
        });
        let written_from = Vec::new();
        guides.push(Guide { slug: pair.slug, kind: GuideKind::Long, written_from, facts, english, spanish });
    }
    guides
}

fn english_slug(name: &str) -> Option<&str> {
    name.strip_suffix(".md").filter(|slug| slug.strip_suffix(".es").is_none())
}

/// The files of a guide.
struct Pair {
    slug: String,
    english: Split,
    spanish: Option<Split>,
}

impl Pair {
    fn read(data: &Path, slug: &str, faults: &mut Faults) -> Option<Self> {
        let name = format!("careers/{slug}.md");
        if slug.is_empty() || !slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        {
            faults.add(&name, 0, FaultKind::Slug, "a file name has lower-case letters, digits and hyphens");
        }
        let english = TextFile::read(data, &name, faults).and_then(|file| Split::new(file, faults));
        let spanish = TextFile::read(data, &format!("careers/{slug}.es.md"), faults);
        let spanish = spanish.and_then(|file| Split::new(file, faults));
        Some(Self { slug: slug.to_owned(), english: english?, spanish })
    }
}

/// A file, cut into front matter and text.
struct Split {
    file: TextFile,
    /// Byte at which the front matter ends, and the one at which the text begins.
    front_end: usize,
    body: usize,
    /// Lines before the text.
    body_line: u32,
}

const FENCE: &str = "+++\n";

impl Split {
    fn new(file: TextFile, faults: &mut Faults) -> Option<Self> {
        let end = file.text.strip_prefix(FENCE).and_then(|rest| rest.find("\n+++\n"));
        let Some(end) = end else {
            let detail = "the file does not begin with front matter between two lines `+++`";
            faults.add(&file.name, 1, FaultKind::NoFrontMatter, detail);
            return None;
        };
        let front_end = FENCE.len() + end + 1;
        let body = front_end + FENCE.len();
        let lines = file.text.bytes().take(body).filter(|byte| *byte == b'\n').count();
        Some(Self { file, front_end, body, body_line: u32::try_from(lines).unwrap_or(u32::MAX) })
    }

    fn front(&self) -> Place<'_> {
        let text = self.file.text.get(FENCE.len()..self.front_end).unwrap_or_default();
        Place { file: &self.file.name, text, before: 1 }
    }

    fn body(&self) -> Body<'_> {
        let text = self.file.text.get(self.body..).unwrap_or_default();
        Body { file: &self.file.name, text, before: self.body_line }
    }
}

type Cited = BTreeMap<String, (BTreeSet<String>, u32)>;

fn text(split: &Split, words: Words, sources: &Sources, faults: &mut Faults) -> (Text, Cited) {
    let sections = markdown::sections(&split.body(), faults);
    check_sections(&split.file.name, &sections, faults);
    let mut cited = Cited::new();
    for section in &sections {
        let ids = section.cited.iter().map(|(id, _)| id.clone()).collect();
        cited.insert(section.id.clone(), (ids, section.line));
        for (id, line) in &section.cited {
            if !sources.0.contains_key(id) {
                let detail = format!("no source has the id “{id}”");
                faults.add(&split.file.name, *line, FaultKind::UnknownSource, detail);
            }
        }
    }
    let originals = words.originals.iter().map(|(original, _)| original.clone()).collect();
    let sections = sections.into_iter().map(|s| GuideSection { id: s.id, blocks: s.blocks }).collect();
    (Text { words, sections, originals }, cited)
}

fn check_sections(file: &str, sections: &[Section], faults: &mut Faults) {
    let mut seen = BTreeSet::new();
    let mut highest = 0;
    for section in sections {
        let id = section.id.as_str();
        let Some(position) = SECTIONS.iter().position(|known| *known == id) else {
            faults.add(
                file,
                section.line,
                FaultKind::UnknownSection,
                format!("“{id}” is no section of a guide"),
            );
            continue;
        };
        if !seen.insert(id) {
            faults.add(file, section.line, FaultKind::RepeatedSection, format!("`{id}` stands twice"));
        } else if position < highest {
            let after = SECTIONS.get(highest).copied().unwrap_or_default();
            faults.add(
                file,
                section.line,
                FaultKind::SectionOrder,
                format!("`{id}` belongs before `{after}`"),
            );
        }
        if section.blocks.is_empty() {
            faults.add(file, section.line, FaultKind::EmptySection, format!("`{id}` has no text"));
        }
        highest = highest.max(position);
    }
    let end = sections.last().map_or(0, |last| last.line);
    for id in SECTIONS.iter().filter(|id| !seen.contains(*id)) {
        faults.add(file, end, FaultKind::MissingSection, format!("the section `{id}` is missing"));
    }
}

fn compare_sources(file: &str, english: &Cited, spanish: &Cited, faults: &mut Faults) {
    for (id, (cited, line)) in spanish {
        let Some((expected, _)) = english.get(id).filter(|(expected, _)| expected != cited) else { continue };
        let list = |ids: &BTreeSet<String>| {
            if ids.is_empty() {
                "none".to_owned()
            } else {
                ids.iter().cloned().collect::<Vec<_>>().join(", ")
            }
        };
        let detail = format!("`{id}` cites {}; in English {}", list(cited), list(expected));
        faults.add(file, *line, FaultKind::SourcesDiffer, detail);
    }
}

/// The English claims with their Spanish notes.
fn translated(file: &str, english: &Text, spanish: &Text, faults: &mut Faults) -> Vec<Original> {
    let notes = &spanish.words.originals;
    if notes.len() != english.originals.len() {
        let detail =
            format!("{} notes on original claims; {} in English", notes.len(), english.originals.len());
        let line = notes.last().map_or(1, |(_, line)| *line);
        faults.add(file, line, FaultKind::OriginalsDiffer, detail);
    }
    let pairs = english.originals.iter().zip(notes);
    pairs
        .map(|(original, (note, line))| {
            if original.said != note.said {
                let detail = format!("quotes “{}”; in English “{}”", note.said, original.said);
                faults.add(file, *line, FaultKind::OriginalsDiffer, detail);
            }
            if original.note.is_empty() != note.note.is_empty() {
                faults.add(file, *line, FaultKind::OriginalsDiffer, "a note stands in one language only");
            }
            Original { note: note.note.clone(), ..original.clone() }
        })
        .collect()
}
