//! Sources: those of `facts/sources.toml`, those that a guide adds, and the page that the project began with.

use std::collections::BTreeMap;
use std::path::Path;

use toml::Spanned;
use toml::de::DeTable;

use super::facts::Facts;
use super::fault::{FaultKind, Faults};
use super::keys::{Keys, Place, parse};
use super::text::TextFile;
use crate::shapes::Source;

const FILE: &str = "facts/sources.toml";

/// Id of the page that the project began with. Guides quote it without describing it.
pub(crate) const ORIGINAL: &str = "original";

/// All sources by id.
#[derive(Debug, Default)]
pub(crate) struct Sources(pub(crate) BTreeMap<String, Source>);

impl Sources {
    /// Reads `sources.toml`, where it exists, and holds the heads of the tables against it.
    pub(crate) fn read(data: &Path, facts: &Facts, faults: &mut Faults) -> Self {
        let mut sources = Self::default();
        sources.0.insert(ORIGINAL.to_owned(), original());
        if let Some(file) = TextFile::read(data, FILE, faults) {
            let place = Place { file: FILE, text: &file.text, before: 0 };
            let root = parse(place, faults);
            let mut keys = Keys::new(&root, place, faults);
            let tables = keys.tables("source");
            keys.finish();
            for table in &tables {
                sources.add(table, place, faults);
            }
        }
        for loaded in &facts.0 {
            for id in &loaded.sources {
                if !sources.0.contains_key(id) {
                    let detail = format!("no source has the id “{id}”");
                    faults.add(&loaded.file, loaded.sources_line, FaultKind::UnknownSource, detail);
                }
            }
        }
        sources
    }

    /// Adds one `[[source]]` table and gives its id. Two guides may describe one source, in the same words.
    pub(crate) fn add<'t>(
        &mut self,
        table: &'t Spanned<DeTable<'t>>,
        place: Place<'t>,
        faults: &mut Faults,
    ) -> Option<String> {
        let mut keys = Keys::new(table, place, faults);
        let source = Source {
            id: keys.words("id").unwrap_or_default(),
            title: keys.words("title").unwrap_or_default(),
            publisher: keys.words("publisher").unwrap_or_default(),
            release: keys.text("release").unwrap_or_default(),
            date: keys.published("date").unwrap_or_default(),
            url: keys.words("url").unwrap_or_default(),
            licence: keys.words("licence").unwrap_or_default(),
            note: keys.optional_text("note").unwrap_or_default(),
        };
        let id = source.id.clone();
        if !id.is_empty() && !id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') {
            keys.fault("id", FaultKind::BadValue, "a source id has lower-case letters, digits and hyphens");
        } else if self.0.get(&id).is_some_and(|known| *known != source) {
            keys.fault("id", FaultKind::DuplicateSource, format!("“{id}” is described otherwise elsewhere"));
        } else if !id.is_empty() {
            self.0.insert(id.clone(), source);
        }
        keys.finish();
        (!id.is_empty()).then_some(id)
    }
}

/// The pages know this source by its id and say it in the reader's words; these stand in lists of sources alone.
fn original() -> Source {
    let none = String::new;
    Source {
        id: ORIGINAL.to_owned(),
        title: "The page that this project began with, no source given".to_owned(),
        publisher: none(),
        release: none(),
        date: none(),
        url: none(),
        licence: none(),
        note: none(),
    }
}
